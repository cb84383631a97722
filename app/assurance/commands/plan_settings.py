"""Other rating settings or another legend: the office asks, the chair decides, with counts before and after."""

from app.actions.queries import plan_view
from app.actions.rules import Move, Part
from app.assurance import queries
from app.assurance.commands.ground import begun
from app.assurance.commands.settling import Settling, settle
from app.assurance.models import Proposal
from app.assurance.rules import Verdict
from app.assurance.schemas import NewSettingsProposal
from app.core.db import Write
from app.core.errors import Invalid
from app.core.moment import now_of, today_of
from app.core.words import _
from app.plans.queries import PlanAccess


def propose_settings(tx: Write, *, access: PlanAccess, given: NewSettingsProposal) -> Proposal:
    """In a draft it takes effect at once and is kept with its counts; in a live plan the chair decides."""
    access = begun(tx, access)
    access.require("plan.structure")
    wanted = queries.given_change(tx, access, given)
    if not wanted:
        raise Invalid("", _("Nothing differs from the settings as they are."), "nothing_changes")
    if not access.is_draft and not given.why:
        raise Invalid("why", _("Give the reason"))
    queries.refuse_asked_already(tx, access, Move.plan_settings)
    counts = queries.preview(plan_view(tx, access), wanted.get("settings", {}))
    row = Proposal(
        plan_id=access.id,
        move=Move.plan_settings,
        given=wanted | {"counts": counts.model_dump()},
        why=given.why or "",
        proposed_on=today_of(tx),
        proposed_at=now_of(tx),
        proposed_by_id=tx.actor.person_id,
        proposed_by_name=tx.actor.name[:120],
        proposed_as=Part.office.value,
    )
    tx.act("settings.proposed" if not access.is_draft else "settings.changed", why=given.why)
    tx.add(row)
    if access.is_draft:
        how = Settling(row, None, Verdict.accept, why=row.why, capacity=Part.office, act="settings.changed")
        settle(tx, access, how)
    tx.flush()
    return row
