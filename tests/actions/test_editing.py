"""Editing an action: whose each field is, what has changed meanwhile, and its parts."""

from datetime import date
from typing import Any

import pytest

from app.actions import commands
from app.actions.fields import values_of
from app.actions.schemas import ChangedOwner
from app.core import clock
from app.core.errors import Forbidden, Invalid, Stale
from tests.actions import made_plan as made
from tests.support.cast import Cast

TODAY = clock.today()


def owned(cast: Cast, **fields: Any) -> str:
    """An action of Owen with Connie as contributor, led by Edith."""
    return made.add(
        cast,
        accountable_person=cast.email("owen"),
        lead_executive=cast.email("edith"),
        contributors=[cast.email("connie")],
        **fields,
    )


def test_an_owner_edits_milestones_measures_and_dependencies_alone(cast: Cast) -> None:
    other, ref = made.add(cast), owned(cast)
    made.edit(cast, ref, "owen", milestones=[{"title": "One"}], success_measure="90 %", depends_on=[other])
    assert made.action(cast, ref).success_measure == "90 %"
    with pytest.raises(Forbidden):
        made.edit(cast, ref, "owen", title="Mine")
    with pytest.raises(Forbidden):
        made.edit(cast, ref, "olga", success_measure="x")
    with pytest.raises(Forbidden):
        made.edit(cast, ref, "violet")


def test_the_lead_executive_changes_the_owner_and_says_why(cast: Cast) -> None:
    ref = owned(cast)
    for who, given, wrong in (
        ("edith", ChangedOwner(accountable_person=cast.email("olga")), Invalid),
        ("owen", ChangedOwner(accountable_person=cast.email("olga"), why="x"), Forbidden),
    ):
        with pytest.raises(wrong), made.writing(cast, who) as (tx, access):
            commands.change_owner(tx, access=access, ref=ref, given=given)
    with made.writing(cast, "edith") as (tx, access):
        given = ChangedOwner(accountable_person=cast.email("olga"), why="Owen moves on")
        done = commands.change_owner(tx, access=access, ref=ref, given=given)
    assert [(c.field, c.old, c.new) for c in done.changed] == [
        ("accountable_person", cast.email("owen"), cast.email("olga"))
    ]


def test_a_milestone_that_stays_is_the_same_milestone(cast: Cast) -> None:
    ref = owned(cast, milestones=[{"title": "One"}, {"title": "Two"}])
    before = {m.title: m.id for m in made.action(cast, ref).milestones}
    made.edit(cast, ref, milestones=[{"title": "Three"}, {"title": "One", "done_on": str(TODAY)}])
    after = made.action(cast, ref).milestones
    assert [m.title for m in after] == ["Three", "One"]
    assert after[1].id == before["One"]


def test_a_circle_of_dependencies_is_named(cast: Cast) -> None:
    one, two, three = made.add(cast), made.add(cast), made.add(cast)
    made.edit(cast, one, depends_on=[two])
    made.edit(cast, two, depends_on=[three])
    with pytest.raises(Invalid, match=r"1\.3 → 1\.1 → 1\.2 → 1\.3"):
        made.edit(cast, three, depends_on=[one])
    with pytest.raises(Invalid, match=r"1\.1 → 1\.1"):
        made.edit(cast, one, depends_on=[one])


def test_links_say_whether_they_meet(cast: Cast) -> None:
    made.framework(cast)
    ref = made.add(cast, recommendations=["ockenden_2022:1.1", "ockenden_2022:1.2"])
    made.edit(cast, ref, contributes_to=["ockenden_2022:2.1"], recommendations=["ockenden_2022:1.1"])
    assert [(k.ref, k.meets) for k in made.action(cast, ref).links] == [("1.1", True), ("2.1", False)]
    made.edit(cast, ref, contributes_to=["ockenden_2022:1.1"], recommendations=[])
    assert [(k.ref, k.meets) for k in made.action(cast, ref).links] == [("1.1", False)]
    made.edit(cast, ref, recommendations=["ockenden_2022:1.1"])
    assert [(k.ref, k.meets) for k in made.action(cast, ref).links] == [("1.1", True)]
    made.edit(cast, ref, contributes_to=["ockenden_2022:1.1"])
    assert [(k.ref, k.meets) for k in made.action(cast, ref).links] == [("1.1", False)]
    with pytest.raises(Invalid, match="Choose one"):
        made.edit(cast, ref, recommendations=["ockenden_2022:1.2"], contributes_to=["ockenden_2022:1.2"])


def test_an_edit_raises_the_revision_and_the_moment_of_change(cast: Cast) -> None:
    ref = owned(cast)
    before = made.action(cast, ref)
    made.edit(cast, ref, milestones=[{"title": "One"}])
    after = made.action(cast, ref)
    assert after.revision > before.revision
    assert after.updated_at > before.updated_at


def test_saving_without_a_change_writes_nothing(cast: Cast) -> None:
    ref = owned(cast)
    before = made.view(cast).revision
    made.edit(cast, ref, title="Train the midwives", milestones=[], due_date=None)
    assert made.view(cast).revision == before


def test_a_stale_edit_is_refused_whole_where_a_revision_is_given(cast: Cast) -> None:
    ref = owned(cast)
    held = made.action(cast, ref).revision
    made.update(cast, ref, commentary="News")
    with pytest.raises(Stale):
        made.edit(cast, ref, title="x", revision=held)


def test_a_form_is_refused_only_where_both_changed_the_same(cast: Cast) -> None:
    ref = owned(cast, due_date="2027-03-31")
    base = {k: v.isoformat() if isinstance(v, date) else v for k, v in values_of(made.action(cast, ref)).items()}
    base["milestones"] = []
    made.edit(cast, ref, title="Theirs", external_contact="Jo")
    typed: dict[str, Any] = {"title": "Train the midwives", "success_measure": "Mine", "start_date": "2026-11-01"}
    done = made.edit(cast, ref, base=base, **typed)
    assert {c.field for c in done.changed} == {"success_measure", "start_date"}
    assert {c.field for c in done.others} == {"title", "external_contact"}
    assert made.action(cast, ref).title == "Theirs"
    with pytest.raises(Stale) as refused:
        made.edit(cast, ref, base=base, title="Mine")
    assert refused.value.details["conflicts"] == {
        "title": {"base": "Train the midwives", "now": "Theirs", "yours": "Mine"}
    }


def test_people_must_belong_to_the_plan_and_be_there(cast: Cast) -> None:
    ref = owned(cast)
    made.edit(cast, ref, accountable_person=cast.email("petra"), why="She leads it")
    for email in (cast.email("olive"), "nobody@aaa.example", "x"):
        with pytest.raises(Invalid) as refused:
            made.edit(cast, ref, lead_executive=email)
        assert refused.value.fields[0].field == "lead_executive"
