"""What a first import brought in as assured waits for a validator who is somebody else."""

from typing import Any

import pytest

from app.assurance import commands, queries
from app.assurance.schemas import Confirming
from app.core.errors import Conflict, Forbidden
from app.plans.queries import plan_for
from tests.assurance import made
from tests.assurance.made import day
from tests.support.cast import Cast
from tests.support.doors import Doors


def brought_in(cast: Cast, ref: str = "1.01", by: str = "alice", **fields: Any) -> None:
    given = {"stage": "assured", "progress": "complete", "completion_date": day(-300), "assured_before_tool": True,
             "imported_by_id": cast.people[by], "retest_date": day(400)}  # fmt: skip
    made.make_action(cast, ref, **(given | fields))


def confirm(cast: Cast, who: str, *refs: str) -> None:
    with cast.database.write(cast.actor(who)) as tx:
        given = Confirming(refs=list(refs) or ["1.01"], why="The audits of 2025 were seen.")
        commands.confirm_before_tool(tx, access=plan_for(tx, "alpha"), given=given)


def test_it_is_confirmed_by_a_validator_who_did_not_bring_it_in(cast: Cast) -> None:
    brought_in(cast, by="victor")
    for name in ("alice", "carol", "edith", "owen", "violet", "pat"):
        with pytest.raises(Forbidden):
            confirm(cast, name)
    with pytest.raises(Forbidden, match="yourself"):
        confirm(cast, "victor")
    confirm(cast, "dennis")
    action = made.action_row(cast)
    assert (action.before_tool_confirmed_on, action.assured_before_tool) == (day(0), True)
    assert action.retest_date is not None
    assert (action.retest_date - day(0)).days <= 184
    [decision] = made.decision_rows(cast)
    assert (decision.move, decision.capacity, decision.proposal_id) == ("before_tool", "validator", None)
    with pytest.raises(Conflict, match="already"):
        confirm(cast, "dennis")


def test_it_is_nobodys_own_to_confirm(sqlite_cast: Cast) -> None:
    brought_in(sqlite_cast, accountable_person_id=sqlite_cast.people["dennis"])
    with pytest.raises(Forbidden, match="own action"):
        confirm(sqlite_cast, "dennis")
    confirm(sqlite_cast, "victor")


def test_it_confirms_several_or_none(sqlite_cast: Cast) -> None:
    brought_in(sqlite_cast)
    made.make_action(sqlite_cast, "1.02")
    with pytest.raises(Conflict, match=r"1\.02: "):
        confirm(sqlite_cast, "victor", "1.01", "1.02")
    assert made.action_row(sqlite_cast).before_tool_confirmed_on is None


def test_it_waits_on_the_decisions_page_until_it_is_confirmed(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    brought_in(cast)
    brought_in(cast, "1.02")
    victor = sqlite_doors.as_("victor")
    assert "2 actions came in as assured" in victor.get("/me").text
    page = victor.get("/plans/alpha/decisions").text
    assert "2 actions came in as assured" in page
    assert "2 were assured before this tool and are to be confirmed." in victor.get("/plans/alpha").text
    answer = victor.post("/plans/alpha/before-tool/confirmation", data={"refs": "1.01"})
    assert answer.status_code == 303
    assert "1 was assured before this tool and is to be confirmed." in victor.get("/plans/alpha").text
    given = {"refs": ["1.02"]}
    assert sqlite_doors.token().post("/api/v1/plans/alpha/before-tool/confirmation", json=given).status_code == 403
    assert victor.post("/api/v1/plans/alpha/before-tool/confirmation", json=given).status_code == 201
    with cast.database.read(cast.actor("alice")) as read:
        assert queries.before_tool_waiting(read, plan_for(read, "alpha")) == []
    assert "assured before this tool and" not in victor.get("/plans/alpha").text
    assert "Assured before this tool, confirmed" in victor.get("/plans/alpha/decisions").text
