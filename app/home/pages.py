"""The first page and what is open to all."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from app.core import migrate
from app.core.words import _
from app.plans import queries as plans
from app.web import render
from app.web.access import act
from app.web.doors import Reader

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
@act("public.read")
def health() -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@router.get("/readyz")
@act("public.read")
def ready(request: Request) -> Response:
    """The database is reachable and migrated."""
    try:
        have = migrate.version(request.app.state.database.readers)
    except SQLAlchemyError:
        have = None
    told = {
        "status": "ok" if have == migrate.head() else "not_ready",
        "schema": have,
        "wanted": migrate.head(),
        "rate_limits": request.app.state.settings.rate_limits,
    }
    ok = have == migrate.head()
    return JSONResponse(told, 200 if ok else 503, headers={"Cache-Control": "no-store"})


@router.get("/")
@act("home")
def home(request: Request, read: Reader) -> Response:
    return render.page(request, "home/home.html", _("Plans"), plans=plans.readable_plans(read))
