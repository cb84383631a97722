"""One-time codes, the first administrator, and one's own account."""

from datetime import timedelta

import time_machine
from sqlmodel import delete

from app.core import clock
from app.people import commands, queries
from app.people.models import Credential
from app.people.rules import CODE_LASTS, Role
from app.web.security import SESSION_COOKIE
from tests.people.signing import OTHER, PASSWORD, events, give_code, give_password, sign_in
from tests.support.cast import MAKER
from tests.support.doors import Doors

BEGINNING = {"email": "first@ccc.example", "name": "First Person", "organisation": "ccc", "password": PASSWORD,
             "organisation_name": "Ceredigion", "organisation_kind": "health_board", "office": "1"}  # fmt: skip


def first_code(doors: Doors) -> str | None:
    with doors.cast.database.write(MAKER) as tx:
        return commands.first_code(tx)


def test_it_makes_the_first_administrator_once(doors: Doors) -> None:
    client = doors.anybody()
    assert client.get("/first").status_code == 200
    assert "/first" in client.get("/sign-in").text
    earlier, code = first_code(doors), first_code(doors)
    assert earlier
    assert code
    refused = client.post("/first", data=BEGINNING | {"code": earlier})
    assert refused.status_code == 422
    assert "This code is not right" in refused.text
    assert 'value="First Person"' in refused.text
    assert PASSWORD not in refused.text
    done = client.post("/first", data=BEGINNING | {"code": code.lower().replace("-", " ")})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert client.get("/admin").status_code == 200
    with doors.cast.database.read(MAKER) as read:
        found = queries.account_by_email(read, "first@ccc.example")
        roles = {r.role for r in queries.account(read, found.id).roles}
    assert roles == {Role.administrator, Role.office}
    assert first_code(doors) is None
    assert doors.anybody().get("/first").headers["location"] == "/sign-in"
    again = doors.anybody().post("/first", data=BEGINNING | {"code": code, "email": "second@ccc.example"})
    assert again.status_code == 409
    assert "There is an administrator already." in again.text


def test_it_asks_for_the_name_of_an_organisation_that_it_does_not_know(sqlite_doors: Doors) -> None:
    code = first_code(sqlite_doors) or ""
    answer = sqlite_doors.anybody().post("/first", data=BEGINNING | {"code": code, "organisation_name": ""})
    assert "Enter the organisation&#39;s name." in answer.text
    weak = sqlite_doors.anybody().post("/first", data=BEGINNING | {"code": code, "password": "midwife midwife"})
    assert "This password is too easy to guess." in weak.text


def test_it_lets_a_person_choose_a_password_with_a_code_once(doors: Doors) -> None:
    give_password(doors.cast, "alice")
    code = give_code(doors.cast, "owen")
    client = doors.anybody()
    assert code in client.get(f"/sign-in/code?code={code}").text
    weak = client.post("/sign-in/code", data={"code": code, "password": "owen@aaa.example"})
    assert weak.status_code == 422
    done = client.post("/sign-in/code", data={"code": code, "password": PASSWORD})
    assert (done.status_code, done.headers["location"]) == (303, "/me")
    again = doors.anybody().post("/sign-in/code", data={"code": code, "password": OTHER})
    assert again.status_code == 422
    assert "This code is not right, was used, or has ended." in again.text
    assert sign_in(doors.anybody(), "owen@aaa.example").status_code == 303
    assert ("sign_in_failed", "code") in events(doors)


def test_it_refuses_an_old_code_and_that_of_somebody_who_left(doors: Doors) -> None:
    old, gone = give_code(doors.cast, "owen"), give_code(doors.cast, "olga")
    with doors.cast.database.write(doors.cast.actor("adam")) as tx:
        commands.deactivate(tx, account_id=doors.cast.people["olga"])
    given = {"code": gone, "password": PASSWORD}
    assert doors.anybody().post("/sign-in/code", data=given).status_code == 422
    with time_machine.travel(clock.now() + CODE_LASTS + timedelta(minutes=1), tick=True):
        assert doors.anybody().post("/sign-in/code", data=given | {"code": old}).status_code == 422


def test_it_changes_the_password_and_ends_every_other_session(doors: Doors) -> None:
    give_password(doors.cast, "alice")
    here, there = doors.anybody(), doors.anybody()
    sign_in(here, "alice@aaa.example")
    sign_in(there, "alice@aaa.example")
    wrong = here.post("/account/password", data={"current": "not this one", "password": OTHER})
    assert wrong.status_code == 422
    assert "This is not your current password." in wrong.text
    before = here.cookies[SESSION_COOKIE]
    done = here.post("/account/password", data={"current": PASSWORD, "password": OTHER})
    assert done.headers["location"] == "/account?done=password"
    assert here.cookies[SESSION_COOKIE] != before
    assert "Your password is changed." in here.get("/account?done=password").text
    assert there.get("/account").status_code == 303
    stolen = doors.anybody()
    stolen.cookies.set(SESSION_COOKIE, before)
    assert stolen.get("/account").status_code == 303
    assert sign_in(doors.anybody(), "alice@aaa.example").status_code == 422
    assert sign_in(doors.anybody(), "alice@aaa.example", OTHER).status_code == 303
    assert ("sign_in_failed", "current_password") in events(doors)


def test_it_ends_own_sessions_and_nobody_elses(doors: Doors) -> None:
    give_password(doors.cast, "alice", "violet")
    here, there, other = doors.anybody(), doors.anybody(), doors.anybody()
    sign_in(here, "alice@aaa.example")
    sign_in(there, "alice@aaa.example")
    sign_in(other, "violet@aaa.example")
    with doors.cast.database.read(doors.cast.actor("alice")) as read:
        violets = queries.sessions(read, doors.cast.people["violet"])[0]
    assert here.post(f"/account/sessions/{violets.id}/end").status_code == 404
    assert here.post("/account/sessions/end-others").status_code == 303
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 303)
    assert other.get("/account").status_code == 200


def test_it_offers_a_new_first_code_only_while_nobody_has_a_password(sqlite_doors: Doors) -> None:
    give_code(sqlite_doors.cast, "adam")
    assert first_code(sqlite_doors) is not None
    with sqlite_doors.cast.database.write(MAKER) as tx:
        tx.exec(delete(Credential))
    give_password(sqlite_doors.cast, "adam")
    assert first_code(sqlite_doors) is None
