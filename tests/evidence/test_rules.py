"""Which evidence counts on a day, and the clocks an action takes from it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.evidence.rules import (
    NO_PROOF,
    EvidenceKind,
    EvidenceState,
    Item,
    clocks,
    expires_soon,
    has_expired,
    proof,
)

TODAY = date(2026, 11, 22)
OWEN, VICTOR = uuid4(), uuid4()
EFFECT, IMPLEMENTATION = EvidenceKind.effect, EvidenceKind.implementation


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def an_item(**fields: Any) -> Item:
    given: dict[str, Any] = {
        "id": uuid4(), "ref": "E1", "kind": EFFECT, "state": EvidenceState.submitted, "speaks_for": ago(10),
        "submitted_on": ago(5), "submitted_by_id": OWEN,
    }  # fmt: skip
    return Item(**(given | fields))


def accepted(**fields: Any) -> Item:
    given = {"state": EvidenceState.accepted, "accepted_on": ago(2), "reviewed_by_id": VICTOR}
    return an_item(**(given | fields))


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({}, True),
        ({"state": EvidenceState.accepted}, True),
        ({"state": EvidenceState.returned}, False),
        ({"state": EvidenceState.withdrawn}, False),
        ({"held": True}, False),
        ({"expires_on": TODAY}, True),
        ({"expires_on": ago(1)}, False),
    ],
)
def test_it_counts_what_is_submitted_or_accepted_and_neither_held_nor_expired(
    fields: dict[str, Any], counts: bool
) -> None:
    item = an_item(**fields)
    assert item.counts(TODAY) is counts
    assert (proof([item], TODAY).effect == (item,)) is counts


def test_it_keeps_the_two_kinds_apart() -> None:
    made, works = an_item(kind=IMPLEMENTATION, speaks_for=None), an_item(ref="E2")
    found = proof([works, made], TODAY)
    assert (found.implementation, found.effect) == ((made,), (works,))
    assert found.effect_dates() == (ago(10),)


def test_it_gives_no_day_where_an_item_speaks_for_none() -> None:
    assert proof([an_item(speaks_for=None)], TODAY).effect_dates() == ()


@pytest.mark.parametrize(
    ("item", "apart_from", "days"),
    [
        (accepted(), (), (ago(10),)),
        (an_item(), (), ()),
        (accepted(submitted_by_id=VICTOR), (), ()),
        (accepted(reviewed_by_id=None), (), ()),
        (accepted(), (VICTOR,), ()),
        (accepted(), (OWEN, None), (ago(10),)),
        (accepted(expires_on=ago(1)), (), ()),
    ],
)
def test_it_takes_an_acceptance_only_from_somebody_else(
    item: Item, apart_from: tuple[UUID | None, ...], days: tuple[date, ...]
) -> None:
    assert proof([item], TODAY).accepted_effect_dates(apart_from) == days


def test_its_clocks_are_the_latest_day_of_each_among_effect_evidence() -> None:
    items = [
        an_item(submitted_on=ago(40), state=EvidenceState.returned, returned_on=ago(30)),
        accepted(submitted_on=ago(20), accepted_on=ago(9)),
        an_item(submitted_on=ago(3)),
        accepted(kind=IMPLEMENTATION, submitted_on=TODAY, accepted_on=TODAY),
    ]
    assert clocks(items) == {"submitted_on": ago(3), "accepted_on": ago(9), "returned_on": ago(30)}


def test_what_was_withdrawn_or_is_held_was_never_submitted_but_a_return_stays_one() -> None:
    withdrawn = an_item(state=EvidenceState.withdrawn, returned_on=ago(4))
    assert clocks([withdrawn, an_item(held=True)]) == {
        "submitted_on": None,
        "accepted_on": None,
        "returned_on": ago(4),
    }


def test_an_acceptance_ends_when_the_item_is_returned_after_all() -> None:
    item = accepted(state=EvidenceState.returned, returned_on=ago(1))
    assert clocks([item])["accepted_on"] is None


def test_nothing_proves_nothing() -> None:
    assert proof([], TODAY) == NO_PROOF


@pytest.mark.parametrize(
    ("expires_on", "soon", "expired"),
    [
        (None, False, False),
        (TODAY, True, False),
        (ago(1), False, True),
        (ago(-56), True, False),
        (ago(-57), False, False),
    ],
)
def test_it_says_when_evidence_expires(expires_on: date | None, soon: bool, expired: bool) -> None:
    assert (expires_soon(expires_on, TODAY), has_expired(expires_on, TODAY)) == (soon, expired)
