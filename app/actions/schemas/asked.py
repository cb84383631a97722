"""Reads a list's state from query parameters, as people and programs write them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic_core import PydanticCustomError

from app.actions.filters import GROUPS, ME, NAMES, NOBODY, RATINGS, SORTS, Filters
from app.actions.rules import Flag, Label, Stage
from app.actions.view import PlanView
from app.core.dates import parse_day
from app.core.errors import FieldError
from app.core.text import clean_text
from app.core.words import _

MOST_TEXT = 200
MOST_VALUES = 100


def filters_asked(
    params: Iterable[tuple[str, str]],
    plan: PlanView,
    me: str = "",
    publications: Callable[[], Collection[str]] | None = None,
) -> tuple[Filters, tuple[FieldError, ...]]:
    """The state that query parameters ask for, and a sentence for each value that is unknown and left out.

    me: the reader's own e-mail address, for owner=me and executive=me. publications: the keys of the library, asked
    for only where one is named; without it every key passes. Parameters that are not of the list are not looked at.
    Several values may stand in several parameters or behind commas.
    """
    given: dict[str, list[str]] = {}
    for name, value in params:
        if name in NAMES and value.strip():
            given.setdefault(name, []).append(value.strip())
    # A publication of the library that no action answers is not unknown: its rows are none.
    known = publications() if publications and "framework" in given else None
    linked = {link.framework for a in plan.actions for link in a.links} if known is not None else set()
    reader = _Reader(plan, me, None if known is None else {*known, *linked})
    found = {name: reader.read(name, values) for name, values in given.items()}
    return Filters(**{k: v for k, v in found.items() if v is not None}), tuple(reader.errors)


class _Reader:
    def __init__(self, plan: PlanView, me: str, publications: Collection[str] | None) -> None:
        people = {p.email for p in plan.people.values()} | {NOBODY}
        self.me = me
        self.errors: list[FieldError] = []
        self.allowed: Mapping[str, Iterable[str] | None] = {
            "rating": RATINGS,
            "label": tuple(Label),
            "priority": {p.ref for p in plan.priorities},
            "stage": tuple(Stage),
            "framework": publications,
            "recommendation": None,
            "owner": people,
            "executive": people,
            "flag": tuple(Flag),
        }

    def read(self, name: str, values: list[str]) -> Any:
        last = values[-1]
        if name == "q":
            return self._text(last)
        if name == "due_before":
            return self._day(last)
        if name == "group":
            return self._one(name, last, GROUPS)
        if name == "sort":
            return self._one(name, last, (*SORTS, *(f"-{s}" for s in SORTS)))
        if name == "view":
            return last[:64] if last.isprintable() else None
        return self._several(name, values)

    def _several(self, name: str, values: list[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        allowed = self.allowed[name]
        for value in [part.strip() for v in values for part in v.split(",") if part.strip()][:MOST_VALUES]:
            if name in ("owner", "executive"):
                value = self.me if value.lower() == ME and self.me else value.lower()
            if allowed is not None and value not in allowed:
                self._unknown(name, value)
            elif value.isprintable():
                found[value] = None
        return tuple(sorted(found))

    def _one(self, name: str, value: str, allowed: Sequence[str]) -> str | None:
        if value in allowed:
            return value
        self._unknown(name, value)
        return None

    def _text(self, value: str) -> str | None:
        try:
            text = clean_text(value)
        except PydanticCustomError as error:
            self.errors.append(FieldError("q", error.message()))
            return None
        if len(text) > MOST_TEXT:
            self.errors.append(FieldError("q", _("This is too long to search for. Use fewer words.")))
            return None
        return text

    def _day(self, value: str) -> date | None:
        try:
            return parse_day(value)
        except PydanticCustomError as error:
            self.errors.append(FieldError("due_before", error.message()))
            return None

    def _unknown(self, name: str, value: str) -> None:
        shown = value[:40] if value.isprintable() else "?"
        self.errors.append(FieldError(name, _("“{value}” is not known here.", value=shown)))
