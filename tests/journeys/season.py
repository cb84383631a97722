"""A plan with sixty days behind it and a meeting two weeks ago, written on its days by the people who did it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from app.core.migrate import upgrade
from app.plans.models import Meeting
from app.plans.rules import BodyKind
from tests.actions.made_plan import add, framework, update
from tests.assurance.made import add as add_row
from tests.assurance.made import body_id, day, plan_id
from tests.people.signing import give_password
from tests.reports.made_past import on
from tests.support import cast as casting
from tests.support.cast import Cast

BEFORE, MEETING = 20, 14
GIVEN = (
    ("Fund the midwives", "1", -5),
    ("Twice-daily ward rounds", "1", 60),
    ("Bereavement room", "2", 30),
    ("Triage within 15 minutes", "2", 40),
    ("Interpreters at booking", "2", 50),
)


def fill(url: str) -> None:
    """1.1 has become overdue and 1.2 off track since the meeting; 2.1 to 2.3 are Edith's, and on track."""
    upgrade(url)
    with TemporaryDirectory() as folder:
        with on(day(-60)):
            cast = casting.make(url, Path(folder))
            framework(cast)
            _begin(cast)
        _go_on(cast)
        give_password(cast, "alice", "edith", "carol", "violet", "adam")
        cast.database.dispose()


def _begin(cast: Cast) -> None:
    for n, (title, priority, due) in enumerate(GIVEN):
        # `day` counts from the civil day, which is pinned to sixty days ago.
        held = {"accountable_person": cast.email("owen" if priority == "1" else "edith")}
        add(
            cast, title=title, priority=priority, start_date=day(0), due_date=day(60 + due),
            lead_executive=cast.email("edith"), recommendations=[f"ockenden_2022:1.{n % 2 + 1}"], **held,
        )  # fmt: skip


def _go_on(cast: Cast) -> None:
    for ago in (40, 16):
        with on(day(-ago)):
            for ref in ("1.1", "1.2", "2.1", "2.2", "2.3"):
                update(cast, ref, progress="on_track", commentary=f"Going on, {ago} days ago")
    with on(day(-MEETING)):
        held = Meeting(
            plan_id=plan_id(cast), body_id=body_id(cast, BodyKind.improvement_group), name="Monthly", held_on=day(0)
        )
        add_row(cast, held)
    with on(day(-10)):
        update(cast, "1.2", "owen", progress="off_track", commentary="Two of four consultants have left")
