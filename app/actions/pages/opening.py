"""What every page of a plan's actions stands on: the plan behind its wall, its view, and what the reader may do."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.actions import queries
from app.actions.display import RowView, row
from app.actions.queries.kept import Beside
from app.actions.view import ActionView, PlanView
from app.core import words
from app.core.db import Read
from app.core.words import _
from app.plans.queries import PlanAccess, plan_for
from app.plans.rules import PlanState

# Beside that very view: one built by a transaction that is rolled back must not lend its rows to another.
_rows: Beside[dict[str, RowView]] = Beside(16)


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
        return frozenset(a.ref for a in actions if self.may_update(a))


def opened(read: Read, slug: str, act: str = "plan.read") -> Opened:
    access = plan_for(read, slug, act)
    return Opened(access, queries.plan_view(read, access), read)


def rows(view: PlanView) -> dict[str, RowView]:
    """Each action's row in the reader's language; made once for a view."""
    return _rows.get(view, words.language(), lambda: {a.ref: row(a, view.day) for a in view.actions})


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words that every row repeats, said once for a page."""

    owner: str
    due: str
    latest: str
    do: str


def row_words() -> RowWords:
    return RowWords(_("Owner"), _("Due"), _("Latest update"), _("Update"))
