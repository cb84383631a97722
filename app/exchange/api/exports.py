"""A plan as a file, for programs."""

from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Header, Query, Request, Response

from app.actions.queries import stamp
from app.core import words
from app.core.errors import Invalid
from app.exchange import queries
from app.exchange.asking import MEDIA, ExportAsked, Format, Release, file_name, writer
from app.exchange.columns import Layout
from app.plans.queries import plan_for
from app.reports.queries import shared_now
from app.web import etags
from app.web.access import act
from app.web.doors import PaperReader
from app.web.files import attachment

router = APIRouter()
FILE: dict[int | str, dict[str, Any]] = {
    304: {"description": "What is held is what stands."},
    200: {
        "description": "The file, as an attachment: a workbook, comma-separated values or JSON.",
        "content": {media.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
                    for media in MEDIA.values()},
    },
}  # fmt: skip


@router.get("/export", response_class=Response, responses=FILE)
@act("plan.read")
def export(
    request: Request,
    read: PaperReader,
    plan: str,
    format: Annotated[Format, Query(description="The kind of file.")] = Format.xlsx,
    layout: Annotated[Layout, Query(description="Our columns, or those of the classic spreadsheet.")] = Layout.ours,
    release: Annotated[
        Release,
        Query(description="For colleagues, or to answer a request for information, with or without names of staff."),
    ] = Release.colleagues,
    query: Annotated[
        str, Query(max_length=4000, description="Only some actions: the parameters of the tracker, like rating=red.")
    ] = "",
    if_none_match: Annotated[str | None, Header(description="The ETag of what is held already.")] = None,
) -> Response:
    """The plan as a workbook, csv or JSON: what its reader may see, with the numbers of the pages, as at any day."""
    access = plan_for(read, plan)
    etag = etags.of_answer(
        request.url.path, request.url.query, *stamp(read, access), shared_now(read, access),
        access.actor.id or access.actor.token_id, words.language(), request.app.version,
    )  # fmt: skip
    if etags.matches(if_none_match, etag):
        return Response(status_code=304, headers={"ETag": etag, "Cache-Control": "private, no-cache"})
    filters, errors = queries.filtered(read, access, parse_qsl(query))
    if errors:
        raise Invalid.several(list(errors))
    asked = ExportAsked(format, layout, release, filters)
    base = str(request.app.state.settings.base_url).rstrip("/")
    made = queries.book(read, access, asked, base=base)
    return attachment(writer(made, asked), file_name(made, asked), MEDIA[format], {"ETag": etag})
