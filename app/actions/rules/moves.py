"""The table of moves: from which stage, who proposes, who decides, and behind which gate."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.actions.rules.facts import ASSURED, IN_FORCE, Stage
from app.plans.rules import PlanState, RatingSettings


class Move(StrEnum):
    """What may be asked for. All but progress and owner_change are proposals with a decision."""

    progress = "progress"
    delivered = "delivered"
    assured = "assured"
    embedded = "embedded"
    retest_passed = "retest_passed"
    retest_failed = "retest_failed"
    recovery = "recovery"
    not_delivered = "not_delivered"
    due_date = "due_date"
    regulator_date = "regulator_date"
    evidence_by_date = "evidence_by_date"
    superseded = "superseded"
    descoped = "descoped"
    not_applicable = "not_applicable"
    owner_change = "owner_change"
    # Of the plan, not of an action.
    standing = "standing"
    plan_settings = "plan_settings"
    edition = "edition"
    # Of a first import alone: a validator confirms what came in as assured. Nobody can ask for it.
    before_tool = "before_tool"


class Part(StrEnum):
    """The part a person plays towards an action: a role together with a relation; a person may play several.

    panel: a member of the assurance panel; validator: anyone who may validate; chair and deputy: of the body
    that decides.
    """

    accountable_person = "accountable_person"
    contributor = "contributor"
    office = "office"
    lead_executive = "lead_executive"
    validator = "validator"
    panel = "panel"
    chair = "chair"
    deputy = "deputy"


class Step(StrEnum):
    """What a gate asks for; `app.actions.reasons` words each as what is missing."""

    commentary = "commentary"
    reason = "reason"
    implementation_evidence = "implementation_evidence"
    completion_date = "completion_date"
    completion_not_in_future = "completion_not_in_future"
    evidence_by_after_completion = "evidence_by_after_completion"
    effect_evidence = "effect_evidence"
    retest_within_class = "retest_within_class"
    voices_view = "voices_view"
    retest_passed = "retest_passed"
    new_due_date = "new_due_date"
    new_regulator_date = "new_regulator_date"
    new_evidence_by_date = "new_evidence_by_date"
    replacement = "replacement"
    recovery_plan = "recovery_plan"
    # Asked of the decision, not of the proposal.
    effect_accepted = "effect_accepted"
    meeting = "meeting"
    regulator_agreement = "regulator_agreement"


class Prompt(StrEnum):
    """What a form asks for beside the reason; an empty one stops nothing."""

    cause = "cause"
    impact = "impact"
    mitigation = "mitigation"
    help_needed = "help_needed"


@dataclass(frozen=True, slots=True)
class MoveRule:
    """One row of the table.

    decides: the part that decides; None where nobody needs to. gate: steps before it may be proposed;
    decision_gate: steps before it may be accepted. is_lowering: needs no second person.
    """

    move: Move
    stages: frozenset[Stage]
    proposes: frozenset[Part]
    decides: frozenset[Part]
    gate: tuple[Step, ...] = (Step.reason,)
    decision_gate: tuple[Step, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    is_lowering: bool = False


_OPEN = frozenset({Stage.not_delivered})
_DELIVERED = frozenset({Stage.delivered})
_OWNERS = frozenset({Part.accountable_person, Part.office})
_LEADERS = frozenset({Part.lead_executive, Part.office})
_OFFICE = frozenset({Part.office})
_VALIDATOR = frozenset({Part.validator})
_PANEL = frozenset({Part.panel})
_CHAIR = frozenset({Part.chair})
_LOWERING = frozenset({Part.validator, Part.lead_executive, Part.chair})
_PROMPTS = (Prompt.cause, Prompt.mitigation, Prompt.help_needed)
_DATE_PROMPTS = (Prompt.impact, Prompt.mitigation)

MOVES: tuple[MoveRule, ...] = (
    MoveRule(Move.progress, _OPEN, _OWNERS | {Part.contributor}, frozenset(), (Step.commentary,), prompts=_PROMPTS),
    MoveRule(
        Move.delivered,
        _OPEN,
        _OWNERS,
        _VALIDATOR,
        (
            Step.implementation_evidence,
            Step.completion_date,
            Step.completion_not_in_future,
            Step.evidence_by_after_completion,
        ),
    ),
    MoveRule(
        Move.assured,
        _DELIVERED,
        _OWNERS,
        _PANEL,
        (Step.effect_evidence, Step.retest_within_class, Step.voices_view),
        (Step.effect_accepted, Step.meeting),
    ),
    MoveRule(Move.embedded, frozenset({Stage.assured}), _OFFICE, _PANEL, (Step.retest_passed,), (Step.meeting,)),
    # A re-test is passed on the ground of new evidence, although the table's gate names its next date alone.
    MoveRule(Move.retest_passed, ASSURED, _OFFICE, _VALIDATOR, (Step.effect_evidence, Step.retest_within_class)),
    MoveRule(Move.retest_failed, ASSURED, _LOWERING, _LOWERING, is_lowering=True),
    MoveRule(Move.recovery, _OPEN | _DELIVERED, _OWNERS, _CHAIR, (Step.reason, Step.recovery_plan)),
    MoveRule(Move.delivered, ASSURED, _LOWERING, _LOWERING, is_lowering=True),
    MoveRule(Move.not_delivered, ASSURED, _LOWERING, _LOWERING, (Step.reason, Step.new_due_date), is_lowering=True),
    MoveRule(Move.not_delivered, _DELIVERED, _VALIDATOR, _VALIDATOR, is_lowering=True),
    # The lead executive decides once and up to so many days: see `decides_due_date`.
    MoveRule(Move.due_date, _OPEN, _OWNERS, _CHAIR, (Step.new_due_date, Step.reason), prompts=_DATE_PROMPTS),
    MoveRule(
        Move.regulator_date,
        _OPEN,
        _OWNERS,
        _CHAIR,
        (Step.new_regulator_date, Step.reason),
        (Step.regulator_agreement,),
        _DATE_PROMPTS,
    ),
    MoveRule(Move.evidence_by_date, _DELIVERED, _OWNERS, _CHAIR, (Step.new_evidence_by_date, Step.reason)),
    MoveRule(Move.superseded, IN_FORCE, _LEADERS, _CHAIR, (Step.reason, Step.replacement)),
    MoveRule(Move.descoped, IN_FORCE, _LEADERS, _CHAIR),
    MoveRule(Move.not_applicable, IN_FORCE, _LEADERS, _CHAIR),
    MoveRule(Move.owner_change, IN_FORCE, _LEADERS, frozenset()),
    MoveRule(Move.standing, frozenset(), _OFFICE, frozenset({Part.lead_executive})),
    MoveRule(Move.plan_settings, frozenset(), _OFFICE, _CHAIR),
    MoveRule(Move.edition, frozenset(), _OFFICE, _CHAIR, decision_gate=(Step.meeting,)),
)
_BY_STAGE: Mapping[tuple[Move, Stage], MoveRule] = {(rule.move, stage): rule for rule in MOVES for stage in rule.stages}
_OF_PLAN: Mapping[Move, MoveRule] = {rule.move: rule for rule in MOVES if not rule.stages}
_ORDER: Mapping[Stage, tuple[Move, ...]] = {
    stage: tuple(rule.move for rule in MOVES if stage in rule.stages) for stage in Stage
}
DATE_MOVES = frozenset({Move.due_date, Move.regulator_date, Move.evidence_by_date})
# Nobody decides on their own: it passes down this line.
PASSES_TO = (Part.chair, Part.deputy, Part.validator)


def rule_for(move: Move, stage: Stage) -> MoveRule | None:
    """The row of the table for a move from this stage; None where not possible. Exits are not undone."""
    return _OF_PLAN.get(move) or _BY_STAGE.get((move, stage))


def is_reopening(before: Stage, after: Stage) -> bool:
    """Closed and open again, or no longer delivered."""
    if not after.is_open:
        return False
    return not before.is_open or (before is Stage.delivered and after is Stage.not_delivered)


def moves_from(stage: Stage, state: PlanState, settings: RatingSettings) -> tuple[Move, ...]:
    """The moves that are possible from this stage, in the table's order; none in a closed plan."""
    if state == PlanState.closed:
        return ()
    return tuple(m for m in _ORDER[stage] if settings.embedded_stage or m != Move.embedded)


def needs_decision(move: Move, stage: Stage, state: PlanState, current: date | None = None) -> bool:
    """Whether somebody must decide. A first date (current is None) and any date in a draft are edits."""
    rule = rule_for(move, stage)
    if rule is None or not rule.decides:
        return False
    return move not in DATE_MOVES or (state != PlanState.draft and current is not None)


def decides_due_date(due: date, new_due: date, executive_moves: int, settings: RatingSettings) -> Part:
    """The lead executive once and up to 30 days; else the body's chair.

    executive_moves: changes of this action's due date that a lead executive has decided before.
    """
    is_small = (new_due - due).days <= settings.executive_date_days
    if is_small and executive_moves < settings.executive_date_moves:
        return Part.lead_executive
    return Part.chair


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who might decide, with the parts they play towards this action; only active people."""

    person: str
    parts: frozenset[Part]


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who may decide, as which part, and whether it passed to them because the first ones may not."""

    part: Part
    people: tuple[str, ...]
    has_passed: bool


def conflicted(proposed_by: str, accountable_person: str | None, contributors: Iterable[str] = ()) -> frozenset[str]:
    """Who may not decide: the one who proposed, the action's owner and those who write for the owner."""
    return frozenset({proposed_by, *contributors} | ({accountable_person} if accountable_person else set()))


def deciders(
    rule: MoveRule,
    candidates: Iterable[Candidate],
    conflicts: Collection[str],
    first: Part | None = None,
) -> Deciders | None:
    """Who may decide on a proposal: those the table names, else the chair, a deputy, a validator.

    first: the part that `decides_due_date` names, instead of the table's. None where nobody is left (or
    nobody needs to decide). Lowering a stage needs no second person, so conflicts are not looked at.
    """
    people = tuple(candidates)
    barred: Collection[str] = () if rule.is_lowering else conflicts
    line = (frozenset({first}) if first else rule.decides, *(frozenset({part}) for part in PASSES_TO))
    if not line[0]:
        return None
    for place, parts in enumerate(line):
        found = tuple(c.person for c in people if c.person not in barred and not parts.isdisjoint(c.parts))
        if found:
            part = next(p for p in Part if p in parts and any(p in c.parts for c in people if c.person in found))
            return Deciders(part, found, place > 0)
    return None
