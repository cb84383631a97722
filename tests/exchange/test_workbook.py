"""The workbook as a spreadsheet program finds it: heads, filters, choices, print set-up, cells of the right kind."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from app.exchange.asking import Format
from app.exchange.columns import CLASSIC, DELIVERY, GROUP_ROW, OURS, PROGRESS, Layout
from tests.assurance.made import day
from tests.exchange.made_exports import book, fill, head, sheet, table, written
from tests.support.cast import Cast


@pytest.fixture
def filled(sqlite_cast: Cast) -> Cast:
    fill(sqlite_cast)
    return sqlite_cast


def test_it_has_the_exact_headings_of_the_classic_spreadsheet(filled: Cast) -> None:
    page = sheet(written(book(filled, layout=Layout.classic)))
    assert [c.value for c in page[head(page)]] == [
        "Reference", "Action required", "Linked plans", "Start date", "Due date", "Delivery status", "Progress status",
        "Commentary this period", "Actual completion date", "Date to be evidenced by", "Date evidenced",
        "Lead executive", "Accountable person", "Location of evidence",
    ]  # fmt: skip


def test_it_groups_the_classic_layout_under_the_priorities(filled: Cast) -> None:
    rows = table(sheet(written(book(filled, layout=Layout.classic))))
    assert [r["Reference"] for r in rows] == [
        GROUP_ROW.format(ref="1", title="Safe care"), "1.01", "1.02",
        GROUP_ROW.format(ref="2", title="Workforce"), "2.01", "2.02",
    ]  # fmt: skip


def test_it_writes_every_classic_column(filled: Cast) -> None:
    rows = {r["Reference"]: r for r in table(sheet(written(book(filled, layout=Layout.classic))))}
    first, assured = rows["1.01"], rows["1.02"]
    assert first["Action required"] == "=SUM(A1:A9)"
    assert first["Linked plans"] == "2022 IEA 1.2; contributes to 2022 IEA 1.3"
    assert (first["Start date"], first["Due date"]) == (day(-30), day(20))
    assert first["Delivery status"] == "Not Yet Delivered"
    assert first["Progress status"] == "On track"
    assert first["Commentary this period"] == "-5 midwives on nights; =the rota= & “quotes”"
    assert (first["Lead executive"], first["Accountable person"]) == ("Edith", "Owen")
    assert assured["Delivery status"] == "Evidenced and Assured"
    assert (assured["Actual completion date"], assured["Date evidenced"]) == (day(-60), day(-20))
    assert assured["Date to be evidenced by"] is None
    assert rows["2.01"]["Accountable person"] is None


def test_it_writes_every_column_of_ours_with_its_explanation(filled: Cast) -> None:
    body = written(book(filled))
    page = sheet(body)
    assert [c.value for c in page[head(page)]] == [c.heading for c in OURS]
    meant = {(r["Sheet"], r["Column"]): r["What it means"] for r in table(sheet(body, "Definitions"), "Sheet")}
    assert all(meant["Actions", c.heading] == c.means for c in OURS)
    assert {name for name, _column in meant} == {"Actions", "Updates", "Decisions", "Coverage"}


def test_it_keeps_what_looks_like_a_formula_as_text(filled: Cast) -> None:
    page = sheet(written(book(filled)))
    cells = [c for row in page.iter_rows() for c in row if isinstance(c.value, str)]
    assert {c.value for c in cells} >= {"=SUM(A1:A9)", "+ one\n- two", "@partner"}
    assert {c.data_type for c in cells} <= {"s", "inlineStr"}


@pytest.mark.parametrize("layout", Layout)
def test_it_is_set_up_to_be_worked_in_and_printed(filled: Cast, layout: Layout) -> None:
    made = book(filled, layout=layout)
    page = sheet(written(made))
    top = head(page)
    assert page.freeze_panes == f"B{top + 1}"
    assert page.auto_filter.ref.startswith(f"A{top}:")
    assert page.print_title_rows == f"${top}:${top}"
    setup = page.page_setup
    properties: Any = page.sheet_properties.pageSetUpPr
    footer: Any = page.oddFooter
    assert (setup.orientation, setup.fitToHeight, properties.fitToPage) == ("landscape", 0, True)
    assert "Page &P of &N" in footer.right.text
    assert f"revision {made.revision}" in footer.left.text
    assert page.cell(top + 2, 2).alignment.wrap_text


@pytest.mark.parametrize(("layout", "heading", "words"), [
    (Layout.classic, "Delivery status", DELIVERY), (Layout.classic, "Progress status", PROGRESS),
])  # fmt: skip
def test_it_offers_the_words_of_a_status_to_choose_from(
    filled: Cast, layout: Layout, heading: str, words: dict[str, str]
) -> None:
    body = written(book(filled, layout=layout))
    page, legend = sheet(body), sheet(body, "Legend")
    at = [c.heading for c in CLASSIC].index(heading) + 1
    cell = page.cell(head(page) + 2, at)
    [rule] = [v for v in page.data_validations.dataValidation if cell.coordinate in v.sqref]
    area = rule.formula1.rpartition("!")[2].replace("$", "")
    assert [c.value for [c] in legend[area]] == [*words.values()]


def test_it_shows_a_rating_in_words_and_colour_with_the_numbers_of_the_plan(filled: Cast) -> None:
    body = written(book(filled))
    rows = table(sheet(body))
    assert [r["Rating"] for r in rows] == [
        "Green: On track",
        "Blue: Assured",
        "Red: Needs action",
        "Grey: Not started or closed",
    ]
    page = sheet(body)
    at = [c.value for c in page[head(page)]].index("Rating") + 1
    fills = {page.cell(head(page) + n, at).fill.fgColor.rgb for n in range(1, 5)}
    assert len(fills) == 4
    counted = {r["Colour and word"]: r["Actions"] for r in table(sheet(body, "Legend"), "Colour and word")}
    assert (counted["Needs action"], counted["Assured"], counted["On track"]) == (1, 1, 1)


def test_it_writes_csv_that_a_spreadsheet_takes_for_text(filled: Cast) -> None:
    body = written(book(filled), format=Format.csv)
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert [r["Reference"] for r in rows] == ["1.01", "1.02", "2.01", "2.02"]
    assert rows[0]["Action"] == "'=SUM(A1:A9)"
    assert rows[0]["Intended outcome"] == "'+ one\n- two"
    assert date.fromisoformat(rows[0]["Due date"]) == day(20)
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_it_writes_json_in_the_shapes_of_the_api(filled: Cast) -> None:
    told = json.loads(written(book(filled, format=Format.json), format=Format.json))
    assert [a["ref"] for a in told["actions"]] == ["1.01", "1.02", "2.01", "2.02"]
    assert told["actions"][0]["accountable_person"] == filled.email("owen")
    assert told["actions"][0]["latest_update"]["commentary"].startswith("-5 midwives")
    assert [u["ref"] for u in told["updates"]] == ["1.01", "2.01"]
    assert [c["standing"] for c in told["coverage"]] == [
        "An action meets it",
        "Actions only contribute to it",
        "No action",
    ]


def test_it_writes_a_plan_without_actions(sqlite_cast: Cast) -> None:
    for layout in Layout:
        page = sheet(written(book(sqlite_cast, layout=layout)))
        assert table(page) == []
