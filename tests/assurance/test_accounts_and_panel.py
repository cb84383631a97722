"""What an administrator of accounts cannot make of the panel: themselves. By a code, by emptying it, by the role."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from app.people.models import RoleHeld
from app.people.rules import Role
from app.plans.rules import BodyKind
from tests.assurance import made
from tests.assurance.test_no_way_round import API, MEETING, PAGES, Hand, asked_of
from tests.people.signing import OTHER, PASSWORD, give_password
from tests.support.cast import MAKER, Cast
from tests.support.doors import Doors
from tests.support.inside import tracker

WAITS = "until somebody who sits with you confirms that the account is yours"
ALONE = "alone presides on the assurance panel of"


@pytest.fixture
def tester(sqlite_doors: Doors) -> Hand:
    give_password(sqlite_doors.cast, "victor", "dennis")
    return Hand(sqlite_doors)


def coded(t: Hand, name: str) -> str:
    answer = t.page.post(f"/api/v1/people/{t.doors.cast.people[name]}/code")
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def let_in(t: Hand, name: str, password: str = OTHER) -> TestClient:
    """Nora makes a code for this person, by her rights over accounts, and signs in with it herself."""
    client, code = t.doors.anybody(), coded(t, name)
    assert client.post("/sign-in/code", data={"code": code, "password": password}).status_code == 303
    return client


def accept(client: TestClient, asked: str) -> Any:
    return client.post(f"{API}/proposals/{asked}/decision", json={"outcome": "accept", "meeting": MEETING})


def panel_of(cast: Cast) -> UUID:
    return made.body_id(cast, BodyKind.assurance_panel)


def confirm(client: TestClient, cast: Cast, name: str) -> Any:
    return client.post(f"{API}/bodies/{panel_of(cast)}/members/{cast.people[name]}/confirmation")


def test_it_decides_nothing_as_a_member_by_a_code_of_its_own_making(tester: Hand) -> None:
    asked, cast = asked_of(tester), tester.doors.cast
    victor = let_in(tester, "victor")
    answer = accept(victor, asked)
    assert (answer.status_code, WAITS in answer.text) == (403, True), answer.text
    form = {"outcome": "accept", "meeting.name": "Panel", "meeting.date": "01/11/2026"}
    page = victor.post(f"{PAGES}/proposals/{asked}/decision", data=form)
    assert (page.status_code, WAITS in page.text) == (403, True)
    listed = {"meeting": MEETING, "items": [{"proposal": asked, "outcome": "accept"}]}
    made_list = tester.post("/meeting-lists", **listed)
    answer = victor.post(f"{API}/meeting-lists/{made_list.json()['id']}/confirmation", json={})
    assert answer.status_code == 403
    seat = {"person": cast.email("nora"), "role": "chair"}
    answer = victor.post(f"{API}/bodies/{panel_of(cast)}/members", json=seat)
    assert (answer.status_code, WAITS in answer.text) == (403, True)
    assert tester.stage() == "delivered"


def test_it_confirms_no_account_that_it_let_in_itself(tester: Hand) -> None:
    cast = tester.doors.cast
    victor = let_in(tester, "victor")
    for client in (victor, tester.page, tester.doors.as_("carol"), tester.doors.as_("alice")):
        assert confirm(client, cast, "victor").status_code == 403
        by_page = f"{PAGES}/settings/bodies/{panel_of(cast)}/members/{cast.people['victor']}/confirm"
        assert client.post(by_page).status_code == 403
    dennis = let_in(tester, "dennis")
    assert confirm(dennis, cast, "victor").status_code == 403
    assert tester.doors.as_("oscar").post(
        f"{API}/bodies/{panel_of(cast)}/members/{cast.people['victor']}/confirmation"
    ).status_code == 404  # fmt: skip


def test_it_decides_again_when_another_judge_has_confirmed(doors: Doors) -> None:
    give_password(doors.cast, "victor", "dennis")
    tester, cast = Hand(doors), doors.cast
    asked = asked_of(tester)
    victor, dennis = let_in(tester, "victor"), doors.as_("dennis")
    bodies = f"{PAGES}/settings/bodies"
    shown = dennis.get(bodies).text
    assert "decides nothing in this plan until somebody else who sits here confirms" in shown
    assert "The account is theirs: Victor" in shown
    assert "The account is theirs: Victor" not in doors.as_("violet").get(bodies).text
    assert "May confirm: Dennis." in doors.as_("violet").get(bodies).text
    [seat] = [m for b in dennis.get(f"{API}/bodies").json()["items"] for m in b["members"] if m["name"] == "Victor"]
    assert seat["paused_on"] == made.day(0).isoformat()
    assert "by a one-time code and decides nothing" in dennis.get(f"{PAGES}/history").text
    answer = dennis.post(f"{bodies}/{panel_of(cast)}/members/{cast.people['victor']}/confirm")
    assert answer.status_code == 303, answer.text
    assert confirm(dennis, cast, "victor").status_code == 404
    assert "Dennis confirmed that a member" in dennis.get(f"{PAGES}/history").text.replace("&#39;", "'")
    assert accept(victor, asked).status_code == 200
    assert made.action_row(cast).stage == "assured"


def test_it_says_on_my_work_whom_to_ask_and_whom_to_confirm(tester: Hand) -> None:
    victor = let_in(tester, "victor")
    assert "You decide nothing here until somebody confirms that your account is yours" in victor.get("/me").text
    assert "Say whether the account of Victor is theirs" in tester.doors.as_("dennis").get("/me").text
    assert "Say whether the account of Victor" not in tester.doors.as_("carol").get("/me").text


def test_the_first_of_a_panel_is_believed_and_the_next_are_confirmed(sqlite_doors: Doors) -> None:
    """Nobody of this panel has ever signed in: somebody has to begin."""
    tester = Hand(sqlite_doors)
    asked = asked_of(tester)
    assert accept(let_in(tester, "victor", PASSWORD), asked).status_code == 200
    answer = accept(let_in(tester, "dennis"), asked)
    assert (answer.status_code, WAITS in answer.text) == (403, True)


def test_it_ends_no_account_that_alone_presides_over_proof(tester: Hand) -> None:
    cast, adam = tester.doors.cast, tester.doors.as_("adam")
    assert adam.post(f"/api/v1/people/{cast.people['victor']}/deactivation").status_code == 200
    answer = adam.post(f"/api/v1/people/{cast.people['dennis']}/deactivation")
    assert (answer.status_code, ALONE in answer.text, "tracker user deactivate" in answer.text) == (409, True, True)
    page = adam.post(f"/admin/accounts/{cast.people['dennis']}/deactivate")
    assert (page.status_code, ALONE in page.text) == (409, True)


def test_it_takes_no_role_from_who_alone_presides_over_proof(tester: Hand) -> None:
    cast, adam = tester.doors.cast, tester.doors.as_("adam")
    adam.post(f"/api/v1/people/{cast.people['victor']}/deactivation")
    with cast.database.read(MAKER) as read:
        held = read.exec(
            select(RoleHeld.id).where(RoleHeld.account_id == cast.people["dennis"], RoleHeld.role == Role.validator)
        ).one()
    answer = adam.delete(f"/api/v1/people/{cast.people['dennis']}/roles/{held}")
    assert (answer.status_code, ALONE in answer.text) == (409, True)
    page = adam.post(f"/admin/accounts/{cast.people['dennis']}/roles/{held}/remove")
    assert (page.status_code, ALONE in page.text) == (409, True)


def test_the_servers_shell_may_and_it_is_in_the_record(sqlite_cast: Cast, tmp_path: Path) -> None:
    url = sqlite_cast.database.url
    give_password(sqlite_cast, "victor", "dennis")
    doors = Doors(sqlite_cast, tmp_path)
    tester = Hand(doors)
    let_in(tester, "victor")
    let_in(tester, "dennis")
    done = tracker("user", "confirm", sqlite_cast.email("dennis"), database_url=url, data_dir=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "Dennis decides again in: alpha."), done.stderr
    again = tracker("user", "confirm", sqlite_cast.email("dennis"), database_url=url, data_dir=tmp_path)
    assert (again.returncode, again.stderr.strip()) == (1, "No seat of this person waits to be confirmed.")
    for name in ("victor", "dennis"):
        ended = tracker("user", "deactivate", sqlite_cast.email(name), database_url=url, data_dir=tmp_path)
        assert ended.returncode == 0, ended.stderr
    history = doors.as_("alice").get(f"{PAGES}/history").text.replace("&#39;", "'")
    assert "tracker command confirmed that a member's account is their own" in history
