"""What every page of a plan's actions stands on: the plan behind its wall, its view, and what the reader may do."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from markupsafe import Markup

from app.actions import queries
from app.actions.display import RowView, asked_text, columns, row
from app.actions.queries.kept import Alongside, Beside
from app.actions.rules.facts import EXITS
from app.actions.view import ActionView, PlanView
from app.assurance import queries as assurance
from app.core import words
from app.core.db import Read
from app.core.words import _
from app.plans.queries import PlanAccess, plan_for
from app.plans.rules import PlanState
from app.web import render
from app.web.stencil import Stencil

_lines: Alongside[str] = Alongside(64)
_asked: Beside[Mapping[UUID, str]] = Beside(16)


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

    def may_ask(self, action: ActionView) -> bool:
        return not action.is_hidden and self.may("question.ask")

    def row(self, action: ActionView) -> RowView:
        return row(action, self.view.day, self.asked().get(action.id, ""))

    def asked(self) -> Mapping[UUID, str]:
        """What the board waits to be told, by action, in words."""

        def told() -> Mapping[UUID, str]:
            owed = assurance.answers_owed(self.read, self.access)
            return {action: asked_text(*each, self.view.day) for action, each in owed.items()}

        return _asked.get(self.view, words.language(), told)

    def updatable(self, actions: Iterable[ActionView]) -> frozenset[str]:
        if self.may("action.update"):
            return frozenset([a.ref for a in actions if a.facts.stage not in EXITS and not a.is_hidden])
        return frozenset(a.ref for a in actions if self.may_update(a))


def opened(read: Read, slug: str, act: str = "plan.read") -> Opened:
    access = plan_for(read, slug, act)
    return Opened(access, queries.plan_view(read, access), read)


class Buttons(NamedTuple):
    """What the reader may do from the row of an action."""

    may_update: bool
    may_ask: bool


def lines(here: Opened, shown: Iterable[ActionView], may: Collection[str]) -> dict[str, str]:
    """The markup of each action as it stands in the list, by reference; `may`: those that the reader may update."""
    asked, asks = here.asked(), here.may("question.ask")
    unasked, waiting = defaultdict[Buttons, list[ActionView]](list), defaultdict[Buttons, list[ActionView]](list)
    ways = {(update, ask): Buttons(update, ask) for update in (True, False) for ask in (True, False)}
    for action in shown:
        buttons = ways[action.ref in may, asks and not action.is_hidden]
        (waiting if action.id in asked else unasked)[buttons].append(action)
    drawn: dict[str, str] = {}
    for buttons, some in unasked.items():
        drawn |= _unasked(here, some, buttons)
    for buttons, some in waiting.items():
        refs = [a.ref for a in some]
        drawn |= zip(refs, _drawn(here, some, refs, buttons, [asked[a.id] for a in some]), strict=True)
    return drawn


def _unasked(here: Opened, some: Iterable[ActionView], buttons: Buttons) -> dict[str, str]:
    """Of which nobody asks anything: such a row stays the same as long as its action does."""
    variant = (here.base, words.language(), buttons)
    return _lines.get(
        here.view, variant, some, lambda each: _drawn(here, each, [a.ref for a in each], buttons, [""] * len(each))
    )


def again(here: Opened, action: ActionView, may: Collection[str], time: int) -> str:
    """The second and each later showing of an action in one list."""
    return _line(here, action, f"{action.ref}~{time}", Buttons(action.ref in may, here.may_ask(action)))


def _line(here: Opened, action: ActionView, anchor: str, buttons: Buttons) -> str:
    [drawn] = _drawn(here, [action], [anchor], buttons, [here.asked().get(action.id, "")])
    return drawn


def _drawn(
    here: Opened, actions: Sequence[ActionView], anchors: Sequence[str], buttons: Buttons, asked: Sequence[str]
) -> list[str]:
    alike = {"base": here.base, **buttons._asdict()}
    shared = {name: (value,) * len(actions) for name, value in alike.items()}
    return _LINE.draw_all({"anchor": anchors, **shared, **columns(actions, here.view.day, asked)})


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words that every row repeats, said once for a page."""

    owner: str
    due: str
    latest: str
    do: str
    ask: str


def row_words() -> RowWords:
    return RowWords(_("Owner"), _("Due"), _("Latest update"), _("Update"), _("Ask"))


def _one_line(record: Any) -> Markup:
    line, buttons = render.macro("actions/cells.html", "line"), (record.may_update, record.may_ask)
    return line(record.anchor, record, record.base, row_words(), *buttons)


_LINE = Stencil(
    ("anchor", "base", *Buttons._fields, *RowView._fields),
    _one_line,
    flags=(*Buttons._fields, "late"),
    lists=("chips",),
)
