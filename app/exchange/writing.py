"""A book written as csv or json: bytes for any file that is open."""

import csv
import io
import json
from datetime import date, datetime
from typing import IO

from app.core.instants import instant_text
from app.core.words import _
from app.exchange.book import Book
from app.exchange.cells import Cell
from app.exchange.columns import Layout
from app.exchange.guarding import guarded

# Without it Excel reads the file as if it were of 1995.
MARK = "\ufeff"


def write_csv(book: Book, out: IO[bytes]) -> None:
    """The sheet of actions as RFC 4180 has it, in UTF-8 with its mark."""
    sheet = book.sheets[0]
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    text.write(MARK)
    writer = csv.writer(text)
    headings = [c.heading if book.layout is Layout.classic else _(c.heading) for c in sheet.columns]
    writer.writerow(headings)
    empty = [""] * (len(headings) - 1)
    for line in sheet.lines:
        writer.writerow([guarded(str(line.cells[0])), *empty] if line.band else map(_cell, line.cells))
    text.detach()


def _cell(value: Cell) -> Cell:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else value


def write_json(book: Book, out: IO[bytes]) -> None:
    """The plan, its actions and what was said and decided, in the API's shapes."""
    made = dict(book.data) | {"made_at": book.made_at}
    text = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    json.dump(made, text, ensure_ascii=False, default=_spelled, indent=1)
    text.write("\n")
    text.detach()


def _spelled(value: object) -> str:
    if isinstance(value, datetime):
        return instant_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)
