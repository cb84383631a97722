"""A row of an import beside the action it names: what changes at once, and what asks for a decision."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.actions.fields import AGREED_DATES, DRAFT_DATES, WRITABLE, FieldChange, plain, values_of, word
from app.actions.reasons import progress_word, stage_word
from app.actions.rules import Stage
from app.actions.view import ActionView
from app.core.db import Read
from app.core.words import _, day
from app.exchange.queries.ground import Around
from app.exchange.queries.leaving import leave, leave_unasked, stage_field
from app.plans.queries import PlanAccess

if TYPE_CHECKING:
    from app.exchange.queries.looking import Looked


@dataclass(frozen=True, slots=True)
class Proposed:
    """A move to be asked for. given: as a proposal takes it; text: for a person."""

    move: str
    given: dict[str, Any]
    text: str


def compared(read: Read, each: "Looked", access: PlanAccess, near: Around) -> None:
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
    held = () if access.is_draft else (*DRAFT_DATES, *(name for name in AGREED_DATES if now[name] is not None))
    agreed = [changes.pop(name) for name in held if name in changes]
    each.changes = changes
    _state(each, access, action, near)
    for change in agreed:
        if not any(change.field in p.given for p in each.proposals):
            _agreed(each, action, change)
    leave_unasked(read, each, access, action, near.ground.today)
    _accepted(each, action)
    _said(each, action)


def _with_new_steps(now: list[Any], wanted: list[Any]) -> list[Any]:
    """Milestones that there are stay as people keep them; those of the workbook are added."""
    titles = {title for title, _due, _done in now}
    return [*now, *(step for step in wanted if step[0] not in titles)]


def _names_priority(each: "Looked") -> bool:
    row = each.settled.row
    return bool(row.values.get("priority") or row.group)


def _agreed(each: "Looked", action: ActionView, change: FieldChange) -> None:
    """A date that a live plan moves by decision only becomes a proposal, where there is such a move."""
    name = change.field
    movable = name == "due_date" and action.stage is Stage.not_delivered
    movable = movable or (name == "evidence_by_date" and action.stage is Stage.delivered)
    movable = movable or (name == "regulator_date" and action.stage is Stage.not_delivered)
    text = _("{field}: {old} to {new}", field=word(name), old=_shown(change.old), new=_shown(change.new))
    if movable and change.old is not None:
        each.proposals.append(Proposed(name, {name: change.new}, text))
    else:
        leave(each, name, _("{change} is not brought in: in a live plan a decision sets this day.", change=text))


def _accepted(each: "Looked", action: ActionView) -> None:
    """The day of acceptance comes in with the stage that it belongs to, or not at all."""
    said = each.values.get("accepted_on")
    if said and said != action.facts.accepted_on and "stage" not in each.facts:
        leave(each, "accepted_on", _("It is not brought in: a decision sets this day."))


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
    old, new = stage_word(action.stage), stage_word(stage)
    if move is None or access.is_draft:
        each_in_turn = _("“{new}” is not brought in, the action stays “{old}”: stages are asked for one at a time, and "
                         "a spreadsheet lowers none.", new=new, old=old)  # fmt: skip
        only_first = _("“{new}” is not brought in, the action stays “{old}”: only the first import into a draft says "
                       "what was done before.", new=new, old=old)  # fmt: skip
        leave(each, stage_field(each.settled.row), only_first if access.is_draft else each_in_turn)
        return
    given: dict[str, Any] = {}
    if move == "delivered":
        given = {k: each.values[k] for k in ("completion_date", "evidence_by_date") if each.values.get(k)}
    elif move == "assured" and each.values.get("retest_date"):
        given = {"retest_date": each.values["retest_date"]}
    each.proposals.append(Proposed(move, given, _("“{old}” to “{new}”", old=old, new=new)))


def _said(each: "Looked", action: ActionView) -> None:
    """New words become an update; the same words as before do not."""
    if _is_new(each, action):
        each.said = each.settled.commentary.strip()
    elif each.facts.get("progress") is not None:
        each.said = _("The spreadsheet says: {progress}.", progress=progress_word(each.facts["progress"]))


def _is_new(each: "Looked", action: ActionView) -> bool:
    """What an import kept as words stands below what the row said: that row says nothing new."""
    said = _paragraphs(each.settled.commentary)
    last = _paragraphs(action.latest_update.commentary if action.latest_update else "")
    return bool(said) and last[: len(said)] != said


def _paragraphs(text: str) -> list[list[str]]:
    return [part.split() for part in text.split("\n\n") if part.strip()]


def _shown(value: Any) -> str:
    return day(value) if isinstance(value, date) else str(value or _("none"))
