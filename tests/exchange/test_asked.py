"""What a workbook says in two ways is asked once for each kind, never guessed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

from app.actions import own
from app.actions.rules import Progress
from app.actions.view import ActionView
from app.exchange.queries.imports import cells_of
from app.plans.queries import plan_for
from tests.exchange import books
from tests.exchange.test_imports import begun, done, drafted, fates, looked, view_of
from tests.support.cast import Cast

HEADS = ("Ref", "Action", "Owner", "Due", "Comments")


def asked(cast: Cast, content: bytes, **answers: Any) -> dict[str, str | None]:
    """The questions of a workbook with what each suggests."""
    return {q.key: q.suggested for q in looked(cast, begun(cast, content, **answers)).questions}


def come_in(cast: Cast, content: bytes, **answers: str) -> Sequence[ActionView]:
    """The plan's actions once the workbook came in; what is not answered here belongs to priority 1."""
    done(cast, begun(cast, content, answers={"priority:none": "1", **answers}))
    return view_of(cast).actions


def test_a_tick_and_a_cross_are_two_words(sqlite_cast: Cast) -> None:
    content = books.simple(["1.1", "Review", "✓"], ["1.2", "Train", "✗"], heads=("Ref", "Action", "Status"))
    assert list(asked(sqlite_cast, content)) == ["legend:Status:✓", "legend:Status:✗"]


MONTH_FIRST = books.simple(
    ["1.1", "Review", "04/05/2027"], ["1.2", "Train", "12/31/2026"], ["1.3", "Audit", "13/02/2027"],
    heads=("Ref", "Action", "Due"),
)  # fmt: skip


def test_days_that_may_begin_with_the_month_are_asked_about_once_for_their_column(sqlite_cast: Cast) -> None:
    import_id = begun(sqlite_cast, MONTH_FIRST)
    [question] = looked(sqlite_cast, import_id).questions
    assert question.key == "order of days:Due"
    assert fates(sqlite_cast, import_id)["C2"] == "asked"


@pytest.mark.parametrize(
    ("answer", "first", "still_open"), [("month", "5 April 2027", []), ("day", "4 May 2027", ["day:Due:12/31/2026"])]
)
def test_the_order_of_days_is_as_a_person_says(
    sqlite_cast: Cast, answer: str, first: str, still_open: list[str]
) -> None:
    found = looked(sqlite_cast, begun(sqlite_cast, MONTH_FIRST, answers={"order of days:Due": answer}))
    assert next(c.new for c in found.rows[0].changes if c.field == "due_date") == first
    assert [q.key for q in found.questions if q.answer is None] == still_open


def test_a_day_that_may_be_two_is_kept_as_words_where_nothing_is_asked(sqlite_cast: Cast) -> None:
    done(sqlite_cast, begun(sqlite_cast, MONTH_FIRST, unclear="words"))
    action = view_of(sqlite_cast).by_ref["1.1"]
    assert action.facts.due_date is None
    assert own.read(action.own) == {"due_as_written": "04/05/2027"}


def test_the_last_of_several_revised_dates_holds_and_the_others_are_kept(sqlite_cast: Cast) -> None:
    heads = ("Ref", "Action", "Due date", "Revised date 1", "Revised date 2", "Revised date 3")
    rows = (["1.1", "Review", "1/1/27", "1/3/27", "1/6/27", None], ["1.2", "Train", "1/1/27", None, None, None])
    first, second = come_in(sqlite_cast, books.simple(*rows, heads=heads))
    assert first.facts.due_date == date(2027, 6, 1)
    assert own.read(first.own) == {"revised_date_1": "1/3/27"}
    assert second.facts.due_date == date(2027, 1, 1)


def test_a_day_of_completion_is_no_due_date(sqlite_cast: Cast) -> None:
    content = books.simple(["1.1", "Review", "Completed 3/4/26"], heads=("Ref", "Action", "Due"))
    assert list(asked(sqlite_cast, content)) == ["day:Due:Completed 3/4/26"]
    content = books.simple(["1.1", "Review", "Completed 3/4/26"], heads=("Ref", "Action", "Date completed"))
    assert asked(sqlite_cast, content) == {}


STEPS = books.simple(
    ["1.1", "Triage", "Owen", "31/3/27", "Top"], ["1.1a", "Write the procedure", "Olga", "31/12/26", "Drafted"],
    ["1.1b", "Train", "Olga", "soon", ""], ["1.2", "Theatre", "Owen", "31/3/27", ""], heads=HEADS,
)  # fmt: skip


def test_rows_below_another_by_their_reference_are_asked_about_once(sqlite_cast: Cast) -> None:
    assert asked(sqlite_cast, STEPS) == {"steps:Plan": "actions", "day:Due:soon": None}


def test_they_become_milestones_with_their_day_and_the_rest_is_said(sqlite_cast: Cast) -> None:
    first, second = come_in(sqlite_cast, STEPS, **{"steps:Plan": "milestones"})
    assert [(m.title, m.due_date) for m in first.milestones] == [
        ("Write the procedure", date(2026, 12, 31)), ("Train", None)]  # fmt: skip
    assert first.latest_update is not None
    assert first.latest_update.commentary == (
        "Top\n\nWrite the procedure: Ref: 1.1a; Owner: Olga; Comments: Drafted\n\n"
        "Train: Ref: 1.1b; Owner: Olga; Due: soon"
    )
    assert second.ref == "1.2"


def test_the_same_workbook_again_leaves_milestones_and_what_was_done_of_them(sqlite_cast: Cast) -> None:
    come_in(sqlite_cast, STEPS, **{"steps:Plan": "milestones"})
    found = looked(sqlite_cast, begun(sqlite_cast, STEPS, answers={"steps:Plan": "milestones"}))
    assert (found.counts.unchanged, found.counts.changed) == (2, 0)


def test_rows_below_a_merged_action_become_its_milestones(sqlite_cast: Cast) -> None:
    book, sheet = books.sheet_of([
        ["Ref", "Action", "Sub-action", "Due"], ["1.1", "Triage", "Write", "31/3/27"], [None, None, "Train", "30/4/27"],
    ])  # fmt: skip
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    [action] = come_in(sqlite_cast, books.saved(book), **{"more:Plan": "milestones"})
    assert [(m.title, m.due_date) for m in action.milestones] == [("Write", None), ("Train", date(2027, 4, 30))]
    assert own.read(action.own) == {}


def test_rows_that_stand_on_colours_are_asked_what_they_mean_where_no_column_says_it(sqlite_cast: Cast) -> None:
    book, sheet = books.sheet_of([["Ref", "Action"], ["1.1", "Review"], ["1.2", "Train"], ["1.3", "Audit"]])
    for row, rgb in ((2, books.GREEN), (3, books.RED)):
        for cell in sheet[row]:
            cell.fill = books.fill(rgb)
    content = books.saved(book)
    assert list(asked(sqlite_cast, content)) == ["legend:rows:#00B050", "legend:rows:#FF0000"]
    actions = come_in(sqlite_cast, content, **{"legend:rows:#00B050": "on_track", "legend:rows:#FF0000": "nothing"})
    assert [a.facts.progress for a in actions] == [Progress.on_track, Progress.not_started, Progress.not_started]
    assert actions[1].latest_update is not None
    assert "red (#FF0000)" in actions[1].latest_update.commentary


def test_stripes_are_no_status(sqlite_cast: Cast) -> None:
    book, sheet = books.sheet_of([["Ref", "Action"], *([f"1.{n}", f"Step {n}"] for n in range(1, 7))])
    for row in (2, 4, 6):
        sheet.cell(row, 2).fill = books.fill("DDEBF7")
    assert asked(sqlite_cast, books.saved(book)) == {}


def test_it_says_where_a_word_stands_on_colours_that_differ(sqlite_cast: Cast) -> None:
    rows = [["Ref", "Action", "Status"], ["1.1", "Review", "On track"], ["1.2", "Train", "On track"]]
    book, sheet = books.sheet_of(rows)
    sheet["C2"].fill, sheet["C3"].fill = books.fill(books.GREEN), books.fill(books.RED)
    [note] = looked(sqlite_cast, begun(sqlite_cast, books.saved(book))).notes
    assert note.place == "Plan!C2"
    assert "green: 1, red: 1" in note.text


def test_formulas_without_results_are_asked_about_once_for_their_column(sqlite_cast: Cast) -> None:
    rows = [[f"1.{n}", f"Step {n}", f"=C{n}+1"] for n in range(1, 7)]
    content = books.simple(*rows, heads=("Ref", "Action", "Due"))
    assert asked(sqlite_cast, content) == {"formula:Due": "words"}
    assert len(asked(sqlite_cast, content, answers={"formula:Due": "each"})) == 7
    actions = come_in(sqlite_cast, content, **{"formula:Due": "out"})
    assert {a.own for a in actions} == {""}


def test_a_theme_written_once_counts_for_the_rows_below_it(sqlite_cast: Cast) -> None:
    rows = (["Safe", "1", "Review"], [None, "2", "Train"], ["Kind", "3", "Listen"])
    content = books.simple(*rows, heads=("Theme", "Ref", "Action"))
    assert asked(sqlite_cast, content) == {"down:Theme": "above"}
    actions = come_in(sqlite_cast, content, **{"down:Theme": "above"})
    assert [a.priority.title for a in actions] == ["Safe", "Safe", "Kind"]


def test_a_text_alone_among_full_rows_may_name_a_group(sqlite_cast: Cast) -> None:
    rows = (["1", "Review", "Owen"], [None, "Workforce"], ["2", "Train", "Olga"])
    content = books.simple(*rows, heads=("Ref", "Action", "Owner"))
    assert asked(sqlite_cast, content)["alone:Plan"] == "actions"
    actions = come_in(sqlite_cast, content, **{"alone:Plan": "group"})
    assert {a.ref: a.priority.title for a in actions}["2"] == "Workforce"


def test_many_references_that_stand_twice_are_one_question(sqlite_cast: Cast) -> None:
    rows = [[f"1.{n % 5}", f"Step {n}"] for n in range(10)]
    content = books.simple(*rows)
    assert asked(sqlite_cast, content) == {"references": "numbered"}
    assert {"1.1", "1.1-2"} <= {a.ref for a in come_in(sqlite_cast, content, references="numbered")}


def test_a_reference_that_became_a_day_is_asked_for(sqlite_cast: Cast) -> None:
    content = books.simple([date(2026, 1, 2), "Review"])
    assert asked(sqlite_cast, content)["ref day:Plan!A2"] == "2.1"
    [action] = come_in(sqlite_cast, content, **{"ref day:Plan!A2": "2/1"})
    assert action.ref == "2-1"


def test_nothing_is_said_to_be_stored_of_a_row_that_stays_out(sqlite_cast: Cast) -> None:
    content = books.simple(["1.1", "Review", "Void"], ["1.2", None, ""], heads=("Ref", "Action", "Status"))
    answers = {"legend:Status:void": "out", "title:Plan!3": ""}
    told = fates(sqlite_cast, begun(sqlite_cast, content, answers=answers))
    assert {told[where] for where in ("A2", "B2", "C2", "A3")} == {"listed"}


def test_what_stands_in_brackets_beside_a_name_is_kept(sqlite_cast: Cast) -> None:
    content = books.simple(["1.1", "Review", "Owen (from May)"], heads=("Ref", "Action", "Owner"))
    [action] = come_in(sqlite_cast, content)
    assert own.read(action.own) == {"owner_as_written": "Owen (from May)"}


def test_money_and_times_of_day_are_kept_as_they_are_shown(sqlite_cast: Cast) -> None:
    at = datetime(2027, 3, 31, 17, 30)  # noqa: DTZ001 - a cell has no zone
    rows: list[list[Any]] = [["Ref", "Action", "Budget", "Panel at"], ["1.1", "Review", 12500.5, at]]
    book, sheet = books.sheet_of(rows)
    sheet["C2"].number_format = '"£"#,##0.00'
    [action] = come_in(sqlite_cast, books.saved(book))
    assert own.read(action.own) == {"budget": "£12,500.50", "panel_at": "31/03/2027 17:30"}


def test_where_no_heading_is_the_action_a_person_says_which_column_is(sqlite_cast: Cast) -> None:
    rows = (["1.1", "Listen to the families each week", "Owen", "31/3/27"],)
    content = books.simple(*rows, heads=("Ref", "Plain words", "Owner", "Due date"))
    assert asked(sqlite_cast, content) == {"title column:Plan": "in"}
    assert asked(sqlite_cast, content, columns={"Plain words": "title"}) == {}


def test_two_columns_given_to_one_field_lose_nothing(sqlite_cast: Cast) -> None:
    content = books.simple(["1.1", "Review", "Owen", "Olga"], heads=("Ref", "Action", "Owner", "Matron"))
    done(sqlite_cast, begun(sqlite_cast, content, columns={"Matron": "accountable_person"}))
    action = view_of(sqlite_cast).by_ref["1.1"]
    assert action.accountable_person is not None
    assert (action.accountable_person.name, own.read(action.own)) == ("Owen", {"matron": "Olga"})


def test_how_urgent_an_action_is_names_no_priority_of_the_plan(sqlite_cast: Cast) -> None:
    rows = (["1.1", "High", "Review"], ["1.2", "Low", "Train"])
    actions = come_in(sqlite_cast, books.simple(*rows, heads=("Ref", "Priority", "Action")))
    assert {a.priority.ref for a in actions} == {"1"}
    assert own.read(actions[0].own) == {"priority": "High"}


def test_a_target_in_percent_leaves_the_due_date_to_the_column_that_holds_days(sqlite_cast: Cast) -> None:
    content = books.simple(["1.1", "Audit", "95%", "1/1/27"], heads=("Ref", "Action", "Target", "Deadline"))
    assert asked(sqlite_cast, content) == {}
    [action] = come_in(sqlite_cast, content)
    assert action.facts.due_date == date(2027, 1, 1)


def test_rows_without_references_meet_their_actions_one_after_the_other(sqlite_cast: Cast) -> None:
    content = books.simple(["Audit", "Owen"], ["Audit", "Olga"], heads=("Action", "Owner"))
    come_in(sqlite_cast, content)
    again = looked(sqlite_cast, begun(sqlite_cast, content, answers={"priority:none": "1"}))
    assert (again.counts.unchanged, again.counts.created) == (2, 0)
    one = books.simple(["Audit", "Owen"], heads=("Action", "Owner"))
    second = view_of(sqlite_cast).actions[1].ref
    assert asked(sqlite_cast, one)["same:Plan!2"] == "~new"
    [row] = looked(sqlite_cast, begun(sqlite_cast, one, answers={"same:Plan!2": second})).rows
    assert (row.becomes, row.changes[0].new) == ("changed", "owen@aaa.example")


def test_an_answer_that_lies_in_the_future_too_stays_open(sqlite_cast: Cast) -> None:
    drafted(sqlite_cast)
    content = books.simple(
        ["1.1", "Review", "Delivered, not yet evidenced", "31/12/2090"],
        heads=("Ref", "Action", "Delivery status", "Actual completion date"),
    )
    answers = {"priority:none": "1", "order:Plan!D2": "31/03/2091"}
    [question] = [
        q for q in looked(sqlite_cast, begun(sqlite_cast, content, answers=answers)).questions if not q.answer
    ]
    assert (question.key, question.hint) == (
        "order:Plan!D2",
        "This day is in the future. Enter today or an earlier day.",
    )
    [action] = come_in(sqlite_cast, content, **{"order:Plan!D2": "01/02/2026"})
    assert str(action.facts.completion_date) == "2026-02-01"


def test_words_that_a_day_answers_are_kept(sqlite_cast: Cast) -> None:
    content = books.simple(["1.1", "Review", "ASAP"], heads=("Ref", "Action", "Due"))
    [action] = come_in(sqlite_cast, content, **{"day:Due:ASAP": "31/03/2027"})
    assert str(action.facts.due_date) == "2027-03-31"
    assert action.latest_update is not None
    assert action.latest_update.commentary == "Due: ASAP"


def test_the_list_of_cells_names_where_each_went(sqlite_cast: Cast) -> None:
    content = books.simple(
        ["Review", "Not delivered", "On track", "x"], heads=("Action", "Delivery status", "RAG", "Cost")
    )
    import_id = begun(sqlite_cast, content, answers={"priority:none": "1"})
    done(sqlite_cast, import_id)
    [action] = view_of(sqlite_cast).actions
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        lines = {line[1]: line for line in cells_of(read, plan_for(read, "alpha"), import_id)}
    assert [lines[where][4] for where in ("A2", "B2", "C2", "D2")] == [
        "The action itself", "Delivery status", "Status: stage and progress together", "Cost",
    ]  # fmt: skip
    assert {lines[where][5] for where in ("A2", "B2", "C2", "D2")} == {action.ref}
