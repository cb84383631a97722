"""Addresses behind cells: where the proof lies is written behind the words, or beside them in the commentary."""

from io import BytesIO

from xlsxwriter import Workbook

from app.actions import own
from app.exchange.imports.file import opened
from app.exchange.imports.sheets import book_packed, book_unpacked
from tests.exchange import books
from tests.exchange.test_imports import brought, view_of
from tests.support.cast import Cast

HEADS = ("Ref", "Action required", "Owner", "Comments", "Location of evidence")


def linked() -> bytes:
    out = BytesIO()
    book = Workbook(out)
    sheet = book.add_worksheet("Plan")
    sheet.write_row(0, 0, HEADS)
    for row in range(1, 8):
        sheet.write_row(row, 0, [f"7.{row}", f"Action {row}", "Owen", "Begun"])
        sheet.write_url(row, 4, f"https://sp.example/ev/{row}", string="SharePoint folder")
    sheet.write_url(1, 1, "https://sp.example/action", string="Action 1")
    sheet.write_url(1, 2, "mailto:owen@aaa.example", string="Owen")
    sheet.write_url(2, 3, "internal:Plan!A1", string="Begun")
    sheet.write_url(2, 4, "https://sp.example/ev/2")
    sheet.write_formula(3, 4, '=HYPERLINK("https://sp.example/a?b=1&c=2","audit")', None, "audit")
    book.close()
    return out.getvalue()


def test_it_keeps_where_the_words_lead_to(sqlite_cast: Cast) -> None:
    brought(sqlite_cast, linked())
    actions = view_of(sqlite_cast).by_ref
    where = {ref: own.read(actions[ref].own)["location_of_evidence"] for ref in ("7.1", "7.2", "7.3")}
    assert where == {
        "7.1": "SharePoint folder (https://sp.example/ev/1)",
        "7.2": "https://sp.example/ev/2",
        "7.3": "audit (https://sp.example/a?b=1&c=2)",
    }
    first, second = (actions[ref].latest_update for ref in ("7.1", "7.2"))
    assert first is not None
    assert second is not None
    assert "Link of “Action required”: https://sp.example/action" in first.commentary
    assert actions["7.1"].title == "Action 1"
    assert second.commentary == "Begun"


def test_a_link_that_is_a_formula_without_a_result_says_its_words(sqlite_cast: Cast) -> None:
    content = books.simple(
        ["7.1", "Audit", '=HYPERLINK("https://sp.example/1","audit")'], heads=("Ref", "Action required", "Comments")
    )
    brought(sqlite_cast, content)
    latest = view_of(sqlite_cast).by_ref["7.1"].latest_update
    assert latest is not None
    assert latest.commentary == "audit (https://sp.example/1)"


def test_an_address_is_kept_while_questions_wait() -> None:
    book = opened("a.xlsx", linked()).book
    assert book_unpacked(book_packed(book)).sheets[0].cells[2, 5].link == "https://sp.example/ev/1"
