"""What is held, confidential or sent by a program; and that the columns of actions are what the rows say."""

from dataclasses import replace
from uuid import UUID

import pytest

from app.core.errors import Conflict, Forbidden
from app.evidence import commands, queries
from app.evidence.rules import clocks as clocks_of
from app.evidence.schemas import NewReview, ReviewOutcome
from app.plans.queries import plan_for
from tests.evidence.made import (
    a_file,
    change,
    clocks,
    day,
    make_action,
    review,
    shown,
    state,
    submit,
    withdraw,
)
from tests.support.cast import MAKER, Cast

TODAY = day(0)


@pytest.fixture
def action(sqlite_cast: Cast) -> UUID:
    return make_action(sqlite_cast)


FOUND = {"page": [3, 4]}


def test_a_file_with_numbers_is_held_until_its_uploader_settles_it(sqlite_cast: Cast, action: UUID) -> None:
    submit(sqlite_cast, file=a_file(found=FOUND))
    item = shown(sqlite_cast)
    assert (item.held, item.counts, item.versions[0].found) == (True, False, "pages 3 and 4")
    assert clocks(sqlite_cast, action) == (None, None, None)
    with pytest.raises(Conflict, match="NHS numbers"):
        review(sqlite_cast)
    with pytest.raises(Forbidden, match="Only Owen"):
        state(sqlite_cast, who="alice")
    state(sqlite_cast)
    assert clocks(sqlite_cast, action) == (TODAY, None, None)
    assert shown(sqlite_cast).versions[0].stated_why == "Invoice numbers."
    with pytest.raises(Conflict, match="not held"):
        state(sqlite_cast)


@pytest.mark.parametrize(("who", "opens"), [("owen", True), ("alice", False), ("victor", False)])
def test_only_its_uploader_opens_a_held_file(sqlite_cast: Cast, action: UUID, who: str, opens: bool) -> None:
    submit(sqlite_cast, file=a_file(found=FOUND))
    with sqlite_cast.database.read(sqlite_cast.actor(who)) as read:
        access = plan_for(read, "alpha")
        if opens:
            assert queries.version_to_open(read, access, "E1").number == 1
        else:
            with pytest.raises(Forbidden, match="NHS numbers"):
                queries.version_to_open(read, access, "E1")


def test_the_columns_are_what_the_rows_say(sqlite_cast: Cast, action: UUID) -> None:
    """Whatever happened: the clocks recomputed from the evidence equal the action's columns."""
    other = make_action(sqlite_cast, "1.02")
    submit(sqlite_cast, actions=["1.01", "1.02"])
    submit(sqlite_cast, kind="implementation", actions=["1.02"])
    submit(sqlite_cast, file=a_file(found=FOUND))
    submit(sqlite_cast, file=a_file("c.pdf"))
    review(sqlite_cast, "E1")
    review(sqlite_cast, "E4", "return", why="No.")
    change(sqlite_cast, "E4", who="alice", actions=["1.02"])
    withdraw(sqlite_cast, "E1")
    with sqlite_cast.database.read(MAKER) as read:
        found = queries.items_of(read, plan_for(read, "alpha"))
    for action_id in (action, other):
        told = clocks_of(found.get(action_id, []))
        assert clocks(sqlite_cast, action_id) == (told["submitted_on"], told["accepted_on"], told["returned_on"])
    assert clocks(sqlite_cast, other) == (TODAY, None, TODAY)


CONFIDENTIAL = {"confidential": True, "public_summary": "A review of one case.", "shows": "The case of 3 May."}


@pytest.mark.parametrize(
    ("who", "sees"),
    [("alice", True), ("victor", True), ("carol", True), ("edith", True), ("owen", True), ("olga", False),
     ("violet", False), ("mina", False), ("pat", False), ("liam", False), ("connie", False)],
)  # fmt: skip
def test_a_confidential_item_shows_others_its_summary_alone(
    sqlite_cast: Cast, action: UUID, who: str, sees: bool
) -> None:
    submit(sqlite_cast, "alice", a_file(), **CONFIDENTIAL)
    item = shown(sqlite_cast, who=who)
    assert item.concealed is not sees
    assert ("The case of 3 May" in item.model_dump_json()) is sees
    assert ("audit.pdf" in item.model_dump_json()) is sees
    assert item.public_summary == "A review of one case."


def test_a_token_submits_for_its_maker_and_never_reviews(sqlite_cast: Cast, action: UUID) -> None:
    submit(sqlite_cast)
    token = replace(sqlite_cast.actor("victor"), token_id=sqlite_cast.people["victor"])
    given = NewReview(outcome=ReviewOutcome.accept)
    with sqlite_cast.database.write(token) as tx:
        access = plan_for(tx, "alpha")
        with pytest.raises(Forbidden, match="signed-in person"):
            commands.review(tx, access=access, ref="E1", given=given)
