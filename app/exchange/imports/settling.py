"""From rows as they are written to actions as a plan keeps them: priority, reference, stage and progress of each."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from app.actions.refs import MOST
from app.actions.rules import Progress, Stage
from app.core.words import _
from app.exchange.imports import days, meanings
from app.exchange.imports.questions import AS_WORDS, Asked, Question, Step
from app.exchange.imports.rows import Row

_APART = re.compile(r"[\s/\\:,;()&\[\]'’\"#*+]+")
_FORM = re.compile(r"[^\W_](?:[\w.\-]*\w)?")
_NUMBERED = re.compile(
    r"(?:(?P<word>priority|theme|workstream|section|domain|pillar|driver|wave|phase|objective|strand|goal|aim|part|"
    r"local actions? for learning theme)\s*)?"
    r"(?P<ref>[A-Z]?\d{1,3}[a-z]?|[A-Z](?=[:.)\-– ]))\s*[:.)\-–]?\s*(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """The plan that rows come into.

    actions: the priority of each by its reference in small letters; used: priorities that hold an action; first: no
    import came before, and the plan is a draft, so that what was delivered before this tool may come in.
    """

    title: str
    priorities: Mapping[str, str]
    used: frozenset[str]
    actions: Mapping[str, str]
    first: bool
    may_add_priorities: bool


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
    plan = Plan()
    kept = [row for row in rows if not row.out]
    priorities = _Priorities(shape, asked, plan)
    found = [(row, priorities.of(row)) for row in kept]
    refs = _refs(found, asked)
    for (row, priority), ref in zip(found, refs, strict=True):
        if not _has_title(row, asked):
            continue
        stage, progress = _state(row, asked, plan)
        _dates_in_order(row, asked, today)
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


class _Priorities:
    """Which priority each row belongs to: an existing one by reference or title, or a new one, once for its name."""

    def __init__(self, shape: Shape, asked: Asked, plan: Plan) -> None:
        self.shape, self.asked, self.plan = shape, asked, plan
        self.by_name: dict[str, str] = {}
        for ref, title in shape.priorities.items():
            for name in (
                title,
                f"{ref} {title}",
                f"Priority {ref}: {title}",
                f"{ref}: {title}",
                f"Priority {ref}",
                ref,
            ):
                self.by_name.setdefault(_key(name), ref)

    def of(self, row: Row) -> str:
        name = str(row.values.get("priority") or row.group or "").strip()
        if not name:
            return self._default(row)
        known = self.by_name.get(_key(name))
        if known is None:
            known = self.by_name[_key(name)] = self._new(name, row)
        return known

    def _default(self, row: Row) -> str:
        """That of the action it changes, the one its reference begins with, or the only one; else a person says."""
        ref = str(row.values.get("ref", "")).strip()
        held = self.shape.actions.get(shaped(ref, "1").casefold())
        if held is not None:
            return held
        if "." in ref and ref.partition(".")[0] in self.shape.priorities:
            return ref.partition(".")[0]
        if len(self.shape.priorities) == 1:
            return next(iter(self.shape.priorities))
        if not self.shape.priorities:
            return self.by_name.setdefault("", self._new(self.shape.title, row))
        question = Question(
            "priority:none",
            Step.rows,
            _("Which priority do rows belong to that name none?"),
            options=tuple((ref, f"{ref} {title}") for ref, title in self.shape.priorities.items()),
            suggested=next(iter(self.shape.priorities)),
        )
        answer = self.asked.ask(question, row.place)
        return str(answer or next(iter(self.shape.priorities)))

    def _new(self, name: str, row: Row) -> str:
        if not self.shape.may_add_priorities:
            question = Question(
                f"priority:{name[:120]}",
                Step.rows,
                _("Which priority of the plan is “{name}”?", name=name[:120]),
                options=tuple((ref, f"{ref} {title}") for ref, title in self.shape.priorities.items()),
            )
            return str(self.asked.ask(question, row.place) or next(iter(self.shape.priorities), "1"))
        match = _NUMBERED.fullmatch(" ".join(name.split()))
        wanted = match["ref"] if match and match["title"] else ""
        title = (
            match["title"] if match and match["title"] and (match["word"] or "").lower() in ("", "priority") else name
        )
        return self._placed(wanted, " ".join(title.split())[:300])

    def _placed(self, wanted: str, title: str) -> str:
        taken = {r.casefold() for r in (*self.shape.priorities, *self.plan.added)}
        empty = wanted in self.shape.priorities and wanted not in self.shape.used and self.shape.first
        if empty and wanted not in self.plan.renamed:
            self.plan.renamed[wanted] = title
            return wanted
        ref = wanted if wanted and wanted.casefold() not in taken else ""
        if not ref:
            bare = [r for r in self.shape.priorities if r not in self.shape.used and r not in self.plan.renamed]
            if not wanted and self.shape.first and bare and self.shape.priorities[bare[0]] == self.shape.title:
                self.plan.renamed[bare[0]] = title
                return bare[0]
            ref = next(str(n) for n in count(1) if str(n) not in taken)
        self.plan.added[ref] = title
        return ref


def _key(name: str) -> str:
    return " ".join(re.sub(r"[^\w ]+", " ", name.casefold()).split())


def shaped(ref: str, priority: str) -> str:
    """A reference that an address can hold: "LAFL 4.54" is LAFL-4.54, "A" of priority 1 is 1.A; "" for none."""
    made = _APART.sub("-", ref.strip()).strip("-._")[:MOST].rstrip("-._")
    if made and not any(c.isdecimal() for c in made):
        made = f"{priority}.{made}"[:MOST]
    return made if _FORM.fullmatch(made) and any(c.isdecimal() for c in made) else ""


def _refs(found: Sequence[tuple[Row, str]], asked: Asked) -> list[str]:
    """A reference for each row, once; numbers that begin again in each group go behind their priority's."""
    refs = [shaped(str(row.values.get("ref", "")), priority) for row, priority in found]
    groups: dict[str, set[str]] = {}
    for ref, (_row, priority) in zip(refs, found, strict=True):
        groups.setdefault(ref.casefold(), set()).add(priority)
    if any(ref and len(where) > 1 for ref, where in groups.items()):
        refs = [f"{p}.{r}"[:MOST] if r else "" for r, (_row, p) in zip(refs, found, strict=True)]
    counts = Counter(ref.casefold() for ref in refs if ref)
    taken = set(counts)
    for place, ref in enumerate(refs):
        if ref and counts[ref.casefold()] > 1:
            first = next(n for n, each in enumerate(refs) if each.casefold() == ref.casefold())
            if first != place:
                refs[place] = _another(found[place][0], ref, taken, asked)
                taken.add(refs[place].casefold())
    return refs


def _another(row: Row, ref: str, taken: set[str], asked: Asked) -> str:
    free = next(f"{ref}-{n}" for n in count(2) if f"{ref}-{n}".casefold() not in taken)
    question = Question(
        f"ref:{row.place}",
        Step.values,
        _("The reference {ref} stands above already. Enter another one.", ref=ref),
        suggested=free,
        typed="text",
    )
    answer = asked.ask(question, row.place)
    row.asked = row.asked or answer is None
    given = shaped(str(answer or ""), "1")
    return given if given and given.casefold() not in taken else free


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
    start, due = row.values.get("start_date"), row.values.get("due_date")
    if start and due and due < start:
        _day_asked(row, "due_date", _("The due date is before the start date. Enter the due date."), asked, today)
    for name in ("completion_date", "last_chased_on", "accepted_on"):
        value = row.values.get(name)
        if value and value > today:
            _day_asked(row, name, _("This day is in the future. Enter today or an earlier day."), asked, today)
    if row.values.get("regulator_date") and "regulatory" not in row.values:
        row.values["regulatory"] = True


def _day_asked(row: Row, name: str, sentence: str, asked: Asked, today: date) -> None:
    place = f"{row.sheet}!{row.cells[name].where}" if name in row.cells else row.place
    answer = asked.ask(Question(f"order:{place}", Step.values, sentence, typed="day"), place)
    if answer is None:
        row.asked = True
        return
    read = days.of_text(str(answer), today) if answer else None
    if read is not None and read.day is None:
        known = asked.found[f"order:{place}"]
        known.answer, known.hint, row.asked = None, read.asked, True
        return
    given = read.day if read else None
    cell = row.cells.get(name)
    if given is None:
        del row.values[name]
        if answer == AS_WORDS and cell is not None:
            row.said.append(f"{cell.text}: {sentence}")
        return
    row.values[name] = given
