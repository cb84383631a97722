"""From rows as they are written to actions as a plan keeps them: priority, reference, stage and progress of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.actions.rules import Progress, Stage
from app.core.words import _
from app.exchange.imports import days, meanings
from app.exchange.imports.priorities import Priorities, Shape
from app.exchange.imports.questions import AS_WORDS, Asked, Question, Step
from app.exchange.imports.refs import lost, references
from app.exchange.imports.row import Row


@dataclass(slots=True)
class Settled:
    """ref: "" where the plan gives the next one of the priority; values: as the commands take them."""

    row: Row
    ref: str
    priority: str
    values: dict[str, Any]
    stage: Stage | None
    progress: Progress | None
    commentary: str


@dataclass(slots=True)
class Plan:
    """What the rows come to. added: new priorities by reference; renamed: an empty one that takes another name."""

    rows: list[Settled] = field(default_factory=list)
    added: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)


def settle(rows: Sequence[Row], shape: Shape, asked: Asked, today: date) -> Plan:
    kept = [row for row in rows if not row.out]
    priorities = Priorities(shape, asked, several=len({row.sheet for row in kept}) > 1)
    found = priorities.of_all(kept)
    plan = Plan(added=priorities.added, renamed=priorities.renamed)
    refs = references(found, asked)
    for (row, priority), ref in zip(found, refs, strict=True):
        if not _has_title(row, asked):
            continue
        if written := lost(row, ref):
            row.said.append(f"{row.columns['ref'].name}: {written}")
        stage, progress = _state(row, asked, plan)
        _dates_in_order(row, asked, today)
        if shape.first and row.values.get("completion_date") and (stage or Stage.not_delivered) is Stage.not_delivered:
            told = _(
                "It has a completion date and comes in as not delivered, because nothing says that it is delivered."
            )
            plan.notes.append((row.place, told))
        plan.rows.append(Settled(row, ref, priority, _values(row), stage, progress, "\n\n".join(_said(row))))
    return plan


def _values(row: Row) -> dict[str, Any]:
    return {k: v for k, v in row.values.items() if k not in ("ref", "priority", "commentary")}


def _said(row: Row) -> list[str]:
    """The period's commentary, with what else the row says in words."""
    own = row.values.get("commentary")
    return [*([str(own)] if own else []), *dict.fromkeys(row.said)]


def _has_title(row: Row, asked: Asked) -> bool:
    if row.values.get("title"):
        return True
    question = Question(
        f"title:{row.place}", Step.values, _("This row has a reference and no action. Enter the action."), typed="text"
    )
    answer = asked.ask(question, row.place)
    row.asked = row.asked or answer is None
    if answer:
        row.values["title"] = str(answer)[:300]
    return bool(answer)


def _state(row: Row, asked: Asked, plan: Plan) -> tuple[Stage | None, Progress | None]:
    """The stage and the owner's word; what a finished action's progress says is left aside."""
    said = [row.meanings[name] for name in ("stage", "progress", "status") if name in row.meanings]
    stages = [s for m in said if (s := meanings.stage_of(m)) is not None]
    progress = next((p for m in said if (p := meanings.progress_of(m)) is not None), None)
    stage = stages[0] if stages else None
    cell = row.cells.get("progress")
    is_complete = cell is not None and meanings.key_of(cell) in meanings.COMPLETE and "progress" not in row.meanings
    if is_complete and stage in (None, Stage.not_delivered):
        stage, progress = _complete_but(row, asked)
    if stage not in (None, Stage.not_delivered):
        if progress is not None and "status" not in row.meanings:
            plan.notes.append((row.place, _("It is delivered, so its progress is complete.")))
        return stage, None
    return stage, progress


def _complete_but(row: Row, asked: Asked) -> tuple[Stage | None, Progress | None]:
    question = Question(
        "complete:not delivered",
        Step.legend,
        _("Some rows say “Complete”, but not that they are delivered. What are they?"),
        options=(
            (Stage.delivered.value, _("Delivered, not yet evidenced")),
            (Stage.assured.value, _("Evidenced and assured")),
            (Progress.on_track.value, _("Not delivered, on track")),
        ),
    )
    answer = asked.ask(question, row.place)
    row.asked = row.asked or answer is None
    if answer in (Stage.delivered.value, Stage.assured.value):
        return Stage(answer), None
    return Stage.not_delivered, Progress.on_track if answer else None


def _dates_in_order(row: Row, asked: Asked, today: date) -> None:
    for name in ("due_date", "completion_date", "last_chased_on", "accepted_on"):
        if wrong := _wrong_day(row, name, row.values.get(name), today):
            _day_asked(row, name, wrong, asked, today)
    if row.values.get("regulator_date") and "regulatory" not in row.values:
        row.values["regulatory"] = True


def _wrong_day(row: Row, name: str, day: date | None, today: date) -> str:
    """What is wrong with the day in this field, as a sentence; "" where nothing is."""
    start = row.values.get("start_date")
    if day is None:
        return ""
    if name == "due_date":
        return _("The due date is before the start date. Enter the due date.") if start and day < start else ""
    return _("This day is in the future. Enter today or an earlier day.") if day > today else ""


def _day_asked(row: Row, name: str, sentence: str, asked: Asked, today: date) -> None:
    place = f"{row.sheet}!{row.cells[name].where}" if name in row.cells else row.place
    answer = asked.ask(Question(f"order:{place}", Step.values, sentence, typed="day"), place)
    if answer is None:
        row.asked = True
        return
    read = days.of_text(str(answer), today) if answer else None
    given = read.day if read else None
    if read is not None and (hint := read.asked or _wrong_day(row, name, given, today)):
        known = asked.found[f"order:{place}"]
        known.answer, known.hint, row.asked = None, hint, True
        return
    cell = row.cells.get(name)
    if cell is not None and (given is not None or answer == AS_WORDS):
        row.said.append(f"{row.columns[name].name}: {cell.text}")
    if given is None:
        del row.values[name]
    else:
        row.values[name] = given
