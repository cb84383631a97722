"""What the doors of proposals and decisions give; names and shapes are the contract's."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from app.actions.rules import Move, Part
from app.assurance.rules import Outcome, ProposalState
from app.evidence.rules import EvidenceKind


class PersonShown(BaseModel):
    name: str
    post: str


class DecidersRead(BaseModel):
    """Who may decide: in words, one by one, and why it came to them.

    delegated: by whose delegation and until when, a sentence each; declared: who said that they have an interest.
    """

    part: Part | None
    text: str
    people: list[PersonShown]
    passed_on: str
    delegated: list[str]
    declared: list[str]


class MeetingShown(BaseModel):
    id: UUID
    name: str
    date: date


class DelegationRead(BaseModel):
    """body: None for a lead executive's own power. in_force: on the day that is looked at."""

    id: UUID
    body: str | None
    given_by: str
    given_to: str
    starts_on: date
    ends_on: date
    ended_on: date | None
    why: str | None
    given_on: date
    text: str
    in_force: bool
    may_end: bool


class CountsRead(BaseModel):
    """Actions by rating before and after a change of settings, and how many change colour."""

    before: dict[str, int]
    after: dict[str, int]
    changed: int


class DecisionRead(BaseModel):
    id: UUID
    proposal: UUID | None
    ref: str | None
    title: str | None
    move: Move
    move_words: str
    outcome: Outcome
    text: str
    body: str | None
    meeting: MeetingShown | None
    decided_on: date
    decided_at: datetime
    decided_by: str
    capacity: str
    recorded_by: str | None
    passed_on: str | None
    delegated_by: str | None
    chairs_action: bool
    ratified_at: MeetingShown | None
    before: dict[str, Any]
    after: dict[str, Any]
    why: str | None


class ProofShown(BaseModel):
    """An item of evidence that counts for what is asked. speaks_for: the last day it shows something about."""

    ref: str
    kind: EvidenceKind
    text: str
    speaks_for: date | None
    accepted: bool
    url: str


class MoveRead(BaseModel):
    """One line of what an edition re-plans."""

    ref: str
    title: str
    old: date | None
    new: date


class ProposalRead(BaseModel):
    """asks, agreeing, returning: what it is about and what either answer means, as sentences.

    recorded: what the office wrote down and nobody has confirmed yet. proof: the evidence it rests on; missing: the
    steps without which it cannot be agreed, beside those that the decision itself takes. needs_meeting: it is agreed
    at a meeting only. body: before which it is. edition: the dates that an edition would re-plan.
    """

    id: UUID
    state: ProposalState
    state_words: str
    move: Move
    move_words: str
    ref: str | None
    title: str | None
    asks: str
    agreeing: str
    returning: str
    due_date: date | None
    regulator_date: date | None
    completion_date: date | None
    evidence_by_date: date | None
    retest_date: date | None
    retest_handed_over: bool
    voices_asked_on: date | None
    voices_said: str | None
    recovery_plan: str | None
    replaced_by: str | None
    regulator_agreed: str | None
    why: str | None
    impact: str | None
    mitigation: str | None
    settings: dict[str, Any] | None
    counts: CountsRead | None
    edition: list[MoveRead] | None
    proof: list[ProofShown]
    missing: list[str]
    needs_meeting: bool
    proposed_on: date
    proposed_at: datetime
    proposed_by: str
    slips: int | None
    slip_days: int | None
    body: str | None
    brought_to: str | None
    recorded: Outcome | None
    deciders: DecidersRead | None
    may_decide: bool
    may_declare: bool
    may_withdraw: bool
    closed_on: date | None
    closed_by: str | None
    closed_why: str | None
    decision: DecisionRead | None
    url: str


class RecordedRead(BaseModel):
    id: UUID
    proposal: ProposalRead
    outcome: Outcome
    why: str | None
    recorded_by: str
    recorded_on: date


class SeatRead(BaseModel):
    """A member of the body that met, and whether they were there."""

    email: str
    name: str
    present: bool


class MeetingListRead(BaseModel):
    """What one meeting decided, as recorded and not confirmed, and the chair's actions it may ratify."""

    id: UUID
    body: str
    name: str
    date: date
    items: list[RecordedRead]
    to_ratify: list[DecisionRead]
    quorum: int
    present: list[SeatRead]
    may_confirm: bool
    confirmers: str


class Settled(BaseModel):
    """After a meeting's list: what took effect, and what waits for somebody else because it is the confirmer's own."""

    confirmed: list[DecisionRead]
    ratified: int
    left: list[str]
