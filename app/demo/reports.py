"""The monthly word on an action, and what else happens beside it: chases, owners who leave, measures, exits."""

from app.actions.rules import Move, Progress
from app.assurance.rules import Outcome
from app.demo.content import people
from app.demo.hand import Answer, Ask, Hand
from app.demo.life import PROGRESS, STAGES, Life

# How many days before the group meets an owner sits down to write; never a weekend before a Wednesday.
_SHIFTS = (1, 2, 5, 6, 7, 8, 9)


def report(life: Life) -> None:
    case = life.case
    if case.before_tool:
        return
    if case.exited is not None:
        _exit(life)
    if life.completed is not None:
        _until(life, life.completed)
    if life.completed is None and case.exited is None:
        _open(life, _begin(life), case.progress)
    elif case.stage == "delivered":
        _proof(life)
    elif case.reopened is not None:
        _open(life, case.recovery or case.reopened, case.progress)
    elif life.told.said and (case.concern is not None or case.retest is not None):
        _say(life, life.year.workday(-4), Progress.complete, life.teller.own(life.told))
    _beside(life)


def _sittings(life: Life) -> list[int]:
    """Ascending; the same weekday every four weeks."""
    shift = _SHIFTS[sum(map(ord, life.owner)) % len(_SHIFTS)]
    return [g - shift for g in reversed(life.year.groups[:-1])]


def _begin(life: Life) -> int:
    return max(life.start if life.start is not None else life.created, life.created, life.year.adopted) + 1


def _until(life: Life, end: int) -> None:
    """The reports of what was later completed or left the plan."""
    days = [s for s in _sittings(life) if _begin(life) <= s < end]
    late = life.due is not None and life.completed is not None and life.due < life.completed - 5
    for place, at in enumerate(days):
        is_last = place == len(days) - 1
        progress = Progress.at_risk if is_last and late else _ordinary(life, place, len(days))
        phase = "begin" if place == 0 else "late" if is_last and life.completed is not None else "going"
        _say(life, at, progress, life.teller.words(life.told, phase, progress))


def _open(life: Life, begin: int, final: str) -> None:
    """The reports of what is not delivered, down to the last one as its case has it."""
    case, year = life.case, life.year
    if case.silent:
        return
    days = [s for s in _sittings(life) if s >= begin]
    if case.last is not None:
        last = year.workday(life.pick(case.last))
        days = [s for s in days if s <= last - 10] + [last]
    elif life.dice.random() < 0.35 and (not days or days[-1] < -12):
        days.append(year.workday(-life.dice.randint(1, 4)))
    for place, at in enumerate(days):
        left = len(days) - 1 - place
        progress = _towards(PROGRESS[final], left, life, place, len(days))
        is_own = left == 0 and life.told.said
        words = life.teller.own(life.told) if is_own else life.teller.words(
            life.told, "begin" if place == 0 and case.reopened is None else "going", progress
        )  # fmt: skip
        _say(life, at, progress, words)


def _towards(final: Progress, left: int, life: Life, place: int, of: int) -> Progress:
    """How it came to what the owner says now: worse news is not sudden."""
    if final is Progress.not_started:
        return final
    if final is Progress.off_track and left <= 2:
        return Progress.at_risk if left == 2 else final
    if final is Progress.at_risk and left <= 1:
        return final
    return _ordinary(life, place, of) if left else final


def _ordinary(life: Life, place: int, of: int) -> Progress:
    is_blip = 0 < place < of - 1 and life.dice.random() < 0.09
    return Progress.at_risk if is_blip else Progress.on_track


def _proof(life: Life) -> None:
    since = life.delivered or 0
    days = [s for s in _sittings(life) if s > since + 6]
    days = days[::2]
    if life.told.said:
        last = life.year.workday(max(-5, since + 1))
        days = [d for d in days if d < last - 3] + [last]
    for place, at in enumerate(days):
        is_own = life.told.said and place == len(days) - 1
        words = life.teller.own(life.told) if is_own else life.teller.words(life.told, "proof", Progress.complete)
        _say(life, at, Progress.complete, words)


def _say(life: Life, at: int, progress: Progress, words: dict[str, str]) -> None:
    """By the owner; by a contributor; or by the office, which says for whom and how it was told."""
    who, told = life.who_does(at), ""
    owner = life.owner if who == life.owner else ""
    roll = life.dice.random()
    if life.told.contributors and roll < 0.4:
        who = life.told.contributors[0]
    elif roll < 0.18 and owner and people()[owner].at == life.plan.organisation:
        who, told = life.plan.cast["office"], life.teller.any("told")
    life.said.append((at, words))
    is_external = life.case.external is not None

    def write(hand: Hand) -> None:
        accounts = hand.ground.accounts
        hand.say(life.ref, progress, words, owner=accounts[owner] if owner else None, told=told)
        if is_external:
            hand.change(life.ref, last_chased_on=hand.day)

    life.add(at, who, "action.updated", write)


def _beside(life: Life) -> None:
    case, year, office = life.case, life.year, life.plan.cast["office"]
    if case.owner_left is not None:
        life.changes(year.workday(case.owner_left), office, "action.edited", accountable_person_id=None)
    if case.concern is not None:
        at = year.workday(case.concern)
        life.changes(at, office, "measure.concern_noted", concern_since=year.day(at))


def _exit(life: Life) -> None:
    """Asked by the office, decided by the chair at a meeting."""
    case, year = life.case, life.year
    meeting = year.group_from(life.pick(case.exited)) if case.exited is not None else 0
    move = Move(case.stage)
    name = f"{life.ref} exit"
    why = life.teller.any("exits", case.stage)
    ask = Ask(name, life.ref, move, why, "office", replaced_by=life.told.replaced_by)
    life.add(year.workday(meeting - 9), life.plan.cast["office"], "proposal.made", lambda hand: _asked(hand, ask))
    answer = Answer(Outcome.accepted, why, "chair", meeting)

    def decide(hand: Hand) -> None:
        replaced = hand.ground.actions[ask.replaced_by].id if ask.replaced_by else None
        hand.answer(name, life.ref, answer, stage=STAGES[case.stage], exit_why=why, replaced_by_id=replaced)

    life.add(meeting, life.plan.cast["chair"], "proposal.accepted", decide)
    _until(life, meeting - 10)


def _asked(hand: Hand, ask: Ask) -> None:
    hand.ask(ask)
