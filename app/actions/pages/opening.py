"""What every page of a plan's actions stands on: the plan behind its wall, its view, and what the reader may do."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from app.actions import queries
from app.actions.display import RowView, row
from app.actions.queries.kept import Alongside
from app.actions.rules.facts import EXITS
from app.actions.view import ActionView, PlanView
from app.core import words
from app.core.db import Read
from app.core.words import _
from app.plans.queries import PlanAccess, plan_for
from app.plans.rules import PlanState
from app.web import render
from app.web.stencil import Stencil

_lines: Alongside[Markup] = Alongside(64)


@dataclass(frozen=True, slots=True)
class Opened:
    """base: the address of the plan's actions; read: where a saved view that an address names is found."""

    access: PlanAccess
    view: PlanView
    read: Read

    @property
    def base(self) -> str:
        return f"/plans/{self.access.slug}/actions"

    @property
    def is_writable(self) -> bool:
        """A past day and a closed plan are only read."""
        return self.view.as_at is None and self.access.state is not PlanState.closed

    def may(self, act: str, action: ActionView | None = None) -> bool:
        """Whether the reader may do it here and now: what a button asks before it shows."""
        if not self.is_writable:
            return False
        return self.access.may(act, action, action.contributor_ids if action else ())

    def may_update(self, action: ActionView) -> bool:
        return not action.stage.is_exited and self.may("action.update", action)

    def updatable(self, actions: Iterable[ActionView]) -> frozenset[str]:
        if self.may("action.update"):
            return frozenset([a.ref for a in actions if a.facts.stage not in EXITS and not a.is_hidden])
        return frozenset(a.ref for a in actions if self.may_update(a))


def opened(read: Read, slug: str, act: str = "plan.read") -> Opened:
    access = plan_for(read, slug, act)
    return Opened(access, queries.plan_view(read, access), read)


def lines(here: Opened, shown: Iterable[ActionView], may: Collection[str]) -> dict[str, Markup]:
    """Each action as it stands in the list, by reference; `may`: those that the reader may update."""

    def of(some: list[ActionView], may_update: bool) -> dict[str, Markup]:
        variant = (here.base, words.language(), may_update)
        return _lines.get(here.view, variant, some, lambda a: _line(here, a, a.ref, may_update))

    every = list(shown)
    return of([a for a in every if a.ref in may], True) | of([a for a in every if a.ref not in may], False)


def again(here: Opened, action: ActionView, may: Collection[str], time: int) -> Markup:
    """The second and each later showing of an action in one list."""
    return _line(here, action, f"{action.ref}~{time}", action.ref in may)


def _line(here: Opened, action: ActionView, anchor: str, may_update: bool) -> Markup:
    return _LINE.draw((anchor, here.base, may_update, *_OF_ROW(row(action, here.view.day))))


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words that every row repeats, said once for a page."""

    owner: str
    due: str
    latest: str
    do: str


def row_words() -> RowWords:
    return RowWords(_("Owner"), _("Due"), _("Latest update"), _("Update"))


def _one_line(record: Any) -> Markup:
    return render.macro("actions/cells.html", "line")(
        record.anchor, record, record.base, row_words(), record.may_update
    )


_OF_ROW = attrgetter(*RowView.__dataclass_fields__)
_LINE = Stencil(("anchor", "base", "may_update", *RowView.__dataclass_fields__), _one_line)
