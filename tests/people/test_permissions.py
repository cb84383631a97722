"""Who may do something, as it is told to those who may not."""

import pytest

from app.people.permissions import who_may
from app.people.rights import RIGHTS, Who


@pytest.mark.parametrize("act", sorted(RIGHTS))
def test_every_act_of_the_table_says_who_may(act: str) -> None:
    told = who_may(act)
    if RIGHTS[act].who is Who.table:
        assert told.startswith("Only ")
        assert told.endswith(" may do this.")
    else:
        assert told == "You may not do this."


def test_several_acts_name_everybody_once() -> None:
    assert who_may("action.edit", "action.edit_own", "action.owner") == (
        "Only the programme office, the action’s accountable person and the action’s lead executive may do this."
    )


def test_it_says_where_a_role_must_be_held_when_that_is_all_that_counts() -> None:
    assert who_may("plan.adopt") == "Only the chair of the plan’s own organisation may do this."
    assert who_may("library.manage") == "Only the programme office and administrators may do this."
