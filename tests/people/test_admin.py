"""Administration: accounts and roles, sessions, tokens, rights and the log, through both doors."""

from datetime import timedelta

import pytest
import time_machine

from app.core import clock, words
from app.people import commands, queries
from app.people.rules import TokenScope
from tests.people.signing import PASSWORD, events, give_password, sign_in
from tests.support.cast import MAKER
from tests.support.doors import Doors

NEW = {
    "email": "Zoë@AAA.example",
    "name": "Zoë <b>",
    "post": "Matron",
    "organisation": "AAA",
    "roles": ["owner", "viewer"],
}
PAGES = ("/admin", "/admin/accounts/new", "/admin/tokens", "/admin/sessions", "/admin/rights", "/admin/log")


@pytest.mark.parametrize("page", PAGES)
def test_it_is_open_to_administrators_only(sqlite_doors: Doors, page: str) -> None:
    assert sqlite_doors.as_("adam").get(page).status_code == 200
    assert sqlite_doors.as_("alice").get(page).status_code == 403
    assert sqlite_doors.anybody().get(page).status_code == 303


def test_it_adds_an_account_and_shows_a_code_once(doors: Doors) -> None:
    adam = doors.as_("adam")
    answer = adam.post("/admin/accounts/new", data=NEW)
    assert answer.status_code == 200, answer.text
    assert "Zoë &lt;b&gt;" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    code = answer.text.split('<b class="number">')[1].split("<")[0]
    with doors.cast.database.read(MAKER) as read:
        found = queries.account(read, queries.account_by_email(read, "zoë@aaa.example").id)
    assert {r.role.value for r in found.roles} == {"owner", "viewer"}
    assert code not in adam.get(f"/admin/accounts/{found.id}").text
    assert doors.anybody().post("/sign-in/code", data={"code": code, "password": PASSWORD}).status_code == 303
    again = adam.post("/admin/accounts/new", data=NEW)
    assert again.status_code == 409
    assert "There is an account with the e-mail address zoë@aaa.example already." in again.text
    assert 'value="Matron"' in again.text


def test_it_names_the_field_that_is_wrong(sqlite_doors: Doors) -> None:
    given = {"email": "no", "name": "", "organisation": "c c", "roles": ["king"], "admin": True}
    adam = sqlite_doors.as_("adam")
    answer = adam.post("/api/v1/people", json=given)
    assert answer.status_code == 422
    assert {e["pointer"] for e in answer.json()["errors"]} == {
        "/email", "/name", "/organisation", "/roles/0", "/admin",
    }  # fmt: skip
    absent = adam.post("/api/v1/people", json=NEW | {"organisation": "QQQ"})
    assert absent.json()["errors"][0]["pointer"] == "/organisation"


def test_it_changes_an_account_and_refuses_what_is_stale(doors: Doors) -> None:
    adam, owen = doors.as_("adam"), doors.cast.people["owen"]
    read = adam.get(f"/api/v1/people/{owen}")
    given = {"email": "owen@aaa.example", "name": "Owen Davies", "post": "", "organisation": "PPP"}
    done = adam.put(f"/api/v1/people/{owen}", json=given, headers={"If-Match": read.headers["etag"]})
    assert (done.json()["name"], done.json()["organisation"]) == ("Owen Davies", "PPP")
    stale = adam.put(f"/api/v1/people/{owen}", json=given, headers={"If-Match": read.headers["etag"]})
    assert stale.status_code == 412
    page = adam.post(f"/admin/accounts/{owen}", data=given | {"revision": "0"})
    assert page.status_code == 412
    assert "Somebody else has changed this account." in page.text


def test_it_gives_and_takes_roles(doors: Doors) -> None:
    adam, nora = doors.as_("adam"), doors.cast.people["nora"]
    assert doors.as_("nora").get("/plans/alpha/actions").status_code == 404
    page = adam.post(f"/admin/accounts/{nora}/roles", data={"role": "viewer", "at": "AAA"})
    assert page.status_code == 303
    twice = adam.post(f"/admin/accounts/{nora}/roles", data={"role": "viewer", "at": "AAA"})
    assert "Nora holds this role there already." in twice.text
    with doors.cast.database.read(MAKER) as read:
        [held] = queries.account(read, nora).roles
    assert adam.delete(f"/api/v1/people/{nora}/roles/{held.id}").json()["roles"] == []
    assert adam.delete(f"/api/v1/people/{nora}/roles/{held.id}").status_code == 404


def test_it_deactivates_and_ends_sessions_at_once(doors: Doors) -> None:
    give_password(doors.cast, "owen")
    adam, owen, client = doors.as_("adam"), doors.cast.people["owen"], doors.anybody()
    sign_in(client, "owen@aaa.example")
    assert adam.post(f"/admin/accounts/{owen}/deactivate").status_code == 303
    assert client.get("/account").status_code == 303
    assert sign_in(doors.anybody(), "owen@aaa.example").status_code == 422
    with doors.cast.database.read(MAKER) as read:
        assert not queries.account(read, owen).active
        assert queries.sessions(read, owen) == []
    assert adam.delete(f"/api/v1/people/{owen}/deactivation").json()["active"] is True
    assert client.get("/account").status_code == 303, "an ended session stays ended"
    assert sign_in(doors.anybody(), "owen@aaa.example").status_code == 303


def test_it_keeps_oneself_and_the_last_administrator(doors: Doors) -> None:
    adam, own = doors.as_("adam"), doors.cast.people["adam"]
    assert "You cannot deactivate your own account." in adam.post(f"/admin/accounts/{own}/deactivate").text
    with doors.cast.database.read(MAKER) as read:
        [held] = queries.account(read, own).roles
    refused = adam.delete(f"/api/v1/people/{own}/roles/{held.id}")
    assert (refused.status_code, refused.json()["code"]) == (409, "last_administrator")
    adam.post(f"/api/v1/people/{doors.cast.people['nora']}/roles", json={"role": "administrator"})
    assert adam.delete(f"/api/v1/people/{own}/roles/{held.id}").status_code == 200
    assert adam.get("/admin").status_code == 403


def test_it_makes_tokens_that_overlap_and_revokes_one_at_once(doors: Doors) -> None:
    adam = doors.as_("adam")
    given = {"name": "Power BI", "organisation": "AAA", "scope": "read", "days": 30}
    page = adam.post("/admin/tokens", data=given | {"plan": "alpha"})
    first = page.text.split('<b class="secret">')[1].split("<")[0]
    made = adam.post("/api/v1/tokens", json=given).json()
    assert first not in adam.get("/admin/tokens").text
    assert made["secret"] not in adam.get("/api/v1/tokens").text

    def status(secret: str) -> int:
        headers = {"Authorization": f"Bearer {secret}"}
        return int(doors.anybody().get("/api/v1/organisations", headers=headers).status_code)

    assert (status(first), status(made["secret"])) == (200, 200)
    assert adam.delete(f"/api/v1/tokens/{made['token']['id']}").status_code == 204
    assert (status(first), status(made["secret"])) == (200, 401)
    with time_machine.travel(clock.now() + timedelta(days=31), tick=True):
        assert status(first) == 401
    kinds = [kind for kind, _detail in events(doors)]
    assert kinds == ["token_made", "token_made", "token_revoked"]
    assert adam.get("/api/v1/tokens").json()["items"][0]["last_used_at"] is not None


@pytest.mark.parametrize(
    ("given", "pointer"), [({"days": 367}, "/days"), ({"days": 0}, "/days"), ({"plan": "nowhere"}, "/plan"),
                           ({"scope": "decide"}, "/scope"), ({"organisation": "QQQ"}, "/organisation")]
)  # fmt: skip
def test_it_refuses_a_token_that_is_wrong(sqlite_doors: Doors, given: dict[str, object], pointer: str) -> None:
    right = {"name": "Power BI", "organisation": "AAA", "scope": "read", "days": 30}
    answer = sqlite_doors.as_("adam").post("/api/v1/tokens", json=right | given)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


@pytest.mark.parametrize("plan", ["alpha", "nowhere"])
def test_a_token_is_narrowed_only_to_a_plan_its_organisation_takes_part_in(sqlite_doors: Doors, plan: str) -> None:
    adam = sqlite_doors.as_("adam")
    given = {"name": "Power BI", "scope": "read", "days": 30, "plan": plan}
    sentence = f"takes part in no plan “{plan}” that you may see."
    refused = adam.post("/api/v1/tokens", json=given | {"organisation": "BBB"})
    assert refused.status_code == 422
    assert sentence in str(refused.json()["errors"])
    shown = adam.post("/admin/tokens", data=given | {"organisation": "BBB"})
    assert (shown.status_code, sentence in shown.text) == (422, True)
    took_part = adam.post("/api/v1/tokens", json=given | {"organisation": "PPP"})
    assert took_part.status_code == (201 if plan == "alpha" else 422)


def test_it_warns_before_a_token_ends_those_who_can_make_another(sqlite_doors: Doors) -> None:
    sqlite_doors.token(TokenScope.read)
    sentence = f"The token “read token” ends on {words.day(clock.today() + timedelta(days=30))}."
    with time_machine.travel(clock.now() + timedelta(days=15), tick=True):
        assert "ends on" not in sqlite_doors.as_("alice").get("/organisations").text
    with time_machine.travel(clock.now() + timedelta(days=17), tick=True):
        for name, warned in (("adam", True), ("pat", False), ("oscar", False), ("violet", False)):
            client = sqlite_doors.as_(name)
            assert (sentence in client.get("/organisations").text) is warned, name


def test_one_banner_counts_the_tokens_that_end_soon_and_links_to_them(sqlite_doors: Doors) -> None:
    for days in (25, 30, 30):
        sqlite_doors.token(TokenScope.read, days=days)
    first = words.day(clock.today() + timedelta(days=25))
    with time_machine.travel(clock.now() + timedelta(days=17), tick=True):
        for name, linked in (("adam", True), ("alice", False)):
            page = sqlite_doors.as_(name).get("/organisations").text
            assert page.count("banner-token") == 1
            assert f"3 tokens end soon, the first, “read token”, on {first}." in page
            assert ('<a href="/admin/tokens">See the tokens</a>' in page) is linked


@pytest.mark.parametrize(("days", "later", "warned"), [(14, 0, False), (14, 11, False), (14, 12, True), (1, 0, True)])
def test_a_token_made_for_a_fortnight_warns_in_its_last_two_days(
    sqlite_doors: Doors, days: int, later: int, warned: bool
) -> None:
    sqlite_doors.token(TokenScope.read, days=days)
    with time_machine.travel(clock.now() + timedelta(days=later), tick=True):
        adam = sqlite_doors.as_("adam")
        assert ("banner-token" in adam.get("/organisations").text) is warned
        assert adam.get("/api/v1/tokens").json()["items"][0]["ends_soon"] is warned


def test_it_shows_the_rights_table_with_the_addresses_of_each_act(sqlite_doors: Doors) -> None:
    page = sqlite_doors.as_("adam").get("/admin/rights").text
    assert "Accept or return what somebody else asked for" in page
    assert "POST /admin/accounts/{account_id}/deactivate" in page


def test_it_pages_and_filters_the_log(sqlite_doors: Doors) -> None:
    with sqlite_doors.cast.database.write(MAKER) as tx:
        for _try in range(60):
            commands.failed(tx, email=None, address="10.9.8.7", detail="unknown")
    adam = sqlite_doors.as_("adam")
    assert "Entries 1 to 50 of 60" in adam.get("/admin/log").text
    assert "Entries 51 to 60 of 60" in adam.get("/admin/log?page=2").text
    assert "Nothing of this kind has happened." in adam.get("/admin/log?kind=signed_in").text
    assert adam.get("/admin/log?page=99&kind=nonsense").status_code == 200


def test_it_lists_the_people_of_plans_that_one_may_read(doors: Doors) -> None:
    def found(name: str) -> set[str]:
        return {p["organisation"] for p in clients[name].get("/api/v1/people").json()["items"]}

    clients = {name: doors.as_(name) for name in ("alice", "pat", "oscar")}

    assert found("alice") == {"AAA", "PPP"}
    assert found("pat") == {"AAA", "PPP"}
    assert found("oscar") == {"BBB"}
    assert clients["oscar"].get("/api/v1/people?plan=alpha").status_code == 404
    assert doors.token().get("/api/v1/people").status_code == 200
