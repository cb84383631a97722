"""Coverage as a matrix of publications and stages, with what is missing, doubled, unproven, and changed since a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.actions.queries import plan_view
from app.actions.reasons import stage_word
from app.actions.rules import Stage
from app.actions.view import PlanView
from app.core.db import Read
from app.core.words import _
from app.coverage.covering import Coverage, Item, Standing
from app.coverage.proof import Proven
from app.coverage.queries.covering import coverage, coverages, editions, shared_now
from app.coverage.queries.proven import proven_actions
from app.coverage.queries.standings import standings
from app.coverage.schemas import AnsweredRead
from app.coverage.wording import conflict_words, share, told_of
from app.frameworks.queries import frameworks
from app.plans.queries import PlanAccess

MET = tuple(stage for stage in Stage if stage.is_in_force)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and the filters of its own rows; nought has none."""

    number: int
    asked: dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One publication: cells in the order of the columns, then apart, unproven, overlap."""

    key: str
    title: str
    in_scope: int
    share: str
    cells: tuple[Cell, ...]
    apart: Cell
    unproven: Cell
    overlap: Cell


@dataclass(frozen=True, slots=True)
class Moved:
    """A recommendation that stands otherwise than on the day compared with."""

    name: str
    title: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Followed:
    """An edition that actions still answer and that counts no more: another, by, has taken its place."""

    key: str
    title: str
    by: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """columns: the words above the cells. since, moved: what changed, where a day was asked for."""

    view: PlanView
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    followed: tuple[Followed, ...]
    conflicts: tuple[str, ...]
    waiting: int
    addable: tuple[dict[str, str], ...]
    since: date | None
    moved: tuple[Moved, ...]


def matrix(read: Read, access: PlanAccess, since: date | None = None) -> Matrix:
    view = plan_view(read, access)
    shared = shared_now(read, access)
    found = coverages(read, view, shared)
    proven = proven_actions(read, access, view)
    shown = {c.publication.key for c in found}
    return Matrix(
        view=view,
        columns=(_("No action"), _("Partly"), *(stage_word(stage) for stage in MET)),
        rows=tuple(_row(c, proven) for c in found),
        followed=_followed(view, found, editions(read, view, shared)),
        conflicts=_conflicts(found),
        waiting=len(standings(read, access, waiting=True)),
        addable=_addable(read, access, shown) if access.may("coverage.plan") else (),
        since=since,
        moved=_moved(found, coverages(read, plan_view(read, access, since), shared)) if since else (),
    )


def _followed(view: PlanView, found: Sequence[Coverage], latest: dict[str, str]) -> tuple[Followed, ...]:
    """Of the editions that actions still answer, by title."""
    titles = {c.publication.key: c.publication.title for c in found}
    linked = {link.framework: link.framework_title for action in view.actions for link in action.links}
    gone = [Followed(key, linked[key] or key, titles.get(latest[key], latest[key])) for key in linked if key in latest]
    return tuple(sorted(gone, key=lambda f: f.title))


def already_answered(read: Read, access: PlanAccess, key: str) -> AnsweredRead:
    """ "You already answer 60% (6 of 10)": of what is in scope, what has an action, directly or through a link."""
    found = coverage(read, access, plan_view(read, access), key)
    return AnsweredRead(
        framework=key,
        title=found.publication.title,
        part=found.with_action,
        whole=found.in_scope,
        words=share(found.with_action, found.in_scope, is_open=is_open(found)),
    )


def is_open(found: Coverage) -> bool:
    """Whether anything in scope is not yet assured."""
    done = found.by_stage.get(Stage.assured, 0) + found.by_stage.get(Stage.embedded, 0)
    return done < found.in_scope


def _row(found: Coverage, proven: Proven) -> Row:
    key = found.publication.key

    def cell(number: int, **asked: str) -> Cell:
        return Cell(number, {"framework": key} | asked if number else {})

    return Row(
        key=key,
        title=found.publication.title,
        in_scope=found.in_scope,
        share=share(found.with_action, found.in_scope, is_open=is_open(found)),
        cells=(
            cell(found.counts[Standing.without_action], standing=Standing.without_action.value),
            cell(found.counts[Standing.partly], standing=Standing.partly.value),
            *(cell(found.by_stage[stage], stage=stage.value) for stage in MET),
        ),
        apart=cell(found.apart, standing="apart"),
        unproven=cell(sum(i.is_unproven(proven) for i in found.items), flag="unproven"),
        overlap=cell(sum(i.is_overlap for i in found.items), flag="overlap"),
    )


def _conflicts(found: Sequence[Coverage]) -> tuple[str, ...]:
    """Each pair once, told from its first end."""
    told: dict[frozenset[str], str] = {}
    for each in found:
        for item in each.items:
            for edge in item.conflicts:
                pair = frozenset({f"{each.publication.key}:{item.leaf.ref}", edge.name})
                told.setdefault(pair, f"{item.leaf.chip} {item.leaf.title}. {conflict_words(edge)}")
    return tuple(told.values())


def _addable(read: Read, access: PlanAccess, shown: set[str]) -> tuple[dict[str, str], ...]:
    return tuple(
        {"value": f.key, "text": f.short_title}
        for f in frameworks(read, (access.organisation_id,))
        if not f.is_empty and f.key not in shown
    )


def _moved(now: Sequence[Coverage], then: Sequence[Coverage]) -> tuple[Moved, ...]:
    before = {f"{c.publication.key}:{i.leaf.ref}": i for c in then for i in c.items}
    found = []
    for each in now:
        for item in each.items:
            name = f"{each.publication.key}:{item.leaf.ref}"
            was, words = before.get(name), how(item)
            if (how(was) if was else "") != words:
                found.append(Moved(f"{each.publication.title} {item.leaf.ref}", item.leaf.title,
                                   how(was) if was else _("Not asked for yet"), words))  # fmt: skip
    return tuple(found)


def how(item: Item) -> str:
    """How a recommendation stands, in a word or two."""
    words = {
        Standing.partly: _("Partly"),
        Standing.without_action: _("No action"),
        Standing.not_applicable: _("Not applicable"),
        Standing.external: _("External"),
        Standing.other_kind: _("For another kind of organisation"),
        Standing.not_accepted: _("Not accepted"),
    }
    if item.standing is Standing.covered and item.stage is not None:
        return stage_word(item.stage)
    return words.get(item.standing, "")


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A recommendation of the list that standings are chosen from."""

    name: str
    chip: str
    title: str
    how: str
    said: str


def items_to_answer(read: Read, access: PlanAccess, key: str) -> tuple[ToAnswer, ...]:
    """Of one publication, in reading order; 404 where it may not be seen."""
    found = coverage(read, access, plan_view(read, access), key)
    return tuple(ToAnswer(f"{key}:{i.leaf.ref}", i.leaf.chip, i.leaf.title, how(i), told_of(i)) for i in found.items)


def shown_publications(read: Read, access: PlanAccess) -> list[dict[str, str]]:
    found = coverages(read, plan_view(read, access), shared_now(read, access))
    return [{"value": c.publication.key, "text": c.publication.title} for c in found]


def declarable(read: Read, access: PlanAccess) -> list[dict[str, str]]:
    """The publications that a declaration can be made on: those with recommendations that may be seen."""
    found = frameworks(read, (access.organisation_id,))
    return [{"value": f.key, "text": f.short_title} for f in found if not f.is_empty]
