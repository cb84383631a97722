"""Acts on a plan that depend on its actions: adopting it, taking a participant out, putting a priority away."""

from sqlmodel import func, select

from app.actions.models import Action
from app.core.db import Write
from app.core.errors import Conflict, NotFound, Stale
from app.core.moment import today_of
from app.core.words import _, ngettext
from app.organisations.models import Organisation
from app.plans import commands as plans
from app.plans.models import Participant, Plan, Priority
from app.plans.queries import priority_row


def adopt_plan(tx: Write, *, slug: str, revision: int | None = None) -> Plan:
    """The chair makes a draft live: each original due date is fixed as it stands, and the clocks start today."""
    _access, plan = plans.claimed(tx, slug, "plan.adopt", revision=revision)
    tx.act("plan.adopted")
    plans.make_live(plan, today_of(tx))
    plans.add_missing_chairs(tx, plan)
    for action in tx.exec(select(Action).where(Action.plan_id == plan.id)).all():
        action.original_due_date = action.due_date
        action.slips = action.slip_days = 0
    tx.flush()
    return plan


def remove_participant(tx: Write, *, slug: str, code: str) -> None:
    """Not while the organisation leads an action: its people could no longer write it."""
    access, _plan = plans.claimed(tx, slug, "plan.structure")
    row = tx.exec(
        select(Participant)
        .join(Organisation, Participant.organisation_id == Organisation.id)  # type: ignore[arg-type]
        .where(Participant.plan_id == access.id, Organisation.code == code.upper())
    ).first()
    if row is None:
        raise NotFound(_("{code} takes no part in this plan.", code=code))
    led = tx.exec(
        select(func.count()).where(Action.plan_id == access.id, Action.organisation_id == row.organisation_id)
    ).one()
    if led:
        raise Conflict(
            ngettext(
                "{code} leads {n} action of this plan. Give it to another organisation first.",
                "{code} leads {n} actions of this plan. Give them to another organisation first.",
                led,
                code=code.upper(),
            ),
            "leads_actions",
        )
    tx.act("plan.participant_removed")
    tx.delete(row)
    tx.flush()


def archive_priority(tx: Write, *, slug: str, ref: str, revision: int) -> Priority:
    """Only an empty one."""
    access, _plan = plans.claimed(tx, slug, "plan.structure")
    row = priority_row(tx, access.id, ref)
    if row.revision != revision:
        raise Stale(_("Somebody else has changed this priority. Look at it again before you save."))
    held = tx.exec(select(func.count()).where(Action.plan_id == access.id, Action.priority_id == row.id)).one()
    if held:
        raise Conflict(
            ngettext(
                "Priority {ref} holds {n} action. Move it to another priority first.",
                "Priority {ref} holds {n} actions. Move them to another priority first.",
                held,
                ref=ref,
            ),
            "not_empty",
        )
    tx.act("priority.archived")
    row.archived_on = today_of(tx)
    tx.flush()
    return row
