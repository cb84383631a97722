"""Imports from a file to the plan: what is asked, what comes in, what changes, what is taken back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from app.actions import own
from app.actions.queries import plan_view, updates
from app.actions.rules import Progress, Stage
from app.actions.view import PlanView
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.exchange import commands
from app.exchange.imports.file import opened
from app.exchange.queries.imports import cells_of, import_read
from app.exchange.schemas import ImportAnswers, ImportRead
from app.plans.models import Plan
from app.plans.queries import plan_fields, plan_for
from app.plans.rules import PlanState
from tests.exchange import books
from tests.support.cast import MAKER, Cast

LEGEND = {"legend:BRAG:#0070C0": "assured", "legend:BRAG:#FFC000": "at_risk", "legend:BRAG:#00B050": "on_track",
          "legend:BRAG:#FF0000": "off_track"}  # fmt: skip


def drafted(cast: Cast) -> None:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.begun")
        plan = tx.get(Plan, cast.plan_id)
        assert plan is not None
        plan.state, plan.adopted_on = PlanState.draft, None


def begun(cast: Cast, content: bytes, name: str = "plan.xlsx", who: str = "alice", **answers: Any) -> UUID:
    workbook = opened(name, content)
    with cast.database.write(cast.actor(who)) as tx:
        access = plan_for(tx, "alpha", "plan.import")
        given = ImportAnswers.model_validate(answers)
        return commands.begin_import(tx, access=access, workbook=workbook, given=given).id


def looked(cast: Cast, import_id: UUID, who: str = "alice") -> ImportRead:
    with cast.database.read(cast.actor(who)) as read:
        return import_read(read, plan_for(read, "alpha"), import_id)


def done(cast: Cast, import_id: UUID, who: str = "alice") -> None:
    with cast.database.write(cast.actor(who)) as tx:
        commands.carry_out(tx, access=plan_for(tx, "alpha", "plan.import"), import_id=import_id)


def brought(cast: Cast, content: bytes, name: str = "plan.xlsx", **answers: Any) -> UUID:
    import_id = begun(cast, content, name, **{"unclear": "words", **answers})
    done(cast, import_id)
    return import_id


def view_of(cast: Cast) -> PlanView:
    with cast.database.read(cast.actor("alice")) as read:
        return plan_view(read, plan_for(read, "alpha"))


def fates(cast: Cast, import_id: UUID) -> Mapping[str, str]:
    with cast.database.read(cast.actor("alice")) as read:
        return {line[1]: line[3] for line in cells_of(read, plan_for(read, "alpha"), import_id)}


def test_it_brings_the_classic_plan_into_a_draft_with_what_was_done_before(cast: Cast) -> None:
    drafted(cast)
    import_id = begun(cast, books.classic())
    told = looked(cast, import_id)
    assert (told.counts.created, told.ready, told.first) == (92, True, True)
    assert told.counts.stored + told.counts.listed + told.counts.asked == told.counts.cells
    done(cast, import_id)
    view = view_of(cast)
    first, fifth = view.by_ref["4.51"], view.by_ref["4.55"]
    assert (first.stage, first.facts.progress) == (Stage.delivered, Progress.complete)
    assert (fifth.stage, fifth.facts.assured_before_tool) == (Stage.assured, True)
    assert fifth.facts.retest_date is not None
    assert first.latest_update is not None
    assert first.latest_update.commentary == "The group agreed on 22/04/2021 that step 1 was in place."
    assert first.accountable_person is not None
    assert own.read(first.own)["location_of_evidence"] == "SharePoint"
    assert {p.title for p in view.priorities} >= set(books.THEMES)


def test_it_writes_one_revision_for_the_whole_workbook(sqlite_cast: Cast) -> None:
    before = view_of(sqlite_cast).revision
    brought(sqlite_cast, books.simple(*[[f"1.{n}", f"Action {n}"] for n in range(1, 40)]))
    assert view_of(sqlite_cast).revision == before + 1


def test_it_asks_what_colours_mean_and_never_guesses(sqlite_cast: Cast) -> None:
    told = looked(sqlite_cast, begun(sqlite_cast, books.brag()))
    legend = [q for q in told.questions if q.step == "legend"]
    assert {q.key for q in legend} == set(LEGEND)
    assert all(q.answer is None and q.suggested is None for q in legend)
    assert "complete and embedded" in next(q.hint for q in legend if "0070C0" in q.key)
    assert not told.ready


def test_it_refuses_to_bring_in_what_is_not_answered(sqlite_cast: Cast) -> None:
    import_id = begun(sqlite_cast, books.brag())
    with pytest.raises(Conflict, match="not answered"):
        done(sqlite_cast, import_id)
    assert not view_of(sqlite_cast).actions


def test_it_takes_colours_as_the_legend_says(sqlite_cast: Cast) -> None:
    drafted(sqlite_cast)
    answers = {**LEGEND, "day:Target date:end Nov": "30/11/2026", "day:Target date:ongoing": "",
               "person:Operational lead:J Smith / A. Jones (tbc)": "", "priority:none": "2"}  # fmt: skip
    brought(sqlite_cast, books.brag(), unclear="ask", answers=answers)
    view = view_of(sqlite_cast)
    assert {a.ref: (a.stage, a.facts.progress) for a in view.actions} == {
        "MD1": (Stage.assured, Progress.complete),
        "MD2": (Stage.not_delivered, Progress.at_risk),
        "SD1": (Stage.not_delivered, Progress.on_track),
        "SD2": (Stage.not_delivered, Progress.off_track),
    }
    assert str(view.by_ref["MD1"].facts.due_date) == "2026-12-31"
    kept = own.read(view.by_ref["MD2"].own)
    assert kept["operational_lead_as_written"] == "J Smith / A. Jones (tbc)"
    assert own.read(view.by_ref["SD1"].own)["target_date_as_written"] == "ongoing"
    assert "Asked by the inspector" in view.by_ref["MD2"].latest_update.commentary  # type: ignore[union-attr]


def test_amber_may_mean_on_track(sqlite_cast: Cast) -> None:
    answers = {"legend:RAG:a": "on_track", "legend:RAG:g": "at_risk", "legend:RAG:r": "off_track", "priority:none": "1"}
    brought(sqlite_cast, books.amber_is_on_track(), answers=answers)
    view = view_of(sqlite_cast)
    assert view.by_ref["1"].facts.progress is Progress.on_track
    assert view.by_ref["2"].facts.progress is Progress.at_risk


def test_it_reads_semicolons_and_a_status_for_each_quarter(sqlite_cast: Cast) -> None:
    brought(sqlite_cast, books.QUARTERS.encode("cp1252"), "plan.csv")
    view = view_of(sqlite_cast)
    assert view.by_ref["1.1"].facts.progress is Progress.at_risk
    assert view.by_ref["1.2"].facts.progress is Progress.off_track
    assert view.by_ref["1.2"].title == "Train the team “together”"
    said = view.by_ref["1.1"].latest_update
    assert said is not None
    assert "Q1 2026/27 status: On track" in said.commentary
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        assert [f.name for f in plan_fields(read, plan_for(read, "alpha").id)] == ["Cost (£)"]


def test_it_brings_26_sites_in_two_waves(sqlite_cast: Cast) -> None:
    drafted(sqlite_cast)
    brought(sqlite_cast, books.hubs(), answers={"legend:Status:open": "delivered"})
    view = view_of(sqlite_cast)
    waves = [a.priority.title for a in view.actions]
    assert (waves.count("Wave 1"), waves.count("Wave 2")) == (10, 16)
    assert sum(a.stage is Stage.delivered for a in view.actions) == 6
    assert {a.organisation for a in view.actions} == {"AAA", "PPP"}


def test_it_changes_nothing_when_the_same_workbook_comes_again(sqlite_cast: Cast) -> None:
    drafted(sqlite_cast)
    brought(sqlite_cast, books.classic())
    told = looked(sqlite_cast, begun(sqlite_cast, books.classic()))
    assert (told.counts.created, told.counts.changed, told.counts.unchanged) == (0, 0, 92)


def test_it_updates_by_reference_and_adds_the_new_commentary(sqlite_cast: Cast) -> None:
    heads = ("Ref", "Action required", "Owner", "Commentary")
    brought(sqlite_cast, books.simple(["1.1", "Review the rota", "Owen", "Begun"], heads=heads))
    import_id = begun(sqlite_cast, books.simple(["1.1", "Review all rotas", "Owen", "Half done"], heads=heads))
    told = looked(sqlite_cast, import_id)
    assert [(c.field, c.old, c.new) for c in told.rows[0].changes] == [
        ("title", "Review the rota", "Review all rotas"),
        ("commentary", "", "Half done"),
    ]
    done(sqlite_cast, import_id)
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        access = plan_for(read, "alpha")
        action = plan_view(read, access).by_ref["1.1"]
        assert [u.commentary for u in updates(read, access, action.id)] == ["Half done", "Begun"]
        assert action.title == "Review all rotas"


def test_it_asks_for_a_decision_where_a_live_plan_needs_one(cast: Cast) -> None:
    heads = ("Ref", "Action required", "Owner", "Due date", "Delivery status")
    brought(cast, books.simple(["1.1", "Review the rota", "Owen", "31/03/2027", "Not Yet Delivered"], heads=heads))
    import_id = begun(
        cast, books.simple(["1.1", "Review the rota", "Owen", "30/06/2027", "Evidenced and assured"], heads=heads)
    )
    told = looked(cast, import_id)
    assert len(told.rows[0].proposals) == 1
    assert any("assured" in problem for problem in told.rows[0].problems)
    done(cast, import_id)
    action = view_of(cast).by_ref["1.1"]
    assert (str(action.facts.due_date), action.open_proposals, action.stage) == ("2027-03-31", 1, Stage.not_delivered)


def test_it_does_not_say_of_a_live_plan_what_was_done_before(sqlite_cast: Cast) -> None:
    heads = ("Ref", "Action required", "Delivery status")
    brought(sqlite_cast, books.simple(["1.1", "Review the rota", "Evidenced and assured"], heads=heads))
    action = view_of(sqlite_cast).by_ref["1.1"]
    assert action.stage is Stage.not_delivered
    assert action.latest_update is not None
    assert action.latest_update.commentary == "Delivery status: Evidenced and assured"


def test_it_takes_an_import_back_whole(cast: Cast) -> None:
    drafted(cast)
    heads = ("Ref", "Action required", "Theme", "Cost")
    brought(cast, books.simple(["7.1", "Review the rota", "Safe care", "10"], heads=heads))
    before = view_of(cast)
    second = brought(
        cast,
        books.simple(["7.1", "Review", "Safe care", "12"], ["9.1", "New", "Theme 9: Later", "1"], heads=heads),
    )
    assert view_of(cast).by_ref["7.1"].title == "Review"
    with cast.database.write(cast.actor("alice")) as tx:
        commands.undo_import(tx, access=plan_for(tx, "alpha", "plan.import"), import_id=second)
    after = view_of(cast)
    assert [(a.ref, a.title, a.own) for a in after.actions] == [(a.ref, a.title, a.own) for a in before.actions]
    assert [p.title for p in after.priorities] == [p.title for p in before.priorities]
    assert looked(cast, second).state == "undone"


def test_it_says_what_touched_it_since_instead_of_taking_it_back(sqlite_cast: Cast) -> None:
    first = brought(sqlite_cast, books.simple(["1.1", "Review the rota"]))
    brought(sqlite_cast, books.simple(["1.1", "Review all rotas"]))
    with pytest.raises(Conflict, match=r"1\.1: Alice"), sqlite_cast.database.write(sqlite_cast.actor("alice")) as tx:
        commands.undo_import(tx, access=plan_for(tx, "alpha", "plan.import"), import_id=first)
    assert view_of(sqlite_cast).by_ref["1.1"].title == "Review all rotas"


def test_it_accounts_for_every_cell(sqlite_cast: Cast) -> None:
    import_id = begun(sqlite_cast, books.brag())
    told = fates(sqlite_cast, import_id)
    assert (told["B1"], told["D6"], told["F7"], told["B10"]) == ("listed", "stored", "asked", "listed")
    assert len(told) == looked(sqlite_cast, import_id).counts.cells


def test_it_keeps_no_nhs_number_and_flags_the_cell_alone(sqlite_cast: Cast) -> None:
    heads = ("Ref", "Action required", "Comments")
    content = books.simple(
        ["1.1", "Review the case", "About 450 557 7104, seen"], ["1.2", "Other", "Fine"], heads=heads
    )
    import_id = begun(sqlite_cast, content)
    told = looked(sqlite_cast, import_id)
    [question] = [q for q in told.questions if q.step == "values"]
    assert question.places == ["Plan!C2"]
    assert "7104" not in told.model_dump_json()
    brought(sqlite_cast, content)
    said = view_of(sqlite_cast).by_ref["1.1"].latest_update
    assert said is not None
    assert said.commentary == "About […], seen"


def test_the_office_states_that_a_number_is_none_of_the_nhs(sqlite_cast: Cast) -> None:
    content = books.simple(["1.1", "Order", "PO 450 557 7104"], heads=("Ref", "Action required", "Comments"))
    number = {"4505577104": "A purchase order"}
    import_id = begun(
        sqlite_cast, content, answers={"cell:Plan!C2": "PO 450 557 7104", "priority:none": "1"}, not_nhs_numbers=number
    )
    done(sqlite_cast, import_id)
    said = view_of(sqlite_cast).by_ref["1.1"].latest_update
    assert said is not None
    assert said.commentary == "PO 450 557 7104"
    with pytest.raises(Invalid, match="NHS number"):
        begun(sqlite_cast, content, answers={"cell:Plan!C2": "PO 450 557 7104"})


@pytest.mark.parametrize("who", ["violet", "owen", "carol", "pat"])
def test_it_refuses_those_who_may_only_read(sqlite_cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        begun(sqlite_cast, books.simple(["1.1", "Review"]), who=who)


def test_it_hides_the_plan_from_another_organisation(sqlite_cast: Cast) -> None:
    with pytest.raises(NotFound):
        begun(sqlite_cast, books.simple(["1.1", "Review"]), who="oscar")


def test_it_says_that_a_workbook_holds_no_table(sqlite_cast: Cast) -> None:
    with pytest.raises(Invalid, match="No row of headings"):
        begun(sqlite_cast, books.simple(["x", "y"], heads=("alpha", "beta")))


def test_it_says_that_no_rows_stand_below_the_headings(sqlite_cast: Cast) -> None:
    with pytest.raises(Invalid, match="no rows below the headings of “Plan”"):
        begun(sqlite_cast, books.simple(heads=("Ref", "Action required", "Due date")))


def test_it_remembers_what_headings_meant(sqlite_cast: Cast) -> None:
    content = books.simple(["1.1", "Review", "Edith"], heads=("Ref", "Action required", "Gold"))
    brought(sqlite_cast, content, columns={"Gold": "lead_executive"})
    told = looked(sqlite_cast, begun(sqlite_cast, content))
    assert {c.name: c.field for c in told.columns}["Gold"] == "lead_executive"
