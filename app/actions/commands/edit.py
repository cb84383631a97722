"""Editing an action: only the fields that are sent change; a stale edit is refused, and loses nothing typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from app.actions.commands.apply import check, fill, fill_parts, refuse
from app.actions.commands.ground import begin, contributors_of, row_of
from app.actions.commands.update import say
from app.actions.fields import (
    EDIT_ACTS,
    OWN,
    REPORT,
    WRITABLE,
    FieldChange,
    acts_for,
    apart,
    changes,
    given_values,
    together,
    values_of,
    word,
)
from app.actions.models import Action
from app.actions.queries.plan import plan_view
from app.actions.schemas import ChangedAction, UpdateAction, WritableAction
from app.core.db import Write
from app.core.errors import Conflict, Invalid, Problems, Stale
from app.core.moment import now_of
from app.core.words import _
from app.people.permissions import refusal
from app.plans.commands import name_also
from app.plans.queries import PlanAccess

PEOPLE = frozenset({"accountable_person", "lead_executive"})


@dataclass(frozen=True, slots=True)
class Edited:
    """changed: what this edit altered; others: what somebody else had altered since the form was drawn."""

    action: Action
    changed: tuple[FieldChange, ...]
    others: tuple[FieldChange, ...] = ()


def edit_action(
    tx: Write,
    *,
    access: PlanAccess,
    ref: str,
    given: WritableAction,
    revision: int | None = None,
    base: Mapping[str, Any] | None = None,
) -> Edited:
    """Change the fields that were sent; a report of progress among them becomes an update.

    revision: refused whole (412) unless the action still stands at it: the API's way. base: the values the form was
    drawn with; refused only if a field changed here has changed since, and what else changed comes back in `others`.
    """
    access = begin(tx, access)
    action = row_of(tx, access, ref)
    if revision is not None and action.revision != revision:
        raise Stale(
            _("Somebody else has changed this action. Look at it again before you save."),
            {"revision": action.revision},
        )
    now = values_of(plan_view(tx, access).by_ref[ref])
    wanted = given_values(given)
    others: tuple[FieldChange, ...] = ()
    if base is not None:
        wanted, others = merged(now, wanted, base)
    changed = changes(now, wanted)
    tx.act("action.edited", why=given.why)
    put(tx, access, action, changed, given)
    tx.flush()
    return Edited(action, tuple(changed.values()), others)


def put(
    tx: Write, access: PlanAccess, action: Action, changed: Mapping[str, FieldChange], given: WritableAction
) -> None:
    """Judge and apply changes to a row behind the claim, under the caller's act."""
    contributors = contributors_of(tx, access, action.id)
    if not any(access.may(act, action, contributors) for act in EDIT_ACTS):
        raise refusal(*EDIT_ACTS)
    for act in sorted(acts_for(changed)):
        access.require(act, action, contributors)
    if changed and action.stage.is_exited:
        raise Conflict(_("This action has left the plan. It no longer changes."), "exited")
    problems = Problems()
    with problems.noted():
        check(access, changed)
    with problems.noted():
        _reason_for_owner(access, changed, given.why)
    possible = {name: change for name, change in changed.items() if name not in {f.field for f in problems.found}}
    fill(tx, access, action, possible, problems)
    if "organisation" in possible:
        # Nobody gives away an action that they could not have taken.
        access.require("action.edit", action, contributors)
    fill_parts(tx, access, action, possible, problems)
    if changed:
        action.updated_at = now_of(tx)
    if not PEOPLE.isdisjoint(possible):
        # Whoever takes it over sees it, where it is restricted.
        name_also(
            tx, access=access, restricted_id=action.id, people=(action.accountable_person_id, action.lead_executive_id)
        )
    report = None
    with problems.noted():
        report = report_in(given, bool(changed))
    if report is not None:
        access.require("action.update", action, contributors)
        say(tx, access, action, report, problems)
    refuse(problems, given)


def _reason_for_owner(access: PlanAccess, changed: Mapping[str, FieldChange], why: str | None) -> None:
    change = changed.get("accountable_person")
    if change and change.old is not None and not why and not access.is_draft:
        raise Invalid("why", _("Say why the accountable person changes."))


def report_in(given: WritableAction, edits: bool) -> UpdateAction | None:
    """The report of progress among the fields sent; a reason beside an edit is the edit's own."""
    sent = {name: getattr(given, name) for name in REPORT if getattr(given, name) is not None}
    why = sent.pop("why", None)
    if not sent:
        # A reason alone says nothing of the action, and must not stand as the period's commentary.
        if why is not None and not edits:
            raise Invalid("why", _("Send what changes beside the reason, or a commentary."))
        return None
    if why is not None:
        sent.setdefault("commentary", why)
    return UpdateAction.model_construct(**sent)


def merged(
    now: Mapping[str, Any], wanted: Mapping[str, Any], base: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[FieldChange, ...]]:
    """The fields that the form really changes, and what else has changed meanwhile. Raises Stale where both did."""
    drawn = base_values(base)
    keys = wanted.get(OWN) or {}
    now, wanted, drawn = apart(now, keys), apart(wanted, keys), apart(drawn, keys)
    mine = {name: value for name, value in wanted.items() if name not in drawn or drawn[name] != value}
    since = {name: FieldChange(name, drawn[name], now[name]) for name in drawn if drawn[name] != now[name]}
    clash = [since[name] for name in mine if name in since and mine[name] != now[name]]
    if clash:
        names = ", ".join(word(c.field) for c in clash)
        raise Stale(
            _("Somebody else has changed this meanwhile: {fields}. Look at it and save again.", fields=names),
            {"conflicts": {c.field: {"base": c.old, "now": c.new, "yours": mine[c.field]} for c in clash}},
        )
    return together(mine), tuple(change for name, change in since.items() if name not in mine)


def base_values(base: Mapping[str, Any]) -> dict[str, Any]:
    """What the form was drawn with, spelled as `values_of` spells it; what cannot be read counts as not drawn."""
    found: dict[str, Any] = {}
    for name, value in base.items():
        if name not in WRITABLE:
            continue
        try:
            found |= given_values(ChangedAction.model_validate({name: value}))
        except ValidationError:
            continue
    return found
