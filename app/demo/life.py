"""One action's year: from its case on the day it is loaded, backwards to what must have happened and when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from app.actions.models import Milestone, RecommendationLink
from app.actions.rules import Move, Progress, Stage
from app.assurance.rules import Outcome
from app.demo.content import Case, Days, PlanTold, Told, people
from app.demo.days import Year
from app.demo.hand import Answer, Ask, Hand
from app.demo.telling import Teller
from app.people.rules import Role

CQC = "local_cqc_saltmarsh_2026:"
PROOF_DAYS = 90


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does to the plan on a day; deeds of one day, person and act are one transaction."""

    at: int
    who: str
    act: str
    do: Callable[[Hand], None]


@dataclass(slots=True)
class Life:
    told: Told
    plan: PlanTold
    year: Year
    teller: Teller
    dice: Random
    deeds: list[Deed] = field(default_factory=list)
    # Every update with its day; the words may still change until the year is written.
    said: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    created: int = 0
    start: int | None = None
    due: int | None = None
    first_due: int | None = None
    completed: int | None = None
    delivered: int | None = None
    # A new edition of the plan moved its date.
    replanned: bool = False

    @property
    def ref(self) -> str:
        return self.told.ref

    @property
    def case(self) -> Case:
        return self.told.case

    @property
    def is_regulatory(self) -> bool:
        return any(key.startswith(f"{CQC}MD") for key in self.told.meets)

    @property
    def owner(self) -> str:
        return self.told.owner

    def who_does(self, at: int = 0) -> str:
        """The owner, or the office for an owner who has left."""
        left = people()[self.owner].left
        gone = [d for d in (left, self.case.owner_left) if d is not None and d <= at]
        return self.plan.cast["office"] if gone else self.owner

    def add(self, at: int, who: str, act: str, do: Callable[[Hand], None]) -> None:
        self.deeds.append(Deed(at, who, act, do))

    def say_otherwise(self, than: str) -> str:
        """The latest word, made different from the neighbour's; gives it."""
        if not self.said:
            return ""
        _at, words = max(self.said, key=lambda said: said[0])
        while words["commentary"] == than:
            is_assured = self.case.stage in ("assured", "embedded")
            words["commentary"] = self.teller.any("proof") if is_assured else self.teller.words(
                self.told, "going" if self.completed is None else "proof", Progress.on_track
            )["commentary"]  # fmt: skip
        return words["commentary"]

    def pick(self, days: Days) -> int:
        return days if isinstance(days, int) else self.dice.randint(days[0], days[1])

    def settle(self) -> None:
        """The dates that everything else follows from."""
        case = self.case
        self.completed = self.pick(case.completed) if case.completed is not None else None
        start = self.pick(case.start) if case.start is not None else None
        if self.completed is not None and start is None:
            start = self.completed - self.dice.randint(60, 150)
        self.created = self._created(start)
        if self.completed is not None and not case.before_tool:
            self.completed = max(self.completed, self.created + 24)
        self.start = start if start is None or case.before_tool else max(start, self.year.drafted)
        if case.completed is None and self.created > self.year.adopted and start is not None:
            self.start = max(start, self.created)
        self.due = self._due()
        self.first_due = self.due

    def _created(self, start: int | None) -> int:
        links = (*self.told.meets, *self.told.contributes)
        is_late = bool(links) and all(key.startswith(CQC) for key in links)
        began = self.completed if self.completed is not None else start
        if is_late and (began is None or began > -190):
            return self.year.inspected
        return self.year.workday(self.year.drafted + 2 * int(self.told.priority))

    def _due(self) -> int | None:
        due = self.case.due
        if self.completed is not None and (due is None or self.case.reopened is not None):
            return self.completed + self.dice.randint(-12, 25)
        if due is None or isinstance(due, str):
            return None
        return self.pick(due)

    # --- dates that were moved ---------------------------------------------------------------------------------

    def slip(self) -> None:
        """Earlier due dates, and who agreed to move each."""
        times = self.case.slips or self._ordinary_slip()
        if not times or self.due is None or self.case.reopened is not None:
            return
        gap = (self.case.slip_days or self.dice.choice([28, 40, 45, 60])) if times == 1 else 40
        chain = [self.due - gap * (times - i) for i in range(times)]
        groups = self.year.groups
        decided = []
        for i, old in enumerate(chain):
            found = self.year.group_until(min(old - 2, groups[times - 1 - i]))
            if found is None or found - 10 < max(self.created, self.year.adopted + 14):
                return
            decided.append(found)
        if len(set(decided)) < times or (self.completed is not None and max(decided) > self.completed):
            return
        self.first_due = chain[0]
        for i, meeting in enumerate(decided):
            new = chain[i + 1] if i + 1 < times else self.due
            self._moved(i, chain[i], new, meeting)

    def _ordinary_slip(self) -> int:
        if self.is_regulatory or self.case.stage not in ("assured", "delivered"):
            return 0
        return int(self.dice.random() < 0.16)

    def _moved(self, number: int, old: int, new: int, meeting: int) -> None:
        name = f"{self.ref} due {number}"
        is_small = new - old <= 30 and number == 0
        asked = self.year.workday(meeting - 8)
        why, impact = self.teller.any("asked", "due_date"), self.teller.any("impact")
        ask = Ask(name, self.ref, Move.due_date, why, "accountable_person", {"due_date": new}, "", impact,
                  self.teller.any("mitigation"))  # fmt: skip
        self.add(asked, self.who_does(), "proposal.made", lambda hand: _ask(hand, ask))
        executive = self.executive()
        who, capacity = (executive, "lead_executive") if is_small else (self.plan.cast["chair"], "chair")
        at = self.year.workday(asked + 4) if is_small else meeting
        answer = Answer(Outcome.accepted, self.teller.any("answer", "due_date"), capacity, None if is_small else at)
        facts = {"due_date": self.year.day(new), "slips": number + 1, "slip_days": new - (self.first_due or new)}
        self.add(at, who, "proposal.accepted", lambda hand: hand.answer(name, self.ref, answer, **facts))

    def executive(self) -> str:
        return people()[self.owner].executive or self.plan.cast["executive"]

    # --- what is asked and answered ------------------------------------------------------------------------------

    def asks(self, at: int, who: str, move: Move, dates: dict[str, int] | None = None, part: str = "") -> str:
        name = f"{self.ref} {move.value} {at}"
        why = self.teller.any("asked", move.value)
        part = part or ("office" if people()[who].role == Role.office else "accountable_person")
        ask = Ask(name, self.ref, move, why, part, dates or {})
        self.add(at, who, "proposal.made", lambda hand: _ask(hand, ask))
        return name

    def answers(self, name: str, at: int, who: str, answer: Answer, **facts: object) -> None:
        act = "proposal.accepted" if answer.outcome is Outcome.accepted else "proposal.returned"
        self.add(at, who, act, lambda hand: hand.answer(name, self.ref, answer, **facts))

    def changes(self, at: int, who: str, act: str, **facts: object) -> None:
        self.add(at, who, act, lambda hand: _change(hand, self.ref, facts))

    # --- beside the way ------------------------------------------------------------------------------------------

    def links(self, keys: Iterable[str], meets: bool) -> list[Callable[[Hand], None]]:
        return [lambda hand, key=key: _link(hand, self.ref, key, meets) for key in keys]  # type: ignore[misc]

    def milestones(self, rows: list[tuple[str, float]]) -> Callable[[Hand], None]:
        start, due = self.start or self.created, self.due or 60

        def write(hand: Hand) -> None:
            for place, (title, share) in enumerate(rows, start=1):
                at = int(due + (due - start) * share) if share <= 0 else due + 60
                hand.part(self.ref, Milestone, title=title, due_date=self.year.day(at), position=place)

        return write


def _ask(hand: Hand, ask: Ask) -> None:
    hand.ask(ask)
    if ask.move is Move.delivered:
        hand.change(ask.ref, claimed_on=hand.day)
    if ask.move is Move.assured:
        hand.change(ask.ref, submitted_on=hand.day)


def _change(hand: Hand, ref: str, facts: dict[str, object]) -> None:
    hand.change(ref, **facts)


def _link(hand: Hand, ref: str, key: str, meets: bool) -> None:
    hand.part(ref, RecommendationLink, recommendation_id=hand.ground.recommendations[key], meets=meets)


STAGES = {stage.value: stage for stage in Stage}
PROGRESS = {progress.value: progress for progress in Progress}
