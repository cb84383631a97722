"""How a plan begins, and who may begin one."""

from datetime import date
from functools import partial

import pytest
from sqlmodel import select

from app.actions.commands import beginnings
from app.actions.models import Action, RecommendationLink
from app.core.errors import Conflict, Forbidden, Invalid
from app.frameworks import queries as frameworks
from app.frameworks.commands import load_library
from app.plans import queries
from app.plans.rules import BodyKind, PlanState
from app.plans.schemas import (
    Beginning,
    NewPlan,
)
from tests.plans.acts import do, new
from tests.support.cast import MAKER, Cast


def test_a_plan_begins_as_a_draft_with_a_group_under_the_chair_and_a_panel_under_its_own(cast: Cast) -> None:
    made = do(cast, "alice", lambda tx: beginnings.begin_plan(tx, given=new()))
    with cast.database.read(cast.actor("carol")) as read:
        access = queries.plan_for(read, "beta-mip")
        assert access.state is PlanState.draft
        assert [(p.ref, p.title) for p in queries.priorities(read, made.id)] == [("1", "Beta plan")]
        found = queries.bodies(read, made.id)
    assert [b.kind for b in found] == [BodyKind.improvement_group, BodyKind.assurance_panel]
    assert [[m.name for m in b.chairs] for b in found] == [["Carol"], ["Dennis", "Victor"]]


@pytest.mark.parametrize("name", ["violet", "owen", "adam", "pat", "oscar", "carol"])
def test_only_the_office_of_the_organisation_may_begin_there(sqlite_cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        do(sqlite_cast, name, lambda tx: beginnings.begin_plan(tx, given=new()))


def test_a_taken_address_is_refused_and_named(cast: Cast) -> None:
    with pytest.raises(Conflict, match="alpha") as refused:
        do(cast, "alice", lambda tx: beginnings.begin_plan(tx, given=new(plan="alpha")))
    assert refused.value.fields[0].field == "plan"


@pytest.mark.parametrize("slug", ["ab", "Alpha", "a b c", "-abc", "new", "a" * 65, "a_b", "é" * 4, "ab\x00c", ""])
def test_an_address_is_small_letters_digits_and_hyphens(slug: str) -> None:
    with pytest.raises(ValueError, match=r"(?s).+"):
        new(plan=slug)


def test_four_priorities_come_in_our_own_words(sqlite_cast: Cast) -> None:
    made = do(sqlite_cast, "alice", lambda tx: beginnings.begin_plan(tx, given=new(begin="template")))
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        queries.plan_for(read, "beta-mip")
        found = queries.priorities(read, made.id)
    assert [p.ref for p in found] == ["1", "2", "3", "4"]
    assert found[0].title == "Safe, personalised and equitable care"


def test_a_publications_leaves_become_actions_that_meet_them(cast: Cast) -> None:
    with cast.database.write(MAKER) as tx:
        load_library(tx)
    given = new(begin=Beginning.framework, framework="ockenden_2022")
    made = do(cast, "alice", lambda tx: beginnings.begin_plan(tx, given=given))
    with cast.database.read(cast.actor("alice")) as read:
        queries.plan_for(read, "beta-mip")
        assert [p.ref for p in queries.priorities(read, made.id)] == [str(n) for n in range(1, 16)]
        actions = read.exec(select(Action)).all()
        links = read.exec(select(RecommendationLink)).all()
    assert len(actions) == len(links) == 92
    assert all(link.meets for link in links)
    assert {"1.2", "1.11", "15.3"} <= {a.ref for a in actions}


def test_top_leaves_go_under_one_priority_named_after_the_publication(sqlite_cast: Cast) -> None:
    with sqlite_cast.database.write(MAKER) as tx:
        load_library(tx)
    given = new(begin=Beginning.framework, framework="maternity_incentive_scheme")
    made = do(sqlite_cast, "alice", lambda tx: beginnings.begin_plan(tx, given=given))
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        queries.plan_for(read, "beta-mip")
        [priority] = queries.priorities(read, made.id)
        refs = [a.ref for a in read.exec(select(Action).order_by(Action.position)).all()]  # type: ignore[arg-type]
    assert (priority.ref, "incentive" in priority.title.lower()) == ("1", True)
    assert refs == [f"1.{n}" for n in range(1, 11)]


def test_every_publication_can_be_started_from(sqlite_cast: Cast) -> None:
    with sqlite_cast.database.write(MAKER) as tx:
        load_library(tx)
    with sqlite_cast.database.read(MAKER) as read:
        shelf = frameworks.frameworks(read)
    for number, publication in enumerate(shelf):
        begin = partial(
            beginnings.begin_plan,
            given=new(plan=f"plan-{number}", begin=Beginning.framework, framework=publication.key),
        )
        if publication.is_empty:
            with pytest.raises(Invalid, match="known by name only"):
                do(sqlite_cast, "alice", begin)
            continue
        made = do(sqlite_cast, "alice", begin)
        with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
            queries.plan_for(read, made.slug)
            assert len(read.exec(select(Action.id)).all()) == publication.leaves


def test_pasted_rows_become_priorities_and_actions(sqlite_cast: Cast) -> None:
    pasted = "Safe care\tAudit triage\t31/10/2026\n\nSafe care\tTrain staff\n\tWrite a guideline\nWorkforce\n"
    given = new(begin=Beginning.rows, rows=pasted)
    made = do(sqlite_cast, "alice", lambda tx: beginnings.begin_plan(tx, given=given))
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        queries.plan_for(read, "beta-mip")
        assert [p.title for p in queries.priorities(read, made.id)] == ["Safe care", "Workforce"]
        rows = [(a.ref, a.title, a.due_date) for a in read.exec(select(Action)).all()]
    assert sorted(rows, key=lambda r: r[0]) == [
        ("1.1", "Audit triage", date(2026, 10, 31)),
        ("1.2", "Train staff", None),
        ("1.3", "Write a guideline", None),
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("", "Paste at least one row"),
        ("a\tb\tc\td", "Row 1 has 4 columns"),
        ("a\tb\n\nc\td\t31/02/2026", "Row 3: 31/02/2026 is not a day"),
        ("a\t401 023 2137 late", "Row 1: This looks like an NHS number"),
        ("\tb", "Row 1: Enter a priority"),
    ],
)
def test_it_names_the_pasted_row_that_is_wrong(sqlite_cast: Cast, rows: str, sentence: str) -> None:
    given = NewPlan.model_construct(
        plan="beta-mip", title="Beta", organisation="AAA", begin=Beginning.rows, framework=None, rows=rows
    )
    with pytest.raises(Invalid, match=sentence):
        do(sqlite_cast, "alice", lambda tx: beginnings.begin_plan(tx, given=given))
