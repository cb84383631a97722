"""What an export is asked for."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.actions.filters import Filters
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
