"""Each session sees the actions of its own plan, however often the same statement was asked for another."""

from sqlmodel import select

from app.actions.models import Action, Milestone
from app.actions.queries import plan_view
from app.core import clock
from app.plans.models import Plan, Priority
from app.plans.queries import plan_for
from tests.actions import made_plan as made
from tests.support.cast import MAKER, Cast


def second_plan(cast: Cast) -> None:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.begun")
        plan = Plan(slug="beta", organisation_id=cast.organisations["BBB"], title="Beta", adopted_on=clock.today())
        tx.add(plan)
        tx.flush()
        priority = Priority(plan_id=plan.id, ref="1", title="Safe care", position=1)
        tx.add(priority)
        tx.flush()
        action = Action(
            plan_id=plan.id, ref="B1", title="Beta's", priority_id=priority.id,
            organisation_id=plan.organisation_id, created_on=clock.today(), updated_at=clock.now(),
        )  # fmt: skip
        tx.add(action)
        tx.flush()
        tx.add(Milestone(plan_id=plan.id, action_id=action.id, title="Beta's own"))
        tx.flush()


def test_a_session_sees_its_own_plan_whatever_was_asked_before(cast: Cast) -> None:
    made.add(cast, ref="A1", milestones=[{"title": "Alpha's own"}])
    second_plan(cast)
    plain, joined = select(Action.ref), select(Action.ref, Milestone.title).join(Milestone)
    for slug, who, ref, title in (("alpha", "alice", "A1", "Alpha's own"), ("beta", "oscar", "B1", "Beta's own")) * 2:
        with cast.database.read(cast.actor(who)) as read:
            plan_for(read, slug)
            assert read.exec(plain).all() == [ref]
            assert list(read.exec(joined).all()) == [(ref, title)]


def test_one_session_draws_several_plans(cast: Cast) -> None:
    made.add(cast, ref="A1")
    second_plan(cast)
    with cast.database.read(MAKER) as read:
        drawn = {slug: [a.ref for a in plan_view(read, plan_for(read, slug)).actions] for slug in ("alpha", "beta")}
    assert drawn == {"alpha": ["A1"], "beta": ["B1"]}
