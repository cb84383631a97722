"""Files of every kind as cells, and tables wherever they stand in a sheet."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from app.exchange.imports import days, delimited
from app.exchange.imports.finding import find
from app.exchange.imports.headings import reading_of
from app.exchange.imports.names import Person, named
from app.exchange.imports.reading import read
from app.exchange.imports.refs import shaped
from app.exchange.imports.sheets import Cell, Kind, book_packed, book_unpacked
from app.exchange.imports.tables import Sort, Table
from tests.exchange import books

FOLDER = Path(__file__).parents[1] / "fixtures/workbooks"
TODAY = date(2026, 11, 22)


def table(*rows: tuple[object, ...], **merged: str) -> Table:
    book, sheet = books.sheet_of(rows)
    for area in merged.values():
        sheet.merge_cells(area)
    return find(read("a.xlsx", books.saved(book)).sheets[0])


def fields(found: Table) -> Mapping[str, str]:
    return {c.name: c.reading.field for c in found.columns}


@pytest.mark.parametrize("name", ["plan.xls", "plan.ods"])
def test_it_reads_the_values_of_other_formats(name: str) -> None:
    book = read(name, (FOLDER / name).read_bytes())
    cells = {c.where: c for s, c in book.cells() if s.name == "Plan"}
    assert cells["D4"].value == date(2027, 3, 31)
    assert (cells["B5"].text, cells["F4"].text) == ("Train the team", "12.5")
    assert len(find(book.sheets[0]).actions) == 2


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_it_reads_text_files_as_programs_save_them(code: str, between: str) -> None:
    text = between.join(["Ref", "Action required", "Owner"]) + "\r\n" + between.join(["1.1", "“Café” – £5", "Owen"])
    book = read("plan.csv", f"{text}\r\n".encode(code))
    assert [c.text for _s, c in book.cells()] == ["Ref", "Action required", "Owner", "1.1", "“Café” – £5", "Owen"]


def test_it_reads_as_many_rows_as_it_says() -> None:
    assert len(read("a.csv", b"Ref,Action required\n" + b"1,x\n" * 10_000).sheets[0].rows()) == 10_001


def test_it_keeps_a_separator_within_quotation_marks() -> None:
    assert delimited.separator('Ref;Action\n1;"one, two, three"\n2;"four, five"\n') == ";"


def test_a_book_is_the_same_after_it_was_kept() -> None:
    book = read("brag.xlsx", books.brag())
    assert book_unpacked(book_packed(book)) == book


def test_it_reads_a_workbook_that_counts_from_1904() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    sheet.append(["Ref", "Action required", "Due date"])
    sheet.append(["1", "Review", date(2027, 3, 31)])
    found = read("a.xlsx", books.saved(book)).sheets[0]
    assert found.since_1904
    assert found.cells[2, 3].value == date(2027, 3, 31)
    serial = Cell(2, 3, Kind.number, 45016, "45016")
    assert days.read_day(serial, TODAY, since_1904=True).day == date(2027, 4, 1)


def test_it_shows_a_number_as_its_format_does() -> None:
    book, sheet = books.sheet_of([["Ref", "Action required"], [1.1, "Review"]])
    sheet["A2"].number_format = "0.00"
    assert read("a.xlsx", books.saved(book)).sheets[0].cells[2, 1].text == "1.10"


def test_it_finds_headings_that_are_wrapped_over_two_rows() -> None:
    found = table(
        ("Maternity improvement plan",),
        ("Ref", "Action required", "Leads", None, "Dates", None, "RAG"),
        (None, None, "Executive", "Operational", "Start", "Due", None),
        ("1", "Review", "Edith", "Owen", date(2026, 1, 1), date(2027, 1, 1), "On track"),
        leads="C2:D2",
        dates="E2:F2",
    )
    assert found.headings == (2, 3)
    assert list(fields(found).values()) == [
        "ref", "title", "lead_executive", "accountable_person", "start_date", "due_date", "status",
    ]  # fmt: skip


def test_it_tells_actions_from_groups_totals_and_what_is_below() -> None:
    found = table(
        ("Key: Red = overdue",),
        ("No", "Action", "Lead", "BRAG"),
        ("Priority 1: Safe care",),
        (1, "Review", "Owen", "On track"),
        ("No", "Action", "Lead", "BRAG"),
        (2, "Train", "Owen", "On track"),
        (None, None, None, None),
        ("Total actions", 2),
        ("Prepared by the programme office",),
    )
    assert [line.sort for line in found.lines] == [
        Sort.legend, Sort.heading, Sort.group, Sort.action, Sort.heading, Sort.action, Sort.total, Sort.legend,
    ]  # fmt: skip
    assert {line.group for line in found.actions} == {"Priority 1: Safe care"}


def test_a_column_of_long_words_is_no_status() -> None:
    found = table(
        ("Ref", "Action", "Status", "Progress"),
        ("1", "Review", "On track", "The audit of 60 records is done and a second one is planned"),
        ("2", "Train", "At risk", "The post is vacant and out to advert for the second time"),
    )
    assert fields(found) == {"Ref": "ref", "Action": "title", "Status": "status", "Progress": "commentary"}


def test_the_revised_of_two_dates_is_the_due_date() -> None:
    found = table(("Ref", "Action", "Due date", "Revised due date"), ("1", "x", date(2026, 1, 1), date(2027, 1, 1)))
    assert list(fields(found).values()) == ["ref", "title", "original_due_date", "due_date"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("LAFL Ref", "ref"), ("Due Date (action in place)", "due_date"),
        ("Status Commentary (This Period)", "commentary"),
        ("Date evidenced by", "accepted_on"), ("Exec lead", "lead_executive"), ("Lead(s)", "accountable_person"),
        ("Q2 2024/25 status", "period"), ("Must / Should", "binding"), ("Partner organisation", "organisation"),
        ("What will success look like?", "intended_outcome"), ("People supported", ""), ("Funding", ""),
    ],
)  # fmt: skip
def test_it_knows_the_words_above_columns(heading: str, field: str) -> None:
    assert reading_of(heading).field == field


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/10/2024", date(2024, 10, 31)), ("1.3.24", date(2024, 3, 1)), ("Q3 2024/25", date(2024, 12, 31)),
        ("Q4 24/25", date(2025, 3, 31)), ("end Nov 2024", date(2024, 11, 30)), ("mid-March 2025", date(2025, 3, 15)),
        ("by 31st March 2024", date(2024, 3, 31)), ("Dec-24", date(2024, 12, 31)), ("3-Jun-24", date(2024, 6, 3)),
        ("Sept 2023", date(2023, 9, 30)), ("w/e 5 July 2024", date(2024, 7, 5)),
        ("2027-03-31T00:00:00", date(2027, 3, 31)), ("H1 26/27", date(2026, 9, 30)),
        ("2nd half 2026/27", date(2027, 3, 31)), ("1st quarter 2026/27", date(2026, 6, 30)),
    ],
)  # fmt: skip
def test_it_reads_days_as_people_write_them(text: str, day: date) -> None:
    assert days.of_text(text, TODAY).day == day


@pytest.mark.parametrize(
    "text", ["ongoing", "ASAP", "tbc", "end Nov", "2024", "Q3 2024", "30/02/2024", "Spring 2024", "1/1/24 (was 1/6/23)"]
)
def test_it_asks_about_days_that_only_a_person_can_tell(text: str) -> None:
    found = days.of_text(text, TODAY)
    assert found.day is None
    assert found.asked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31st Mar 2027 (revised)", "for example 31/3/2027"), ("review 2027-03-31 then", "for example 31/3/2027"),
        ("2025-11-31", "not a day in the calendar"), ("Q4", "names no year"),
    ],
)  # fmt: skip
def test_it_says_what_a_day_lacks(text: str, said: str) -> None:
    found = days.of_text(text, TODAY)
    assert found.day is None
    assert said in found.asked


PEOPLE = (Person("j@x.example", "Jane Smith", "Matron"), Person("a@x.example", "Alan Jones"),
          Person("n1@x.example", "Nora Bell"), Person("n2@x.example", "Nora Bell"))  # fmt: skip


@pytest.mark.parametrize("text", ["Jane Smith", "jane smith", "Smith, Jane", "Matron", "j@x.example", "Ms Jane Smith"])
def test_it_knows_a_person_by_name_post_or_address(text: str) -> None:
    assert named(text, PEOPLE).email == "j@x.example"


def test_it_offers_both_where_a_cell_names_two() -> None:
    found = named("J Smith / A. Jones (tbc)", PEOPLE)
    assert (found.email, [p.email for p in found.offered]) == ("", ["j@x.example", "a@x.example"])
    assert [p.email for p in named("Nora Bell", PEOPLE).offered] == ["n1@x.example", "n2@x.example"]
    assert named("tbc", PEOPLE).nobody


@pytest.mark.parametrize(
    ("ref", "made"), [("LAFL 4.54", "LAFL-4.54"), ("A", "1.A"), (" 1.1. ", "1.1"), ("MD3", "MD3"), ("***", "")]
)
def test_it_makes_a_reference_that_an_address_can_hold(ref: str, made: str) -> None:
    assert shaped(ref, "1") == made


def test_a_recommendation_stands_for_the_action_where_no_column_is_called_so() -> None:
    found = table(
        ("Recommendation", "Progress", "Lead", "Deadline"),
        ("All staff are trained in fetal monitoring", "95% trained", "Owen", date(2026, 3, 1)),
    )
    assert fields(found)["Recommendation"] == "title"


def test_a_table_without_anything_to_do_is_none() -> None:
    assert table(("Ref", "Lead", "Deadline"), ("1", "Owen", date(2026, 1, 1))).headings == ()


def test_a_groups_name_may_stand_above_the_headings() -> None:
    heads = ("Ref", "Action", "Owner")
    found = table(("Must do",), heads, ("M1", "Train", "Owen"), ("Should do",), heads, ("S1", "Audit", "Owen"))
    assert [line.group for line in found.actions] == ["Must do", "Should do"]
