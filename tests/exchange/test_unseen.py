"""Workbooks of kinds that trusts keep and that nobody here had described: read rightly, asked about or said."""

from datetime import date

from app.exchange.answering import asked_in
from app.exchange.imports.finding import find
from app.exchange.imports.reading import read
from app.exchange.imports.tables import Sort
from tests.exchange import books
from tests.exchange.test_import_pages import sent
from tests.exchange.test_imports import begun, done, fates, looked, view_of
from tests.exchange.test_reading import fields, table
from tests.support.cast import Cast
from tests.support.doors import Doors


def test_it_reads_a_second_table_below_by_its_own_headings() -> None:
    found = table(
        ("Ref", "Action", "Lead", "Due"),
        ("I1", "Open the unit", "Owen", date(2026, 12, 1)),
        (None, None, None, None),
        ("Medium term actions",),
        ("Ref", "Due", "Action", "Lead", "Cost code"),
        ("M1", date(2027, 3, 1), "Train the team", "Olga", "C7"),
    )
    names = {c.place: c.name for c in found.columns}
    [_first, second] = found.actions
    assert {names[place]: cell.text for place, cell in second.cells.items()} == {
        "Ref": "M1", "Due": "01/03/2027", "Action": "Train the team", "Lead": "Olga", "Cost code": "C7"}  # fmt: skip
    assert [line.row for line in found.lines if line.sort is Sort.heading] == [1, 5]


def test_a_cell_below_no_heading_of_the_second_table_is_in_none_of_its_columns() -> None:
    found = table(
        ("Ref", "Action", "Lead", "Due"),
        ("I1", "Open the unit", "Owen", date(2026, 12, 1)),
        ("Action", "Due", "Lead"),
        ("Train the team", date(2027, 3, 1), "Olga", "by hand"),
    )
    assert [c.text for p, c in found.actions[1].cells.items() if p not in {c.place for c in found.columns}] == [
        "by hand"
    ]


def test_it_takes_this_months_status_and_keeps_last_months_as_words(sqlite_cast: Cast) -> None:
    book, sheet = books.sheet_of([
        ["Ref", "Action", "Status", None, "Notes"], [None, None, "Last month", "This month", None],
        ["1.1", "Review", None, None, "x"], ["1.2", "Train", None, None, "y"],
    ])  # fmt: skip
    for area in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
        sheet.merge_cells(area)
    for where, rgb in (("C3", books.AMBER), ("D3", books.GREEN), ("C4", books.RED), ("D4", books.AMBER)):
        sheet[where].fill = books.fill(rgb)
    import_id = begun(sqlite_cast, books.saved(book))
    questions = looked(sqlite_cast, import_id).questions
    assert [q.key for q in questions] == ["legend:Status This month:#00B050", "legend:Status This month:#FFC000"]
    told = fates(sqlite_cast, import_id)
    assert {told[w] for w in ("D3", "D4")} == {"asked"}
    assert {told[w] for w in ("C3", "C4")} == {"stored"}
    answers = dict(zip((q.key for q in questions), ("on_track", "at_risk"), strict=True))
    done(sqlite_cast, begun(sqlite_cast, books.saved(book), answers=answers))
    view = view_of(sqlite_cast)
    assert {a.ref: a.facts.progress for a in view.actions} == {"1.1": "on_track", "1.2": "at_risk"}
    said = view.by_ref["1.2"].latest_update
    assert said is not None
    assert "Last month: the colour red (#FF0000)" in said.commentary


def test_months_of_colours_alone_are_not_lost() -> None:
    book, sheet = books.sheet_of([["Task", "Owner", "Status", "Apr 26", "May 26"], ["Review", "Owen", "On track"]])
    sheet["D2"].fill = books.fill(books.GREEN)
    found = find(read("a.xlsx", books.saved(book)).sheets[0])
    assert fields(found)["Apr 26"] == "period"
    assert 4 in found.actions[0].cells


def test_it_says_that_colours_outside_the_status_columns_stay_behind(sqlite_cast: Cast) -> None:
    book, sheet = books.sheet_of([["Ref", "Action", "Status"], ["1.1", "Review", "On track"], ["1.2", "Train", ""]])
    sheet["B3"].fill = books.fill(books.GREEN)
    notes = [n.text for n in looked(sqlite_cast, begun(sqlite_cast, books.saved(book))).notes]
    assert any("green (#00B050): 1" in text for text in notes)


def test_what_was_found_is_not_what_will_be_done() -> None:
    found = table(
        ("No.", "What CQC found", "What we will do", "Who", "When"), (1, "Late triage", "Open a line", "Owen")
    )
    assert fields(found)["What CQC found"] == "recommendations"
    assert fields(found)["What we will do"] == "title"


def test_a_total_whose_formula_has_no_result_is_no_action() -> None:
    found = table(("Ref", "Action"), ("1.1", "Review"), ("Total actions", "=COUNTA(B2:B2)"))
    assert [line.sort for line in found.lines] == [Sort.heading, Sort.action, Sort.total]


def test_the_legend_is_shown_from_the_cell_beside_and_from_another_sheet(sqlite_cast: Cast) -> None:
    book, _sheet = books.sheet_of([["Ref", "Action", "Rating"], ["1.1", "Review", "Red"], ["1.2", "Train", "Amber"]])
    legend = book.create_sheet("Key")
    for row in (("Red", "Off track"), ("Amber", "On track"), ("Green", "Delivered")):
        legend.append(row)
    questions = looked(sqlite_cast, begun(sqlite_cast, books.saved(book))).questions
    assert [q.hint for q in questions] == ["The workbook says: Red: Off track", "The workbook says: Amber: On track"]


def test_headings_that_nobody_knows_are_asked_about(sqlite_cast: Cast) -> None:
    rows = [["Nr", "Beth", "Pwy", "Pryd"], ["1.1", "Hyfforddi pob aelod o staff", "Owen", "01/03/2027"]]
    book, _sheet = books.sheet_of(rows)
    content = books.saved(book)
    import_id = begun(sqlite_cast, content)
    question = looked(sqlite_cast, import_id).questions[0]
    assert question.key == "headings:Plan"
    assert "“Beth” the action" in question.text
    columns = {"Nr": "ref", "Pwy": "accountable_person", "Pryd": "due_date"}
    done(sqlite_cast, begun(sqlite_cast, content, columns=columns, answers={"headings:Plan": "in"}))
    [action] = view_of(sqlite_cast).actions
    assert (action.ref, action.title, action.facts.due_date) == ("1.1", "Hyfforddi pob aelod o staff", date(2027, 3, 1))


def test_rows_are_told_apart_by_the_column_that_a_person_names(sqlite_cast: Cast) -> None:
    heads = ("Ref", "Action", "Plain words")
    content = books.simple(["1.1", "A", "Review the guideline"], ["1.2", None, "Train the team"], heads=heads)
    columns = {"Ref": "ref", "Action": "own", "Plain words": "title"}
    done(sqlite_cast, begun(sqlite_cast, content, columns=columns))
    assert [a.title for a in view_of(sqlite_cast).actions] == ["Review the guideline", "Train the team"]


def test_the_check_tells_who_when_and_how_far_of_an_action_that_is_added(sqlite_cast: Cast) -> None:
    heads = ("Ref", "Action", "Owner", "Due", "Status")
    content = books.simple(["1.1", "Review", "Owen", "end Nov 2026", "On track"], heads=heads)
    [row] = looked(sqlite_cast, begun(sqlite_cast, content)).rows
    assert {c.field: c.new for c in row.changes} == {
        "accountable_person": "owen@aaa.example", "due_date": "30 November 2026", "stage": "not_delivered",
        "progress": "on_track"}  # fmt: skip


def test_questions_about_one_column_stand_together(sqlite_cast: Cast) -> None:
    heads = ("Ref", "Action", "Owner", "Due")
    content = books.simple(["1.1", "Review", "Zed", "asap"], ["1.2", "Train", "Zoe", "soon"], heads=heads)
    asked = asked_in(looked(sqlite_cast, begun(sqlite_cast, content)), "check")
    assert [q.key for q in asked] == ["person:Owner:Zed", "person:Owner:Zoe", "day:Due:asap", "day:Due:soon"]


def test_an_answer_that_is_no_day_is_asked_again_with_the_reason(sqlite_cast: Cast) -> None:
    heads = ("Ref", "Action", "Start", "Due")
    content = books.simple(["1.1", "Review", "", "asap"], ["1.2", "Train", "1/6/2027", "1/5/2027"], heads=heads)
    answers = {"day:Due:asap": "banana", "order:Plan!D3": "cherry"}
    questions = looked(sqlite_cast, begun(sqlite_cast, content, answers=answers)).questions
    assert [(q.answer, q.hint) for q in questions] == [
        (None, "“banana” cannot be read as a day. Enter it like 31/10/2026."),
        (None, "“cherry” cannot be read as a day. Enter it like 31/10/2026."),
    ]


def test_the_next_workbook_of_a_plan_is_shown_the_answers_of_the_last(sqlite_doors: Doors) -> None:
    content = books.simple(["1.1", "Review", "Zed", "Amber"], heads=("Ref", "Action", "Owner", "RAG"))
    cast = sqlite_doors.cast
    answers = {"person:Owner:Zed": "owen@aaa.example", "legend:RAG:amber": "at_risk"}
    done(cast, begun(cast, content, answers=answers))
    client = sqlite_doors.as_("alice")
    here = client.post("/plans/alpha/import", files=sent(content)).headers["location"]
    assert "No question is open" in client.get(here).text
    legend = client.get(f"{here}?step=legend").text
    assert '<option value="at_risk" selected>' in legend


def test_the_check_says_states_in_words(sqlite_doors: Doors) -> None:
    content = books.simple(["1.1", "Review", "On track"], heads=("Ref", "Action", "Status"))
    client = sqlite_doors.as_("alice")
    here = client.post("/plans/alpha/import", files=sent(content)).headers["location"]
    check = client.get(f"{here}?step=check").text
    assert "<ins>On track</ins>" in check
    assert "<ins>Not delivered</ins>" in check
