"""Words that are struck through: whole rows are asked about, parts of a text are told."""

from io import BytesIO

import pytest
from openpyxl.styles import Font
from xlsxwriter import Workbook

from app.exchange.imports.reading import read
from tests.exchange import books
from tests.exchange.test_imports import begun, fates, looked
from tests.support.cast import Cast

ROWS = (("Ref", "Action required", "Comments"), ("1.91", "Audit", "Begun"), ("1.92", "Train", "Withdrawn"))


def struck() -> bytes:
    book, sheet = books.sheet_of(ROWS)
    for where in ("A3", "B3", "C3", "C2"):
        sheet[where].font = Font(strike=True)
    return books.saved(book)


@pytest.mark.parametrize(("answer", "created", "fate"), [(None, 1, "asked"), ("out", 1, "listed"), ("in", 2, "stored")])
def test_it_asks_whether_rows_that_are_struck_through_come_in(
    sqlite_cast: Cast, answer: str | None, created: int, fate: str
) -> None:
    answers = {"priority:none": "1", **({"struck:Plan": answer} if answer else {})}
    import_id = begun(sqlite_cast, struck(), answers=answers)
    told = looked(sqlite_cast, import_id)
    assert [(q.key, q.places) for q in told.questions if q.key != "priority:none"] == [("struck:Plan", ["Plan!3"])]
    assert (told.counts.created, told.ready) == (created, answer is not None)
    assert fates(sqlite_cast, import_id)["B3"] == fate


def test_it_tells_that_a_part_of_a_text_is_struck_through() -> None:
    out = BytesIO()
    book = Workbook(out)
    sheet = book.add_worksheet("Plan")
    sheet.write_row(0, 0, ROWS[0])
    sheet.write_rich_string(1, 1, "Audit ", book.add_format({"font_strikeout": True}), "monthly", " weekly")
    book.close()
    found = read("a.xlsx", out.getvalue())
    assert found.extras == ("Parts of some texts are struck through: they are brought in with the rest of the text.",)
