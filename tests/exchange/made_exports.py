"""A plan to be exported: every stage, awkward texts, and what is restricted."""

import io
from datetime import date
from typing import Any
from uuid import UUID

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from app.actions import commands as actions
from app.actions.models import RecommendationLink
from app.actions.rules import Progress, Stage
from app.actions.schemas import UpdateAction
from app.core.db import Read, Write
from app.exchange import queries
from app.exchange.asking import ExportAsked, writer
from app.exchange.book import Book
from app.frameworks.models import Framework, Recommendation
from app.plans.queries import plan_for
from app.plans.schemas import NewRestriction
from tests.assurance.made import day, make_action, plan_id
from tests.support.cast import MAKER, Cast

# Each begins a formula in a spreadsheet that takes it for one.
AWKWARD = (
    "=1+1", "+44 1632 960001", "-5 beds", "@home", "'=2", "''+3", "=cmd|' /C calc'!A0", "a;b,c\n“d” – é 🏥", "'plain'",
)  # fmt: skip


def fill(cast: Cast) -> None:
    """Four actions under two priorities, two recommendations, an update on each open one."""
    make_action(cast, "1.01", title="=SUM(A1:A9)", intended_outcome="+ one\n- two", external_contact="@partner")
    make_action(cast, "1.02", stage=Stage.assured, accepted_on=day(-20), completion_date=day(-60), retest_date=day(300))
    make_action(cast, "2.01", priority_id=cast.priorities["2"], due_date=day(-9), accountable_person_id=None)
    make_action(cast, "2.02", priority_id=cast.priorities["2"], stage=Stage.superseded)
    _link(cast)
    say(cast, "1.01", "-5 midwives on nights; =the rota= & “quotes”")
    say(cast, "2.01", "Two lines\nof commentary", progress=Progress.at_risk, help_needed="@finance: a decision")


def say(cast: Cast, ref: str, commentary: str, **more: Any) -> None:
    with cast.database.write(cast.actor("alice")) as tx:
        access = plan_for(tx, "alpha")
        given = UpdateAction(commentary=commentary, **more)
        actions.update_action(tx, access=access, ref=ref, given=given)


def library(tx: Write) -> list[Recommendation]:
    """A national publication with three recommendations."""
    shelf = Framework(key="ockenden_2022", title="Ockenden 2022", short_title="Ockenden", prefix="IEA")
    tx.add(shelf)
    tx.flush()
    items = [
        Recommendation(framework_id=shelf.id, ref=ref, title=f"Item {ref}", position=at)
        for at, ref in enumerate(("1.2", "1.3", "9.9"))
    ]
    tx.add_all(items)
    tx.flush()
    return items


def _link(cast: Cast) -> None:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.begun")
        items = library(tx)
    ids = {ref: _id(cast, ref) for ref in ("1.01", "1.02")}
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.begun")
        for ref, item, meets in (("1.01", items[0], True), ("1.01", items[1], False), ("1.02", items[0], True)):
            tx.add(
                RecommendationLink(plan_id=plan_id(cast), action_id=ids[ref], recommendation_id=item.id, meets=meets)
            )


def _id(cast: Cast, ref: str) -> UUID:
    from app.actions.queries import action

    with cast.database.read(cast.actor("alice")) as read:
        return action(read, plan_for(read, "alpha"), ref).id


def restrict(cast: Cast, ref: str, public_title: str) -> None:
    """To Alice and those it cannot be kept from."""
    with cast.database.write(cast.actor("alice")) as tx:
        given = NewRestriction(public_title=public_title, named=[cast.email("alice")], why="A person could be known.")
        actions.restrict_action(tx, access=plan_for(tx, "alpha"), ref=ref, given=given)


def book(cast: Cast, who: str = "alice", **asked: Any) -> Book:
    with cast.database.read(cast.actor(who)) as read:
        return book_of(read, **asked)


def book_of(read: Read, plan: str = "alpha", **asked: Any) -> Book:
    return queries.book(read, plan_for(read, plan), ExportAsked(**asked))


def written(made: Book, **asked: Any) -> bytes:
    out = io.BytesIO()
    writer(made, ExportAsked(**asked))(out)
    return out.getvalue()


def sheet(body: bytes, name: str = "Actions") -> Worksheet:
    found = openpyxl.load_workbook(io.BytesIO(body))[name]
    assert isinstance(found, Worksheet)
    return found


def head(page: Worksheet, first: str = "Reference") -> int:
    """The row of the headings."""
    return next(row for row in range(1, page.max_row + 1) if page.cell(row, 1).value == first)


def table(page: Worksheet, first: str = "Reference") -> list[dict[str, Any]]:
    """The rows under the headings, empty cells as None and days as dates."""
    top = head(page, first)
    names = [str(c.value) for c in page[top]]
    rows = [[c.value for c in row] for row in page.iter_rows(min_row=top + 1)]
    return [dict(zip(names, map(_day, row), strict=True)) for row in rows]


def _day(value: Any) -> Any:
    midnight = hasattr(value, "hour") and (value.hour, value.minute) == (0, 0)
    return date(value.year, value.month, value.day) if midnight else value
