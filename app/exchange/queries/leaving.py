"""What a row says and the plan does not take: told beside the row with its column, and listed of its cell."""

from datetime import date
from typing import TYPE_CHECKING

from app.actions.fields import DATES, DRAFT_DATES, SWITCHES
from app.actions.reasons import progress_word, stage_word
from app.actions.rules import Move, Progress, Stage
from app.actions.view import ActionView
from app.assurance.queries import judged, possible
from app.assurance.rules import Asked
from app.assurance.schemas import NewProposal
from app.core.db import Read
from app.core.errors import TrackerError
from app.core.words import _
from app.exchange.imports import meanings
from app.exchange.imports.questions import LISTED, STORED, Fate
from app.exchange.imports.row import Row
from app.plans.queries import PlanAccess

if TYPE_CHECKING:
    from app.exchange.queries.looking import Looked

_ASSURED = (Stage.assured, Stage.embedded)


def leave(each: "Looked", name: str, sentence: str, *, keep: bool = False) -> None:
    """The field is not taken, for this reason. keep: its words come in as commentary."""
    row = each.settled.row
    cell, column = row.cells.get(name), row.columns.get(name)
    if cell is None or column is None:
        each.not_taken.append(sentence)
        return
    each.not_taken.append(_("“{column}” ({cell}): {text}", column=column.name, cell=cell.where, text=sentence))
    if keep:
        _keep(each, name, sentence)
    else:
        each.left[name] = Fate(LISTED, why=sentence)


def _keep(each: "Looked", name: str, why: str) -> None:
    cell, column = each.settled.row.cells[name], each.settled.row.columns[name]
    each.left[name] = Fate(STORED, "commentary", why)
    each.said = "\n\n".join(t for t in (each.said, f"{column.name}: {cell.text}" if cell.text else "") if t)


def stage_field(row: Row) -> str:
    """Which of its columns says the stage."""
    said = (n for n in ("stage", "progress", "status") if n in row.meanings and meanings.stage_of(row.meanings[n]))
    return next(said, "progress")


def leave_of_new(each: "Looked", access: PlanAccess, *, first: bool) -> None:
    """A new action begins as not delivered, without the days that a live plan sets by decision; its words are kept."""
    settled = each.settled
    if settled.stage not in (None, Stage.not_delivered) and not first:
        settled.stage, settled.progress = Stage.not_delivered, settled.progress or Progress.on_track
        told = _("It comes in as “{stage}” and “{progress}”: only the first import into a draft says what was done "
                 "before. Its words are kept as commentary.",
                 stage=stage_word(settled.stage), progress=progress_word(settled.progress))  # fmt: skip
        name = stage_field(settled.row)
        leave(each, name, told, keep=True)
        if name != "progress" and "progress" in settled.row.cells and "progress" not in settled.row.meanings:
            _keep(each, "progress", told)
    names = () if access.is_draft else DRAFT_DATES
    for name in (*names, *(() if settled.stage in _ASSURED else ("accepted_on",))):
        value = each.values.pop(name, None)
        if value is not None and not (name == "original_due_date" and value == each.values.get("due_date")):
            told = _("A decision sets this day, so the new action has none. Its words are kept as commentary.")
            leave(each, name, told, keep=True)


def leave_unasked(read: Read, each: "Looked", access: PlanAccess, action: ActionView, today: date) -> None:
    """Only what can be asked for is promised: what a proposal lacks is said as the command would say it."""
    told = {name: c.new for name, c in each.changes.items() if name in (*DATES, *SWITCHES)}
    after = action._replace(facts=action.facts._replace(**told))
    for asked in list(each.proposals):
        move = Move(asked.move)
        given = NewProposal(move=Asked(asked.move), why=_("From a spreadsheet"), **asked.given)
        try:
            judged(read, access, after, possible(access, after, move), given, today)
        except TrackerError as error:
            each.proposals.remove(asked)
            lacks = " ".join(f.message for f in error.fields) or error.message
            sentence = _("{change} cannot be asked for yet. {lacks}", change=asked.text, lacks=lacks)
            names = list(asked.given)
            leave(each, move.value if move.value in names else stage_field(each.settled.row), sentence)
            for name in names:
                if name in each.settled.row.cells:
                    each.left[name] = Fate(LISTED, why=sentence)
