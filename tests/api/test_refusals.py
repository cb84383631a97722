"""A refusal names the field, says what to do, and lists all that is wrong at once."""

from typing import Any

import pytest

from app.people.rules import TokenScope
from tests.actions import made_plan as made
from tests.support.doors import Doors

PLAN = "/api/v1/plans/alpha"
ACTIONS = f"{PLAN}/actions"


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    return told


def said(answer: Any, status: int = 422) -> dict[str, str]:
    return {e["pointer"]: e["message"] for e in problem(answer, status)["errors"]}


@pytest.mark.parametrize(
    ("method", "address", "sentence"),
    [
        ("POST", f"{PLAN}/bodies", "Only the programme office of the plan’s own organisation may do this."),
        (
            "PUT",
            f"{PLAN}/legend",
            "Only the programme office and the chair of the plan’s own organisation may do this.",
        ),
        ("POST", ACTIONS, "Only the programme office may do this."),
        (
            "POST",
            f"{ACTIONS}/{{ref}}/update",
            "Only the programme office, the action’s accountable person and the action’s contributors may do this.",
        ),
        ("GET", "/api/v1/tokens", "Only administrators may do this."),
    ],
)
def test_a_403_says_who_may(sqlite_doors: Doors, method: str, address: str, sentence: str) -> None:
    bodies = {"bodies": {"kind": "board", "name": "Board"}, "actions": {"title": "New", "priority": "1"}}
    given = bodies.get(address.rpartition("/")[2], {})
    address = address.replace("{ref}", made.add(sqlite_doors.cast))
    answer = sqlite_doors.as_("violet").request(
        method, address, json=given if method != "GET" else None, headers={"If-Match": '"1"'}
    )
    assert problem(answer, 403)["detail"] == sentence


def test_a_page_says_it_too(sqlite_doors: Doors) -> None:
    page = sqlite_doors.as_("violet").get("/plans/alpha/actions/new")
    assert page.status_code == 403
    assert "Only the programme office may do this." in page.text


def test_a_token_is_told_whose_the_act_is(sqlite_doors: Doors) -> None:
    answer = sqlite_doors.token().post(f"{PLAN}/adoption", headers={"If-Match": '"1"'})
    assert problem(answer, 403)["detail"] == (
        "This needs a signed-in person. A token cannot do it. "
        "Only the chair of the plan’s own organisation may do this."
    )


def test_a_stranger_is_told_to_send_a_token(sqlite_doors: Doors) -> None:
    told = problem(sqlite_doors.anybody().get(ACTIONS), 401)
    assert told["title"] == "Send a token"
    assert "Authorization: Bearer trk_" in told["detail"]
    wrong = sqlite_doors.anybody().get(ACTIONS, headers={"Authorization": "Bearer trk_old"})
    assert problem(wrong, 401)["detail"].endswith("Ask an administrator for another one.")


def test_an_address_that_is_none_says_where_they_are_listed(sqlite_doors: Doors) -> None:
    told = problem(sqlite_doors.token().get("/api/v1/plan/alpha"), 404)
    assert (told["title"], told["detail"]) == (
        "Not found", "There is no such address in the API. Every one is listed at /api/docs.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "pointer", "sentence"),
    [
        ("colour=red", "/colour", "There is no filter “colour”. Use one of: q, rating, label, priority, stage,"),
        ("limit=0", "/limit", "Enter 1 or more."),
        ("limit=501", "/limit", "Enter 500 or less."),
        ("limit=abc", "/limit", "Enter a whole number."),
        ("limit=1.5", "/limit", "Enter a whole number."),
        ("limit=99999999999999999999", "/limit", "Enter 500 or less."),
        ("framework=nope", "/framework", "“nope” is not known here."),
        ("rating=pink", "/rating", "“pink” is not known here."),
        ("as_at=yesterday", "/as_at", "Enter a date like 31 October 2026 or 31/10/2026."),
    ],
)
def test_a_list_names_the_parameter(sqlite_doors: Doors, query: str, pointer: str, sentence: str) -> None:
    told = said(sqlite_doors.token(TokenScope.read).get(f"{ACTIONS}?{query}"))
    assert set(told) == {pointer}
    assert told[pointer].startswith(sentence)


READ_ALL = "There is no filter “{name}”. Use one of: as_at."


@pytest.mark.parametrize(
    ("method", "address", "name", "sentence"),
    [
        ("GET", f"{PLAN}/status?asat=2026-01-01", "asat", READ_ALL),
        ("GET", f"{PLAN}/updates.csv?flag=overdue", "flag", READ_ALL),
        ("GET", f"{PLAN}?state=open", "state", READ_ALL),
        ("GET", f"{PLAN}/status?plan=beta", "plan", READ_ALL),
        ("POST", f"{ACTIONS}?as_at=2026-01-01", "as_at", "There is no filter “as_at”. This address takes none."),
        ("PATCH", f"{ACTIONS}/1.01?preview=1", "preview", "There is no filter “preview”. This address takes none."),
        ("GET", "/api/v1/organisations?q=x", "q", "There is no filter “q”. Use one of: as_at, limit, cursor."),
    ],
)
def test_a_parameter_that_is_not_known_is_never_passed_over(
    sqlite_doors: Doors, method: str, address: str, name: str, sentence: str
) -> None:
    given = {"title": "New", "priority": "1"} if method != "GET" else None
    answer = sqlite_doors.as_("alice").request(method, address, json=given)
    assert said(answer) == {f"/{name}": sentence.format(name=name)}


def test_only_who_may_enter_is_told_the_parameters(sqlite_doors: Doors) -> None:
    assert sqlite_doors.anybody().get(f"{PLAN}/status?x=1").status_code == 401
    assert sqlite_doors.as_("violet").get("/api/v1/tokens?x=1").status_code == 403


def test_a_publication_of_the_library_is_a_filter_before_any_action_answers_it(sqlite_doors: Doors) -> None:
    made.framework(sqlite_doors.cast)
    found = sqlite_doors.token().get(f"{ACTIONS}?framework=ockenden_2022")
    assert (found.status_code, found.json()["items"]) == (200, [])


@pytest.mark.parametrize("body", ["[]", '"x"', "3", "null", ""])
def test_a_body_that_is_no_object_is_asked_for_one(sqlite_doors: Doors, body: str) -> None:
    answer = sqlite_doors.token().post(ACTIONS, content=body, headers={"Content-Type": "application/json"})
    assert said(answer) == {"": "Send a JSON object, with names and values between braces."}


def test_a_body_that_is_no_json_is_told_where_it_ends(sqlite_doors: Doors) -> None:
    body = '{"title": "Fund posts",\n  "priority": 1,}'
    answer = sqlite_doors.token().post(ACTIONS, content=body, headers={"Content-Type": "application/json"})
    assert said(answer) == {"": "The body is not JSON: line 2, column 17 cannot be read. Check it and send it again."}


def test_a_reference_that_is_taken_is_named(sqlite_doors: Doors) -> None:
    made.add(sqlite_doors.cast, ref="1.1")
    answer = sqlite_doors.token().post(ACTIONS, json={"ref": "1.1", "title": "Again", "priority": "1"})
    assert list(said(answer, 409)) == ["/ref"]
    assert problem(answer, 409)["code"] == "ref_taken"


WRONG = {
    "lead_executive": "ghost@nowhere",
    "accountable_person": "nobody@nowhere",
    "organisation": "ZZZ",
    "priority": "9",
    "start_date": "2027-02-01",
    "due_date": "2027-01-01",
    "last_chased_on": "2099-01-01",
    "milestones": [{"title": "First"}, {"title": "Done", "done_on": "2099-01-01"}],
    "contributors": ["zoe@nowhere", "amy@nowhere"],
    "depends_on": ["1.9"],
    "recommendations": ["none:1"],
    "progress": "complete",
}  # fmt: skip
POINTERS = {"/lead_executive", "/accountable_person", "/organisation", "/priority", "/due_date", "/last_chased_on",
            "/milestones/1/done_on", "/contributors/0", "/contributors/1", "/depends_on/0", "/recommendations/0",
            "/progress"}  # fmt: skip


def test_all_that_is_wrong_with_a_new_action_is_listed_at_once(doors: Doors) -> None:
    answer = doors.token().post(ACTIONS, json={**WRONG, "title": "New"})
    told = said(answer)
    assert set(told) == POINTERS
    assert "zoe@nowhere" in told["/contributors/0"], "the place is that of the body, whatever order we look in"
    assert doors.token().get(ACTIONS).json()["items"] == [], "nothing of it stays"


def test_all_that_is_wrong_with_a_change_is_listed_at_once(doors: Doors) -> None:
    ref = made.add(doors.cast, accountable_person=doors.cast.email("owen"))
    client = doors.token()
    before = client.get(f"{ACTIONS}/{ref}")
    told = said(client.patch(f"{ACTIONS}/{ref}", json=WRONG, headers={"If-Match": before.headers["etag"]}))
    assert set(told) == (POINTERS - {"/progress"}) | {"/progress", "/why", "/commentary"}
    assert client.get(f"{ACTIONS}/{ref}").json() == before.json(), "nothing of it stays"


def test_all_that_is_wrong_with_a_report_is_listed_at_once(sqlite_doors: Doors) -> None:
    ref = made.add(sqlite_doors.cast)
    given = {"progress": "complete", "for_person": "ghost@nowhere", "said_on": "2099-01-01"}
    told = said(sqlite_doors.token().post(f"{ACTIONS}/{ref}/update", json=given))
    assert set(told) == {"/progress", "/for_person", "/said_on", "/commentary"}


def test_the_answer_to_a_write_carries_the_etag_of_the_next(sqlite_doors: Doors) -> None:
    alice, adam, carol = (sqlite_doors.as_(name) for name in ("alice", "adam", "carol"))
    new = {"code": "CCC", "name": "Gamma", "kind": "trust"}
    priority = {"title": "Third", "ref": "3"}
    person = {"email": "new@aaa.example", "name": "New", "organisation": "AAA"}
    for client, made_at, given, address, method in (
        (adam, "/api/v1/organisations", new, "/api/v1/organisations/CCC", "PUT"),
        (adam, "/api/v1/people", person, "/api/v1/people/{id}", "PUT"),
        (alice, f"{PLAN}/priorities", priority, f"{PLAN}/priorities/3", "PATCH"),
        (alice, f"{PLAN}/strategic-priorities", {"title": "Safe"}, f"{PLAN}/strategic-priorities/{{id}}", "PATCH"),
        (alice, f"{PLAN}/bodies", {"kind": "board", "name": "Board"}, f"{PLAN}/bodies/{{id}}", "PATCH"),
        (carol, None, {"red": "Stop"}, f"{PLAN}/legend", "PUT"),
    ):
        if made_at is None:
            answer = client.get(PLAN)
        else:
            answer = client.post(made_at, json=given)
            assert answer.status_code == 201, answer.text
        address = address.replace("{id}", str(answer.json()["id"]))
        body = {k: v for k, v in given.items() if not (k in ("ref", "code", "kind") and method == "PATCH")}
        body.pop("code", None)
        for _again in range(2):
            answer = client.request(method, address, json=body, headers={"If-Match": answer.headers["etag"]})
            assert answer.status_code == 200, f"{address}: {answer.text}"


def test_it_names_the_content_type_where_json_is_sent_as_a_form(sqlite_doors: Doors) -> None:
    answer = sqlite_doors.token().post(
        "/api/v1/plans/alpha/actions",
        content=b'{"title": "x"}',
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 422
    assert "Content-Type: application/json" in answer.json()["detail"]
