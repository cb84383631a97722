"""JSON of many records at once is that of each record by itself."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from pydantic_core import to_json

from app.core import jsonly

TEXTS = ["", ",", '","', '",', ',"', "\\", '\\",', "\\u0000", ',"\\u0000",', "[", "],[", "{}", "ü€", "5 %", "%s", "\n"]
COLUMNS = [
    TEXTS,
    [*TEXTS[:-1], None],
    [[text] for text in TEXTS],
    [TEXTS[:n] for n in range(len(TEXTS))],
    [{"said": text, text: [text]} for text in TEXTS],
    [None, *({"said": text} for text in TEXTS[1:])],
    [None, *TEXTS[1:]],
    [True, None, 1, date(2026, 10, 31), datetime(2026, 10, 31, 9, 5, tzinfo=UTC), UUID(int=7)],
    [None],
]


@pytest.mark.parametrize("values", COLUMNS)
def test_it_writes_each_value_as_pydantic_does(values: list[Any]) -> None:
    assert jsonly.each(values) == [to_json(value) for value in values]


def test_it_writes_records_of_columns() -> None:
    columns: dict[str, list[Any]] = {"ref": TEXTS, "100% sure": [TEXTS] * len(TEXTS), "for": [None] * len(TEXTS)}
    assert [json.loads(one) for one in jsonly.records(columns)] == [
        {"ref": text, "100% sure": TEXTS, "for": None} for text in TEXTS
    ]


def test_it_writes_nothing_of_no_records() -> None:
    assert jsonly.records({"ref": [], "title": ()}) == []
