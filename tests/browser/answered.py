"""What the world answers: own publications in conflict, standings, two declarations; and a seat to confirm."""

from sqlmodel import select

from app.coverage import commands
from app.coverage.schemas import NewStandings
from app.plans.models import Body, BodyMember
from app.plans.queries import plan_for
from app.plans.rules import BodyKind
from tests.assurance.made import day
from tests.coverage import test_declarations as declaring
from tests.coverage.made import answer, link, publish, settle
from tests.support.cast import MAKER, Cast


def covered(cast: Cast) -> None:
    publish(cast)
    publish(cast, "aaa_second")
    action = answer(
        cast,
        "1.8",
        {"aaa_first:1": True, "aaa_second:2": True},
        title="Hold skills drills by night",
        position=9_000_000,
    )
    answer(cast, "1.9", {"aaa_second:1": True}, title="Move staff at short notice", position=9_100_000)
    declaring.prove(cast, action, "E81")
    link(cast, "aaa_first:1", "contradicts", "aaa_second:1")
    link(cast, "aaa_first:2", "same", "aaa_second:2")
    settle(cast, ["aaa_first:3"], "external", contact="The ICB, head of maternity")
    with cast.database.write(cast.actor("alice")) as tx:
        given = NewStandings.model_validate(
            {"recommendations": ["aaa_first:4"], "answer": "not_applicable", "why": "There is no such service"}
        )
        commands.propose_standings(tx, access=plan_for(tx, "alpha"), given=given)
    declaring.begin(cast)
    for ref in ("1", "2", "3", "4"):
        declaring.check(cast, ref)
    for ref in ("2", "3", "4"):
        declaring.explain(cast, ref)
    declaring.sign(cast)
    declaring.begin(cast)
    let_in(cast)


def let_in(cast: Cast) -> None:
    """Nora sits in the group, and was let in by a one-time code: her seat waits for somebody's word."""
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.begun")
        held = select(Body).where(Body.plan_id == cast.plan_id, Body.kind == BodyKind.improvement_group)
        body = tx.exec(held).one()
        seat = BodyMember(plan_id=body.plan_id, body_id=body.id, account_id=cast.people["nora"], paused_on=day(0))
        tx.add(seat)
