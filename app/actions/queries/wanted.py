"""What an address asks of the list of actions, for page, API and files alike."""

from collections.abc import Sequence
from typing import NamedTuple

from app.actions.filters import Filters, apply
from app.actions.queries.saved import saved_view
from app.actions.saved import COMFORTABLE, opened, slug_in
from app.actions.schemas import ViewRead, filters_asked
from app.actions.view import ActionView, PlanView
from app.core.db import Read
from app.core.errors import FieldError, Invalid
from app.core.words import _
from app.frameworks.queries import framework_keys
from app.plans.queries import PlanAccess


class Wanted(NamedTuple):
    """The list's state, a sentence for each value that is unknown, and the saved view that is open."""

    filters: Filters
    errors: tuple[FieldError, ...]
    saved: ViewRead | None


def view_named(read: Read, access: PlanAccess, params: Sequence[tuple[str, str]]) -> ViewRead | None:
    """The saved view that `view=` names, where the reader may open it."""
    slug = slug_in(params)
    return saved_view(read, access, slug) if slug else None


def wanted(read: Read, access: PlanAccess, view: PlanView, params: Sequence[tuple[str, str]]) -> Wanted:
    """`view=` names a saved view, which opens, with what else the address says in place of its own."""
    slug, saved = slug_in(params), view_named(read, access, params)
    pairs = opened(saved.query, params) if saved else [p for p in params if p[0] != "view" or p[1] == COMFORTABLE]
    filters, errors = filters_asked(pairs, view, access.actor.email, lambda: framework_keys(read))
    if slug and saved is None:
        text = _("There is no saved view “{view}”, or it is no longer shared with you.", view=slug[:64])
        errors = (*errors, FieldError("view", text))
    return Wanted(filters, errors, saved)


def shown(read: Read, access: PlanAccess, view: PlanView, params: Sequence[tuple[str, str]]) -> tuple[ActionView, ...]:
    """The actions that an address asks for, for programs: 422 names each value that is unknown."""
    found = wanted(read, access, view, params)
    if found.errors:
        raise Invalid.several(list(found.errors))
    return apply(view, found.filters)
