"""The file that was chosen."""

from typing import Annotated, Literal
from urllib.parse import parse_qsl

from fastapi import APIRouter, Query, Request, Response

from app.core.errors import Invalid
from app.exchange import queries
from app.exchange.asking import MEDIA, ExportAsked, Format, Release, file_name, writer
from app.exchange.columns import Layout
from app.plans.queries import plan_for
from app.web.access import act
from app.web.doors import PaperReader
from app.web.files import attachment

router = APIRouter(prefix="/plans/{plan}/export")


@router.get("/file")
@act("plan.read")
def file(
    request: Request,
    read: PaperReader,
    plan: str,
    format: Format = Format.xlsx,
    layout: Layout = Layout.ours,
    release: Release = Release.colleagues,
    which: Literal["all", "list"] = "all",
    query: Annotated[str, Query(max_length=4000)] = "",
) -> Response:
    access = plan_for(read, plan)
    filters, errors = queries.filtered(read, access, parse_qsl(query) if which == "list" else [])
    if errors:
        raise Invalid.several(list(errors))
    asked = ExportAsked(format, layout, release, filters)
    base = str(request.app.state.settings.base_url).rstrip("/")
    made = queries.book(read, access, asked, base=base)
    return attachment(writer(made, asked), file_name(made, asked), MEDIA[format])
