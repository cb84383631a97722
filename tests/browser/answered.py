"""What the world's plan answers: two own publications in conflict, standings, and two declarations."""

from app.coverage import commands
from app.coverage.schemas import NewStandings
from app.plans.queries import plan_for
from tests.coverage import test_declarations as declaring
from tests.coverage.made import answer, link, publish, settle
from tests.support.cast import Cast


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
