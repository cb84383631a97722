"""Changing an item that stands: its words, what it is linked to, and its file."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlmodel import select

from app.actions.commands.parts import recommendation_id
from app.core.db import Write
from app.core.errors import Conflict, Invalid, Problems
from app.core.moment import now_of, today_of
from app.core.words import _
from app.evidence.commands.ground import (
    actions_named,
    actions_of,
    begun,
    item_row,
    links_of,
    refuse_bare,
    refuse_over,
    require_hand,
    said_of,
    write_clocks,
)
from app.evidence.commands.submitting import DETAILS, TEXTS, check, put
from app.evidence.models import Evidence, EvidenceAction, EvidenceRecommendation
from app.evidence.received import Received
from app.evidence.rules import EvidenceForm, EvidenceState
from app.evidence.schemas import ChangedEvidence, NewVersion
from app.plans.queries import PlanAccess


def change(tx: Write, *, access: PlanAccess, ref: str, given: ChangedEvidence, revision: int | None = None) -> Evidence:
    """Change what is sent. Other words or days are submitted anew, for a reviewer saw the old ones; links are not."""
    access = begun(tx, access)
    row = item_row(tx, access, ref, revision)
    require_hand(tx, access, row, "evidence.submit")
    refuse_over(row)
    problems = Problems()
    now = {name: getattr(row, name) for name in DETAILS}
    sent = given.sent
    details = now | {n: (v or "") if n in TEXTS else v for n, v in sent.items() if n in DETAILS}
    is_new = details != now
    if is_new:
        check(details, row.form, problems, today_of(tx), has_file=row.form is EvidenceForm.file)
        problems.refuse()
    tx.act("evidence.changed", why=said_of(row, given.why))
    touched = {link.action_id for link in links_of(tx, access, row.id)}
    if "actions" in sent:
        changed = _link_actions(tx, access, row, sent["actions"])
        refuse_bare(tx, access, changed)
        touched |= changed
    if "recommendations" in sent:
        _link_recommendations(tx, access, row, sent["recommendations"])
    _refuse_loose(tx, access, row)
    if is_new:
        for name, value in details.items():
            setattr(row, name, value)
        _submitted_again(tx, row)
    write_clocks(tx, access, touched)
    tx.flush()
    return row


def add_version(
    tx: Write, *, access: PlanAccess, ref: str, given: NewVersion, file: Received | None, revision: int | None = None
) -> Evidence:
    """A newer file. The older ones stay to be read; the item is submitted again."""
    access = begun(tx, access)
    row = item_row(tx, access, ref, revision)
    require_hand(tx, access, row, "evidence.submit")
    refuse_over(row)
    if file is None:
        raise Invalid("file", _("Choose a file."))
    if row.form is not EvidenceForm.file:
        raise Conflict(_("This is no file. Change its address or its words instead."), "no_file")
    tx.act("evidence.version_added", why=said_of(row, given.why))
    put(tx, access, row, file)
    _submitted_again(tx, row)
    write_clocks(tx, access, [link.action_id for link in links_of(tx, access, row.id)])
    tx.flush()
    return row


def _submitted_again(tx: Write, row: Evidence) -> None:
    row.state = EvidenceState.submitted
    row.submitted_on, row.submitted_at = today_of(tx), now_of(tx)
    row.submitted_by_id, row.submitted_by_name = tx.actor.person_id, tx.actor.name[:120]
    row.accepted_on, row.strength = None, None


def _link_actions(tx: Write, access: PlanAccess, row: Evidence, refs: Iterable[str]) -> set[UUID]:
    """The actions whose links changed. One that is hidden from the actor stays linked."""
    links = {link.action_id: link for link in links_of(tx, access, row.id)}
    known = {a.ref: a for a in actions_of(tx, access, links.values())}
    wanted = set(refs)
    added = actions_named(tx, access, sorted(wanted - known.keys()))
    taken = [a for ref, a in known.items() if ref not in wanted and a.id not in access.hidden]
    actions_named(tx, access, [a.ref for a in taken])
    for action in added:
        tx.add(EvidenceAction(plan_id=access.id, action_id=action.id, evidence_id=row.id, linked_on=today_of(tx)))
    for action in taken:
        tx.delete(links[action.id])
    return {a.id for a in [*added, *taken]}


def _link_recommendations(tx: Write, access: PlanAccess, row: Evidence, keys: list[str]) -> None:
    problems = Problems()
    wanted: set[UUID] = set()
    for place, key in enumerate(keys):
        with problems.noted():
            wanted.add(recommendation_id(tx, access, f"recommendations.{place}", key))
    problems.refuse()
    held: dict[UUID, Any] = {
        link.recommendation_id: link
        for link in tx.exec(
            select(EvidenceRecommendation).where(
                EvidenceRecommendation.plan_id == access.id, EvidenceRecommendation.evidence_id == row.id
            )
        )
    }
    for each in wanted - held.keys():
        tx.add(EvidenceRecommendation(plan_id=access.id, evidence_id=row.id, recommendation_id=each))
    for each in held.keys() - wanted:
        tx.delete(held[each])


def _refuse_loose(tx: Write, access: PlanAccess, row: Evidence) -> None:
    tx.flush()
    recommended = select(EvidenceRecommendation.id).where(
        EvidenceRecommendation.plan_id == access.id, EvidenceRecommendation.evidence_id == row.id
    )
    if not links_of(tx, access, row.id) and tx.exec(recommended).first() is None:
        problems = Problems()
        problems.note("actions", _("Choose at least one action or recommendation that this is evidence for."))
        problems.refuse()
