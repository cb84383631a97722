"""What a row of an import says and the plan does not take: it is told before anything comes in."""

from typing import Any
from uuid import UUID

from app.actions.rules import Progress, Stage
from app.exchange.queries.imports import cells_of
from app.plans.queries import plan_for
from tests.exchange import books
from tests.exchange.test_imports import begun, brought, done, drafted, looked, view_of
from tests.support.cast import Cast

HEADS = ("Ref", "Action required", "Due date", "Delivery status")
MORE = ("Ref", "Action required", "Delivery status", "Progress", "Actual completion date", "Update")


def cells(cast: Cast, import_id: UUID) -> dict[str, list[Any]]:
    with cast.database.read(cast.actor("alice")) as read:
        return {line[1]: list(line) for line in cells_of(read, plan_for(read, "alpha"), import_id)}


def test_it_promises_no_proposal_that_cannot_be_asked_for(cast: Cast) -> None:
    brought(cast, books.simple(["1.1", "Review the rota", "31/03/2027", "Not Yet Delivered"], heads=HEADS))
    row = ["1.1", "Review the rota", "30/06/2027", "Delivered, Not Yet Evidenced"]
    import_id = begun(cast, books.simple(row, heads=HEADS))
    told = looked(cast, import_id)
    assert told.counts.proposals == 1
    [problem] = told.rows[0].problems
    assert problem.startswith("“Delivery status” (D2): ")
    assert "implementation evidence" in problem
    assert "completion date" in problem
    done(cast, import_id)
    assert looked(cast, import_id).counts.proposals == view_of(cast).by_ref["1.1"].open_proposals == 1
    _sheet, _cell, _row, fate, _where, ref, why = cells(cast, import_id)["D2"]
    assert (fate, ref) == ("listed", "1.1")
    assert "implementation evidence" in why


def test_it_counts_a_row_as_unchanged_that_asks_for_what_cannot_be(sqlite_cast: Cast) -> None:
    brought(sqlite_cast, books.simple(["1.1", "Review the rota", "31/03/2027", "Not delivered"], heads=HEADS))
    content = books.simple(["1.1", "Review the rota", "31/03/2027", "Delivered, not yet evidenced"], heads=HEADS)
    counts = looked(sqlite_cast, begun(sqlite_cast, content)).counts
    assert (counts.proposals, counts.changed, counts.unchanged) == (0, 0, 1)


def test_it_promises_no_second_proposal_of_what_waits_already(sqlite_cast: Cast) -> None:
    brought(sqlite_cast, books.simple(["1.1", "Review the rota", "31/03/2027", "Not delivered"], heads=HEADS))
    content = books.simple(["1.1", "Review the rota", "30/06/2027", "Not delivered"], heads=HEADS)
    brought(sqlite_cast, content)
    told = looked(sqlite_cast, begun(sqlite_cast, content))
    assert (told.counts.proposals, told.rows[0].becomes) == (0, "unchanged")
    assert "waits for a decision" in told.rows[0].problems[0]


def test_a_new_action_of_a_live_plan_keeps_as_words_what_a_decision_sets(sqlite_cast: Cast) -> None:
    row = ["1.1", "Review the rota", "Evidenced and assured", "Complete", "01/02/2026", "Done"]
    content = books.simple(row, heads=MORE)
    import_id = begun(sqlite_cast, content)
    problems = looked(sqlite_cast, import_id).rows[0].problems
    assert [p.partition(":")[0] for p in problems] == ["“Delivery status” (C2)", "“Actual completion date” (E2)"]
    assert "only the first import into a draft" in problems[0]
    done(sqlite_cast, import_id)
    action = view_of(sqlite_cast).by_ref["1.1"]
    assert (action.stage, action.facts.progress) == (Stage.not_delivered, Progress.on_track)
    assert action.facts.completion_date is None
    assert action.latest_update is not None
    assert action.latest_update.commentary.split("\n\n") == [
        "Done", "Delivery status: Evidenced and assured", "Progress: Complete", "Actual completion date: 01/02/2026",
    ]  # fmt: skip
    told = cells(sqlite_cast, import_id)
    assert [told[where][3:6] for where in ("C2", "D2", "E2")] == [["stored", "Commentary", "1.1"]] * 3
    assert looked(sqlite_cast, begun(sqlite_cast, content)).counts.unchanged == 1


def test_a_stage_of_a_live_plan_is_brought_in_by_no_spreadsheet(sqlite_cast: Cast) -> None:
    brought(sqlite_cast, books.simple(["1.1", "Review the rota", "", "Not delivered"], heads=HEADS))
    content = books.simple(["1.1", "Review the rota", "", "Evidenced and assured"], heads=HEADS)
    [problem] = looked(sqlite_cast, begun(sqlite_cast, content)).rows[0].problems
    assert "the action stays “Not delivered”" in problem


def test_a_second_import_into_a_draft_says_that_the_stage_stays(sqlite_cast: Cast) -> None:
    drafted(sqlite_cast)
    brought(sqlite_cast, books.simple(["1.1", "Review the rota", "", "Not delivered"], heads=HEADS))
    content = books.simple(["1.1", "Review the rota", "", "Evidenced and assured"], heads=HEADS)
    [problem] = looked(sqlite_cast, begun(sqlite_cast, content)).rows[0].problems
    assert "only the first import into a draft" in problem


def test_a_day_of_acceptance_without_its_stage_is_kept_as_words(sqlite_cast: Cast) -> None:
    drafted(sqlite_cast)
    heads = ("Ref", "Action required", "Delivery status", "Date evidenced")
    import_id = brought(sqlite_cast, books.simple(["1.1", "Review", "Not delivered", "01/02/2026"], heads=heads))
    action = view_of(sqlite_cast).by_ref["1.1"]
    assert action.latest_update is not None
    assert action.latest_update.commentary == "Date evidenced: 01/02/2026"
    assert cells(sqlite_cast, import_id)["D2"][4] == "Commentary"
