"""Loads the demonstration: what it tells becomes ordinary rows, written on their days by the people who did it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import groupby
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlmodel import select

from app.core import clock
from app.core.actor import Actor, Door, system
from app.core.db import Database, Read, Write
from app.core.errors import Conflict
from app.core.idempotency import note, write_note
from app.core.storage import storage_in
from app.core.words import _
from app.demo import around, setting, waiting
from app.demo import plan as planning
from app.demo.answering import answer_recommendations
from app.demo.content import PlanTold, asked, people, plans
from app.demo.days import Year
from app.demo.hand import Ground, Hand
from app.demo.life import Deed
from app.organisations.models import Organisation
from app.people.models import Account
from app.people.rules import MADE_BY_DEMO
from app.plans.models import Plan
from app.reports.commands import keep_days

BEGUN = "begun"
# More than the year has.
EVERY_DAY = 1000
STORYTELLER = system(Door.demo, "Demonstration")
WHOLE = "the demonstration writes its own data"
# What comes before what on one day.
_ORDER = (
    "account.deactivated", "framework.added", "action.created", "action.edited", "meeting.added", "action.updated",
    "evidence.submitted", "evidence.withdrawn", "evidence.accepted", "evidence.returned",
    "delegation.given", "question.asked", "edition.proposed", "proposal.made", "exception.reported",
    "proposal.withdrawn", "proposal.accepted", "proposal.returned", "settings.changed", "edition.agreed",
    "question.answered", "meeting.recorded", "action.stepped_back", "action.retest_failed", "action.import_confirmed",
    "action.recovery_accepted", "measure.concern_noted", "plan.created", "plan.adopted", "meeting.confirmed",
)  # fmt: skip


def is_foreign(database: Database) -> bool:
    """Whether it holds somebody's own work, which the demonstration never touches."""
    with database.read(STORYTELLER) as read:
        return note(read, MADE_BY_DEMO) is None and _is_in_use(read)


def load(database: Database, password_hash: Callable[[], str]) -> bool:
    """Load the demonstration as of today; False where it is loaded already.

    password_hash: asked for only when it is needed, since a hash takes long. Raises Conflict in a database that
    the demonstration did not make, or did not finish.
    """
    with database.read(STORYTELLER) as read:
        made = note(read, MADE_BY_DEMO)
        if made == BEGUN:
            raise Conflict(_("The demonstration was not loaded to its end. Run `tracker demo --reset`."))
        if made is not None:
            return False
        if _is_in_use(read):
            raise Conflict(_("This database was not made by `tracker demo`, so the demonstration is not loaded here."))
    hashed = password_hash()
    with _hasty(database):
        book = Book(database, Year(clock.today()))
        book.begin(hashed)
        for told in plans():
            book.keep_days(book.tell(told))
        answer_recommendations(database, book.accounts, plans()[0].cast)
    with database.write(STORYTELLER) as tx:
        write_note(tx, MADE_BY_DEMO, book.year.today.isoformat())
    return True


@contextmanager
def _hasty(database: Database) -> Iterator[None]:
    """SQLite need not reach the disk at each of a thousand commits: what a power cut would lose is loaded again."""

    def connected(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous=NORMAL").close()

    if not database.is_sqlite:
        yield
        return
    database.writers.dispose()
    event.listen(database.writers, "connect", connected)
    try:
        yield
    finally:
        event.remove(database.writers, "connect", connected)
        database.writers.dispose()


def _is_in_use(read: Read) -> bool:
    return any(
        read.exec(statement).first() is not None
        for statement in (select(Organisation.id).limit(1), select(Account.id).limit(1), select(Plan.id).limit(1))
    )


@dataclass(slots=True)
class Book:
    database: Database
    year: Year
    accounts: dict[str, Account] = field(default_factory=dict)
    organisations: dict[str, UUID] = field(default_factory=dict)
    recommendations: dict[str, UUID] = field(default_factory=dict)

    def begin(self, password_hash: str) -> None:
        at = self.year.drafted - 14
        with self.database.write(STORYTELLER) as tx:
            self._stamp(tx, at, 0, "demonstration.begun")
            write_note(tx, MADE_BY_DEMO, BEGUN)
            self.organisations = setting.found_organisations(tx)
            self.accounts = setting.found_people(tx, self.organisations, password_hash)
            tx.act("library.loaded")
            setting.load_publications(tx)
            self.recommendations = setting.recommendations(tx)
            tx.expunge_all()

    def tell(self, told: PlanTold) -> UUID:
        """Write the plan and its year; its id."""
        row = Plan(
            id=setting.ident("plan", told.slug),
            slug=told.slug,
            organisation_id=self.organisations[told.organisation],
            title=told.title,
            vision=told.vision,
            period_start=self.year.day(self.year.adopted),
            period_end=self.year.day(self.year.adopted + 3 * 365),
            sponsor_id=self.accounts[told.cast["chair"]].id,
            settings={} if told.members[0] == "executive" else {"slipped_rule": True},
        )
        dice = Random(told.slug)  # noqa: S311 - dice of a story
        storage = storage_in(self.database.data_dir)
        ground = Ground(self.year, dice, row, self.accounts, self.organisations, self.recommendations, storage)

        def create(hand: Hand) -> None:
            hand.tx.add(row)
            hand.tx.flush()
            planning.frame(hand, told)

        self._write(ground, [Deed(self.year.drafted - 3, told.cast["office"], "plan.created", create)], 0)
        self._perform(ground, self._deeds(told))
        return row.id

    def keep_days(self, plan_id: UUID) -> None:
        """What the daily work would have written down on each day of the year."""
        with self.database.write(STORYTELLER) as tx:
            tx.see_everything(WHOLE)
            keep_days(tx, plan_id, EVERY_DAY)

    def _deeds(self, told: PlanTold) -> list[Deed]:
        year = self.year
        found = planning.lives(told, year)
        deeds = planning.creations(told, year, found) + planning.gatherings(told, year)
        deeds.append(Deed(year.adopted, told.cast["chair"], "plan.adopted", planning.adoption))
        if told.slug == plans()[0].slug:
            deeds += waiting.proposals(told, year, asked(), found) + waiting.slipped_rule(told, year)
            deeds += around.around(told, year, found)
            deeds += self._shared(told)
        return deeds + [deed for life in found for deed in life.deeds]

    def _shared(self, told: PlanTold) -> list[Deed]:
        """What happens beside the plans: the inspection, and who leaves."""
        organisation = self.organisations[told.organisation]
        deeds = [
            Deed(self.year.inspected, told.cast["office"], "framework.added",
                 lambda hand: setting.found_inspection(hand.tx, organisation))
        ]  # fmt: skip
        for key, person in people().items():
            if person.left is not None:
                deeds.append(Deed(self.year.workday(person.left), "administrator", "account.deactivated",
                                  lambda hand, k=key: setting.say_goodbye(  # type: ignore[misc]
                                      hand.tx, self.year, hand.ground.accounts, k)))  # fmt: skip
        return deeds

    def _perform(self, ground: Ground, deeds: list[Deed]) -> None:
        """In the order of the days; one transaction for each person and act of a day."""

        def key(deed: Deed) -> tuple[int, int, str, str]:
            return deed.at, _ORDER.index(deed.act), deed.act, deed.who

        day, place = None, 0
        for (at, *_rest), group in groupby(sorted(deeds, key=key), key=key):
            place = place + 1 if at == day else 1
            day = at
            self._write(ground, list(group), place)

    def _write(self, ground: Ground, deeds: list[Deed], place: int) -> None:
        first = deeds[0]
        who = ground.accounts[first.who]
        actor = Actor(
            id=who.id, name=who.name, door=Door.demo, email=who.email, organisation_id=who.organisation_id
        )  # fmt: skip
        with self.database.write(actor) as tx:
            tx.autoflush = False
            at = self._stamp(tx, first.at, place, first.act)
            hand = Hand(tx, ground, who, self.year.day(first.at), at)
            for deed in deeds:
                deed.do(hand)
            tx.flush()
            for more in hand.then:
                more()
            tx.flush()

    def _stamp(self, tx: Write, offset: int, place: int, act: str) -> datetime:
        """The day, and an instant on it; on a day still to come really, as much earlier as keeps it in the past."""
        tx.see_everything(WHOLE)
        day = self.year.day(offset)
        ahead = max(0, (self.year.today - clock.london(clock.now()).date()).days)
        local = datetime.combine(day, time(9), clock.LONDON) + timedelta(minutes=2 * place)
        at = local.astimezone(clock.now().tzinfo) - timedelta(days=ahead)
        stamp = tx.info["stamp"]
        stamp.at_day, stamp.at_instant = day, at
        tx.act(act)
        return at
