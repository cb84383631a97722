"""The pack that an inspector takes away."""

from typing import Annotated, BinaryIO

from fastapi import APIRouter, Query, Request, Response

from app.core.errors import NotFound
from app.coverage.queries.pack import Release, pack
from app.plans.queries import plan_for
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
    release: Release = Release.outside,
) -> Response:
    # Imported on use: XlsxWriter costs memory and time.
    from app.coverage.packing import write_pack

    access = plan_for(read, plan)
    found = pack(read, access, framework=framework, priority=priority, release=release)
    storage = request.app.state.storage

    def opened(name: str) -> BinaryIO:
        try:
            file: BinaryIO = storage.open(name)
        except NotFound as error:
            raise LookupError(name) from error
        return file

    name = f"{access.slug}-{framework or priority}-{found.day.isoformat()}.zip"
    return attachment(lambda out: write_pack(found, opened, out), name, "application/zip")
