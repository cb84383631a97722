"""From an action to the cells of its row, in either layout; pure, so that every format holds the same values."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from app.actions import own
from app.actions.display import look_of, look_word
from app.actions.reasons import colour_word, label, progress_word, reason_text, stage_word
from app.actions.rules import Stage
from app.actions.view import ActionView, LinkView, PersonView, PlanView
from app.core.instants import london
from app.core.words import _, day
from app.exchange.columns import APART, CONTRIBUTES, DELIVERY, GROUP_ROW, LAYOUTS, NO, PROGRESS, YES, Layout
from app.frameworks.references import parse_references

Cell = str | int | date | datetime | None
# The classic spreadsheet colours how far an action has come.
CLASSIC_LOOKS: Mapping[Stage, str] = {
    Stage.not_delivered: "red",
    Stage.delivered: "amber",
    Stage.assured: "green",
    Stage.embedded: "blue",
}


@dataclass(frozen=True, slots=True)
class Naming:
    """How people are named: one name that two people bear takes the e-mail address beside it.

    shown: whose names may be given; None: everybody's. The others are told by their post.
    """

    twice: frozenset[str]
    shown: frozenset[UUID] | None = None
    # Names under which something was said or decided, where not all may be given.
    known: frozenset[str] = frozenset()

    def person(self, person: PersonView | None) -> str:
        if person is None:
            return ""
        if self.shown is not None and person.id not in self.shown:
            return person.post or withheld()
        return f"{person.name} ({person.email})" if person.name.casefold() in self.twice else person.name

    def name(self, name: str) -> str:
        """A name that was written down at the time."""
        return name if not name or self.shown is None or name in self.known else withheld()


def withheld() -> str:
    return _("Name withheld")


def naming(people: Mapping[UUID, PersonView], shown: frozenset[UUID] | None = None) -> Naming:
    met = Counter(p.name.casefold() for p in people.values())
    known = frozenset(p.name for p in people.values() if shown is not None and p.id in shown)
    return Naming(frozenset(name for name, times in met.items() if times > 1), shown, known)


@dataclass(frozen=True, slots=True)
class Around:
    """What the cells need beside the action. evidence: where each action's evidence is kept, by its reference.

    own: the plan's own fields, each with whether it holds days; local: the plan's own publications that hold a number.
    """

    plan: PlanView
    naming: Naming
    evidence: Mapping[str, Sequence[str]] = field(default_factory=dict)
    own: Mapping[str, bool] = field(default_factory=dict)
    local: Mapping[str, frozenset[str]] = field(default_factory=dict)


Value = Callable[[ActionView, Around], Cell]


def row(action: ActionView, around: Around, layout: Layout) -> tuple[Cell, ...]:
    made = tuple(value(action, around) for value in _VALUES[layout])
    return (*made, *_in_own_fields(action, around)) if around.own else made


def _in_own_fields(action: ActionView, around: Around) -> list[Cell]:
    held = own.read(action.own)
    return [_day_in(held.get(key, "")) if is_day else held.get(key, "") for key, is_day in around.own.items()]


def _day_in(text: str) -> Cell:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def look(action: ActionView, layout: Layout) -> str:
    """The drawing behind the row's coloured cells."""
    return CLASSIC_LOOKS.get(action.stage, "grey") if layout is Layout.classic else look_of(action.rating)


def reference(link: LinkView, local: Mapping[str, frozenset[str]]) -> str:
    """As people write it ("IEA 1.2") where that can mean one recommendation only; else publication and number."""
    alone = local.get(link.ref.casefold()) == frozenset({link.framework})
    return _spelled(link.chip, link.framework, link.ref, alone)


@lru_cache(4096)
def _spelled(chip: str, framework: str, ref: str, alone: bool) -> str:
    tried = (chip, f"{framework[-4:]} {chip}")
    return next((text for text in tried if _means(text, framework, ref, alone)), f"{framework}:{ref}")


def _means(text: str, framework: str, ref: str, alone: bool) -> bool:
    """Whether a reader finds this recommendation, and no other, in a cell that holds the text.

    alone: of the organisations' own publications only this one holds the number, so that "CQC MD3" is clear.
    """
    found = [(r.frameworks, r.ref, r.detail) for r in parse_references(text)]
    return found in ([((framework,), ref, "")], [((), ref, "")] if alone else [])


def _linked(a: ActionView, around: Around) -> str:
    written = [(reference(k, around.local), k.meets) for k in a.links]
    return APART.join(text if meets else CONTRIBUTES + text for text, meets in written)


def _answered(a: ActionView, around: Around, *, meets: bool) -> str:
    return APART.join(reference(link, around.local) for link in a.links if link.meets is meets)


def _rating(a: ActionView, around: Around) -> str:
    word = look_word(look_of(a.rating), around.plan.legend)
    return f"{colour_word(a.rating.colour)}: {word}"


def _milestones(a: ActionView) -> str:
    return "\n".join(_milestone(m.title, m.due_date, m.done_on) for m in a.milestones)


def _milestone(title: str, due: date | None, done: date | None) -> str:
    if done:
        return _("{title} (done {day})", title=title, day=day(done))
    return _("{title} (due {day})", title=title, day=day(due)) if due else title


def _yes(value: bool) -> str:
    return _(YES if value else NO)


def _said(name: str) -> Value:
    return lambda a, _around: getattr(a.latest_update, name) if a.latest_update else None


def _fact(name: str) -> Value:
    return lambda a, _around: getattr(a.facts, name)


def _own(name: str) -> Value:
    return lambda a, _around: getattr(a, name)


def _local(instant: datetime | None) -> datetime | None:
    return london(instant).replace(tzinfo=None, microsecond=0) if instant else None


_DAYS = ("start_date", "original_due_date", "due_date", "completion_date", "evidence_by_date", "accepted_on",
         "retest_date", "last_chased_on", "regulator_date", "slips", "slip_days")  # fmt: skip
_BOTH: Mapping[str, Value] = {
    **{name: _fact(name) for name in _DAYS},
    **{name: _own(name) for name in ("ref", "title", "intended_outcome", "success_measure", "organisation")},
    "open_proposals": _own("open_proposals"),
    "priority": lambda a, _around: GROUP_ROW.format(ref=a.priority.ref, title=a.priority.title),
    "rating": _rating,
    "label": lambda a, _around: label(a.rating.label),
    "reasons": lambda a, _around: " ".join(reason_text(r) for r in a.rating.reasons),
    "stage": lambda a, _around: stage_word(a.stage),
    "progress": lambda a, _around: progress_word(a.facts.progress),
    "lead_executive": lambda a, around: around.naming.person(a.lead_executive),
    "accountable_person": lambda a, around: around.naming.person(a.accountable_person),
    "contributors": lambda a, around: APART.join(around.naming.person(c) for c in a.contributors),
    "commentary": _said("commentary"),
    "said_at": lambda a, _around: _local(a.latest_update.made_at if a.latest_update else None),
    "said_by": lambda a, around: around.naming.name(a.latest_update.by_name) if a.latest_update else None,
    "forecast": _said("forecast"),
    "help_needed": _said("help_needed"),
    "linked": _linked,
    "recommendations": partial(_answered, meets=True),
    "contributes_to": partial(_answered, meets=False),
    "external_lead": lambda a, _around: _yes(a.facts.external_lead),
    "external_contact": lambda a, around: around.naming.name(a.facts.external_contact or ""),
    "regulatory": lambda a, _around: _yes(a.facts.regulatory),
    "depends_on": lambda a, _around: APART.join(a.depends_on),
    "milestones": lambda a, _around: _milestones(a),
    "evidence": lambda a, around: "\n".join(around.evidence.get(a.ref, ())),
}
_CLASSIC: Mapping[str, Value] = {
    **_BOTH,
    "stage": lambda a, _around: DELIVERY[a.stage],
    "progress": lambda a, _around: PROGRESS[a.facts.progress],
}
_OF: Mapping[Layout, Mapping[str, Value]] = {Layout.ours: _BOTH, Layout.classic: _CLASSIC}
_VALUES: Mapping[Layout, tuple[Value, ...]] = {
    layout: tuple(_OF[layout][column.key] for column in columns) for layout, columns in LAYOUTS.items()
}


def local(value: Any) -> Any:
    """A value of a flat table as a cell: instants in London's time, yes and no in words."""
    if isinstance(value, bool):
        return _yes(value)
    if isinstance(value, datetime):
        return _local(value)
    if isinstance(value, list | tuple):
        return APART.join(str(v) for v in value)
    return value
