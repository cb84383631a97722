"""Signing in and out: what it says, what it does not say, and when it is locked."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from app.core import clock
from app.people import commands, queries
from app.people.rules import ABSOLUTE, FAILURES_OF_EMAIL, IDLE, LOCKED
from app.settings import Settings
from app.web.security import SESSION_COOKIE
from tests.people.signing import PASSWORD, events, give_password, sign_in
from tests.support.cast import MAKER
from tests.support.doors import Doors

WRONG = "The e-mail address or the password is not right."


def test_it_signs_in_and_out(doors: Doors) -> None:
    give_password(doors.cast, "alice")
    client = doors.anybody()
    answer = sign_in(client, " ALICE@aaa.example ", next="/organisations?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/organisations?x=1")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    assert client.get("/organisations").status_code == 200
    assert client.get("/sign-in?next=/admin").headers["location"] == "/admin"
    old = client.cookies[SESSION_COOKIE]
    assert client.post("/sign-out").headers["location"] == "/sign-in"
    client.cookies.set(SESSION_COOKIE, old)
    assert client.get("/organisations").status_code == 303
    assert [kind for kind, _detail in events(doors)] == ["signed_in", "signed_out"]


def test_it_sends_the_cookie_over_https_only_where_the_service_is_on_https(sqlite_doors: Doors) -> None:
    give_password(sqlite_doors.cast, "alice")
    sqlite_doors.app.state.settings.base_url = "https://tracker.example"
    assert "Secure" in sign_in(sqlite_doors.anybody(), "alice@aaa.example").headers["set-cookie"]


def test_it_begins_where_the_work_is(sqlite_doors: Doors) -> None:
    give_password(sqlite_doors.cast, "alice", "owen")
    assert sign_in(sqlite_doors.anybody(), "alice@aaa.example").headers["location"] == "/"
    assert sign_in(sqlite_doors.anybody(), "owen@aaa.example").headers["location"] == "/me"


def test_it_does_not_tell_unknown_people_apart(doors: Doors) -> None:
    give_password(doors.cast, "alice", "nora")
    with doors.cast.database.write(doors.cast.actor("adam")) as tx:
        commands.deactivate(tx, account_id=doors.cast.people["nora"])
    bodies = set()
    for email, password in (
        ("alice@aaa.example", "wrong wrong wrong"),
        ("nobody@aaa.example", PASSWORD),
        ("nora@aaa.example", PASSWORD),
        ("owen@aaa.example", PASSWORD),
    ):
        answer = sign_in(doors.anybody(), email, password)
        assert answer.status_code == 422
        assert WRONG in answer.text
        assert "set-cookie" not in answer.headers
        bodies.add(answer.text.replace(email, "EMAIL"))
    assert len(bodies) == 1
    refused = [detail for kind, detail in events(doors) if kind == "sign_in_failed"]
    assert refused == ["wrong_password", "unknown", "not_active", "no_password"]


def test_it_hashes_as_often_for_unknown_people(sqlite_doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time is not measured on a shared machine; the work that takes it is counted."""
    from app.people import secrets

    give_password(sqlite_doors.cast, "alice")
    seen: list[str] = []
    verify = secrets._HASHER.verify

    class Counting:
        def verify(self, password: str, stored: str) -> bool:
            seen.append(stored.rpartition("$")[0].rpartition("$")[0])
            return verify(password, stored)

    monkeypatch.setattr(secrets, "_HASHER", Counting())
    for email in ("alice@aaa.example", "nobody@aaa.example", "owen@aaa.example"):
        sign_in(sqlite_doors.anybody(), email, "wrong wrong wrong")
    assert len(seen) == 3
    assert len(set(seen)) == 1, "the same parameters for all"


@pytest.mark.parametrize("known", ["alice", "nobody"])
def test_it_locks_after_ten_failures_also_after_a_restart(doors: Doors, tmp_path: Path, known: str) -> None:
    give_password(doors.cast, "alice")
    email = f"{known}@aaa.example"
    client = doors.anybody()
    with doors.cast.database.write(MAKER) as tx:
        for _try in range(FAILURES_OF_EMAIL - 1):
            commands.failed(tx, email=email, address="10.0.0.1", detail="wrong_password")
    assert sign_in(client, email, "wrong wrong wrong").status_code == 422
    again = Doors(doors.cast, tmp_path)
    answer = sign_in(again.anybody(), email)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= LOCKED.total_seconds()
    assert "There were too many tries. Wait 15 minutes, then try again." in answer.text
    again.app.state.database.dispose()
    assert ("locked_out", "wrong_password" if known == "alice" else "unknown") in events(doors)
    with time_machine.travel(clock.now() + LOCKED + timedelta(seconds=5), tick=True):
        assert sign_in(client, email).status_code == (303 if known == "alice" else 422)


def test_it_does_not_lock_where_limits_are_off(sqlite_doors: Doors) -> None:
    give_password(sqlite_doors.cast, "alice")
    sqlite_doors.app.state.settings.rate_limits = False
    with sqlite_doors.cast.database.write(MAKER) as tx:
        for _try in range(FAILURES_OF_EMAIL + 1):
            commands.failed(tx, email="alice@aaa.example", address="10.0.0.1", detail="wrong_password")
    assert sign_in(sqlite_doors.anybody(), "alice@aaa.example").status_code == 303


def test_it_forgets_failures_after_a_success_and_after_a_while(sqlite_doors: Doors) -> None:
    give_password(sqlite_doors.cast, "alice")
    for _round in range(2):
        with sqlite_doors.cast.database.write(MAKER) as tx:
            for _try in range(FAILURES_OF_EMAIL - 1):
                commands.failed(tx, email="alice@aaa.example", address="10.0.0.1", detail="wrong_password")
        assert sign_in(sqlite_doors.anybody(), "alice@aaa.example").status_code == 303


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "", "password": "x"}, "Enter an e-mail address"),
        ({"email": "alice", "password": "x"}, "Enter an e-mail address, like name@trust.nhs.uk."),
        ({"email": "a\0@b.example", "password": "x"}, "a character that cannot be kept"),
        ({"email": "a@b.example", "password": ""}, "Enter a password."),
        ({"email": "a@b.example", "password": "seven\0horses"}, "This password holds a character that cannot be kept"),
        ({"email": "a@b.example", "password": "x" * 5000}, "128 characters"),
        ({"email": "a@b.example"}, "Enter a password."),
    ],
)
def test_it_says_what_is_wrong_with_what_was_typed(sqlite_doors: Doors, typed: dict[str, str], sentence: str) -> None:
    answer = sqlite_doors.anybody().post("/sign-in", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "x" * 200 not in answer.text, "a password is never sent back"


@pytest.mark.parametrize(
    "evil",
    ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "javascript:alert(1)", "evil",
     "/sign-out", "\\\\evil.example", "/" + "a" * 3000, "/\u2028/evil.example"],
)  # fmt: skip
def test_it_goes_to_pages_of_its_own_only(sqlite_doors: Doors, evil: str) -> None:
    give_password(sqlite_doors.cast, "alice")
    assert sign_in(sqlite_doors.anybody(), "alice@aaa.example", next=evil).headers["location"] == "/"
    assert evil not in sqlite_doors.anybody().get("/sign-in", params={"next": evil}).text.replace("/sign-in", "")


def test_it_makes_a_new_session_in_place_of_a_planted_one(doors: Doors) -> None:
    give_password(doors.cast, "alice")
    client = doors.as_("violet")
    planted = client.cookies[SESSION_COOKIE]
    client.cookies.delete(SESSION_COOKIE)
    client.cookies.set(SESSION_COOKIE, planted, domain="127.0.0.1")
    secret = sign_in(client, "alice@aaa.example").cookies[SESSION_COOKIE]
    assert secret != planted
    with doors.cast.database.read(MAKER) as read:
        assert queries.session_behind(read, planted) is None
        found = queries.session_behind(read, secret)
    assert found is not None
    assert found.actor.name == "Alice"


def test_it_ends_sessions_that_nobody_used_and_old_ones(doors: Doors) -> None:
    give_password(doors.cast, "alice")
    client = doors.anybody()
    sign_in(client, "alice@aaa.example")
    start = clock.now()
    for after, status in ((IDLE * 0.9, 200), (IDLE * 1.7, 200), (IDLE * 2.6, 200), (ABSOLUTE, 303)):
        with time_machine.travel(start + after, tick=True):
            assert client.get("/organisations").status_code == status
    idle = doors.anybody()
    sign_in(idle, "alice@aaa.example")
    with time_machine.travel(start + IDLE + timedelta(minutes=1), tick=True):
        assert idle.get("/organisations").status_code == 303


def test_it_reads_on_where_a_sighting_cannot_be_written(sqlite_doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.core.errors import Unavailable

    def full(*_given: object, **_more: object) -> None:
        raise Unavailable("The disk is full.")

    monkeypatch.setattr(commands, "seen", full)
    client = sqlite_doors.as_("alice")
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        assert client.get("/organisations").status_code == 200


def test_it_shows_the_demonstrations_accounts_in_its_own_database_only(sqlite_doors: Doors) -> None:
    from app.core.idempotency import write_note

    give_password(sqlite_doors.cast, "alice")
    sqlite_doors.app.state.settings = Settings(demo_password="demo demo demo")
    page = sqlite_doors.anybody().get("/sign-in").text
    assert "alice@aaa.example" not in page
    assert "demo demo demo" not in page
    with sqlite_doors.cast.database.write(MAKER) as tx:
        write_note(tx, "made_by_demo", "yes")
    page = sqlite_doors.anybody().get("/sign-in").text
    assert "alice@aaa.example" in page
    assert "demo demo demo" in page
    assert "owen@aaa.example" not in page, "who has no password is not offered"


def test_it_forgets_the_access_log_after_a_year(doors: Doors) -> None:
    with doors.cast.database.write(MAKER) as tx:
        commands.failed(tx, email="a@b.example", address="10.0.0.1", detail="unknown")
    with time_machine.travel(clock.now() + timedelta(days=364)), doors.cast.database.write(MAKER) as tx:
        assert commands.prune_access(tx) == 0
    with time_machine.travel(clock.now() + timedelta(days=366)), doors.cast.database.write(MAKER) as tx:
        assert commands.prune_access(tx) == 1
    assert events(doors) == []
