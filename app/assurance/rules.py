"""The life of a proposal, what each move takes, and which body a move belongs to; moves and gates are the actions'."""

from collections.abc import Mapping
from enum import StrEnum

from app.actions.rules import Move, MoveRule, Part, Stage, Step, rule_for
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
    Move.assured: ("retest_date",),
    Move.embedded: (),
    Move.retest_passed: ("retest_date",),
    Move.not_delivered: ("due_date",),
    Move.due_date: ("due_date",),
    Move.regulator_date: ("regulator_date", "regulator_agreed"),
    Move.evidence_by_date: ("evidence_by_date",),
    Move.superseded: ("replaced_by",),
    Move.descoped: (),
    Move.not_applicable: (),
}
SPECIAL = ("due_date", "regulator_date", "completion_date", "evidence_by_date", "retest_date", "replaced_by",
           "regulator_agreed")  # fmt: skip
EXIT_MOVES = frozenset({Move.superseded, Move.descoped, Move.not_applicable})
# Beside which field of the form a missing step is shown; evidence has its own place in the list of steps.
FIELD_OF: Mapping[Step, str] = {
    Step.reason: "why",
    Step.completion_date: "completion_date",
    Step.completion_not_in_future: "completion_date",
    Step.evidence_by_after_completion: "evidence_by_date",
    Step.retest_within_class: "retest_date",
    Step.new_due_date: "due_date",
    Step.new_regulator_date: "regulator_date",
    Step.new_evidence_by_date: "evidence_by_date",
    Step.replacement: "replaced_by",
    Step.meeting: "meeting",
    Step.regulator_agreement: "regulator_agreed",
}
# A re-test is passed on the ground of new evidence, although the table's gate names its next date alone.
NEEDS_EFFECT = frozenset({Move.retest_passed})
_PANELS = frozenset({Move.delivered, Move.assured, Move.embedded, Move.retest_passed})


def body_kind(move: Move) -> BodyKind:
    """The kind of body a move belongs to: proof to the panel, dates, exits and settings to the group."""
    return BodyKind.assurance_panel if move in _PANELS else BodyKind.improvement_group


def table_rule(move: Move, stage: Stage | None) -> MoveRule | None:
    """The row of the table; stage is None for a move of the plan."""
    return rule_for(move, stage or Stage.not_delivered)


def first_part(rule: MoveRule) -> Part:
    """The part that the table names first as decider."""
    return next(part for part in Part if part in rule.decides)
