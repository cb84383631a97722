"""Submitting, reviewing, changing and withdrawing: who may, what is needed, and the clocks that each act moves."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from app.actions.rules import Stage
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.evidence.rules import EvidenceState
from tests.assurance.made import change_action
from tests.evidence.made import (
    a_file,
    action_row,
    add_version,
    change,
    clocks,
    day,
    make_action,
    review,
    rows,
    shown,
    submit,
    withdraw,
)
from tests.support.cast import Cast

TODAY = day(0)


@pytest.fixture
def action(sqlite_cast: Cast) -> UUID:
    return make_action(sqlite_cast)


@pytest.mark.parametrize("who", ["owen", "alice", "edith"])
def test_who_answers_for_the_action_submits(sqlite_cast: Cast, action: UUID, who: str) -> None:
    assert submit(sqlite_cast, who) == "E1"
    item = shown(sqlite_cast)
    assert (item.state, item.submitted_by, item.submitted_on) == (EvidenceState.submitted, who.title(), TODAY)
    assert [a.ref for a in item.actions] == ["1.01"]
    assert clocks(sqlite_cast, action) == (TODAY, None, None)


@pytest.mark.parametrize("who", ["olga", "violet", "mina", "petra", "liam", "nora", "adam"])
def test_it_takes_none_from_who_does_not(sqlite_cast: Cast, action: UUID, who: str) -> None:
    with pytest.raises((Forbidden, NotFound)):
        submit(sqlite_cast, who)
    assert rows(sqlite_cast) == []


def test_another_organisation_finds_no_plan(sqlite_cast: Cast, action: UUID) -> None:
    with pytest.raises(NotFound):
        submit(sqlite_cast, "oscar")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"actions": []}, "actions"),
        ({"actions": ["9.99"]}, "actions.0"),
        ({"recommendations": ["nothing:1"]}, "recommendations.0"),
        ({"dated_on": None}, "dated_on"),
        ({"dated_on": day(1).isoformat()}, "dated_on"),
        ({"form": "link"}, "url"),
        ({"form": "link", "url": "javascript:alert(1)"}, "url"),
        ({"form": "file"}, "file"),
        ({"form": "link", "url": "https://x.nhs.uk/a", "dated_on": None}, "period_to"),
        ({"period_from": day(-3).isoformat()}, "period_to"),
        ({"period_from": day(-3).isoformat(), "period_to": day(-4).isoformat()}, "period_to"),
        ({"sort": "audit", "result": "38 of 40"}, "sample_size"),
        ({"sort": "audit", "sample_size": 40}, "result"),
        ({"confidential": True}, "public_summary"),
        ({"expires_on": TODAY.isoformat()}, "expires_on"),
    ],
)
def test_it_names_what_is_missing(sqlite_cast: Cast, action: UUID, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        submit(sqlite_cast, **fields)
    assert [f.field for f in refused.value.fields] == [field]
    assert rows(sqlite_cast) == []


def test_all_that_is_wrong_is_named_at_once(sqlite_cast: Cast, action: UUID) -> None:
    with pytest.raises(Invalid) as refused:
        submit(sqlite_cast, actions=["9.99"], confidential=True, dated_on=day(2).isoformat())
    assert {f.field for f in refused.value.fields} == {"actions.0", "public_summary", "dated_on"}


def test_a_reviewer_accepts_and_the_action_knows(sqlite_cast: Cast, action: UUID) -> None:
    submit(sqlite_cast)
    before = action_row(sqlite_cast, action).revision
    review(sqlite_cast, strength="strong", expires_on=day(90))
    item = shown(sqlite_cast)
    assert (item.state, item.reviewed_by, item.strength, item.expires_on) == (
        EvidenceState.accepted,
        "Victor",
        "strong",
        day(90),
    )
    assert item.actions[0].covered
    assert clocks(sqlite_cast, action) == (TODAY, TODAY, None)
    assert action_row(sqlite_cast, action).revision > before


def test_a_return_needs_a_reason_and_starts_its_clock(sqlite_cast: Cast, action: UUID) -> None:
    submit(sqlite_cast)
    with pytest.raises(Invalid, match="missing"):
        review(sqlite_cast, outcome="return")
    review(sqlite_cast, outcome="return", why="October is not in it.")
    assert shown(sqlite_cast).review_why == "October is not in it."
    assert clocks(sqlite_cast, action) == (TODAY, None, TODAY)
    with pytest.raises(Conflict, match="returned already"):
        review(sqlite_cast)


@pytest.mark.parametrize("who", ["owen", "alice", "edith", "violet", "petra"])
def test_only_validators_and_the_chair_review(sqlite_cast: Cast, action: UUID, who: str) -> None:
    submit(sqlite_cast, "alice" if who != "alice" else "owen")
    with pytest.raises(Forbidden):
        review(sqlite_cast, who=who)
    assert shown(sqlite_cast).state is EvidenceState.submitted


def test_nobody_reviews_what_they_submitted(sqlite_cast: Cast) -> None:
    make_action(sqlite_cast, accountable_person_id=sqlite_cast.people["carol"])
    submit(sqlite_cast, "carol")
    with pytest.raises(Forbidden, match="You submitted"):
        review(sqlite_cast, who="carol")


def test_nobody_reviews_what_proves_their_own_action(sqlite_cast: Cast) -> None:
    make_action(sqlite_cast, accountable_person_id=sqlite_cast.people["victor"])
    submit(sqlite_cast, "alice")
    with pytest.raises(Forbidden, match="accountable"):
        review(sqlite_cast, who="victor")
    review(sqlite_cast, who="dennis")


def test_nobody_reviews_the_file_they_added(sqlite_cast: Cast) -> None:
    make_action(sqlite_cast, accountable_person_id=sqlite_cast.people["victor"])
    make_action(sqlite_cast, "1.02")
    submit(sqlite_cast, "alice", a_file(), actions=["1.01", "1.02"])
    add_version(sqlite_cast, a_file("b.pdf"), who="victor")
    change(sqlite_cast, who="alice", actions=["1.02"])
    change(sqlite_cast, who="alice", shows="Boards are complete in all bays.")
    with pytest.raises(Forbidden, match="added this file"):
        review(sqlite_cast, who="victor")


def test_what_was_returned_is_submitted_again_and_the_return_stays(sqlite_cast: Cast, action: UUID) -> None:
    submit(sqlite_cast, file=a_file())
    review(sqlite_cast, outcome="return", why="October is not in it.")
    add_version(sqlite_cast, a_file("with-october.pdf"))
    item = shown(sqlite_cast)
    assert (item.state, item.version, [v.file_name for v in item.versions]) == (
        EvidenceState.submitted,
        2,
        ["with-october.pdf", "audit.pdf"],
    )
    assert clocks(sqlite_cast, action) == (TODAY, None, TODAY)
    review(sqlite_cast)
    assert clocks(sqlite_cast, action) == (TODAY, TODAY, TODAY)


def test_another_version_of_what_was_accepted_is_reviewed_anew(sqlite_cast: Cast, action: UUID) -> None:
    submit(sqlite_cast, file=a_file())
    review(sqlite_cast)
    add_version(sqlite_cast, a_file("b.pdf"))
    assert shown(sqlite_cast).state is EvidenceState.submitted
    assert clocks(sqlite_cast, action) == (TODAY, None, None)


def test_other_words_are_reviewed_anew_and_the_same_words_change_nothing(sqlite_cast: Cast, action: UUID) -> None:
    submit(sqlite_cast)
    review(sqlite_cast)
    change(sqlite_cast, shows="All boards are complete.")
    assert shown(sqlite_cast).state is EvidenceState.accepted
    change(sqlite_cast, shows="Most boards are complete.")
    assert shown(sqlite_cast).state is EvidenceState.submitted


def test_a_link_made_after_acceptance_waits_for_a_reviewer_there(sqlite_cast: Cast, action: UUID) -> None:
    other = make_action(sqlite_cast, "1.02")
    submit(sqlite_cast)
    review(sqlite_cast)
    change(sqlite_cast, who="alice", actions=["1.01", "1.02"])
    assert (clocks(sqlite_cast, action), clocks(sqlite_cast, other)) == ((TODAY, TODAY, None), (TODAY, None, None))
    assert {a.ref: a.covered for a in shown(sqlite_cast).actions} == {"1.01": True, "1.02": False}
    assert shown(sqlite_cast, who="victor").may_review
    review(sqlite_cast, who="dennis")
    assert clocks(sqlite_cast, other) == (TODAY, TODAY, None)
    with pytest.raises(Conflict, match="accepted already"):
        review(sqlite_cast)


def test_a_link_taken_away_takes_its_clocks_along(sqlite_cast: Cast, action: UUID) -> None:
    make_action(sqlite_cast, "1.02")
    submit(sqlite_cast, actions=["1.01", "1.02"])
    change(sqlite_cast, actions=["1.02"])
    assert clocks(sqlite_cast, action) == (None, None, None)
    with pytest.raises(Invalid, match="at least one"):
        change(sqlite_cast, actions=[])


def test_nobody_links_to_an_action_that_is_not_theirs(sqlite_cast: Cast, action: UUID) -> None:
    make_action(sqlite_cast, "1.02", accountable_person_id=sqlite_cast.people["olga"])
    submit(sqlite_cast)
    with pytest.raises(Forbidden):
        change(sqlite_cast, actions=["1.01", "1.02"])
    with pytest.raises(Forbidden):
        submit(sqlite_cast, actions=["1.01", "1.02"])


def test_what_is_withdrawn_stays_and_counts_for_nothing(sqlite_cast: Cast, action: UUID) -> None:
    submit(sqlite_cast)
    review(sqlite_cast)
    with pytest.raises(Forbidden):
        withdraw(sqlite_cast, who="olga")
    withdraw(sqlite_cast)
    item = shown(sqlite_cast)
    assert (item.state, item.withdrawn_why, item.counts) == (EvidenceState.withdrawn, "The wrong month.", False)
    assert clocks(sqlite_cast, action) == (None, None, None)
    acts: list[Callable[[Cast], None]] = [withdraw, review, lambda cast: change(cast, shows="x")]
    for act in acts:
        with pytest.raises(Conflict, match="withdrawn"):
            act(sqlite_cast)


def test_a_stale_revision_is_refused(sqlite_cast: Cast, action: UUID) -> None:
    submit(sqlite_cast)
    revision = shown(sqlite_cast).revision
    review(sqlite_cast)
    with pytest.raises(Conflict) as refused:
        change(sqlite_cast, revision=revision, shows="Other words.")
    assert refused.value.status == 412


@pytest.mark.parametrize(
    "take",
    [
        withdraw,
        lambda cast: review(cast, outcome="return", why="Wrong ward."),
        lambda cast: change(cast, actions=["1.02"]),
    ],
)
def test_what_an_action_was_assured_on_is_not_taken_away_alone(
    sqlite_cast: Cast, action: UUID, take: Callable[[Cast], None]
) -> None:
    make_action(sqlite_cast, "1.02")
    submit(sqlite_cast)
    review(sqlite_cast)
    change_action(sqlite_cast, stage=Stage.assured)
    with pytest.raises(Conflict, match="Have other evidence accepted first"):
        take(sqlite_cast)
    assert shown(sqlite_cast).state is EvidenceState.accepted
    submit(sqlite_cast)
    review(sqlite_cast, "E2")
    take(sqlite_cast)
    assert clocks(sqlite_cast, action)[1] == TODAY
