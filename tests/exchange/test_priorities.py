"""Which priority rows belong to: groups name some of them, and what belongs to none stays out of them."""

from collections.abc import Mapping
from datetime import date

from app.exchange.imports.priorities import Shape
from app.exchange.imports.questions import Asked
from app.exchange.imports.row import Row
from app.exchange.imports.settling import Plan, settle


def settled(priorities: Mapping[str, str], *groups: str, **answers: str) -> Plan:
    """Rows of these groups, in a plan called "MIP" whose priorities hold no action yet."""
    rows = [
        Row("Plan", number, group, {"ref": str(number), "title": f"Action {number}"})
        for number, group in enumerate(groups, start=1)
    ]
    shape = Shape("MIP", priorities, frozenset(), {}, first=True, may_add_priorities=True)
    return settle(rows, shape, Asked({name.replace("_", ":"): value for name, value in answers.items()}), date.max)


def test_rows_above_the_first_group_stay_out_of_it() -> None:
    plan = settled({"1": "MIP"}, "", "", "Closed actions")
    assert [each.priority for each in plan.rows] == ["1", "1", "2"]
    assert (plan.added, plan.renamed) == ({"2": "Closed actions"}, {})


def test_a_priority_that_was_answered_keeps_its_name() -> None:
    plan = settled({"1": "MIP", "2": "Safe care"}, "Closed actions", "", priority_none="1")
    assert [each.priority for each in plan.rows] == ["3", "1"]
    assert (plan.added, plan.renamed) == ({"3": "Closed actions"}, {})


def test_the_empty_first_priority_takes_a_groups_name_where_every_row_has_a_group() -> None:
    plan = settled({"1": "MIP"}, "Safe care", "Workforce")
    assert [each.priority for each in plan.rows] == ["1", "2"]
    assert (plan.added, plan.renamed) == ({"2": "Workforce"}, {"1": "Safe care"})
