"""The lists behind the dashboard's numbers: what changed since a day, and recommendations with their actions."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.actions.display import LOOKS, look_of, look_word
from app.actions.queries import plan_view
from app.actions.reasons import label, stage_word
from app.actions.rules import Stage
from app.actions.view import PlanView
from app.core import clock
from app.core.db import Read
from app.core.words import _
from app.coverage.covering import IN_SCOPE, WITH_ACTION, Coverage, Item, Standing
from app.coverage.proof import Proven, proof_of
from app.coverage.queries import coverage, coverages, proven_actions, shared_now
from app.coverage.wording import conflict_words, flag_word, proof_words, through_words, told_of
from app.plans.queries import PlanAccess
from app.reports.addresses import Addresses
from app.reports.compare import Change
from app.reports.dashboard import Line, change_line
from app.reports.queries.reasons import whys
from app.reports.queries.screen import usual_day
from app.reports.queries.since import comparison, refuse_too_early


@dataclass(frozen=True, slots=True)
class Part:
    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class News:
    view: PlanView
    since: date
    to: Addresses
    parts: tuple[Part, ...]


def news(read: Read, access: PlanAccess, since: date | None) -> News:
    """Every action that differs, in parts; one may stand in several. since: by default the dashboard's."""
    since = since or usual_day(read, access) or access.as_at or clock.today()
    refuse_too_early(read, access, since)
    now, found = comparison(read, access, since)
    to = Addresses(now.slug, now.as_at)

    why = whys(read, access, found)

    def part(key: str, title: str, changes: Sequence[Change]) -> Part:
        return Part(key, title, tuple(change_line(c, to, now.day, why(c)) for c in changes))

    moved = {c.action.ref for c in (*found.worse, *found.better)}
    parts = (
        part("worse", _("Worse"), found.worse),
        part("better", _("Better"), found.better),
        part("reopened", _("Re-opened"), found.reopened),
        part("slipped", _("Slipped"), found.slipped),
        part("closed", _("Closed"), found.closed),
        part("added", _("Added"), found.added),
        part("recoloured", _("Another label, neither worse nor better"),
             [c for c in found.recoloured if c.action.ref not in moved]),
    )  # fmt: skip
    return News(now, found.since, to, parts)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of recommendations is narrowed to; standing also takes in_scope, with_action and apart."""

    framework: str = ""
    standing: str = ""
    look: str = ""
    stage: str = ""
    flag: str = ""

    def takes(self, item: Item, proven: Collection[UUID] = ()) -> bool:
        """look: of those with an action; stage: of those that are met; flag: unproven, overlap, conflict or waiting."""
        return (
            (not self.standing or item.standing in STANDINGS[self.standing])
            and (not self.look or (item.standing in WITH_ACTION and item.look == self.look))
            and (not self.stage or (item.standing is Standing.covered and item.stage == self.stage))
            and (not self.flag or FLAGS[self.flag](item, proven))
        )


FLAGS: dict[str, Callable[[Item, Collection[UUID]], bool]] = {
    "unproven": lambda item, proven: item.is_unproven(proven),
    "overlap": lambda item, _proven: item.is_overlap,
    "conflict": lambda item, _proven: bool(item.conflicts),
    "waiting": lambda item, _proven: item.is_waiting,
}
STAGES = tuple(stage.value for stage in Stage if stage.is_in_force)


STANDINGS: dict[str, frozenset[Standing]] = {
    **{standing.value: frozenset({standing}) for standing in Standing},
    "in_scope": frozenset(IN_SCOPE),
    "with_action": frozenset(WITH_ACTION),
    "apart": frozenset(Standing) - frozenset(IN_SCOPE),
}


@dataclass(frozen=True, slots=True)
class Answering:
    ref: str
    title: str
    href: str
    look: str
    label: str
    contributes: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A recommendation as the list shows it; proof: how good the proof is, "" where nothing is delivered."""

    key: str
    chip: str
    title: str
    under: str
    note: str
    answers: tuple[Answering, ...]
    said: str = ""
    proof: str = ""
    through: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    key: str
    title: str
    note: str
    rows: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """choices: standings with their words; heading: what the list is narrowed to."""

    view: PlanView
    to: Addresses
    wanted: Wanted
    heading: str
    sources: tuple[Source, ...]
    frameworks: tuple[dict[str, str], ...]
    standings: tuple[dict[str, str], ...]

    @property
    def count(self) -> int:
        return sum(len(s.rows) for s in self.sources)


def answered(read: Read, access: PlanAccess, wanted: Wanted) -> Answered:
    """Recommendations with none beneath them; an unknown standing or look narrows nothing."""
    view = plan_view(read, access)
    to = Addresses(view.slug, view.as_at)
    every = coverages(read, view, shared_now(read, access))
    shown = (coverage(read, access, view, wanted.framework),) if wanted.framework else every
    standing = wanted.standing if wanted.standing in STANDINGS else ""
    kept = Wanted(
        wanted.framework, standing, wanted.look if wanted.look in LOOKS else "",
        wanted.stage if wanted.stage in STAGES else "", wanted.flag if wanted.flag in FLAGS else "",
    )  # fmt: skip
    counted = {c.publication.key for c in every}
    proven = proven_actions(read, access, view)
    frameworks = {c.publication.key: c.publication.title for c in (*every, *shown)}
    return Answered(
        view=view,
        to=to,
        wanted=kept,
        heading=_heading(kept, view),
        sources=tuple(_source(c, kept, to, proven, is_counted=c.publication.key in counted) for c in shown),
        frameworks=tuple({"value": k, "text": t} for k, t in frameworks.items()),
        standings=tuple({"value": k, "text": standing_word(k)} for k in STANDINGS),
    )


def standing_word(standing: str) -> str:
    return {
        "covered": _("Met by an action"),
        "partly": _("Partly: actions only contribute"),
        "without_action": _("No action"),
        "not_applicable": _("Not applicable"),
        "external": _("External"),
        "other_kind": _("For another kind of organisation"),
        "not_accepted": _("Not accepted"),
        "in_scope": _("In scope"),
        "with_action": _("With an action"),
        "apart": _("Apart: not applicable, external or for others"),
    }[standing]


def _heading(wanted: Wanted, view: PlanView) -> str:
    words = [standing_word(wanted.standing)] if wanted.standing else []
    if wanted.stage:
        words.append(stage_word(Stage(wanted.stage)))
    if wanted.flag:
        words.append(flag_word(wanted.flag))
    if wanted.look:
        words.append(look_word(wanted.look, view.legend))
    return " · ".join(words)


def _source(found: Coverage, wanted: Wanted, to: Addresses, proven: Proven, *, is_counted: bool) -> Source:
    note = _("{part} of {whole} in scope with an action", part=found.with_action, whole=found.in_scope)
    if not is_counted:
        note = _("{note}; not counted in this plan", note=note)
    rows = tuple(_row(found.publication.key, i, to, proven) for i in found.items if wanted.takes(i, proven))
    return Source(found.publication.key, found.publication.title, note, rows)


def _row(key: str, item: Item, to: Addresses, proven: Proven) -> Asked:
    plain = item.standing is Standing.covered
    return Asked(
        key=f"{key}:{item.leaf.ref}",
        chip=item.leaf.chip,
        title=item.leaf.title,
        under=item.leaf.under,
        note="" if plain else standing_word(item.standing.value),
        said=told_of(item),
        proof=proof_words(proof_of(item, proven)),
        through=tuple(through_words(t) for t in item.through),
        conflicts=tuple(conflict_words(edge) for edge in item.conflicts),
        is_gap=item.standing is Standing.without_action,
        answers=tuple(
            Answering(
                ref=a.action.ref,
                title=a.action.title,
                href=to.action(a.action.ref),
                look=look_of(a.action.rating),
                label=label(a.action.rating.label),
                contributes=not a.meets,
            )
            for a in item.answers
        ),
    )
