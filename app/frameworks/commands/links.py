"""An organisation's word on links between recommendations: suggested ones, and its own."""

from uuid import UUID

from sqlmodel import col, or_, select

from app.core import clock
from app.core.columns import SHARED
from app.core.db import Write
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.ledger import claim
from app.core.words import _
from app.frameworks.models import Crosswalk, CrosswalkRuling, Framework, Recommendation
from app.frameworks.queries import link_row, recommendation_named, ruling_organisation
from app.frameworks.rules import CrosswalkKind, LinkBasis, Provenance
from app.frameworks.schemas import NewLink, Ruling
from app.people.permissions import require_person


def rule_on_link(tx: Write, *, link_id: UUID, given: Ruling) -> CrosswalkRuling:
    """The word of the actor's organisation on a link, never by who made it; a second word replaces the first."""
    claim(tx, SHARED)
    organisation_id = _ruling(tx)
    link = link_row(tx, link_id)
    if link.made_by_id is not None and link.made_by_id == tx.actor.id:
        raise Conflict(
            _("You made this link, so somebody else has to accept or refuse it: another person of the programme "
              "office, a lead executive or the chair."), "own_link")  # fmt: skip
    differs = given.kind is not None and given.kind is not link.kind
    if differs and not given.why:
        raise Invalid("why", _("Say why the link is something else to your organisation."))
    row = tx.exec(
        select(CrosswalkRuling).where(
            CrosswalkRuling.crosswalk_id == link.id, CrosswalkRuling.organisation_id == organisation_id
        )
    ).first() or CrosswalkRuling(crosswalk_id=link.id, organisation_id=organisation_id, accepted=given.accepted)
    tx.act("crosswalk.accepted" if given.accepted else "crosswalk.refused", why=given.why)
    row.accepted, row.kind, row.why = given.accepted, given.kind if differs else None, given.why or ""
    _sign(tx, row)
    tx.flush()
    return row


def add_link(tx: Write, *, given: NewLink) -> Crosswalk:
    """An own link, which counts once somebody else accepts it; 409 where the two are linked already."""
    claim(tx, SHARED)
    organisation_id = _ruling(tx)
    start = recommendation_named(tx, "recommendation", given.recommendation)
    end = recommendation_named(tx, "other", given.other)
    if start.framework_id == end.framework_id:
        raise Invalid("other", _("A link joins recommendations of two publications. Enter one of another publication."))
    for ends in ((start.id, end.id), (end.id, start.id)):
        known = tx.exec(
            select(Crosswalk.id).where(
                Crosswalk.from_id == ends[0],
                Crosswalk.to_id == ends[1],
                or_(col(Crosswalk.organisation_id).is_(None), Crosswalk.organisation_id == organisation_id),
            )
        ).first()
        if known is not None:
            raise Conflict(_("These two are linked already. Say there what the link is to you."), "linked")
    tx.act("crosswalk.added", why=given.why)
    link = _own(start.id, end.id, given.kind, organisation_id)
    link.made_by_id, link.made_by_name, link.made_why = tx.actor.id, tx.actor.name[:120], given.why
    tx.add(link)
    tx.flush()
    return link


def remove_link(tx: Write, *, link_id: UUID) -> None:
    """An own link goes; a suggested one is refused instead."""
    claim(tx, SHARED)
    organisation_id = _ruling(tx)
    link = link_row(tx, link_id)
    if link.basis is not LinkBasis.local or link.organisation_id != organisation_id:
        raise Conflict(_("Only a link of your own organisation can be removed. Refuse this one instead."), "not_own")
    tx.act("crosswalk.removed")
    for row in tx.exec(select(CrosswalkRuling).where(CrosswalkRuling.crosswalk_id == link.id)).all():
        tx.delete(row)
    tx.flush()
    tx.delete(link)
    tx.flush()


def carry_links(tx: Write, old: Framework, new: Framework, organisation_id: UUID) -> None:
    """What an edition leaves unchanged is the same in the next: an action that answers the old answers the new.

    The act has been named.
    """
    rows = {
        key: {
            r.ref: r
            for r in tx.exec(
                select(Recommendation).where(
                    Recommendation.framework_id == key, col(Recommendation.withdrawn_on).is_(None)
                )
            ).all()
        }
        for key in (old.id, new.id)
    }
    for ref, row in rows[new.id].items():
        before = rows[old.id].get(ref)
        if before is not None and (before.title, before.summary) == (row.title, row.summary):
            link = _own(before.id, row.id, CrosswalkKind.same, organisation_id)
            tx.add(link)
            tx.flush()
            why = _("Word for word the same in the edition before.")
            _sign(tx, CrosswalkRuling(crosswalk_id=link.id, organisation_id=organisation_id, accepted=True, why=why))
            tx.flush()


def _own(start: UUID, end: UUID, kind: CrosswalkKind, organisation_id: UUID) -> Crosswalk:
    return Crosswalk(
        from_id=start, to_id=end, kind=kind, basis=LinkBasis.local, provenance=Provenance.verified,
        organisation_id=organisation_id,
    )  # fmt: skip


def _sign(tx: Write, row: CrosswalkRuling) -> None:
    row.ruled_on, row.ruled_by_name = clock.today(), tx.actor.name[:120]
    tx.add(row)


def _ruling(tx: Write) -> UUID:
    require_person(tx.actor, "library.rule")
    organisation_id = ruling_organisation(tx)
    if organisation_id is None:
        raise Forbidden(
            _("Only the programme office, a lead executive or the chair may make, accept or refuse a link.")
        )
    return organisation_id
