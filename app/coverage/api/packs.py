"""The inspector's pack, for programs."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.coverage.queries.pack import PackRelease, pack
from app.plans.queries import plan_for
from app.web import render
from app.web.access import act
from app.web.doors import PaperReader
from app.web.files import attachment

router = APIRouter(prefix="/api/v1/plans/{plan}", tags=["coverage"])
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A zip: index.htm, pack.xlsx, the files of the evidence, and SHA256SUMS.txt.",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/pack.zip", response_class=Response, responses=FILE)
@act("plan.read")
def take(
    request: Request,
    read: PaperReader,
    plan: str,
    framework: Annotated[str, Query(max_length=64, description="The key of a publication.")] = "",
    priority: Annotated[str, Query(max_length=64, description="In its place, the ref of a priority.")] = "",
    release: Annotated[
        PackRelease, Query(description="For outside, without what is confidential or restricted; or what one may see.")
    ] = PackRelease.outside,
) -> Response:
    """A publication or a priority with its actions, decisions, evidence and hashes, as at any day."""
    # Imported on use: XlsxWriter costs memory and time.
    from app.coverage.packing import write_pack

    found = pack(read, plan_for(read, plan), framework=framework, priority=priority, release=release)
    opened = request.app.state.storage.open
    return attachment(lambda out: write_pack(found, opened, render.html, out), found.file_name, "application/zip")
