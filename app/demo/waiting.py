"""What was asked beside an action's ordinary way: what waits today, what was returned, what the office recorded."""

from collections.abc import Callable

from app.assurance.models import Proposal, RecordedDecision
from app.assurance.rules import Move, Outcome, ProposalState
from app.demo.content import Asked, PlanTold, people
from app.demo.days import Year
from app.demo.hand import Answer, Ask, Hand
from app.demo.life import Deed, Life
from app.demo.plan import attend
from app.people.rules import Role
from app.plans.rules import BodyKind

_PARTS = {Role.office: "office", Role.executive: "lead_executive"}


def proposals(plan: PlanTold, year: Year, asked: list[Asked], found: list[Life]) -> list[Deed]:
    due = {life.ref: life.due for life in found}
    deeds = []
    for number, each in enumerate(asked):
        name = f"asked {number}"
        part = _PARTS.get(Role(people()[each.by].role), "accountable_person")
        dates = {
            "due_date": each.due if each.extend is None else (due[each.ref] or 0) + each.extend,
            "evidence_by_date": each.evidence_by,
            "regulator_date": each.regulator_date,
        }
        ask = Ask(
            name, each.ref, Move(each.move), each.why, part, {k: v for k, v in dates.items() if v is not None},
            each.replaced_by, each.impact, each.mitigation, each.agreed, each.brought,
        )  # fmt: skip
        deeds.append(Deed(year.workday(each.asked), each.by, "proposal.made", lambda hand, a=ask: hand.ask(a)))  # type: ignore[misc]
        deeds += _closings(plan, year, each, name)
    return deeds


def _closings(plan: PlanTold, year: Year, each: Asked, name: str) -> list[Deed]:
    if each.recorded:
        office = plan.cast["office"]
        at = year.workday(year.groups[0] + 2)
        return [Deed(at, office, "meeting.recorded", _record(plan, name, Outcome(each.recorded), year.groups[0]))]
    if each.outcome == "returned":
        at = year.groups[each.meeting]
        answer = Answer(Outcome.returned, each.answer, "chair", at)
        chair = plan.cast["chair"]
        return [Deed(at, chair, "proposal.returned", lambda hand: hand.answer(name, each.ref, answer))]
    if each.outcome == "withdrawn":
        return [Deed(year.workday(each.asked + 9), each.by, "proposal.withdrawn", _withdraw(name, each))]
    return []


def _record(plan: PlanTold, name: str, outcome: Outcome, meeting: int) -> Callable[[Hand], None]:
    def record(hand: Hand) -> None:
        ground = hand.ground
        proposal = ground.proposals[name]
        if ground.kept.setdefault("attended", hand) is hand:
            attend(hand, plan, BodyKind.improvement_group, meeting)
            ground.kept["attended"] = meeting
        hand.tx.add(
            RecordedDecision(
                id=ground.new_id(),
                plan_id=proposal.plan_id,
                proposal_id=proposal.id,
                action_id=proposal.action_id,
                meeting_id=ground.meetings[BodyKind.improvement_group, meeting].id,
                outcome=outcome,
                why="As minuted at the meeting.",
                recorded_on=hand.day,
                recorded_by_id=hand.who.id,
                recorded_by_name=hand.who.name,
            )
        )
        hand.tx.add(next(a for a in ground.actions.values() if a.id == proposal.action_id))

    return record


def _withdraw(name: str, each: Asked) -> Callable[[Hand], None]:
    def withdraw(hand: Hand) -> None:
        proposal = hand.ground.proposals[name]
        hand.tx.add(proposal)
        proposal.state = ProposalState.withdrawn
        proposal.closed_on, proposal.closed_by_name, proposal.closed_why = hand.day, hand.who.name, each.answer
        row = hand.action(each.ref)
        hand.change(each.ref, open_proposals=row.open_proposals - 1)

    return withdraw


def slipped_rule(plan: PlanTold, year: Year) -> list[Deed]:
    """The group switched on the rule on slipped dates half a year ago."""
    meeting = year.groups[6]
    return [
        Deed(year.workday(meeting - 9), plan.cast["office"], "proposal.made", _ask_for_rule),
        Deed(meeting, plan.cast["chair"], "settings.changed", lambda hand: _switch_on(hand, meeting)),
    ]


def _ask_for_rule(hand: Hand) -> None:
    proposal = Proposal(
        id=hand.ground.new_id(),
        plan_id=hand.ground.plan.id,
        move=Move.plan_settings,
        given={"settings": {"slipped_rule": True}},
        why="Dates that move twice are the ones that surprise the board; they should show by themselves.",
        proposed_on=hand.day,
        proposed_at=hand.at,
        proposed_by_id=hand.who.id,
        proposed_by_name=hand.who.name,
        proposed_as="office",
    )
    hand.ground.proposals["slipped rule"] = proposal
    hand.tx.add(proposal)


def _switch_on(hand: Hand, meeting: int) -> None:
    plan = hand.ground.plan
    hand.tx.add(plan)
    plan.settings = {"slipped_rule": True}
    hand.agree(
        "slipped rule",
        meeting,
        before={"settings": {"slipped_rule": False}},
        after={"settings": {"slipped_rule": True}},
        why="Agreed. A date moved twice shows as Slipped from today.",
    )
