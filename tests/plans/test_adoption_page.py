"""The page of adoption, and the list of what a draft needs, where nobody could adopt the plan."""

import pytest
from sqlmodel import select

from app.people.models import Account
from tests.support.cast import MAKER
from tests.support.doors import Doors

NEW = {"title": "Beta", "plan": "beta-mip", "organisation": "AAA", "begin": "rows", "rows": "Care\tAudit triage"}
ADOPT, TRACKER = "/plans/beta-mip/adopt", "/plans/beta-mip/actions"
LINK = 'href="/admin/accounts/new"'


def chair_leaves(doors: Doors) -> None:
    with doors.cast.database.write(MAKER) as tx:
        tx.act("account.deactivated")
        tx.exec(select(Account).where(Account.id == doors.cast.people["carol"])).one().active = False


@pytest.mark.parametrize(("name", "linked"), [("alice", False), ("adam", True)])
def test_a_plan_without_a_chair_says_how_one_is_added(sqlite_doors: Doors, name: str, linked: bool) -> None:
    assert sqlite_doors.as_("alice").post("/plans/new", data=NEW).status_code == 303
    person = sqlite_doors.as_(name)
    assert "Only the chair of Alpha Hospitals" in person.get(ADOPT).text
    assert "Add a chair" not in person.get(TRACKER).text
    chair_leaves(sqlite_doors)
    page, tracker = person.get(ADOPT).text, person.get(TRACKER).text
    assert "nobody there has the role chair" in page
    assert ("Ask the administrator" in page) is not linked
    assert "Add a chair" in tracker
    assert [LINK in page, LINK in tracker] == [linked, linked]
