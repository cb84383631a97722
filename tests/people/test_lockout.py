"""What is tried while sign-in is locked stands in the log, one by one, and never without end."""

import pytest

from app.people import commands, rules
from app.people.rules import FAILURES_OF_ADDRESS, FAILURES_OF_EMAIL, address_key, email_key
from tests.people.signing import PASSWORD, events, give_code, give_password, sign_in
from tests.support.cast import MAKER
from tests.support.doors import Doors

EMAIL = "alice@aaa.example"
LOCKED = ("sign_in_failed", "locked")


def lock(doors: Doors, email: str | None = EMAIL, address: str = "10.0.0.1", times: int = FAILURES_OF_EMAIL) -> None:
    with doors.cast.database.write(MAKER) as tx:
        for _try in range(times):
            commands.failed(tx, email=email, address=address, detail="wrong_password")


def test_it_lists_each_try_during_a_lock_with_whose_account_it_was(doors: Doors) -> None:
    give_password(doors.cast, "alice")
    lock(doors)
    before = len(events(doors))
    for password in ("wrong wrong wrong", PASSWORD, PASSWORD):
        assert sign_in(doors.anybody(), EMAIL, password).status_code == 429
    assert events(doors)[before:] == [LOCKED] * 3
    page = doors.as_("adam").get("/admin/log?kind=sign_in_failed").text
    assert page.count(">locked<") == 3
    row = page.split(">locked<")[0].rpartition("<tr>")[2]
    assert "Alice" in row
    assert "testclient" in page


def test_it_lists_tries_for_nobodys_address_in_the_same_way(doors: Doors) -> None:
    lock(doors, "nobody@aaa.example")
    assert sign_in(doors.anybody(), "nobody@aaa.example").status_code == 429
    assert events(doors)[-1] == LOCKED


def test_it_lists_tries_with_codes_and_with_ones_own_password(sqlite_doors: Doors) -> None:
    give_password(sqlite_doors.cast, "alice")
    code = give_code(sqlite_doors.cast, "owen")
    client = sqlite_doors.as_("alice")
    lock(sqlite_doors, None, "testclient", FAILURES_OF_ADDRESS)
    before = len(events(sqlite_doors))
    given = {"code": code, "password": "eleven quiet rivers"}
    assert sqlite_doors.anybody().post("/sign-in/code", data=given).status_code == 429
    given = {"current": PASSWORD, "password": "eleven quiet rivers"}
    assert client.post("/account/password", data=given).status_code == 429
    assert events(sqlite_doors)[before:] == [LOCKED] * 2


def test_it_stops_listing_so_that_trying_on_fills_no_disk(sqlite_doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LISTED_WHILE_LOCKED", 3)
    lock(sqlite_doors)
    before = len(events(sqlite_doors))
    for _try in range(5):
        assert sign_in(sqlite_doors.anybody(), EMAIL).status_code == 429
    assert events(sqlite_doors)[before:] == [LOCKED, LOCKED, ("sign_in_failed", "locked_and_more")]
    keys = [email_key(EMAIL), address_key("testclient")]
    with sqlite_doors.cast.database.write(MAKER) as tx:
        commands.refused(tx, keys=keys, address="testclient", email=EMAIL)
    assert len(events(sqlite_doors)) == before + 3


def test_it_lists_nothing_where_nothing_is_locked(sqlite_doors: Doors) -> None:
    with sqlite_doors.cast.database.write(MAKER) as tx:
        commands.refused(tx, keys=[email_key(EMAIL)], address="testclient", email=EMAIL)
    assert events(sqlite_doors) == []
