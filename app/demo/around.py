"""What stands round the decisions of the demonstration's year: a delegation, an edition, an exception report, the
board's questions, a recovery plan, and what a first import brought in."""

from collections.abc import Callable

from app.actions.rules import Move
from app.assurance.models import BoardQuestion, Decision, Delegation, ExceptionReport, Proposal
from app.assurance.rules import Outcome, ProposalState
from app.demo.content import PlanTold
from app.demo.days import Year
from app.demo.hand import Hand
from app.demo.life import Deed, Life
from app.plans.rules import BodyKind

# The edition was agreed at this meeting, counted back from the latest; it moved dates by so many days.
EDITION_MEETING, EDITION_DAYS, EDITION_MOST = 4, 56, 8


def around(plan: PlanTold, year: Year, found: list[Life]) -> list[Deed]:
    known = {life.ref: life for life in found}
    return [
        *_lent(plan, year),
        *_edition(plan, year, found),
        *_asked(year, known),
        *_reported(year, known),
        *_confirmed(plan, year, found),
    ]


def _lent(plan: PlanTold, year: Year) -> list[Deed]:
    def lend(body: BodyKind | None, to: str, first: int, last: int, why: str) -> Callable[[Hand], None]:
        def write(hand: Hand) -> None:
            ground = hand.ground
            hand.tx.add(
                Delegation(
                    id=ground.new_id(),
                    plan_id=ground.plan.id,
                    body_id=ground.bodies[body].id if body else None,
                    given_by_id=hand.who.id,
                    given_by_name=hand.who.name,
                    given_to_id=ground.accounts[to].id,
                    given_to_name=ground.accounts[to].name,
                    starts_on=ground.year.day(first),
                    ends_on=ground.year.day(last),
                    why=why,
                    given_on=hand.day,
                )
            )

        return write

    group = BodyKind.improvement_group
    summer = lend(group, plan.cast["executive"], -120, -106, "Annual leave.")
    now = lend(None, plan.cast["deputy"], -3, 11, "At the regional conference, then on leave.")
    return [
        Deed(year.workday(-124), plan.cast["chair"], "delegation.given", summer),
        Deed(year.workday(-4), plan.cast["executive"], "delegation.given", now),
    ]


def replan(year: Year, found: list[Life]) -> list[Life]:
    """Those whose date the edition moves; their first date lies so much earlier, and nothing else moved it."""
    agreed = year.groups[EDITION_MEETING]
    fit = [
        life
        for life in found
        if life.completed is None
        and life.due is not None
        and life.due == life.first_due
        and life.due - EDITION_DAYS > agreed + 7
        and life.created < agreed - 30
        and not life.case.slips
        and not life.is_regulatory
        and life.case.stage in (None, "not_delivered")
    ]
    return fit[:: max(1, len(fit) // EDITION_MOST)][:EDITION_MOST]


def _edition(plan: PlanTold, year: Year, found: list[Life]) -> list[Deed]:
    moved = [life for life in found if life.replanned]
    if not moved:
        return []
    at = year.groups[EDITION_MEETING]
    return [
        Deed(year.workday(at - 9), plan.cast["office"], "edition.proposed", lambda hand: _ask_for(hand, moved)),
        Deed(at, plan.cast["chair"], "edition.agreed", lambda hand: _agree(hand, moved, at)),
    ]


def _ask_for(hand: Hand, moved: list[Life]) -> None:
    ground, year = hand.ground, hand.ground.year
    lines = [
        {
            "action": str(ground.actions[life.ref].id),
            "old": year.day(life.first_due or 0).isoformat(),
            "new": year.day(life.due or 0).isoformat(),
        }
        for life in moved
    ]
    proposal = Proposal(
        id=ground.new_id(),
        plan_id=ground.plan.id,
        move=Move.edition,
        given={"edition": lines},
        why="The new funding starts eight weeks later than the plan assumed; these actions all wait for it.",
        proposed_on=hand.day,
        proposed_at=hand.at,
        proposed_by_id=hand.who.id,
        proposed_by_name=hand.who.name,
        proposed_as="office",
    )
    ground.proposals["edition"] = proposal
    hand.tx.add(proposal)


def _agree(hand: Hand, moved: list[Life], at: int) -> None:
    ground, proposal = hand.ground, hand.ground.proposals["edition"]
    hand.tx.add_all([proposal, ground.plan])
    proposal.closed_on = hand.day
    ground.plan.edition = 2
    for life in moved:
        new = ground.year.day(life.due or 0)
        hand.change(life.ref, due_date=new, edition_due_date=new, slips=0, slip_days=0)
    hand.agree(
        "edition",
        at,
        before={"edition": 1},
        after={"edition": 2, "actions": len(moved)},
        why="Agreed once for all of them. The first dates stay on the chart.",
    )


def _asked(year: Year, known: dict[str, Life]) -> list[Deed]:
    """One answered, one open, and one that nobody answered in time."""
    told = (
        ("1.49", -34, 14, "How many women waited for a review at the last two weekends?",
         "Four, all seen within two hours by telephone and in person the same day.", -25),
        ("1.04", -5, 9, "Which weekends are still without a consultant in the evening?", "", None),
        ("2.24", -20, 18, "What do the three gaps mean for night cover, and who decides on locums?", "", None),
    )  # fmt: skip
    deeds = []
    for ref, asked, days, question, answer, answered in told:
        if ref not in known:
            continue
        name = f"question {ref}"
        deeds.append(Deed(year.workday(asked), "viewer", "question.asked", _ask(name, ref, question, days)))
        if answered is not None:
            who = known[ref].who_does(answered)
            deeds.append(Deed(year.workday(answered), who, "question.answered", _answer(name, ref, answer)))
    return deeds


def _ask(name: str, ref: str, question: str, days: int) -> Callable[[Hand], None]:
    def write(hand: Hand) -> None:
        row = hand.action(ref)
        asked = BoardQuestion(
            id=hand.ground.new_id(),
            plan_id=row.plan_id,
            action_id=row.id,
            question=question,
            asked_on=hand.day,
            asked_at=hand.at,
            asked_by_id=hand.who.id,
            asked_by_name=hand.who.name,
            answer_by=hand.day.fromordinal(hand.day.toordinal() + days),
        )
        hand.ground.kept[name] = asked
        hand.tx.add(asked)

    return write


def _answer(name: str, ref: str, answer: str) -> Callable[[Hand], None]:
    def write(hand: Hand) -> None:
        row = hand.ground.kept[name]
        hand.tx.add_all([row, hand.action(ref)])
        row.answer, row.answered_on = answer, hand.day
        row.answered_by_id, row.answered_by_name = hand.who.id, hand.who.name

    return write


def _reported(year: Year, known: dict[str, Life]) -> list[Deed]:
    """An exception report whose new date waits for the group, and the recovery plan of what relapsed."""
    deeds = []
    if "1.15" in known:
        deeds.append(Deed(year.workday(-11), "gov", "exception.reported", _report))
    relapsed = next((life for life in known.values() if life.case.reopened and life.case.recovery is None), None)
    if relapsed is not None:
        name = f"{relapsed.ref} recovery"
        who = relapsed.who_does()
        deeds.append(Deed(year.workday(-2), who, "proposal.made", lambda hand: _recover(hand, name, relapsed.ref)))
    return deeds


def _report(hand: Hand) -> None:
    ground = hand.ground
    row = hand.action("1.15")
    asked = next((p for p in ground.proposals.values() if p.action_id == row.id and p.move is Move.due_date
                  and p.state is ProposalState.open), None)  # fmt: skip
    hand.tx.add(
        ExceptionReport(
            id=ground.new_id(),
            plan_id=row.plan_id,
            action_id=row.id,
            cause="23 guidelines are left and the librarian's post is open until the new year.",
            interim_control="The ten guidelines with the highest risk are done first, by e-mail vote.",
            recovery_plan="The librarian starts in January; four guidelines a week from then, reported each month.",
            new_due_date=asked.due_date if asked else None,
            ask="Agree agency cover for the librarian until the end of December.",
            date_proposal_id=asked.id if asked else None,
            made_on=hand.day,
            made_at=hand.at,
            made_by_id=hand.who.id,
            made_by_name=hand.who.name,
        )
    )


def _recover(hand: Hand, name: str, ref: str) -> None:
    row = hand.action(ref)
    proposal = Proposal(
        id=hand.ground.new_id(),
        plan_id=row.plan_id,
        action_id=row.id,
        move=Move.recovery,
        why="Staff who joined since the summer were not taught the new way, and the checks had stopped.",
        recovery_plan="Each new starter is taught in the first week; ten notes are checked every Friday until April.",
        mitigation="The coordinator checks each handover until all are taught.",
        proposed_on=hand.day,
        proposed_at=hand.at,
        proposed_by_id=hand.who.id,
        proposed_by_name=hand.who.name,
        proposed_as="accountable_person",
    )
    hand.ground.proposals[name] = proposal
    hand.tx.add(proposal)
    hand.change(ref, open_proposals=row.open_proposals + 1)


def _confirmed(plan: PlanTold, year: Year, found: list[Life]) -> list[Deed]:
    """What came in as assured: a validator confirmed all but the last one."""
    brought = [life for life in found if life.case.before_tool]
    at = year.workday(year.adopted + 16)
    confirming = [_confirm(life.ref) for life in brought[:-1]]
    return [Deed(at, plan.cast["validator"], "action.import_confirmed", write) for write in confirming]


def _confirm(ref: str) -> Callable[[Hand], None]:
    def write(hand: Hand) -> None:
        row = hand.change(ref, before_tool_confirmed_on=hand.day)
        retest = row.retest_date.isoformat() if row.retest_date else None
        hand.tx.add(
            Decision(
                id=hand.ground.new_id(),
                plan_id=row.plan_id,
                action_id=row.id,
                move=Move.before_tool,
                outcome=Outcome.accepted,
                decided_on=hand.day,
                decided_at=hand.at,
                decided_by_id=hand.who.id,
                decided_by_name=hand.who.name,
                capacity="validator",
                before={"retest_date": retest},
                after={"retest_date": retest},
                why="The audit that came with it was seen.",
            )
        )

    return write
