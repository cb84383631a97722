"""What a gate knows of an action beside what was asked: its evidence, and when it was assured and tested again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.actions.reasons import step_text
from app.actions.rules import Given, Move, Step, missing_for_decision
from app.actions.view import ActionView
from app.assurance.models import Decision, Proposal
from app.assurance.rules import AT_DECISION, Outcome, table_rule
from app.assurance.schemas import ProofShown
from app.core import clock
from app.core.db import Read
from app.core.words import _
from app.evidence.models import Evidence
from app.evidence.queries import proof_of
from app.evidence.rules import NO_PROOF, Item, Proof
from app.history.queries import rows
from app.plans.queries import PlanAccess

_PROVED = (Move.assured, Move.retest_passed, Move.before_tool)
# The moves whose gates ask for evidence: implementation for the first, effect for the others.
RESTS_ON_PROOF = (Move.delivered, Move.assured, Move.retest_passed, Move.embedded)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Read once for a whole list of proposals. shown: what an item of evidence says, to this reader."""

    access: PlanAccess
    today: date
    taken: Mapping[UUID, Sequence[Decision]]
    proofs: Mapping[UUID, Proof]
    shown: Mapping[UUID, str]

    def given(self, action: ActionView, move: Move) -> Given:
        """The facts of the record alone; what somebody asks for is laid over it."""
        taken, found = self.taken.get(action.id, ()), self.proofs.get(action.id, NO_PROOF)
        assured_on = _latest(taken, Move.assured, Move.before_tool)
        passed_on = _latest(taken, Move.retest_passed)
        return Given(
            implementation_evidence=len(found.implementation),
            effect_evidence_dates=found.effect_dates(),
            effect_accepted_dates=found.accepted_effect_dates(owners(action)),
            evidence_since=_proof_since(action, move, taken),
            assured_on=assured_on,
            last_retest_passed_on=passed_on if assured_on and passed_on and passed_on >= assured_on else None,
        )

    def lacks(self, row: Proposal, action: ActionView) -> list[str]:
        """What must be there before it can be agreed, beside what the decision itself takes."""
        rule = table_rule(row.move, action.stage)
        if rule is None or rule.is_lowering:
            return []
        known = asked_for(row, self.given(action, row.move))
        steps = missing_for_decision(rule, action.facts, known, self.access.settings, self.today)
        # Where there is no such evidence at all, nobody needs to read that none is accepted.
        hidden = {Step.reason, Step.effect_accepted} if Step.effect_evidence in steps else {Step.reason}
        return [step_text(s) for s in steps if s not in AT_DECISION | hidden]

    def resting_on(self, row: Proposal, action: ActionView) -> list[ProofShown]:
        """The items that count for what is asked, the newest first."""
        if row.move not in RESTS_ON_PROOF:
            return []
        found = self.proofs.get(action.id, NO_PROOF)
        since = _proof_since(action, row.move, self.taken.get(action.id, ())) or action.facts.completion_date
        items = found.implementation if row.move is Move.delivered else tuple(i for i in found.effect if _new(i, since))
        return [self._proof(item) for item in reversed(items)]

    def _proof(self, item: Item) -> ProofShown:
        return ProofShown(
            ref=item.ref,
            kind=item.kind,
            text=self.shown.get(item.id) or _("Restricted to named people."),
            speaks_for=item.speaks_for,
            accepted=item.is_accepted,
            url=f"/plans/{self.access.slug}/evidence/{item.ref}",
        )


def grounds(read: Read, access: PlanAccess, action_ids: Collection[UUID], today: date | None = None) -> Grounds:
    day = today or access.as_at or clock.today()
    wanted = set(action_ids)
    taken: dict[UUID, list[Decision]] = {}
    for row in rows(read, Decision, access.id, action_id=wanted, outcome=Outcome.accepted) if wanted else ():
        if row.action_id is not None:
            taken.setdefault(row.action_id, []).append(row)
    proofs = proof_of(read, access, wanted, day) if wanted else {}
    items = {i.id for p in proofs.values() for i in (*p.implementation, *p.effect)}
    found = rows(read, Evidence, access.id, id=items) if items else []
    shown = {e.id: (e.public_summary or _("Confidential")) if e.confidential else e.shows for e in found}
    return Grounds(access, day, taken, proofs, shown)


def asked_for(row: Proposal, known: Given) -> Given:
    """What a proposal says, laid over the facts of the record."""
    return replace(
        known,
        why=row.why,
        completion_date=row.completion_date,
        evidence_by_date=row.evidence_by_date,
        retest_date=row.retest_date,
        retest_handed_over=row.retest_handed_over,
        voices_asked_on=row.voices_asked_on,
        recovery_plan=row.recovery_plan,
        due_date=row.due_date,
        regulator_date=row.regulator_date,
        replaced_by=str(row.replaced_by_id or ""),
        regulator_agreement=row.regulator_agreed,
    )


def owners(action: ActionView) -> frozenset[UUID]:
    """Whose word on the action's own evidence counts for nothing: who answers for it, and who writes for them."""
    own = {action.accountable_person_id} if action.accountable_person_id else set()
    return frozenset(own) | action.contributor_ids


def _proof_since(action: ActionView, move: Move, taken: Sequence[Decision]) -> date | None:
    """The day after which effect evidence is new; None: the completion date.

    A re-test needs newer evidence than the assurance it tests, and what was re-opened newer evidence than its relapse.
    """
    if move is Move.retest_passed:
        return _latest(taken, *_PROVED)
    completed, reopened = action.facts.completion_date, action.facts.reopened_on
    return max(completed, reopened) if completed and reopened else reopened


def _new(item: Item, since: date | None) -> bool:
    return since is None or (item.speaks_for is not None and item.speaks_for > since)


def _latest(taken: Sequence[Decision], *moves: Move) -> date | None:
    return max((d.decided_on for d in taken if d.move in moves), default=None)
