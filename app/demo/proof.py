"""From completion to assurance and beyond: claims, evidence, the panel's word, re-tests and relapses."""

from datetime import date

from app.actions.rules import Move, Progress, Stage, add_months
from app.assurance.rules import Outcome
from app.demo import evidence
from app.demo.hand import Answer
from app.demo.life import PROOF_DAYS, Life

ACCEPTED, RETURNED = Outcome.accepted, Outcome.returned


def deliver(life: Life) -> None:
    """The owner's claim, and a validator's acceptance a few days later."""
    case, year, completed = life.case, life.year, life.completed
    if case.claimed is not None:
        at = year.workday(case.claimed)
        evidence.implemented(life, at)
        life.asks(at, life.who_does(), Move.delivered, {"completion_date": at, "evidence_by_date": at + PROOF_DAYS})
    if completed is None or case.before_tool:
        return
    by = case.evidence_by if case.evidence_by is not None else completed + PROOF_DAYS
    claimed = year.workday(completed + 2)
    dates = {"completion_date": completed, "evidence_by_date": by}
    name = life.asks(claimed, life.who_does(), Move.delivered, dates)
    delivered = life.delivered = year.workday(claimed + life.dice.randint(5, 9))
    answer = Answer(ACCEPTED, life.teller.any("answer", "delivered"), "validator")
    validator = life.plan.cast["validator" if life.dice.random() < 0.7 else "second"]
    evidence.implemented(life, claimed, delivered, validator)
    life.answers(
        name, delivered, validator, answer, stage=Stage.delivered, progress=Progress.complete, claimed_on=None,
        completion_date=year.day(completed), evidence_by_date=year.day(by),
    )  # fmt: skip
    if case.submitted is not None:
        _submitted(life)
    if case.stage in ("assured", "embedded") or case.reopened is not None:
        assure(life)


def _submitted(life: Life) -> None:
    """Effect evidence that the panel has returned, or has yet to look at."""
    year, case = life.year, life.case
    at = year.workday(case.submitted or 0)
    item = evidence.shown(life, at)
    name = life.asks(at, life.who_does(), Move.assured)
    if case.returned:
        back = year.panels[0] if case.returned == "extra" else year.panels[1]
        answer = Answer(RETURNED, life.teller.any("answer", "returned"), "panel", back)
        life.answers(name, back, life.plan.cast["validator"], answer)
        evidence.send_back(life, item, back, life.plan.cast["validator"], answer.why)


def assure(life: Life) -> None:
    year, case = life.year, life.case
    is_early = case.stage == "embedded"
    wait = 30 if is_early else life.dice.randint(38, 70)
    submitted = year.workday(min((life.completed or 0) + wait, -35))
    submitted = max(submitted, (life.delivered or submitted) + 3)
    panel = year.next_panel(submitted + 5)
    panelist = life.plan.cast["validator"]
    again = year.panel_from(panel + 20)
    if not is_early and again is not None and again < -20 and case.stage == "assured" and life.dice.random() < 0.14:
        item = evidence.shown(life, submitted)
        name = life.asks(submitted, life.who_does(), Move.assured)
        answer = Answer(RETURNED, life.teller.any("answer", "returned"), "panel", panel)
        life.answers(name, panel, panelist, answer)
        evidence.send_back(life, item, panel, panelist, answer.why)
        submitted, panel = year.workday(again - 7), again
    item = evidence.shown(life, submitted)
    name = life.asks(submitted, life.who_does(), Move.assured)
    retest = case.retest if case.retest is not None else year.offset(_later(life, panel))
    answer = Answer(ACCEPTED, life.teller.any("answer", "assured"), "panel", panel)
    life.answers(
        name, panel, panelist, answer, stage=Stage.assured, accepted_on=year.day(panel), retest_date=year.day(retest)
    )
    evidence.accept(life, item, panel, panelist)
    _verified(life, year.workday(panel + 1 if year.day(panel + 1).weekday() < 5 else panel))
    _after(life, panel, retest)


def _later(life: Life, at: int) -> date:
    return add_months(life.year.day(at), 6 if life.is_regulatory else 12)


def _verified(life: Life, at: int) -> None:
    """The office notes the panel's word, so that the latest update says it."""
    words = {"commentary": life.told.said or life.teller.any("proof")}
    if life.case.concern is not None or life.case.retest is not None or life.case.reopened is not None:
        words = {"commentary": life.teller.any("proof")}
    life.said.append((at, words))
    life.add(at, life.plan.cast["office"], "action.updated",
             lambda hand: hand.say(life.ref, Progress.complete, words, owner=None, told=""))  # fmt: skip


def _after(life: Life, assured: int, retest: int) -> None:
    year, case = life.year, life.case
    if case.reopened is not None:
        _relapse(life)
    elif case.stage == "embedded":
        passed = year.workday(max(year.offset(add_months(year.day(assured), 6)) + 4, assured + 186))
        _retested(life, passed)
        panel = year.next_panel(passed + 9)
        name = life.asks(year.workday(passed + 4), life.plan.cast["office"], Move.embedded)
        answer = Answer(ACCEPTED, life.teller.any("answer", "embedded"), "panel", panel)
        life.answers(name, panel, life.plan.cast["validator"], answer, stage=Stage.embedded)
    elif case.retest is None:
        while retest <= 3:
            passed = year.workday(retest - 12)
            retest = _retested(life, passed)


def _retested(life: Life, passed: int) -> int:
    """Asked by the office a week before a validator says so; gives the next re-test's day."""
    year = life.year
    following = year.offset(_later(life, passed))
    name = life.asks(year.workday(passed - 7), life.plan.cast["office"], Move.retest_passed, {"retest_date": following})
    answer = Answer(ACCEPTED, life.teller.any("answer", "retest_passed"), "validator")
    if not life.case.before_tool:
        evidence.accept(life, evidence.shown(life, year.workday(passed - 8)), passed, life.plan.cast["second"])
    life.answers(name, passed, life.plan.cast["second"], answer, retest_date=year.day(following))
    return following


def before_tool(life: Life) -> None:
    """Brought in as assured: confirmed by a re-test within six months."""
    year = life.year
    retest = year.offset(add_months(year.day(life.created), 6))
    while retest <= 3:
        retest = _retested(life, year.workday(retest - 12))


def _relapse(life: Life) -> None:
    year, case = life.year, life.case
    at = year.workday(case.reopened or 0)
    validator = life.plan.cast["validator"]
    new = year.day(life.pick(case.due) if isinstance(case.due, int | list) else 60)
    name = life.asks(at, validator, Move.retest_failed, {"due_date": year.offset(new)}, part="validator")
    answer = Answer(ACCEPTED, life.teller.any("lowered"), "validator")
    life.answers(
        name, at, validator, answer, stage=Stage.not_delivered, progress=Progress.on_track, due_date=new,
        reopened_on=year.day(at), retest_date=None,
    )  # fmt: skip
    if case.recovery is not None:
        accepted = year.workday(case.recovery)
        plan = life.asks(year.workday(case.recovery - 6), life.who_does(), Move.recovery)
        agreed = Answer(ACCEPTED, life.teller.any("answer", "recovery"), "chair")
        words = {"commentary": life.teller.any("recovered")}
        chair = life.plan.cast["chair"]
        life.answers(plan, accepted, chair, agreed, recovery_accepted_on=year.day(accepted))
        life.add(accepted, life.plan.cast["office"], "action.updated",
                 lambda hand: hand.say(life.ref, Progress.on_track, words, owner=None, told=""))  # fmt: skip
