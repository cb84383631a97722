"""The state of a list is its address: what it lets through, in which groups and order."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.actions.filters import Filters, apply
from app.actions.grouping import chips, group
from app.actions.refs import checked, natural, next_ref
from app.actions.rules import Facts, Progress, Rated, Stage, count, flags, rate_all
from app.actions.schemas import filters_asked
from app.actions.view import ActionView, LinkView, PersonView, PlanView, PriorityView
from app.core.errors import Invalid
from app.plans.rules import PlanState, RatingSettings

TODAY = date(2026, 6, 10)
OWEN = PersonView(uuid4(), "Owen", "owen@aaa.example", "Matron", "AAA", True)
OLGA = PersonView(uuid4(), "Olga", "olga@aaa.example", "", "AAA", True)
FIRST = PriorityView(uuid4(), "1", "Safe care", 1)
SECOND = PriorityView(uuid4(), "2", "Workforce", 2)


def link(key: str) -> LinkView:
    framework, _colon, ref = key.partition(":")
    return LinkView(uuid4(), framework, ref, f"Item {ref}", f"IEA {ref}", True, framework.title())


def plan(*rows: dict[str, Any]) -> PlanView:
    """A plan of 10 June 2026 with these actions; each says what differs from one that is on track."""
    facts = {row["ref"]: _facts(row) for row in rows}
    settings = RatingSettings()
    ratings = rate_all(list(facts.values()), settings, TODAY)
    actions = tuple(_view(row, facts[row["ref"]], ratings[row["ref"]]) for row in rows)
    return PlanView(
        id=uuid4(),
        slug="alpha",
        title="Alpha",
        organisation_id=uuid4(),
        organisation="AAA",
        state=PlanState.live,
        settings=settings,
        legend={},
        day=TODAY,
        as_at=None,
        revision=1,
        shared_revision=1,
        priorities=(FIRST, SECOND),
        actions=actions,
        by_ref={a.ref: a for a in actions},
        people={OWEN.id: OWEN, OLGA.id: OLGA},
        counts=count([Rated(a.facts, a.rating) for a in actions]),
    )


def _facts(row: dict[str, Any]) -> Facts:
    return Facts(
        key=row["ref"],
        stage=row.get("stage", Stage.not_delivered),
        progress=row.get("progress", Progress.on_track),
        created_on=TODAY,
        adopted_on=TODAY,
        due_date=row.get("due", TODAY + timedelta(days=90)),
        has_owner=row.get("owner", OWEN) is not None,
        evidence_by_date=row.get("evidence_by"),
    )


def _view(row: dict[str, Any], facts: Facts, rating: Any) -> ActionView:
    owner = row.get("owner", OWEN)
    title = row.get("title", f"Action {row['ref']}")
    return ActionView(
        id=uuid4(),
        revision=1,
        ref=row["ref"],
        title=title,
        intended_outcome="",
        success_measure="",
        priority=row.get("priority", FIRST),
        position=0,
        lead_executive=None,
        accountable_person=owner,
        lead_executive_id=None,
        accountable_person_id=owner.id if owner else None,
        organisation_id=uuid4(),
        organisation="AAA",
        organisation_name="Alpha",
        contributors=(),
        links=tuple(link(key) for key in row.get("links", ())),
        milestones=(),
        depends_on=(),
        needed_by=(),
        replaced_by=None,
        exit_why="",
        latest_update=None,
        updated_at=row.get("updated", datetime(2026, 6, 1)),  # noqa: DTZ001
        facts=facts,
        rating=rating,
        flags=flags(Rated(facts, rating)),
        views_differ=False,
        open_proposals=0,
    )


RED = {"ref": "1.10", "due": TODAY - timedelta(days=1), "title": "Recruit midwives", "owner": OLGA}
AMBER = {"ref": "1.2", "progress": Progress.at_risk, "links": ("ockenden_2022:1.2", "mis:SA8")}
GREEN = {"ref": "2.1", "priority": SECOND, "links": ("ockenden_2022:1.1",)}
PROOF = {"ref": "2.2", "priority": SECOND, "stage": Stage.delivered, "progress": Progress.complete, "due": None}
ASSURED = {"ref": "1.1", "stage": Stage.assured, "progress": Progress.complete, "owner": None}
PLAN = plan(RED, AMBER, GREEN, PROOF, ASSURED)


def refs(**state: Any) -> list[str]:
    return [a.ref for a in apply(PLAN, Filters(**state))]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({}, ["1.10", "1.2", "2.1", "2.2", "1.1"]),
        ({"rating": ("red",)}, ["1.10"]),
        ({"rating": ("red", "amber")}, ["1.10", "1.2"]),
        ({"rating": ("green",)}, ["2.1", "2.2"]),
        ({"rating": ("on_track",)}, ["2.1"]),
        ({"rating": ("delivered_proof_due",)}, ["2.2"]),
        ({"label": ("overdue",)}, ["1.10"]),
        ({"priority": ("2",)}, ["2.1", "2.2"]),
        ({"stage": ("assured",)}, ["1.1"]),
        ({"framework": ("ockenden_2022",)}, ["1.2", "2.1"]),
        ({"recommendation": ("ockenden_2022:1.1",)}, ["2.1"]),
        ({"owner": (OLGA.email,)}, ["1.10"]),
        ({"owner": ("none",)}, ["1.1"]),
        ({"flag": ("overdue",)}, ["1.10"]),
        ({"due_before": TODAY}, ["1.10"]),
        ({"q": "midwife"}, ["1.10"]),
        ({"priority": ("1",), "rating": ("amber", "blue")}, ["1.2", "1.1"]),
    ],
)
def test_values_are_alternatives_and_names_all_hold(state: dict[str, Any], expected: list[str]) -> None:
    assert refs(**state) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("ref", ["1.1", "1.2", "1.10", "2.1", "2.2"]),
        ("-ref", ["2.2", "2.1", "1.10", "1.2", "1.1"]),
        ("due", ["1.10", "1.1", "1.2", "2.1", "2.2"]),
        ("-due", ["1.1", "1.2", "2.1", "1.10", "2.2"]),
        ("rating", ["1.10", "1.2", "2.1", "2.2", "1.1"]),
        ("-rating", ["1.1", "2.1", "2.2", "1.2", "1.10"]),
        ("owner", ["1.10", "1.2", "2.1", "2.2", "1.1"]),
    ],
)
def test_numbers_sort_as_numbers_and_what_has_no_value_comes_last(sort: str, expected: list[str]) -> None:
    assert refs(sort=sort) == expected


def test_the_chips_count_what_the_other_filters_leave() -> None:
    shown = {c.code: (c.count, c.is_on) for c in chips(PLAN, Filters(rating=("red",), priority=("1",)))}
    assert shown == {
        "red": (1, True),
        "amber": (1, False),
        "on_track": (0, False),
        "delivered_proof_due": (0, False),
        "blue": (1, False),
        "grey": (0, False),
    }


def test_green_switches_on_both_chips_that_are_green() -> None:
    assert [c.code for c in chips(PLAN, Filters(rating=("green",))) if c.is_on] == ["on_track", "delivered_proof_due"]


def test_groups_stand_in_the_plans_order_with_their_counts() -> None:
    found = group(PLAN.actions, "priority", PLAN)
    assert [(g.key, g.title, g.count) for g in found] == [("1", "Safe care", 3), ("2", "Workforce", 2)]
    assert found[0].looks == {"red": 1, "amber": 1, "blue": 1}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("owner", [("none", 1), (OLGA.email, 1), (OWEN.email, 3)]),
        ("executive", [("none", 5)]),
        ("rating", [("red", 1), ("amber", 1), ("on_track", 1), ("delivered_proof_due", 1), ("blue", 1)]),
        ("framework", [("mis", 1), ("ockenden_2022", 2), ("", 3)]),
        ("none", [("", 5)]),
    ],
)
def test_it_groups_by_what_is_asked_for(by: str, expected: list[tuple[str, int]]) -> None:
    assert [(g.key, g.count) for g in group(PLAN.actions, by, PLAN)] == expected


def test_an_action_that_answers_two_publications_stands_under_both() -> None:
    found = group(apply(PLAN, Filters(priority=("1",), rating=("amber",))), "framework", PLAN)
    assert [(g.key, [a.ref for a in g.actions]) for g in found] == [("mis", ["1.2"]), ("ockenden_2022", ["1.2"])]


def read(*params: tuple[str, str], me: str = "") -> tuple[Filters, list[str]]:
    found, errors = filters_asked(params, PLAN, me)
    return found, [e.field for e in errors]


def test_it_reads_what_it_wrote() -> None:
    state = Filters(
        q="safe care",
        rating=("amber", "red"),
        owner=("none", OWEN.email),
        due_before=TODAY,
        group="owner",
        sort="-due",
        flag=("overdue",),
    )
    from urllib.parse import parse_qsl

    assert read(*parse_qsl(state.query())) == (state, [])


def test_one_state_has_one_address() -> None:
    one, _ = read(("rating", "red"), ("rating", "amber"), ("group", "priority"))
    two, _ = read(("rating", "amber,red"))
    assert one.query() == two.query() == "rating=amber&rating=red"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rating", "purple"),
        ("label", "late"),
        ("priority", "9"),
        ("stage", "done"),
        ("owner", "nobody@aaa.example"),
        ("executive", "x"),
        ("flag", "urgent"),
        ("due_before", "soon"),
        ("due_before", "31/02/2026"),
        ("group", "colour"),
        ("sort", "colour"),
        ("q", "a\0b"),
        ("q", "a" * 300),
    ],
)
def test_it_names_the_parameter_whose_value_is_not_known_and_leaves_it_out(name: str, value: str) -> None:
    assert read((name, value)) == (Filters(), [name])


def test_it_leaves_parameters_of_others_alone() -> None:
    assert read(("as_at", "2026-01-01"), ("limit", "5"), ("rating", "")) == (Filters(), [])


def test_me_is_the_reader() -> None:
    assert read(("owner", "me"), me=OWEN.email)[0].owner == (OWEN.email,)
    assert read(("owner", "me"))[1] == ["owner"]


def test_only_what_leaves_something_out_narrows() -> None:
    assert not Filters(group="owner", sort="due").narrows
    assert Filters(q="x").narrows


def test_the_next_reference_is_above_the_highest_of_its_priority() -> None:
    assert next_ref("1", []) == "1.1"
    assert next_ref("1", ["1.1", "1.10", "1.9", "11.20", "1.x", "MD3"]) == "1.11"
    assert next_ref("S", ["s.2"]) == "S.3"


def test_references_sort_as_people_count() -> None:
    assert sorted(["1.10", "1.2", "MD10", "MD9", "2"], key=natural) == ["1.2", "1.10", "2", "MD9", "MD10"]


@pytest.mark.parametrize("ref", ["1.4", "MD3", "R-12", "4a", "ô1"])
def test_a_reference_fits_an_address(ref: str) -> None:
    assert checked(ref) == ref


@pytest.mark.parametrize("ref", ["new", "1/2", "1 2", "", ".1", "1.", "a" * 40 + "1", "1?", "<1>", "1\0"])
def test_what_does_not_fit_is_refused(ref: str) -> None:
    with pytest.raises(Invalid):
        checked(ref)
