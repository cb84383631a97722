"""The hand that writes: one person on one simulated day, with the rows of the plan at hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

from app.actions.models import Action, ActionPart, Update
from app.actions.rules import Progress, Stage
from app.assurance.models import Decision, Proposal
from app.assurance.rules import Move, Outcome, ProposalState, body_kind
from app.core.db import Write
from app.core.storage import Storage
from app.demo.days import Year
from app.evidence.models import Evidence, EvidenceAction
from app.people.models import Account
from app.plans.models import Body, Meeting, Plan
from app.plans.rules import BodyKind


@dataclass(slots=True)
class Ground:
    """What exists of one plan while its year is told; rows outlive the sessions that wrote them."""

    year: Year
    dice: Random
    plan: Plan
    accounts: dict[str, Account]
    organisations: dict[str, UUID]
    recommendations: dict[str, UUID]
    storage: Storage
    priorities: dict[str, UUID] = field(default_factory=dict)
    bodies: dict[BodyKind, Body] = field(default_factory=dict)
    meetings: dict[tuple[BodyKind, int], Meeting] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    # Other rows that are told of again later, by a name.
    kept: dict[str, Any] = field(default_factory=dict)

    evidence: dict[str, Evidence] = field(default_factory=dict)
    # The link of each item to its action, and the action's reference.
    proofs: dict[str, tuple[EvidenceAction, str]] = field(default_factory=dict)

    def new_id(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)


@dataclass(frozen=True, slots=True)
class Ask:
    """A move asked for; `name` is how the decision finds it. The dates are days from today."""

    name: str
    ref: str
    move: Move
    why: str
    proposed_as: str
    dates: dict[str, int] = field(default_factory=dict)
    replaced_by: str = ""
    impact: str = ""
    mitigation: str = ""
    agreed: str = ""
    brought: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """meeting: the day the body met; None where it was decided between meetings."""

    outcome: Outcome
    why: str
    capacity: str
    meeting: int | None = None
    passed_on: str = ""


@dataclass(slots=True)
class Hand:
    tx: Write
    ground: Ground
    who: Account
    day: date
    at: datetime
    # What needs the rows just added to be there; done after they are.
    then: list[Callable[[], None]] = field(default_factory=list)

    def action(self, ref: str) -> Action:
        """The action's row, in this session."""
        row = self.ground.actions[ref]
        self.tx.add(row)
        return row

    def change(self, ref: str, **facts: Any) -> Action:
        row = self.action(ref)
        for name, value in facts.items():
            setattr(row, name, value)
        row.updated_at = self.at
        return row

    def part(self, ref: str, kind: type[ActionPart], **columns: Any) -> None:
        row = self.action(ref)
        self.tx.add(kind(id=self.ground.new_id(), plan_id=row.plan_id, action_id=row.id, **columns))
        row.updated_at = self.at

    def say(self, ref: str, progress: Progress, words: dict[str, Any], *, owner: Account | None, told: str) -> None:
        """An update, by the owner or (told) by the office for the owner."""
        row = self.action(ref)
        is_for = owner is not None and bool(told)
        update = Update(
            id=self.ground.new_id(),
            plan_id=row.plan_id,
            action_id=row.id,
            said_on=self.day,
            made_at=self.at,
            by_id=self.who.id,
            by_name=self.who.name,
            for_id=owner.id if owner and is_for else None,
            for_name=owner.name if owner and is_for else "",
            told_how=told if is_for else "",
            progress=Progress.complete if row.stage is not Stage.not_delivered else progress,
            **words,
        )
        self.tx.add(update)
        self.change(ref, latest_update_id=update.id, last_update_on=self.day, progress=update.progress)

    def ask(self, ask: Ask) -> Proposal:
        row = self.action(ask.ref)
        ground = self.ground
        body = ground.bodies[body_kind(ask.move)].id if ask.brought else None
        dates: dict[str, Any] = {name: ground.year.day(offset) for name, offset in ask.dates.items()}
        proposal = Proposal(
            id=ground.new_id(),
            plan_id=row.plan_id,
            action_id=row.id,
            move=ask.move,
            why=ask.why,
            impact=ask.impact,
            mitigation=ask.mitigation,
            recovery_plan=ask.why if ask.move is Move.recovery else "",
            regulator_agreed=ask.agreed,
            replaced_by_id=ground.actions[ask.replaced_by].id if ask.replaced_by else None,
            proposed_on=self.day,
            proposed_at=self.at,
            proposed_by_id=self.who.id,
            proposed_by_name=self.who.name,
            proposed_as=ask.proposed_as,
            brought_to_id=body,
            **dates,
        )
        self.tx.add(proposal)
        ground.proposals[ask.name] = proposal
        self.change(ask.ref, open_proposals=row.open_proposals + 1)
        return proposal

    def answer(self, name: str, ref: str, answer: Answer, **facts: Any) -> None:
        """The decision on what was asked, and what it changes of the action."""
        proposal = self.ground.proposals[name]
        self.tx.add(proposal)
        row = self.action(ref)
        facts = facts if answer.outcome is Outcome.accepted else {}
        kind = body_kind(proposal.move)
        meeting = self.ground.meetings[kind, answer.meeting] if answer.meeting is not None else None
        proposal.state = ProposalState(answer.outcome.value)
        self.tx.add(
            Decision(
                id=self.ground.new_id(),
                plan_id=row.plan_id,
                proposal_id=proposal.id,
                action_id=row.id,
                move=proposal.move,
                outcome=answer.outcome,
                body_id=self.ground.bodies[kind].id,
                meeting_id=meeting.id if meeting else None,
                decided_on=self.day,
                decided_at=self.at,
                decided_by_id=self.who.id,
                decided_by_name=self.who.name,
                capacity=answer.capacity,
                passed_on=answer.passed_on,
                before={k: _spelt(getattr(row, k)) for k in facts},
                after={k: _spelt(v) for k, v in facts.items()},
                why=answer.why,
            )
        )
        self.change(ref, open_proposals=max(0, row.open_proposals - 1), **facts)

    def agree(self, name: str, meeting: int, *, before: dict[str, Any], after: dict[str, Any], why: str) -> None:
        """What was asked of the whole plan, agreed by the improvement group's chair at its meeting of that day."""
        ground, proposal = self.ground, self.ground.proposals[name]
        self.tx.add(proposal)
        proposal.state = ProposalState.accepted
        self.tx.add(
            Decision(
                id=ground.new_id(),
                plan_id=proposal.plan_id,
                proposal_id=proposal.id,
                move=proposal.move,
                outcome=Outcome.accepted,
                body_id=ground.bodies[BodyKind.improvement_group].id,
                meeting_id=ground.meetings[BodyKind.improvement_group, meeting].id,
                decided_on=self.day,
                decided_at=self.at,
                decided_by_id=self.who.id,
                decided_by_name=self.who.name,
                capacity="chair",
                before=before,
                after=after,
                why=why,
            )
        )


def _spelt(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID | Stage) else value
