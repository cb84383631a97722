"""What every act on evidence stands on: the claimed plan, the item, its actions, and the clocks it moves."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from app.actions.commands import note_facts
from app.actions.commands.ground import begin, contributors_of, row_of_id
from app.actions.models import Action
from app.core.db import Read, Write
from app.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from app.core.words import _
from app.evidence.models import Evidence, EvidenceAction, EvidenceVersion
from app.evidence.queries import items_of
from app.evidence.rules import EvidenceState, clocks
from app.people.permissions import refusal
from app.plans.queries import PlanAccess, restricted

begun = begin


def item_row(tx: Write, access: PlanAccess, ref: str, revision: int | None = None) -> Evidence:
    """The item behind the claim; 404 for absent and restricted ones alike, 412 where it is not as of `revision`."""
    absent = NotFound(_("There is no evidence “{ref}” in this plan.", ref=ref))
    if not (ref[:1] == "E" and ref[1:].isascii() and ref[1:].isdigit() and len(ref) < 12):
        raise absent
    wanted = select(Evidence).where(Evidence.plan_id == access.id, Evidence.ref == ref)
    row = tx.exec(wanted.execution_options(populate_existing=True)).first()
    if row is None or row.id in access.hidden:
        raise absent
    if revision is not None and row.revision != revision:
        raise Conflict(_("Somebody has changed this evidence since you opened it. Look at it again."), "stale", 412)
    return row


def links_of(read: Read, access: PlanAccess, evidence_id: UUID) -> Sequence[EvidenceAction]:
    with read.unhidden():
        return read.exec(
            select(EvidenceAction).where(EvidenceAction.plan_id == access.id, EvidenceAction.evidence_id == evidence_id)
        ).all()


def versions_of(read: Read, access: PlanAccess, evidence_id: UUID) -> Sequence[EvidenceVersion]:
    wanted = select(EvidenceVersion).where(
        EvidenceVersion.plan_id == access.id, EvidenceVersion.evidence_id == evidence_id
    )
    return read.exec(wanted.order_by(col(EvidenceVersion.number))).all()


def actions_named(tx: Write, access: PlanAccess, refs: Iterable[str]) -> list[Action]:
    """The actions of these references; 422 names each that is none, 403 where the actor may add nothing to one."""
    wanted = list(refs)
    found = {a.ref: a for a in tx.exec(select(Action).where(Action.plan_id == access.id, col(Action.ref).in_(wanted)))}
    unknown = [
        FieldError(f"actions.{n}", _("There is no action “{ref}” in this plan.", ref=ref))
        for n, ref in enumerate(wanted)
        if ref not in found
    ]
    if unknown:
        raise Invalid.several(unknown)
    actions = [found[ref] for ref in wanted]
    for action in actions:
        access.require("evidence.submit", action, contributors_of(tx, access, action.id))
    return actions


def actions_of(tx: Write, access: PlanAccess, links: Iterable[EvidenceAction]) -> Sequence[Action]:
    ids = [link.action_id for link in links]
    return tx.exec(select(Action).where(Action.plan_id == access.id, col(Action.id).in_(ids))).all()


def require_hand(tx: Write, access: PlanAccess, row: Evidence, act: str) -> None:
    """Who submitted it, the office, and whoever may add evidence to one of its actions."""
    me = access.actor.person_id
    if me is not None and me == row.submitted_by_id:
        return
    links = links_of(tx, access, row.id)
    actions = actions_of(tx, access, links)
    if any(action.id in access.hidden for action in actions):
        raise restricted()
    if access.may(act) or any(access.may(act, a, contributors_of(tx, access, a.id)) for a in actions):
        return
    raise refusal(act)


def write_clocks(tx: Write, access: PlanAccess, action_ids: Iterable[UUID]) -> None:
    """Bring submitted_on, accepted_on and returned_on of these actions to what their evidence says. Act named."""
    ids = list(dict.fromkeys(action_ids))
    if not ids:
        return
    tx.flush()
    found = items_of(tx, access, ids)
    for action_id in ids:
        days = clocks(found.get(action_id, ()))
        if days["accepted_on"] is None and row_of_id(tx, access, action_id).assured_before_tool:
            # Accepted before there was a tool to keep the evidence in.
            del days["accepted_on"]
        note_facts(tx, access=access, action_id=action_id, **days)


def refuse_bare(tx: Write, access: PlanAccess, action_ids: Iterable[UUID]) -> None:
    """Refuse (409) what would leave an action assured and take away all that it was assured on."""
    ids = list(dict.fromkeys(action_ids))
    tx.flush()
    found = items_of(tx, access, ids)
    for action_id in ids:
        row = row_of_id(tx, access, action_id)
        stood = row.stage.is_assured and row.accepted_on is not None and not row.assured_before_tool
        if stood and clocks(found.get(action_id, ()))["accepted_on"] is None:
            raise Conflict(
                _(
                    "{ref} was assured on this evidence and has no other that is accepted. Have other evidence "
                    "accepted first, or move {ref} back.",
                    ref=row.ref,
                ),
                "proof_of_assured",
            )


def said_of(row: Evidence, why: str | None) -> str | None:
    """The reason as the history tells it to all who read the plan; of a confidential item only the item tells it."""
    return None if row.confidential else why


def refuse_over(row: Evidence) -> None:
    if row.state is EvidenceState.withdrawn:
        raise Conflict(_("This evidence was withdrawn. Add it anew if it is needed."), "withdrawn")


def refuse_own(tx: Write, access: PlanAccess, row: Evidence) -> None:
    """Nobody reviews what they submitted themselves, or what proves an action they are accountable for."""
    me = access.actor.person_id
    if me is not None and me == row.submitted_by_id:
        raise Forbidden(_("You submitted this evidence, so somebody else must review it."), "own_evidence")
    added = {v.added_by_id for v in versions_of(tx, access, row.id) if v.number == row.version}
    if me is not None and me in added:
        raise Forbidden(_("You added this file, so somebody else must review it."), "own_evidence")
    if me is not None and any(
        a.accountable_person_id == me for a in actions_of(tx, access, links_of(tx, access, row.id))
    ):
        raise Forbidden(
            _("You are accountable for an action that this proves, so somebody else must review it."), "own_action"
        )


def not_in_future(field: str, day: date | None, today: date) -> list[FieldError]:
    if day is None or day <= today:
        return []
    return [FieldError(field, _("This day is in the future. Enter today or an earlier day."))]
