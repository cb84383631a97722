"""Tables beside and below one another, keys and signatures: what belongs to the actions is asked, never guessed."""

from datetime import date
from typing import Any

import pytest

from tests.exchange import books
from tests.exchange.test_asked import asked, come_in
from tests.exchange.test_imports import begun, fates, looked
from tests.exchange.test_reading import fields, table
from tests.support.cast import Cast

BESIDE = (
    ["Ref", "Action", "Owner", None, "Ref", "Action", "Owner"], ["1.1", "Review", "Owen", None, "N1.1", "Warm", "Olga"],
    ["1.2", "Train", "Owen", None, None, None, None],
)  # fmt: skip


@pytest.mark.parametrize(("answer", "refs"), [("apart", ["1.1", "1.2", "N1.1"]), ("out", ["1.1", "1.2"])])
def test_a_table_beside_another_comes_in_as_a_person_says(sqlite_cast: Cast, answer: str, refs: list[str]) -> None:
    book, _sheet = books.sheet_of(BESIDE)
    content = books.saved(book)
    assert asked(sqlite_cast, content)["beside:Plan!E"] == "apart"
    assert sorted(a.ref for a in come_in(sqlite_cast, content, **{"beside:Plan!E": answer})) == refs


def test_each_cell_of_two_tables_side_by_side_has_a_fate(sqlite_cast: Cast) -> None:
    book, _sheet = books.sheet_of(BESIDE)
    for answers in ({}, {"beside:Plan!E": "out"}, {"beside:Plan!E": "with"}, {"beside:Plan!E": "apart"}):
        told = fates(sqlite_cast, begun(sqlite_cast, books.saved(book), answers=answers))
        assert len(told) == sum(v is not None for row in BESIDE for v in row)


def test_a_table_of_risks_below_is_asked_about_and_its_rows_are_no_actions_unasked(sqlite_cast: Cast) -> None:
    rows: tuple[list[Any], ...] = (
        ["1.1", "Review", "Owen"],
        [],
        ["ID", "Risk description", "Score"],
        ["R1", "We may fail", 12],
    )
    content = books.simple(*rows, heads=("Ref", "Action", "Owner"))
    assert asked(sqlite_cast, content) == {"other:Plan!4": "out"}
    assert [a.ref for a in come_in(sqlite_cast, content, **{"other:Plan!4": "in"})] == ["1.1", "R1"]


def test_who_signed_the_plan_is_no_action(sqlite_cast: Cast) -> None:
    rows: tuple[list[Any], ...] = (
        ["1.1", "Review", "Owen"],
        [],
        ["Signed:", "J Smith", "Date:"],
        ["Approved by:", "The board"],
    )
    assert asked(sqlite_cast, books.simple(*rows, heads=("Ref", "Action", "Owner"))) == {}


def test_months_above_letters_say_the_state_of_each_month(sqlite_cast: Cast) -> None:
    rows: list[list[Any]] = [
        ["Ref", "Action", "Owner", date(2026, 9, 1), date(2026, 10, 1)],
        ["1.1", "Review", "Owen", "R", "G"],
    ]
    book, _sheet = books.sheet_of(rows)
    assert asked(sqlite_cast, books.saved(book)) == {"legend:period:g": None}


def test_a_key_beside_the_table_is_no_column_and_is_shown_as_the_legend(sqlite_cast: Cast) -> None:
    rows = (["1.1", "Review", "R", None, "R = overdue"],)
    content = books.simple(*rows, heads=("Ref", "Action", "RAG", None, "Key"))  # type: ignore[arg-type]
    questions = looked(sqlite_cast, begun(sqlite_cast, content)).questions
    assert {q.key: q.hint for q in questions}["legend:RAG:r"] == "The workbook says: R = overdue"
    assert {q.key: q.suggested for q in questions}["beside:Plan!E"] == "out"


def test_three_rows_of_headings_are_read_by_the_lowest() -> None:
    found = table(
        ("Actions", None, "People", None), ("What", None, "Lead", None), ("Ref", "Description", "Exec", "Ops"),
        ("1", "Train", "Edith", "Owen"), one="A1:B1", two="C1:D1", three="A2:B2", four="C2:D2",
    )  # fmt: skip
    assert list(fields(found).values()) == ["ref", "title", "lead_executive", "accountable_person"]
