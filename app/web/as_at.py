"""A page or an answer of a past day: the day is read and refused once, and every link of the page stays on it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query, Request

from app.core import clock
from app.core.dates import OptionalDay
from app.core.errors import Invalid
from app.core.words import _
from app.web.access import act_of, is_api

NAME = "as_at"
# Those of a plan; the way back to today says so itself.
_LINK = re.compile(r"""(?<!data-today )\b(href|hx-get|hx-push-url)="(/plans/[^"]*)\"""")
_FORM = re.compile(r"""(<form\b[^>]*\bmethod="get"[^>]*>)(.*?)(</form>)""", re.DOTALL)


async def _as_at(
    request: Request,
    as_at: Annotated[OptionalDay, Query(description="As it stood at the end of that day in London.")] = None,
) -> date | None:
    """The past day asked for; None today, which is no past. A day to come is refused (422)."""
    if as_at is not None and as_at > clock.today():
        raise Invalid(NAME, _("This day is still to come. Choose today or a day before."))
    day = None if as_at == clock.today() else as_at
    request.state.as_at = day
    return day


AsAt = Annotated[date | None, Depends(_as_at)]


@dataclass(frozen=True, slots=True)
class DayForm:
    """The way to the same page on another day. kept: what else the address says; back: the page today."""

    action: str
    kept: list[tuple[str, str]]
    latest: date
    back: str


def asked(request: Request) -> date | None:
    found: date | None = getattr(request.state, "as_at", None)
    return found


def shows_a_day(request: Request) -> bool:
    """Whether this page is drawn as at a past day: plans have a past, lists of plans and publications are today's."""
    return request.url.path.startswith("/plans/") or request.url.path == "/me"


def day_form(request: Request) -> DayForm | None:
    """For a page that shows a plan and writes nothing; None elsewhere."""
    reads = request.method == "GET" and act_of(request.scope.get("route")) == "plan.read"
    if not reads or is_api(request) or not request.url.path.startswith("/plans/"):
        return None
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != NAME]
    path = request.url.path
    return DayForm(path, kept, clock.today(), f"{path}?{urlencode(kept)}" if kept else path)


def stays(html: str, day: date) -> str:
    """The page with each of its links and GET forms within plans on that day, so that no template can forget it."""
    linked = _LINK.sub(lambda found: f'{found[1]}="{_on(found[2], day)}"', html)
    hidden = f'<input type="hidden" name="{NAME}" value="{day.isoformat()}">'
    return _FORM.sub(
        lambda found: found[0] if f'name="{NAME}"' in found[2] else f"{found[1]}{hidden}{found[2]}{found[3]}", linked
    )


def _on(address: str, day: date) -> str:
    """As it stands in the markup: an ampersand is written out."""
    path, mark, part = address.partition("#")
    base, _question, query = path.partition("?")
    if any(pair.startswith(f"{NAME}=") for pair in query.replace("&amp;", "&").split("&")):
        return address
    joined = f"{query}&amp;{NAME}={day.isoformat()}" if query else f"{NAME}={day.isoformat()}"
    return f"{base}?{joined}{mark}{part}"
