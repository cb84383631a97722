"""The pack that an inspector takes away."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.coverage.queries.pack import PackRelease, pack
from app.plans.queries import plan_for
from app.web import render
from app.web.access import act
from app.web.doors import PaperReader
from app.web.files import attachment

router = APIRouter(prefix="/plans/{plan}")
Key = Annotated[str, Query(max_length=64)]


@router.get("/pack.zip")
@act("plan.read")
def take(
    request: Request,
    read: PaperReader,
    plan: str,
    framework: Key = "",
    priority: Key = "",
    release: PackRelease = PackRelease.outside,
) -> Response:
    # Imported on use: XlsxWriter costs memory and time.
    from app.coverage.packing import write_pack

    found = pack(read, plan_for(read, plan), framework=framework, priority=priority, release=release)
    opened = request.app.state.storage.open
    return attachment(lambda out: write_pack(found, opened, render.html, out), found.file_name, "application/zip")
