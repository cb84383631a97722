"""What an export is asked for, and how each format is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import IO

from app.actions.filters import Filters
from app.exchange.book import Book
from app.exchange.columns import Layout


class Format(StrEnum):
    xlsx = "xlsx"
    csv = "csv"
    json = "json"


MEDIA: dict[Format, str] = {
    Format.xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.csv: "text/csv; charset=utf-8",
    Format.json: "application/json",
}


class Release(StrEnum):
    """For whom the file is made. request: an answer under freedom of information, with all that is restricted
    withheld; request_without_names: and with the names of staff below executive level left out."""

    colleagues = "colleagues"
    request = "request"
    request_without_names = "request_without_names"


@dataclass(frozen=True, slots=True)
class ExportAsked:
    format: Format = Format.xlsx
    layout: Layout = Layout.ours
    release: Release = Release.colleagues
    filters: Filters = field(default_factory=Filters)


def file_name(book: Book, asked: ExportAsked) -> str:
    """The plan, the day, and what sets it apart from the other files of that day."""
    parts = [book.slug, book.as_at.isoformat()]
    parts += [Layout.classic.value] if asked.layout is Layout.classic else []
    parts += ["release"] if asked.release is not Release.colleagues else []
    return f"{'-'.join(parts)}.{asked.format.value}"


def writer(book: Book, asked: ExportAsked) -> Callable[[IO[bytes]], None]:
    """Writes the book into an open file."""
    # Loaded on use: XlsxWriter is half a second and several megabytes that no page needs.
    if asked.format is Format.xlsx:
        from app.exchange.workbook import write_xlsx

        return partial(write_xlsx, book)
    from app.exchange.writing import write_csv, write_json

    return partial(write_csv if asked.format is Format.csv else write_json, book)
