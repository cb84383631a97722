"""The page about the programs' door, drawn from the OpenAPI document; scripts are not needed."""

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask

from app.core import memory
from app.core.words import _
from app.home import api_docs
from app.web import render
from app.web.access import act

router = APIRouter(include_in_schema=False)


@router.get("/api/docs")
@act("public.read")
def api_documentation(request: Request) -> Response:
    """Every operation by tag, with who may, what is sent, what comes back and how it refuses."""
    document = request.app.openapi()
    page = render.page(
        request,
        "home/api_docs.html",
        _("API"),
        document=document,
        groups=api_docs.groups(document),
        shapes=api_docs.shapes(document),
        refusals=api_docs.refusals(document),
    )
    # Hundreds of shapes were made for it, and it is asked for once in a while.
    page.background = BackgroundTask(memory.give_back)
    return page
