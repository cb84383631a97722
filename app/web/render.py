"""From read models to a page or a fragment."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from app.core import words
from app.core.actor import Actor
from app.core.menu import Link as Link
from app.core.words import _
from app.web.as_at import DayForm, asked, day_form, shows_a_day, stays
from app.web.htmx import REDIRECT, VARY, is_htmx
from app.web.templating import PRODUCT, environment


@dataclass(frozen=True, slots=True)
class Banner:
    """kind: demo, day, token, old. link: where something can be done about it."""

    kind: str
    text: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    roles_text: str


@dataclass(slots=True)
class Frame:
    """What base.html shows around a page."""

    title: str
    organisation_name: str
    product_name: str
    lang: str
    nav: list[Link] = field(default_factory=list)
    person: Person | None = None
    banners: list[Banner] = field(default_factory=list)
    as_at: date | None = None
    shows_day: bool = True
    day_form: DayForm | None = None


# The quickest of those that were tried: 280,000 characters take a third of the time of all at once.
_PIECE = 4096

Framer = Callable[[Request, Actor | None], Frame]


def frame(request: Request, title: str) -> Frame:
    """The frame of this request: main sets who makes it (it needs rooms that web may not know)."""
    make: Framer = request.app.state.framer
    made = make(request, getattr(request.state, "actor", None))
    made.title = title
    made.lang = words.language()
    return made


def page(
    request: Request,
    template: str,
    title: str,
    *,
    status: int = 200,
    nav: list[Link] | None = None,
    as_at: date | None = None,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """A whole page: template extends base.html."""
    framed = frame(request, title)
    framed.nav = nav if nav is not None else framed.nav
    framed.as_at = as_at or asked(request)
    framed.shows_day = shows_a_day(request)
    framed.day_form = day_form(request)
    html = environment().get_template(template).render(request=request, page=framed, **context)
    if framed.as_at is not None:
        html = stays(html, framed.as_at)
    sent = {"Vary": VARY, "Cache-Control": "private, no-cache"} | (headers or {})
    return HTMLResponse(_encoded(html), status, headers=sent)


def _encoded(html: str) -> bytes:
    """Piece by piece, for one sign beyond ASCII slows down all that it stands with."""
    return b"".join([html[at : at + _PIECE].encode() for at in range(0, len(html), _PIECE)])


def fragment(
    request: Request, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **context: Any
) -> HTMLResponse:
    """One element for htmx to swap: template is a `_file.html`."""
    html = environment().get_template(template).render(request=request, **context)
    return HTMLResponse(html, status, headers={"Vary": VARY, "Cache-Control": "private, no-cache"} | (headers or {}))


def html(template: str, **context: Any) -> str:
    """A part as text, for an answer that joins several."""
    return environment().get_template(template).render(**context)


@lru_cache(1024)
def _drawn(template: str, _language: str, **values: Any) -> Markup:
    return Markup(environment().get_template(template).render(**values))  # noqa: S704 - a template has escaped it


def drawn(template: str, **values: Hashable) -> Markup:
    """A part that says nothing but these values, all of it immutable: drawn once as long as they are the same."""
    return _drawn(template, words.language(), **values)


def macro(template: str, name: str) -> Callable[..., Markup]:
    """A macro of a template, for what is drawn hundreds of times: it sees its arguments alone."""
    found: Callable[..., Markup] = getattr(environment().get_template(template).module, name)
    return found


def see_other(request: Request, address: str) -> Response:
    """After a form is done: the browser, or htmx, goes to the address."""
    if is_htmx(request):
        return Response(status_code=204, headers={REDIRECT: address})
    return RedirectResponse(address, 303)


def product_name() -> str:
    return _(PRODUCT)
