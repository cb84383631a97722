"""A form sent after the session has ended: nothing is saved, and nothing typed is lost."""

from urllib.parse import quote, urlsplit

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from app.core.words import _
from app.web import render
from app.web.htmx import RESWAP, RETARGET, came_from, is_htmx

# Never shown back; the others are not what a person typed.
SECRET = frozenset({"password", "current", "code"})
UNTYPED = frozenset({"next", "base", "revision", "was", "began", "place", "back", "go", "confirmed", "listed"})


async def ended(request: Request) -> Response:
    """401: to htmx beside the form, which stays as it is; else a page that shows what was typed, to be copied."""
    path, query = came_from(request)
    back = f"{path or urlsplit(str(request.url)).path}{f'?{query}' if query else ''}"
    sign_in = f"/sign-in?next={quote(back, safe='/')}"
    headers = {"Cache-Control": "no-store"}
    if is_htmx(request):
        sentence = _("Your session has ended: this was not saved and stays here. Sign in (in a new window), then save.")
        return render.fragment(
            request,
            "parts/_errors.html",
            status=401,
            errors=[{"text": sentence, "href": sign_in, "apart": True}],
            errors_id="trouble-errors",
            headers=headers | {RETARGET: "#trouble", RESWAP: "innerHTML"},
        )
    return render.page(
        request,
        "errors/ended.html",
        _("Your session has ended"),
        status=401,
        headers=headers,
        typed=await _typed(request),
        sign_in=sign_in,
    )


async def _typed(request: Request) -> list[str]:
    if "form" not in request.headers.get("content-type", ""):
        return []
    try:
        data = await request.form()
    except (HTTPException, RuntimeError):
        # Too large, unreadable, or read already: there is nothing to show.
        return []
    texts = [v for k, v in data.multi_items() if isinstance(v, str) and k not in SECRET | UNTYPED]
    return [text for text in texts if text.strip()]
