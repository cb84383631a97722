"""What stands around the list: the chips, the fields of the filter form, the heads of columns; each an address."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote

from app.actions import queries
from app.actions.display import look_word
from app.actions.filters import NOBODY, Filters
from app.actions.grouping import chips
from app.actions.pages.opening import Opened
from app.actions.saved import ALL, COMFORTABLE
from app.actions.schemas import ViewRead
from app.core.errors import FieldError
from app.core.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, and a sentence for each value that is unknown."""

    filters: Filters
    errors: tuple[FieldError, ...] = ()
    # The saved view that is open, as long as nothing is changed in it.
    saved: ViewRead | None = None

    @property
    def query(self) -> str:
        return self.filters.query()

    @property
    def quoted(self) -> str:
        return quote(self.query, safe="")

    def address(self, here: Opened) -> str:
        return href(here, self.filters)


@dataclass(frozen=True, slots=True)
class ChipView:
    count: int
    text: str
    href: str
    current: bool
    look: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class State:
    """kept: what the address says beyond the fields of the filter form, as hidden fields.

    clear: the list without filters, empty where there are none; other_view: the same rows, denser or looser.
    """

    kept: tuple[tuple[str, str], ...]
    count: str
    clear: str
    comfortable: bool
    other_view: str


def asked(here: Opened, query: str) -> Asked:
    return asked_by(here, parse_qsl(query[:4000]))


def asked_by(here: Opened, params: Sequence[tuple[str, str]]) -> Asked:
    """The list's state; `view=` names a saved one, which opens, with what else the address says in place of its own."""
    found = queries.wanted(here.read, here.access, here.view, params)
    if not found.filters.narrows:
        found = found._replace(errors=tuple(_with_what_is_shown(e) for e in found.errors))
    return Asked(*found)


def _with_what_is_shown(error: FieldError) -> FieldError:
    """In place of a saved view that is gone."""
    if error.field != "view":
        return error
    return FieldError(error.field, _("{sentence} All actions are shown.", sentence=error.message))


def href(here: Opened, filters: Filters, **changes: Any) -> str:
    # Without a word the address opens with the reader's own default view.
    query = filters.query(**changes) or f"view={ALL}"
    if here.view.as_at:
        query += f"&as_at={here.view.as_at.isoformat()}"
    return f"{here.base}?{query}"


def chip_views(here: Opened, filters: Filters) -> tuple[ChipView, ...]:
    found = chips(here.view, filters)
    every = ChipView(sum(c.count for c in found), _("All"), href(here, filters, rating=()), not filters.rating)
    return every, *(
        ChipView(
            c.count,
            look_word(c.look, here.view.legend),
            href(here, filters, rating=() if filters.rating == (c.code,) else (c.code,)),
            c.is_on,
            c.look,
        )
        for c in found
    )


def state(here: Opened, wanted: Asked, count: int) -> State:
    """What the address says beyond the fields of the filter form, and how many rows that leaves."""
    f, view = wanted.filters, here.view
    kept = [(n, v) for n, v in parse_qsl(f.query()) if n not in FIELDS]
    if view.as_at:
        kept.append(("as_at", view.as_at.isoformat()))
    comfortable = f.view == COMFORTABLE
    total = ngettext("{n} action", "{n} actions", len(view.actions))
    return State(
        kept=tuple(kept),
        count=_("{n} of {total}", n=count, total=total) if f.narrows else total,
        clear=href(here, Filters(group=f.group, sort=f.sort, view=f.view)) if f.narrows else "",
        comfortable=comfortable,
        other_view=href(here, f, view="" if comfortable else COMFORTABLE),
    )


FIELDS = frozenset({"q", "framework", "owner", "group", "sort"})


def form_fields(here: Opened, f: Filters) -> dict[str, Hashable]:
    """What the fields of the filter form hold, and what can be chosen there."""
    return {
        "q": f.q,
        "framework": _one(f.framework),
        "owner": _one(f.owner),
        "group": f.group,
        "sort": f.sort,
        "frameworks": _frameworks(here),
        "owners": _owners(here),
        "groupings": _groupings(),
        "sortings": _sortings(),
    }


def _one(values: tuple[str, ...]) -> str:
    return values[0] if len(values) == 1 else ""


def _frameworks(here: Opened) -> tuple[Option, ...]:
    links = {link.framework: link for a in here.view.actions for link in a.links}
    found = {key: link.framework_title or key for key, link in links.items()}
    return tuple(Option(k, t) for k, t in sorted(found.items(), key=lambda item: item[1].casefold()))


def _owners(here: Opened) -> tuple[Option, ...]:
    people = {a.accountable_person.email: a.accountable_person for a in here.view.actions if a.accountable_person}
    named = sorted(people.values(), key=lambda p: p.shown.casefold())
    return Option(NOBODY, _("No owner")), *(Option(p.email, p.shown) for p in named)


def _groupings() -> tuple[Option, ...]:
    words = {
        "priority": _("By priority"),
        "owner": _("By owner"),
        "executive": _("By lead executive"),
        "rating": _("By rating"),
        "framework": _("By source"),
        "none": _("Not grouped"),
    }
    return tuple(Option(value, text) for value, text in words.items())


def _sortings() -> tuple[Option, ...]:
    words = {
        "": _("In the plan's order"),
        "rating": _("Worst first"),
        "due": _("Soonest due first"),
        "-updated": _("Latest update first"),
        "updated": _("Oldest update first"),
        "owner": _("By owner's name"),
        "title": _("By title"),
    }
    return tuple(Option(value, text) for value, text in words.items())


def columns(here: Opened, f: Filters) -> list[dict[str, Any]]:
    heads = (
        ("c-ref", "ref", _("Ref")),
        ("c-action", "title", _("Action")),
        ("c-owner", "owner", _("Owner")),
        ("c-due", "due", _("Due")),
        ("c-rating", "rating", _("Rating and why")),
        ("c-update", "updated", _("Latest update")),
    )
    columns: list[dict[str, Any]] = []
    for look, sort, text in heads:
        ordered = {sort: "ascending", f"-{sort}": "descending"}.get(f.sort, "") if f.sort else ""
        onward = href(here, f, sort=f"-{sort}" if ordered == "ascending" else sort)
        columns.append({"look": look, "text": text, "href": onward, "sorted": ordered, "hidden": False})
    columns.append({"look": "c-do", "text": _("Do"), "href": "", "sorted": "", "hidden": True})
    return columns
