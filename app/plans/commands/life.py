"""A plan's life: adopted, closed; and the look at a plan with which every act on it begins."""

from datetime import date

from sqlmodel import select

from app.core.db import Write
from app.core.errors import Conflict, Stale
from app.core.ledger import claim
from app.core.moment import today_of
from app.core.words import _
from app.people.queries import holders
from app.people.rules import Role
from app.plans.models import BodyMember, Plan
from app.plans.queries import PlanAccess, bodies, plan_for
from app.plans.rules import BodyKind, BodyRole, PlanState, may_become

# Who presides over the bodies that every plan has.
PRESIDES = {BodyKind.improvement_group: Role.chair, BodyKind.assurance_panel: Role.validator}


def claimed(tx: Write, slug: str, act: str, *, revision: int | None = None) -> tuple[PlanAccess, Plan]:
    """The plan, queued for and read afresh: the right asked, and the revision where one was read. Not a closed one."""
    access = plan_for(tx, slug, act)
    claim(tx, access.stream)
    row = tx.exec(select(Plan).where(Plan.id == access.id).execution_options(populate_existing=True)).one()
    access.require(act)
    if row.state is PlanState.closed:
        raise Conflict(_("This plan is closed, so it cannot be changed."), "plan_closed")
    if revision is not None and row.revision != revision:
        raise Stale(_("Somebody else has changed this plan. Look at it again before you save."))
    return access, row


def make_live(plan: Plan, today: date) -> None:
    """From draft to live; the dates of the actions are fixed by who calls (`actions.commands.adopt_plan`)."""
    if not may_become(plan.state, PlanState.live):
        raise Conflict(_("This plan has been adopted already."), "not_a_draft")
    plan.state = PlanState.live
    plan.adopted_on = today


def add_missing_chairs(tx: Write, plan: Plan) -> None:
    """Bodies without a chair: who adopts the plan chairs them, and those of the panel's own role chair a panel.

    Without one nothing could be decided; and on proof no seat counts without that role.
    """
    person = tx.actor.id
    for body in bodies(tx, plan.id):
        if body.chairs:
            continue
        if body.kind is BodyKind.assurance_panel:
            chairs = holders(tx, PRESIDES[body.kind], plan.organisation_id)
        else:
            chairs = [person] if person else []
        for account_id in chairs:
            held = tx.exec(
                select(BodyMember).where(BodyMember.body_id == body.id, BodyMember.account_id == account_id)
            ).first() or BodyMember(plan_id=plan.id, body_id=body.id, account_id=account_id)
            held.role = BodyRole.chair
            tx.add(held)


def close_plan(tx: Write, *, slug: str, revision: int, why: str) -> Plan:
    access, row = claimed(tx, slug, "plan.adopt", revision=revision)
    if not may_become(row.state, PlanState.closed):
        raise Conflict(_("Only a live plan can be closed. “{plan}” is still a draft.", plan=access.title), "not_live")
    row.state = PlanState.closed
    row.closed_on = today_of(tx)
    tx.act("plan.closed", why=why)
    tx.flush()
    return row
