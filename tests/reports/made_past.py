"""A plan with a past for reports: actions of every stage that moved over a year, made on the days they happened."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlmodel import select

from app.actions.models import Action, RecommendationLink, Update
from app.actions.rules import Progress, Stage
from app.core import clock
from app.core.actor import Door
from app.core.db import Database
from app.core.migrate import upgrade as migrate
from app.coverage.models import RecommendationStanding
from app.coverage.rules import Answer
from app.frameworks.models import Recommendation
from app.organisations.models import Organisation
from app.people.models import Account
from app.plans.models import Plan, Priority
from tests.actions import made_plan
from tests.support import cast as casting
from tests.support.cast import MAKER, Cast

TODAY = date(2027, 6, 15)


@contextmanager
def on(day: date) -> Iterator[None]:
    """The civil day that rules, ledger days and as-at use."""
    before = clock.pinned()
    clock.pin(day)
    try:
        yield
    finally:
        clock.pin(before)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def write(cast: Cast, day: date, act: str, why: str | None, *rows: Action, who: str = "", **fields: Any) -> None:
    """Set these fields on the actions, as done on that day."""
    actor = cast.actor(who, Door.page) if who else MAKER
    with on(day), cast.database.write(actor) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act(act, why=why)
        for row in rows:
            mine = tx.get_one(Action, row.id)
            for name, value in fields.items():
                setattr(mine, name, value)
            tx.flush()


def new(cast: Cast, day: date, ref: str, **fields: Any) -> Action:
    given: dict[str, Any] = {
        "plan_id": cast.plan_id,
        "ref": ref,
        "title": f"Action {ref}",
        "priority_id": cast.priorities[ref.partition(".")[0]],
        "organisation_id": cast.organisations["AAA"],
        "accountable_person_id": cast.people["owen"],
        "created_on": day,
        "start_date": day,
        "progress": Progress.on_track,
        "last_update_on": day,
        "updated_at": clock.now(),
    }
    row = Action(**(given | fields))
    row.original_due_date = row.original_due_date or row.due_date
    with on(day), cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("action.created", why="The inspection asked for it")
        tx.add(row)
        tx.flush()
    return row


# Two meet 1.1; 2.1 is only contributed to; with the exited one 3.1 loses its only action; 4.1 is met but set APART.
ANSWERS = {
    "overdue": (("1.1", True), ("4.1", True)),
    "slipped": (("1.1", True),),
    "unproven": (("1.2", True),),
    "off_track": (("2.1", False),),
    "exited": (("3.1", True),),
}
APART = "4.1"


def link(cast: Cast, day: date, row: Action, recommendation: str, meets: bool) -> None:
    assert cast.plan_id is not None
    with on(day), cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("action.edited")
        asked = tx.exec(select(Recommendation.id).where(Recommendation.ref == recommendation)).one()
        tx.add(RecommendationLink(plan_id=cast.plan_id, action_id=row.id, recommendation_id=asked, meets=meets))
        tx.flush()


def set_apart(cast: Cast, day: date, recommendation: str) -> None:
    assert cast.plan_id is not None
    with on(day), cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("standing.accepted")
        asked = tx.exec(select(Recommendation.id).where(Recommendation.ref == recommendation)).one()
        said = Answer.external
        tx.add(RecommendationStanding(plan_id=cast.plan_id, recommendation_id=asked, answer=said, decided_on=day))
        tx.flush()


def adopt(cast: Cast, day: date) -> None:
    with on(day), cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("plan.adopted")
        tx.get_one(Plan, cast.plan_id).adopted_on = day
        tx.flush()


def say(cast: Cast, day: date, row: Action, progress: Progress, commentary: str) -> None:
    assert cast.plan_id is not None
    with on(day), cast.database.write(cast.actor("owen")) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("action.updated")
        said = Update(
            plan_id=cast.plan_id,
            action_id=row.id,
            said_on=day,
            made_at=clock.now(),
            by_name="Owen",
            progress=progress,
            commentary=commentary,
        )
        tx.add(said)
        tx.flush()
        mine = tx.get_one(Action, row.id)
        mine.progress, mine.last_update_on, mine.latest_update_id = progress, day, said.id
        tx.flush()


def fill(url: str) -> None:
    """A database with the cast and its year."""
    migrate(url)
    folder = Path(str(make_url(url).database)).parent
    with on(ago(420)):
        cast = casting.make(url, folder)
    a_year(cast)
    cast.database.dispose()


def cast_of(url: str, folder: Path) -> Cast:
    """The cast of a database that `fill` has filled."""
    cast = Cast(Database(url, folder))
    with cast.database.read(MAKER) as read:
        read.see_everything("the tests' own set-up")
        cast.people = {email.partition("@")[0]: found for found, email in read.exec(select(Account.id, Account.email))}
        cast.organisations = {code: found for found, code in read.exec(select(Organisation.id, Organisation.code))}
        cast.plan_id = read.exec(select(Plan.id)).one()
        cast.priorities = {ref: found for found, ref in read.exec(select(Priority.id, Priority.ref))}
    return cast


Event = tuple[int, Callable[[], object]]


def a_year(cast: Cast) -> dict[str, Action]:
    """Ten actions over a year, by what became of them; today is 15 June 2027. Written in the order of the days."""
    made_plan.framework(cast, refs=("1.1", "1.2", "2.1", "3.1", APART))
    adopt(cast, ago(400))
    set_apart(cast, ago(395), APART)
    rows: dict[str, Action] = {}
    events = [*_beginnings(cast, rows), *_proofs(cast, rows), *_troubles(cast, rows), *_words(cast, rows)]
    for _days, event in sorted(events, key=lambda e: -e[0]):
        event()
    return rows


FAR = TODAY + timedelta(days=200)


def _beginnings(cast: Cast, rows: dict[str, Action]) -> list[Event]:
    outside = {"external_lead": True, "external_contact": "The ICB"}
    given: list[tuple[str, str, int, dict[str, Any]]] = [
        ("overdue", "1.1", 390, {"due_date": ago(10)}),
        ("assured", "1.2", 390, {"due_date": ago(200)}),
        ("unproven", "1.3", 390, {"due_date": ago(90)}),
        ("relapsed", "1.4", 390, {"due_date": ago(300)}),
        ("slipped", "1.5", 390, {"due_date": ago(5)}),
        ("off_track", "2.1", 390, {"due_date": FAR}),
        ("exited", "2.2", 390, {"due_date": FAR}),
        ("external", "2.3", 390, {"due_date": ago(60), **outside}),
        ("differs", "2.4", 390, {"due_date": ago(5)}),
        ("added", "2.5", 5, {"due_date": FAR}),
    ]

    def make(name: str, ref: str, days: int, fields: dict[str, Any]) -> None:
        rows[name] = new(cast, ago(days), ref, **fields)
        for recommendation, meets in ANSWERS.get(name, ()):
            link(cast, ago(days), rows[name], recommendation, meets)

    return [(days, partial(make, name, ref, days, fields)) for name, ref, days, fields in given]


def _proofs(cast: Cast, rows: dict[str, Action]) -> list[Event]:
    def deliver(name: str, days: int) -> None:
        facts = {"completion_date": ago(days), "evidence_by_date": ago(days) + timedelta(days=120)}
        stage = {"stage": Stage.delivered, "progress": Progress.complete}
        write(cast, ago(days), "proposal.accepted", "Seen on the ward", rows[name], who="victor", **facts, **stage)

    def assure(name: str, days: int) -> None:
        facts = {"stage": Stage.assured, "submitted_on": ago(days), "accepted_on": ago(days), "retest_date": FAR}
        write(cast, ago(days), "proposal.accepted", "The audit shows it", rows[name], who="victor", **facts)

    delivered = (("assured", 210), ("unproven", 95), ("relapsed", 310))
    assured = (("assured", 150), ("relapsed", 250))
    events: list[Event] = [(days, partial(deliver, name, days)) for name, days in delivered]
    return events + [(days, partial(assure, name, days)) for name, days in assured]


def _troubles(cast: Cast, rows: dict[str, Action]) -> list[Event]:
    def relapse() -> None:
        facts = {"stage": Stage.delivered, "reopened_on": ago(12), "evidence_by_date": ago(12) + timedelta(days=28)}
        write(cast, ago(12), "action.lowered", "Only 71 of 100 records", rows["relapsed"], who="victor", **facts)

    def slip() -> None:
        facts = {"due_date": ago(5) + timedelta(days=60), "slips": 1, "slip_days": 60}
        write(cast, ago(15), "proposal.accepted", "The supplier is late", rows["slipped"], who="edith", **facts)

    def leave() -> None:
        facts = {"stage": Stage.descoped, "exit_why": "Part of 1.2 now"}
        write(cast, ago(3), "proposal.accepted", "Part of 1.2 now", rows["exited"], who="carol", **facts)

    return [(12, relapse), (15, slip), (3, leave)]


def _words(cast: Cast, rows: dict[str, Action]) -> list[Event]:
    month = ("overdue", "slipped", "off_track", "exited", "external", "differs")
    events: list[Event] = [
        (days, partial(say_of, cast, rows, name, days, Progress.on_track, f"Work goes on with {name}"))
        for days in range(380, 20, -30)
        for name in month
    ]
    events.append((8, partial(say_of, cast, rows, "off_track", 8, Progress.off_track, "The post was not filled")))
    return [*events, (2, partial(say_of, cast, rows, "differs", 2, Progress.on_track, "Nearly there"))]


def say_of(cast: Cast, rows: dict[str, Action], name: str, days: int, progress: Progress, said: str) -> None:
    say(cast, ago(days), rows[name], progress, said)
