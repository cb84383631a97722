"""Actions and proposals of the cast's plan, for tests of what is asked and decided."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import select

from app.actions.models import Action
from app.actions.rules import Progress
from app.assurance import commands, queries
from app.assurance.models import Decision, Proposal
from app.assurance.rules import Asked, Verdict
from app.assurance.schemas import NewDecision, NewProposal, ProposalRead
from app.core import clock
from app.core.db import Write
from app.plans.models import Body, BodyMember, Plan
from app.plans.queries import plan_for
from app.plans.rules import BodyKind, BodyRole
from tests.support.cast import MAKER, Cast

WHY = "The supplier cannot train the night teams before then."


def day(offset: int) -> date:
    return clock.today() + timedelta(days=offset)


def plan_id(cast: Cast) -> UUID:
    assert cast.plan_id is not None
    return cast.plan_id


def add(cast: Cast, row: object) -> None:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.changed")
        tx.add(row)


def body_id(cast: Cast, kind: BodyKind = BodyKind.improvement_group) -> UUID:
    with cast.database.read(MAKER) as read:
        read.see_everything("the tests look at the rows")
        return read.exec(select(Body.id).where(Body.kind == kind)).one()


def make_action(cast: Cast, ref: str = "1.01", **fields: Any) -> UUID:
    """An action of Owen's, in Edith's portfolio, due in 20 days, unless said otherwise."""
    given: dict[str, Any] = {
        "priority_id": cast.priorities["1"],
        "accountable_person_id": cast.people["owen"],
        "lead_executive_id": cast.people["edith"],
        "organisation_id": cast.organisations["AAA"],
        "created_on": day(-60),
        "start_date": day(-30),
        "due_date": day(20),
        "original_due_date": day(20),
        "progress": Progress.on_track,
        "last_update_on": day(-3),
        "title": f"Action {ref}",
        "updated_at": clock.now(),
    } | fields
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.begun")
        row = Action(plan_id=plan_id(cast), ref=ref, **given)
        tx.add(row)
        tx.flush()
        return row.id


def propose(cast: Cast, who: str, ref: str = "1.01", move: str = "due_date", **given: Any) -> UUID:
    if move == "due_date":
        given.setdefault("due_date", day(45))
    given.setdefault("why", WHY)
    with cast.database.write(cast.actor(who)) as tx:
        access = plan_for(tx, "alpha")
        return commands.propose(tx, access=access, ref=ref, given=NewProposal(move=Asked(move), **given)).id


def decide(cast: Cast, who: str, proposal_id: UUID, verdict: str = "accept", **given: Any) -> UUID:
    with cast.database.write(cast.actor(who)) as tx:
        access = plan_for(tx, "alpha")
        answer = NewDecision(outcome=Verdict(verdict), **given)
        return commands.decide(tx, access=access, proposal_id=proposal_id, given=answer).id


def action_row(cast: Cast, ref: str = "1.01") -> Action:
    with cast.database.read(MAKER) as read:
        read.see_everything("the tests look at the rows")
        return read.exec(select(Action).where(Action.ref == ref)).one()


def proposal_row(cast: Cast, proposal_id: UUID) -> Proposal:
    with cast.database.read(MAKER) as read:
        read.see_everything("the tests look at the rows")
        return read.exec(select(Proposal).where(Proposal.id == proposal_id)).one()


def decision_rows(cast: Cast) -> list[Decision]:
    with cast.database.read(MAKER) as read:
        read.see_everything("the tests look at the rows")
        return list(read.exec(select(Decision).order_by(Decision.decided_at)).all())  # type: ignore[arg-type]


def seen(cast: Cast, who: str, proposal_id: UUID) -> ProposalRead:
    with cast.database.read(cast.actor(who)) as read:
        return queries.proposal(read, plan_for(read, "alpha"), proposal_id)


def set_plan(cast: Cast, **fields: Any) -> None:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.changed")
        plan = tx.exec(select(Plan).where(Plan.slug == "alpha")).one()
        for name, value in fields.items():
            setattr(plan, name, value)


def change_action(cast: Cast, ref: str = "1.01", **fields: Any) -> None:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.changed")
        row = tx.exec(select(Action).where(Action.ref == ref)).one()
        for name, value in fields.items():
            setattr(row, name, value)


def propose_in(tx: Write, ref: str, due: date) -> UUID:
    given = NewProposal(move=Asked.due_date, due_date=due, why=WHY)
    return commands.propose(tx, access=plan_for(tx, "alpha"), ref=ref, given=given).id


def make_deputy(cast: Cast, name: str) -> None:
    seat = BodyMember(plan_id=plan_id(cast), body_id=body_id(cast), account_id=cast.people[name], role=BodyRole.deputy)
    add(cast, seat)
