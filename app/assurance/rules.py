"""The life of a proposal, what each move takes, and which body a move belongs to; moves and gates are the actions'."""

from collections.abc import Mapping
from enum import StrEnum

from app.actions.rules import Move, MoveRule, Stage, Step, rule_for
from app.plans.rules import BodyKind

__all__ = ["Move", "Outcome", "ProposalState"]


class ProposalState(StrEnum):
    open = "open"
    accepted = "accepted"
    returned = "returned"
    withdrawn = "withdrawn"


class Outcome(StrEnum):
    accepted = "accepted"
    returned = "returned"


class Asked(StrEnum):
    """The moves that a program or a page may ask for, as the contract names them."""

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


class Verdict(StrEnum):
    accept = "accept"
    return_ = "return"

    @property
    def outcome(self) -> Outcome:
        return Outcome.accepted if self is Verdict.accept else Outcome.returned

    @property
    def state(self) -> ProposalState:
        return ProposalState.accepted if self is Verdict.accept else ProposalState.returned


# What a move takes beside the reason, its impact and its mitigation; anything else is refused, not ignored.
TAKES: Mapping[Move, tuple[str, ...]] = {
    Move.delivered: ("completion_date", "evidence_by_date"),
    Move.assured: ("retest_date", "retest_handed_over", "voices_asked_on", "voices_said"),
    Move.embedded: (),
    Move.retest_passed: ("retest_date", "retest_handed_over"),
    Move.retest_failed: ("due_date",),
    Move.recovery: ("recovery_plan",),
    Move.not_delivered: ("due_date",),
    Move.due_date: ("due_date",),
    Move.regulator_date: ("regulator_date", "regulator_agreed"),
    Move.evidence_by_date: ("evidence_by_date",),
    Move.superseded: ("replaced_by",),
    Move.descoped: (),
    Move.not_applicable: (),
}
SPECIAL = ("due_date", "regulator_date", "completion_date", "evidence_by_date", "retest_date", "retest_handed_over",
           "voices_asked_on", "voices_said", "recovery_plan", "replaced_by", "regulator_agreed")  # fmt: skip
EXIT_MOVES = frozenset({Move.superseded, Move.descoped, Move.not_applicable})
# Beside which field of the form a missing step is shown; evidence has its own place in the list of steps.
FIELD_OF: Mapping[Step, str] = {
    Step.reason: "why",
    Step.completion_date: "completion_date",
    Step.completion_not_in_future: "completion_date",
    Step.evidence_by_after_completion: "evidence_by_date",
    Step.retest_within_class: "retest_date",
    Step.voices_view: "voices_asked_on",
    Step.recovery_plan: "recovery_plan",
    Step.new_due_date: "due_date",
    Step.new_regulator_date: "regulator_date",
    Step.new_evidence_by_date: "evidence_by_date",
    Step.replacement: "replaced_by",
    Step.meeting: "meeting",
    Step.regulator_agreement: "regulator_agreed",
}
# Steps that the decision itself takes: nobody can put them right before it.
AT_DECISION = frozenset({Step.meeting, Step.regulator_agreement})
# Acts that lower a stage at once.
LOWERING_ACTS = frozenset({"action.stepped_back", "action.retest_failed"})
_PANELS = frozenset({Move.delivered, Move.assured, Move.embedded, Move.retest_passed, Move.before_tool})


def body_kind(move: Move) -> BodyKind:
    """The kind of body a move belongs to: proof to the panel, dates, exits and settings to the group."""
    return BodyKind.assurance_panel if move in _PANELS else BodyKind.improvement_group


def table_rule(move: Move, stage: Stage | None) -> MoveRule | None:
    """The row of the table; stage is None for a move of the plan."""
    return rule_for(move, stage or Stage.not_delivered)


def takes(rule: MoveRule) -> tuple[str, ...]:
    """What may be sent with this row of the table; back to delivered, of all moves that lower, takes nothing."""
    return () if rule.is_lowering and rule.move is Move.delivered else TAKES[rule.move]
