"""Words of an organisation's own publication that only named people may read: of a coroner's report, a complaint."""

from sqlmodel import select

from app.core.columns import SHARED
from app.core.db import Write
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.ledger import claim
from app.core.words import _
from app.frameworks import queries
from app.frameworks.models import Framework, PrivateReader, PrivateWording, Recommendation
from app.frameworks.schemas import GivenWording, NamedReaders
from app.people.queries import person_named


def name_readers(tx: Write, *, key: str, given: NamedReaders) -> None:
    """Say who may read the private wording; once somebody is named, only they may. With nobody the wording goes."""
    claim(tx, SHARED)
    row = queries.own_publication(tx, key)
    before = queries.readers_of(tx, row)
    _refuse_others(tx, row)
    here = {row.organisation_id} if row.organisation_id else set()
    wanted = {person_named(tx, "named", email, here).id for email in given.named}
    if wanted and tx.actor.id not in wanted:
        raise Invalid("named", _("Choose yourself too: only the people you choose can change who they are."))
    tx.act("framework.readers_named", why=given.why)
    held = {a.id for a in before}
    for each in tx.exec(select(PrivateReader).where(PrivateReader.framework_id == row.id)).all():
        if each.account_id not in wanted:
            tx.delete(each)
    for account_id in sorted(wanted - held):
        tx.add(PrivateReader(framework_id=row.id, account_id=account_id))
    if not wanted:
        for wording in tx.exec(select(PrivateWording).where(PrivateWording.framework_id == row.id)).all():
            tx.delete(wording)
    tx.flush()


def keep_wording(tx: Write, *, key: str, ref: str, given: GivenWording) -> None:
    """What a recommendation says, for the people who are named; its title stays what everybody reads."""
    claim(tx, SHARED)
    row = queries.own_publication(tx, key)
    if not queries.readers_of(tx, row):
        raise Invalid("wording", _("Choose first who may read it."))
    _refuse_others(tx, row)
    item = tx.exec(
        select(Recommendation).where(Recommendation.framework_id == row.id, Recommendation.ref == ref)
    ).first()
    if item is None:
        raise NotFound(_("There is no recommendation {ref} in this publication.", ref=ref))
    tx.act("framework.private_wording")
    kept = tx.exec(select(PrivateWording).where(PrivateWording.recommendation_id == item.id)).first()
    if kept is None and given.wording:
        tx.add(PrivateWording(framework_id=row.id, recommendation_id=item.id, wording=given.wording))
    elif kept is not None and given.wording:
        kept.wording = given.wording
    elif kept is not None:
        tx.delete(kept)
    tx.flush()


def _refuse_others(tx: Write, row: Framework) -> None:
    readers = queries.readers_of(tx, row)
    if readers and not queries.reads_private(tx, readers):
        raise Forbidden(_("The wording of this publication is restricted to named people."), "restricted")
