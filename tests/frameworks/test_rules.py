"""Trees of recommendations, whom they address, and their compact names."""

import random

import pytest

from app.frameworks.rules import (
    Dispute,
    PackItem,
    Provenance,
    addressed_to,
    children,
    chip,
    leaves,
    ref_key,
    tree_problem,
    walk,
)
from app.organisations.rules import OrganisationKind


def tree(*places: tuple[str, str | None]) -> list[PackItem]:
    return [PackItem(ref, f"Item {ref}", Provenance.verified, n, parent) for n, (ref, parent) in enumerate(places)]


SMALL = tree(("1", None), ("2", None), ("1.1", "1"), ("2.1", "2"), ("1.2", "1"), ("1.2a", "1.2"), ("3", None))


def refs(items: list[PackItem]) -> list[str]:
    return [item.ref for item in items]


def test_it_walks_parents_first_and_siblings_in_the_order_given() -> None:
    assert [(depth, item.ref) for depth, item in walk(SMALL)] == [
        (0, "1"),
        (1, "1.1"),
        (1, "1.2"),
        (2, "1.2a"),
        (0, "2"),
        (1, "2.1"),
        (0, "3"),
    ]


def test_it_finds_children_and_leaves_anywhere_in_the_tree() -> None:
    assert refs(children(SMALL)) == ["1", "2", "3"]
    assert refs(children(SMALL, "1")) == ["1.1", "1.2"]
    assert refs(leaves(SMALL)) == ["1.1", "1.2a", "2.1", "3"]
    assert refs(leaves(SMALL, "1")) == ["1.1", "1.2a"]
    assert leaves(SMALL, "3") == []


def test_it_walks_a_tree_deeper_than_python_recurses() -> None:
    deep = tree(("0", None), *((str(n), str(n - 1)) for n in range(1, 3000)))
    assert refs(leaves(deep)) == ["2999"]


@pytest.mark.parametrize(
    ("places", "problem"),
    [
        ([("1", None), ("1", None)], ("1", "this ref is used twice")),
        ([("1", None), ("2", "9")], ("2", "its parent 9 is not in the file")),
        ([("1", None), ("2", "3"), ("3", "2")], ("2", "it is its own ancestor")),
        ([("1", "1")], ("1", "it is its own ancestor")),
        ([("2", "1"), ("1", None)], None),
        ([], None),
    ],
)
def test_it_names_the_first_fault_of_a_tree(
    places: list[tuple[str, str | None]], problem: tuple[str, str] | None
) -> None:
    assert tree_problem(tree(*places)) == problem


@pytest.mark.parametrize(
    "ordered",
    [
        ["1", "1.1", "1.2", "1.9", "1.10", "1.11", "2", "10"],
        ["SA1", "SA2", "SA9", "SA10"],
        ["1", "1a", "1b", "2", "2a", "10"],
        ["R9", "R9A", "R10", "R20", "R20A"],
        ["R1.I2", "R1.I10", "R1.T1", "R2.T1", "R10.T1"],
        ["P4", "P4a", "P4a.1", "P4a.2", "P4b", "P5"],
    ],
)
def test_it_orders_refs_by_their_numbers(ordered: list[str]) -> None:
    mixed = ordered[:]
    random.Random(1).shuffle(mixed)  # noqa: S311 - an order, not a secret
    assert sorted(mixed, key=ref_key) == ordered


@pytest.mark.parametrize(
    ("applies_to", "kinds"),
    [
        ("trust", {"trust", "health_board"}),
        ("provider", {"trust", "health_board"}),
        ("health board", {"health_board"}),
        ("trust,lmns", {"trust", "health_board", "lmns", "icb"}),
        ("icb", {"lmns", "icb"}),
        ("system", {"lmns", "icb", "health_board"}),
        ("national", {"nation"}),
        ("national, region", {"nation", "region"}),
        ("network", set()),
        ("", set(OrganisationKind)),
        (" , ", set(OrganisationKind)),
    ],
)
def test_it_tells_whom_a_recommendation_addresses(applies_to: str, kinds: set[str]) -> None:
    assert {kind for kind in OrganisationKind if addressed_to(applies_to, kind)} == kinds
    assert {kind for kind in OrganisationKind if addressed_to(applies_to.split(","), kind.upper())} == kinds


def test_it_keeps_what_was_said_to_one_trust_for_that_trust() -> None:
    said = ("trust:East Kent",)
    assert addressed_to(said, "trust", "East Kent Hospitals University NHS Foundation Trust")
    assert not addressed_to(said, "trust", "Kent Community Health")
    assert not addressed_to(said, "trust")
    assert not addressed_to(said, "lmns", "East Kent LMNS")
    assert addressed_to((*said, "lmns"), "lmns")


def test_it_hears_a_kind_it_does_not_know_by_its_own_name() -> None:
    assert addressed_to("trust,network", "network")
    assert not addressed_to("trust", "network")


@pytest.mark.parametrize(
    ("short_ref", "ref", "shown"),
    [
        ("IEA", "1.10", "IEA 1.10"),
        ("SBL", "E1", "SBL E1"),
        ("MIS", "SA8", "MIS SA8"),
        ("Reg", "R12", "Reg 12"),
        ("Reg", "R20A", "Reg 20A"),
        ("UCP", "UCP1a", "UCP1a"),
        ("3YDP", "R1.T1", "3YDP R1.T1"),
        ("", "MD3", "MD3"),
    ],
)
def test_it_writes_a_compact_name(short_ref: str, ref: str, shown: str) -> None:
    assert chip(short_ref, ref) == shown


def test_it_says_what_is_disputed_with_both_numbers() -> None:
    dispute = Dispute("sub_actions", "sub-actions", 92, 96, "an answer", "https://example.org", "Not settled.")
    assert dispute.words == "92 sub-actions here, 96 in an answer. Not settled."
