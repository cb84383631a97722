"""Everything of a plan in one file, to come back in another installation."""

from typing import Any

from fastapi import APIRouter, Request, Response

from app.exchange import queries
from app.plans.queries import plan_for
from app.web.access import act
from app.web.doors import PaperReader
from app.web.files import attachment

router = APIRouter()
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A zip with the rows of the plan, what they name, and its files of evidence.",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/export/whole", response_class=Response, responses=FILE)
@act("plan.take")
def export_whole(request: Request, read: PaperReader, plan: str) -> Response:
    """The whole plan as it stands, in one file; `tracker import-plan` brings it into another installation."""
    access = plan_for(read, plan, "plan.take")
    made = queries.leaving(read, access)
    return attachment(made.pack(request.app.state.storage), made.file_name, "application/zip")
