"""The codes of the rules and labels, and what a rating is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.plans.rules import Colour


class Code(StrEnum):
    """The rules, in the table's order: the first that fires of the worst colour gives the label."""

    __hash__ = str.__hash__  # an enum's own takes five times as long

    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"
    R5 = "R5"
    R6 = "R6"
    R7 = "R7"
    A1 = "A1"
    A2 = "A2"
    A3 = "A3"
    A4 = "A4"
    A5 = "A5"
    A6 = "A6"
    A7 = "A7"
    A8 = "A8"
    A9 = "A9"
    A10 = "A10"
    A11 = "A11"
    A13 = "A13"
    A14 = "A14"
    A15 = "A15"
    A16 = "A16"

    @property
    def colour(self) -> Colour:
        return Colour.red if self in RED_CODES else Colour.amber


RED_CODES = frozenset({Code.R1, Code.R2, Code.R3, Code.R4, Code.R5, Code.R6, Code.R7})


class Label(StrEnum):
    """The cause beside the colour; `app.actions.reasons` words it."""

    __hash__ = str.__hash__  # an enum's own takes five times as long

    overdue = "overdue"
    proof_overdue = "proof_overdue"
    position_unknown = "position_unknown"
    proof_returned = "proof_returned"
    relapsed = "relapsed"
    off_track = "off_track"
    regulator_date = "regulator_date"
    should_have_started = "should_have_started"
    due_soon = "due_soon"
    no_recent_update = "no_recent_update"
    held_up = "held_up"
    no_owner = "no_owner"
    slipped = "slipped"
    proof_due_soon = "proof_due_soon"
    measure_of_concern = "measure_of_concern"
    retest_due = "retest_due"
    no_date = "no_date"
    waiting_for_panel = "waiting_for_panel"
    at_risk = "at_risk"
    regulator_date_near = "regulator_date_near"
    waiting_for_validation = "waiting_for_validation"
    reopened = "reopened"
    on_track = "on_track"
    not_started = "not_started"
    delivered_proof_due = "delivered_proof_due"
    assured = "assured"
    embedded = "embedded"
    superseded = "superseded"
    descoped = "descoped"
    not_applicable = "not_applicable"


# Both are written in the table's order, so the n-th rule has the n-th label.
CODE_LABELS: Mapping[Code, Label] = dict(zip(Code, Label, strict=False))

Param = date | int | str | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that fired.

    since: the first day it fired as far as the facts tell; None where they do not.
    params: what its sentence names, as pairs.
    """

    code: Code
    since: date | None = None
    params: tuple[tuple[str, Param], ...] = ()

    @property
    def named(self) -> dict[str, Param]:
        return dict(self.params)


@dataclass(frozen=True, slots=True)
class Rating:
    """The colour, the label that names its cause, and every rule that fired in the table's order."""

    colour: Colour
    label: Label
    reasons: tuple[Reason, ...] = ()

    @property
    def codes(self) -> tuple[Code, ...]:
        return tuple(reason.code for reason in self.reasons)
