"""A row of an import beside the action it names: what changes at once, and what asks for a decision."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.actions.fields import AGREED_DATES, DRAFT_DATES, WRITABLE, FieldChange, plain, values_of, word
from app.actions.reasons import progress_word
from app.actions.rules import Stage
from app.actions.view import ActionView
from app.core.words import _, day
from app.exchange.queries.ground import Around
from app.plans.queries import PlanAccess

if TYPE_CHECKING:
    from app.exchange.queries.looking import Looked


@dataclass(frozen=True, slots=True)
class Proposed:
    """A move to be asked for. given: as a proposal takes it; text: for a person."""

    move: str
    given: dict[str, Any]
    text: str


def compared(each: "Looked", access: PlanAccess, near: Around) -> None:
    """Fill in what the row changes. An empty cell changes nothing."""
    action = each.action
    if action is None:
        return
    now = values_of(action)
    wanted = {k: plain(k, v) for k, v in each.values.items() if k in WRITABLE and v not in (None, "")}
    if "milestones" in wanted:
        wanted["milestones"] = _with_new_steps(now["milestones"], wanted["milestones"])
    if each.settled.priority and each.settled.priority != action.priority.ref and _names_priority(each):
        wanted["priority"] = each.settled.priority
    changes = {k: FieldChange(k, now[k], v) for k, v in wanted.items() if now[k] != v and (v != [] or now[k])}
    if action.stage.is_exited:
        if changes or _is_new(each, action):
            each.not_taken.append(_("It has left the plan, so it no longer changes."))
        return
    if action.is_hidden:
        each.not_taken.append(_("It is restricted to named people, of whom you are none."))
        return
    for name in list(changes):
        if not access.is_draft and (name in DRAFT_DATES or (name in AGREED_DATES and now[name] is not None)):
            _agreed(each, action, name, changes.pop(name))
    each.changes = changes
    _state(each, access, action, near)
    _said(each, action)


def _with_new_steps(now: list[Any], wanted: list[Any]) -> list[Any]:
    """Milestones that there are stay as people keep them; those of the workbook are added."""
    titles = {title for title, _due, _done in now}
    return [*now, *(step for step in wanted if step[0] not in titles)]


def _names_priority(each: "Looked") -> bool:
    row = each.settled.row
    return bool(row.values.get("priority") or row.group)


def _agreed(each: "Looked", action: ActionView, name: str, change: FieldChange) -> None:
    """A date that a live plan moves by decision only becomes a proposal, where there is such a move."""
    movable = name == "due_date" and action.stage is Stage.not_delivered
    movable = movable or (name == "evidence_by_date" and action.stage is Stage.delivered)
    movable = movable or (name == "regulator_date" and action.stage is Stage.not_delivered)
    text = _("{field}: {old} to {new}", field=word(name), old=_shown(change.old), new=_shown(change.new))
    if movable and change.old is not None:
        each.proposals.append(Proposed(name, {name: change.new}, text))
    else:
        each.not_taken.append(text)


def _state(each: "Looked", access: PlanAccess, action: ActionView, near: Around) -> None:
    stage, progress = each.settled.stage, each.settled.progress
    if stage is not None and stage is not action.stage:
        if near.shape.first:
            each.facts["stage"] = stage
        else:
            _stage_asked(each, access, action, stage)
    is_open = action.stage is Stage.not_delivered and not each.facts
    if is_open and progress not in (None, action.facts.progress):
        each.facts["progress"] = progress


def _stage_asked(each: "Looked", access: PlanAccess, action: ActionView, stage: Stage) -> None:
    moves = {(Stage.not_delivered, Stage.delivered): "delivered", (Stage.delivered, Stage.assured): "assured",
             (Stage.assured, Stage.embedded): "embedded"}  # fmt: skip
    move = moves.get((action.stage, stage))
    text = _("Stage: {old} to {new}", old=action.stage.value, new=stage.value)
    if move is None or access.is_draft:
        each.not_taken.append(text)
        return
    given: dict[str, Any] = {}
    if move == "delivered":
        given = {k: each.values[k] for k in ("completion_date", "evidence_by_date") if each.values.get(k)}
    elif move == "assured" and each.values.get("retest_date"):
        given = {"retest_date": each.values["retest_date"]}
    each.proposals.append(Proposed(move, given, text))


def _said(each: "Looked", action: ActionView) -> None:
    """New words become an update; the same words as before do not."""
    if _is_new(each, action):
        each.said = each.settled.commentary.strip()
    elif each.facts.get("progress") is not None:
        each.said = _("The spreadsheet says: {progress}.", progress=progress_word(each.facts["progress"]))


def _is_new(each: "Looked", action: ActionView) -> bool:
    words = each.settled.commentary.split()
    last = action.latest_update.commentary.split() if action.latest_update else []
    return bool(words) and words != last


def _shown(value: Any) -> str:
    return day(value) if isinstance(value, date) else str(value or _("none"))
