"""Everything of a plan in one file, for those who may take it."""

from fastapi import APIRouter, Request, Response

from app.exchange import queries
from app.plans.queries import plan_for
from app.web.access import act
from app.web.doors import PaperReader
from app.web.files import attachment

router = APIRouter(prefix="/plans/{plan}/export")


@router.get("/whole")
@act("plan.take")
def whole(request: Request, read: PaperReader, plan: str) -> Response:
    access = plan_for(read, plan, "plan.take")
    made = queries.leaving(read, access)
    return attachment(made.pack(request.app.state.storage), made.file_name, "application/zip")
