"""The status of a plan on a day: the one query behind every count of page, API and tables."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.actions.queries import plan_view
from app.actions.queries.kept import Beside
from app.actions.reasons import headline_reason_text
from app.actions.rules import Counts, Flag, Stage, headline
from app.actions.view import ActionView, PlanView, PriorityView
from app.core import words
from app.core.db import Read
from app.coverage.covering import Coverage, Item, Standing
from app.coverage.proof import Proven, proof_of
from app.coverage.queries import coverage, coverages, proven_actions, shared_now
from app.coverage.wording import chain, proof_words
from app.evidence.rules import Strength
from app.plans import queries as plans
from app.plans.queries import PlanAccess
from app.plans.rules import Colour
from app.reports.schemas import (
    ActionsRead,
    AnswerRead,
    CoverageRead,
    CoveredRead,
    FrameworkStatusRead,
    HeadlineRead,
    HeadlineReasonRead,
    PriorityStatusRead,
    ProofRead,
    StatusRead,
    ThroughRead,
)

_kept: Beside[StatusRead] = Beside(16)


def plan_status(read: Read, access: PlanAccess) -> StatusRead:
    """Today, or at the end of a past day."""
    return status_of(read, access, plan_view(read, access), shared_now(read, access))


def status_of(read: Read, access: PlanAccess, view: PlanView, shared: int) -> StatusRead:
    """Of a view that is at hand; kept beside it."""
    return _kept.get(
        view,
        (words.language(), shared),
        lambda: status(view, coverages(read, view, shared), shown_priorities(read, access, view)),
    )


def status(view: PlanView, covered: Sequence[Coverage], shown: Sequence[PriorityView] | None = None) -> StatusRead:
    """shown: the priorities to tell of; by default all of the plan's."""
    mine = by_priority(view)
    return StatusRead(
        plan=view.slug,
        title=view.title,
        state=view.state,
        as_at=view.day,
        revision=view.revision,
        headline=headline_of(view.actions, view),
        actions=actions_read(view.counts),
        priorities=[_priority(view, p, mine[p.ref]) for p in (view.priorities if shown is None else shown)],
        frameworks=[framework_read(c) for c in covered],
    )


def by_priority(view: PlanView) -> dict[str, list[ActionView]]:
    """The actions of each priority, in the plan's order, by its reference."""
    found: dict[str, list[ActionView]] = {priority.ref: [] for priority in view.priorities}
    for action in view.actions:
        found[action.priority.ref].append(action)
    return found


def shown_priorities(
    read: Read, access: PlanAccess, view: PlanView, held: Mapping[str, Sequence[ActionView]] | None = None
) -> tuple[PriorityView, ...]:
    """All that hold an action, and of the empty ones those that are not put away; held: where it is at hand."""
    held = by_priority(view) if held is None else held
    if all(held.values()):
        return view.priorities
    kept = {p.id for p in plans.priorities(read, access.id)}
    return tuple(p for p in view.priorities if held[p.ref] or p.id in kept)


def headline_of(actions: Sequence[ActionView], view: PlanView) -> HeadlineRead:
    """Of the plan, or of one of its priorities."""
    found = headline(actions, view.settings)
    return HeadlineRead(
        rating=found.colour.value,
        reasons=[
            HeadlineReasonRead(
                code=r.code.value, text=headline_reason_text(r), number=r.number, of=r.of, refs=list(r.keys)
            )
            for r in found.reasons
        ],
    )


def actions_read(counts: Counts) -> ActionsRead:
    return ActionsRead(
        total=counts.total,
        in_force=counts.in_force,
        exited=counts.exited,
        open=counts.open,
        by_rating=_named(counts.by_rating),
        by_stage={stage.value: n for stage, n in counts.by_stage.items()},
        by_label={label.value: n for label, n in counts.by_label.items()},
        **{flag.value: counts.by_flag[flag] for flag in Flag},
    )


def _named(by_rating: dict[Colour, int]) -> dict[str, int]:
    return {colour.value: n for colour, n in by_rating.items()}


def _priority(view: PlanView, priority: PriorityView, mine: Sequence[ActionView]) -> PriorityStatusRead:
    colours, stages = Counter([a.rating.colour for a in mine]), Counter([a.stage for a in mine])
    return PriorityStatusRead(
        ref=priority.ref,
        title=priority.title,
        headline=headline_of(mine, view),
        by_rating={colour.value: colours[colour] for colour in Colour},
        by_stage={stage.value: stages[stage] for stage in Stage},
    )


def framework_read(found: Coverage) -> FrameworkStatusRead:
    return FrameworkStatusRead(
        key=found.publication.key,
        title=found.publication.title,
        in_scope=found.in_scope,
        **{standing.value: found.counts[standing] for standing in Standing},
        by_rating={colour.value: n for colour, n in found.by_rating.items()},
        by_stage={stage.value: n for stage, n in found.by_stage.items()},
    )


def coverage_read(read: Read, access: PlanAccess, key: str) -> CoverageRead:
    """One publication: every recommendation that has none beneath it, and the actions in force that answer it."""
    view = plan_view(read, access)
    found, proven = coverage(read, access, view, key), proven_actions(read, access, view)
    return CoverageRead(
        plan=view.slug,
        as_at=view.day,
        revision=view.revision,
        framework=framework_read(found),
        items=[covered_read(found.publication.key, item, proven) for item in found.items],
    )


def covered_read(key: str, item: Item, proven: Proven) -> CoveredRead:
    return CoveredRead(
        recommendation=f"{key}:{item.leaf.ref}",
        ref=item.leaf.ref,
        title=item.leaf.title,
        standing=item.standing,
        rating=item.colour.value if item.colour else None,
        actions=[
            AnswerRead(
                ref=a.action.ref,
                title=a.action.title,
                meets=a.meets,
                stage=a.action.stage.value,
                rating=a.action.rating.colour.value,
                label=a.action.rating.label.value,
            )
            for a in item.answers
        ],
        stage=item.stage.value if item.stage else None,
        through=[
            ThroughRead(
                recommendation=t.edge.name,
                title=t.edge.title,
                kind=t.kind,
                by=t.edge.by,
                on=t.edge.on,
                actions=[a.action.ref for a in t.answers],
                via=[e.name for e in t.path[:-1]],
            )
            for t in item.through
        ],
        chain=chain(item),
        answer=item.stood.answer if item.stood else None,
        asked=item.stood.asked if item.stood else None,
        proof=_proof(item, proven),
    )


def _proof(item: Item, proven: Proven) -> ProofRead | None:
    found = proof_of(item, proven)
    if found is None:
        return None
    return ProofRead(
        accepted=found.accepted,
        by_strength={strength.value: found.strengths.get(strength, 0) for strength in Strength},
        to=found.to,
        without=list(found.without),
        words=proof_words(found),
    )
