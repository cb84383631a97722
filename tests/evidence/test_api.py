"""Evidence as programs meet it: JSON for a link, a form for a file, and the file again as an attachment."""

from csv import DictReader
from io import BytesIO
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.people.rules import TokenScope
from tests.evidence.hostile_media import HTML
from tests.evidence.made import details, make_action, rows
from tests.support.doors import Doors
from tests.support.uploads import CSV, docx, pdf

BASE = "/api/v1/plans/alpha/evidence"
NUMBER = b"450 557 7104"
FILE = {
    "kind": "effect", "form": "file", "sort": "measure", "shows": "Handover is complete.", "actions": "1.01",
    "dated_on": "2026-01-05",
}  # fmt: skip


def post(client: TestClient, name: str, content: bytes, path: str = "", **more: Any) -> Response:
    given: dict[str, Any] = {"data": FILE, "files": {"file": (name, BytesIO(content))}} | more
    return client.post(f"{BASE}{path}", **given)


@pytest.fixture
def owen(sqlite_doors: Doors) -> TestClient:
    make_action(sqlite_doors.cast)
    return sqlite_doors.as_("owen")


def stored(doors: Doors) -> set[str]:
    return {name for name, _age in doors.app.state.storage.names()}


def test_a_link_is_submitted_as_json_and_read_again(doors: Doors) -> None:
    make_action(doors.cast)
    token = doors.token(TokenScope.write)
    body = details(form="link", url="https://x.nhs.uk/audit", sort="audit", sample_size=40, result="38 of 40")
    made = token.post(BASE, json=body)
    assert made.status_code == 201, made.text
    assert made.headers["Location"] == f"{BASE}/E1"
    told = token.get(f"{BASE}/E1")
    assert told.json()["link"] == "https://x.nhs.uk/audit"
    assert told.headers["ETag"] == made.headers["ETag"]
    assert [e["ref"] for e in doors.token(TokenScope.read).get(BASE).json()["items"]] == ["E1"]


def test_a_file_comes_back_byte_for_byte_as_an_attachment(doors: Doors) -> None:
    make_action(doors.cast)
    client, content = doors.as_("owen"), pdf("Audit of handover")
    made = post(client, "Übergabe  “Oktober”.pdf", content)
    assert made.status_code == 201, made.text
    version = made.json()["file"]
    assert (version["media_type"], version["size"], version["searched"]) == ("application/pdf", len(content), "whole")
    found = doors.as_("violet").get(f"{BASE}/E1/file")
    assert found.content == content
    assert found.headers["Content-Disposition"] == (
        'attachment; filename="_bergabe  _Oktober_.pdf"; '
        "filename*=UTF-8''%C3%9Cbergabe%20%20%E2%80%9COktober%E2%80%9D.pdf"
    )
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert found.headers["Cache-Control"] == "private, no-store"
    assert found.headers["Content-Length"] == str(len(content))


def test_another_organisation_finds_neither_the_item_nor_its_file(sqlite_doors: Doors, owen: TestClient) -> None:
    post(owen, "a.csv", CSV)
    oscar = sqlite_doors.as_("oscar")
    for path in ("", "/E1", "/E1/file"):
        assert oscar.get(f"{BASE}{path}").status_code == 404


def test_what_is_hostile_is_refused_by_name_and_leaves_nothing(sqlite_doors: Doors, owen: TestClient) -> None:
    refused = post(owen, "../../board.pdf", HTML)
    assert refused.status_code == 422
    assert refused.json()["errors"] == [
        {
            "pointer": "/file",
            "message": "“board.pdf” is not what its name says. Open it and save it again in the format you need.",
        }
    ]
    assert (rows(sqlite_doors.cast), stored(sqlite_doors)) == ([], set())


def test_a_good_file_of_a_refused_item_leaves_nothing(sqlite_doors: Doors, owen: TestClient) -> None:
    refused = post(owen, "a.csv", CSV, data=FILE | {"actions": "9.99"})
    assert refused.status_code == 422
    assert stored(sqlite_doors) == set()


def test_who_may_not_submit_has_no_file_looked_at(sqlite_doors: Doors, owen: TestClient) -> None:
    assert post(sqlite_doors.as_("violet"), "a.csv", CSV).status_code == 403
    assert post(sqlite_doors.as_("oscar"), "a.csv", CSV).status_code == 404
    assert post(sqlite_doors.anybody(), "a.csv", CSV).status_code == 401
    assert stored(sqlite_doors) == set()


def test_a_file_that_is_too_large_is_refused_with_its_limit(
    sqlite_doors: Doors, owen: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.uploads.MOST_BYTES", 100)
    refused = post(owen, "a.csv", CSV * 20)
    assert "larger than 25 MB" in refused.text
    assert stored(sqlite_doors) == set()


def test_a_name_with_an_nhs_number_is_refused_without_repeating_it(sqlite_doors: Doors, owen: TestClient) -> None:
    refused = post(owen, "case 450 557 7104.csv", CSV)
    assert refused.status_code == 422
    assert "Rename the file" in refused.text
    assert "7104" not in refused.text


def test_a_file_with_an_nhs_number_is_held_and_its_digits_are_nowhere(sqlite_doors: Doors, owen: TestClient) -> None:
    made = post(owen, "cases.docx", docx("Handover", NUMBER.decode()))
    assert (made.json()["held"], made.json()["file"]["found"]) == (True, "page 1")
    assert b"7104" not in made.content
    assert owen.get(f"{BASE}/E1/file").status_code == 200
    assert sqlite_doors.as_("victor").get(f"{BASE}/E1/file").status_code == 403
    feed = sqlite_doors.as_("alice").get("/api/v1/plans/alpha/changes?since=0").text
    assert "7104" not in feed
    gone = owen.post(f"{BASE}/E1/versions/1/removal")
    assert (gone.json()["state"], gone.json()["versions"][0]["removed_on"] is None) == ("withdrawn", False)
    assert owen.get(f"{BASE}/E1/file").status_code == 404
    assert stored(sqlite_doors) == set()


def test_what_is_held_counts_once_its_uploader_says_why(sqlite_doors: Doors, owen: TestClient) -> None:
    post(owen, "cases.csv", b"invoice\n" + NUMBER + b"\n")
    assert owen.post(f"{BASE}/E1/versions/1/statement", json={"why": ""}).status_code == 422
    settled = owen.post(f"{BASE}/E1/versions/1/statement", json={"why": "Invoice numbers."})
    assert (settled.json()["held"], settled.json()["counts"]) == (False, True)
    assert sqlite_doors.as_("victor").get(f"{BASE}/E1/file").status_code == 200


def test_a_newer_version_keeps_the_older_one(sqlite_doors: Doors, owen: TestClient) -> None:
    post(owen, "a.csv", CSV)
    newer = post(owen, "b.csv", CSV + b"2026-11,44,44\n", "/E1/versions", data={"why": "With November."})
    assert newer.status_code == 201, newer.text
    assert [v["file_name"] for v in newer.json()["versions"]] == ["b.csv", "a.csv"]
    assert owen.get(f"{BASE}/E1/file?version=1").content == CSV
    assert owen.get(f"{BASE}/E1/file").content.endswith(b"44,44\n")
    assert owen.get(f"{BASE}/E1/file?version=7").status_code == 404
    assert owen.post(f"{BASE}/E1/versions", data={"why": "x"}, files={"other": ("", b"")}).status_code == 422


def test_no_token_reviews_or_opens_what_is_confidential(sqlite_doors: Doors, owen: TestClient) -> None:
    post(owen, "a.csv", CSV, data=FILE | {"confidential": "1", "public_summary": "One case."})
    read, write = sqlite_doors.token(TokenScope.read), sqlite_doors.token(TokenScope.write)
    for token in (read, write):
        assert token.post(f"{BASE}/E1/review", json={"outcome": "accept"}).status_code == 403
    assert read.get(f"{BASE}/E1/file").status_code == 403
    assert "a.csv" not in read.get(f"{BASE}/E1").text
    assert read.post(BASE, json=details()).status_code == 403
    sqlite_doors.as_("victor").post(f"{BASE}/E1/review", json={"outcome": "return", "why": "Name the ward."})
    for path in ("/api/v1/plans/alpha/changes?since=0", "/plans/alpha/history", "/plans/alpha/actions/1.01"):
        told = sqlite_doors.as_("violet").get(path).text
        assert not [word for word in ("a.csv", "Handover is complete", "Name the ward") if word in told], path


def test_a_reviewer_returns_and_the_owner_changes_its_words(sqlite_doors: Doors, owen: TestClient) -> None:
    owen.post(BASE, json=details())
    victor = sqlite_doors.as_("victor")
    returned = victor.post(f"{BASE}/E1/review", json={"outcome": "return", "why": "Which wards?"})
    assert returned.json()["state"] == "returned"
    assert owen.patch(f"{BASE}/E1", json={"shows": "x"}).status_code == 428
    stale = owen.patch(f"{BASE}/E1", json={"shows": "x"}, headers={"If-Match": "1"})
    assert stale.status_code == 412
    tag = {"If-Match": returned.headers["ETag"]}
    assert owen.patch(f"{BASE}/E1", json={"shows": "Boards on both wards."}, headers=tag).json()["state"] == "submitted"
    assert victor.post(f"{BASE}/E1/review", json={"outcome": "accept", "strength": "moderate"}).json()["counts"]


def test_a_form_sent_twice_under_one_key_submits_once(sqlite_doors: Doors, owen: TestClient) -> None:
    key = {"Idempotency-Key": "one"}
    first, again = (post(owen, "a.csv", CSV, headers=key) for _ in range(2))
    assert (first.json()["ref"], again.json()["ref"]) == ("E1", "E1")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert post(owen, "a.csv", CSV + b"x,1,2\n", headers=key).status_code == 422
    assert len(rows(sqlite_doors.cast)) == len(stored(sqlite_doors)) == 1
    assert post(sqlite_doors.anybody(), "a.csv", CSV, headers=key).status_code == 401


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("", ["E3", "E2", "E1"]),
        ("kind=implementation", ["E2"]),
        ("state=accepted", ["E1"]),
        ("show=expiring", ["E3"]),
        ("show=review", []),
        ("action=1.02", ["E3"]),
        ("q=night+rota", ["E2"]),
        ("q=nothing", []),
    ],
)
def test_the_list_is_narrowed(sqlite_doors: Doors, owen: TestClient, query: str, refs: list[str]) -> None:
    from tests.evidence.made import day, review, submit

    cast = sqlite_doors.cast
    make_action(cast, "1.02")
    submit(cast)
    submit(cast, kind="implementation", sort="rota", shows="Night rota agreed.")
    submit(cast, actions=["1.02"], expires_on=day(20).isoformat())
    review(cast, "E1")
    assert [e["ref"] for e in owen.get(f"{BASE}?{query}").json()["items"]] == refs


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff"])
def test_a_body_that_is_none_gets_a_problem(sqlite_doors: Doors, owen: TestClient, body: bytes) -> None:
    refused = owen.post(BASE, content=body, headers={"content-type": "application/json"})
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    other = owen.post(BASE, content=body, headers={"content-type": "text/plain"})
    assert (other.status_code, other.json()["code"]) == (422, "unsupported_media_type")


def test_the_flat_table_has_a_row_for_each_item_and_conceals_as_the_page_does(
    sqlite_doors: Doors, owen: TestClient
) -> None:
    path = "/api/v1/plans/alpha/evidence.csv"
    header = owen.get(path).text
    assert header.startswith("plan,as_at,revision,evidence,kind,")
    assert header.count("\r\n") == 1
    post(owen, "a.csv", CSV, data=FILE | {"confidential": "1", "public_summary": "One case."})
    [row] = list(DictReader(owen.get(path).text.splitlines()))
    assert (row["evidence"], row["actions"], row["file_name"], row["counts"]) == ("E1", "1.01", "a.csv", "true")
    [other] = list(DictReader(sqlite_doors.as_("violet").get(path).text.splitlines()))
    assert (other["shows"], other["file_name"], other["sha256"], other["concealed"]) == ("One case.", "", "", "true")
