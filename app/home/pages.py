"""The first page and what is open to all."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from app.core import migrate
from app.core.errors import NotFound
from app.core.idempotency import note
from app.core.words import _
from app.frameworks import queries as frameworks
from app.home import gallery, licences, queries
from app.people.gatekeeping import holds_anywhere
from app.people.rules import MADE_BY_DEMO
from app.plans import queries as plans
from app.plans.rules import PlanState
from app.web import as_at, render
from app.web.access import act
from app.web.doors import Reader

router = APIRouter(include_in_schema=False)
# Who reports on actions goes to their rows, everybody else to where the plan stands.
REPORTING = frozenset({"owner", "contributor"})
# Who looks after plans and people needs the list of them, however short it is.
RUNNING = frozenset({"office", "administrator"})


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
    found = plans.plan_reads(read)
    roles = {grant.role for grant in read.actor.grants}
    if len(found) == 1 and roles and not roles & RUNNING and as_at.NAME not in request.query_params:
        [only] = found
        has_rows_alone = roles <= REPORTING or only.state is PlanState.draft
        return render.see_other(request, f"{only.url}/actions" if has_rows_alone else only.url)
    steps = queries.setup(read, found)
    return render.page(
        request,
        "home/home.html",
        _("Plans"),
        plans=found,
        steps=steps,
        done=sum(step.done for step in steps),
        may_begin=holds_anywhere(read.actor, "plan.create"),
    )


@router.get("/help")
@act("public.read")
def help_page(request: Request, read: Reader) -> Response:
    return render.page(request, "home/help.html", _("Help"), has_gallery=note(read, MADE_BY_DEMO) is not None)


@router.get("/help/kit")
@act("public.read")
def kit(request: Request, read: Reader) -> Response:
    """Every part of a page in every state, in the demonstration only."""
    if note(read, MADE_BY_DEMO) is None:
        raise NotFound(_("There is nothing at this address."))
    return render.page(request, "parts/gallery.html", _("The kit"), kit=gallery.KIT)


@router.get("/about")
@act("public.read")
def about(request: Request, read: Reader) -> Response:
    return render.page(
        request,
        "home/about.html",
        _("About"),
        version=licences.version(),
        served=licences.SERVED,
        installed=licences.installed(),
        publications=[f for f in frameworks.frameworks(read) if f.url and f.organisation is None],
    )


@router.get("/accessibility")
@act("public.read")
def accessibility(request: Request) -> Response:
    return render.page(request, "home/accessibility.html", _("Accessibility statement"))
