"""A copy kept from /changes equals the lists, whoever wrote in between and in whatever order."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

from starlette.testclient import TestClient

from tests.support.doors import Doors
from tests.support.proof import rounds

PLAN = "/api/v1/plans/alpha"
WRITERS = 6
# What the row of an action and the contract's shape call the same.
SAME = ("ref", "title", "intended_outcome", "success_measure", "start_date", "due_date", "progress", "regulatory",
        "external_lead", "external_contact", "updated_at", "lead_executive", "accountable_person", "organisation",
        "priority", "stage", "slips", "slip_days", "original_due_date")  # fmt: skip
Copy = dict[str, dict[str, dict[str, Any]]]


def keep_up(client: TestClient, copy: Copy, since: int, limit: int) -> int:
    """Reads the feed to its end; the revision to go on from."""
    while True:
        page = client.get(f"{PLAN}/changes", params={"since": since, "limit": limit}).json()
        for change in page["items"]:
            assert change["revision"] > since, "exclusive, and in the order of commits"
            _apply(copy, change)
        if page["items"]:
            since = page["items"][-1]["revision"]
        if page["next"] is None:
            return since


def _apply(copy: Copy, change: dict[str, Any]) -> None:
    rows = copy.setdefault(change["entity"], {})
    row = rows.setdefault(change["id"], {})
    for field, told in change["changes"].items():
        assert row.get(field) == told["old"], f"{field} was not {told['old']}"
        row[field] = told["new"]
    if change["gone"]:
        del rows[change["id"]]


def write(client: TestClient, seed: int, acts: int) -> int:
    """Random acts of one program; how many were taken. Refusals are answers: stale, or not allowed just now."""
    random, taken = Random(seed), 0  # noqa: S311 - a seed, so that a failure can be had again
    for number in range(acts):
        refs = [a["ref"] for a in client.get(f"{PLAN}/actions", params={"limit": 500}).json()["items"]]
        words = f"{seed}-{number} ✓ é"
        act = random.choice(["add", "change", "change", "words", "words", "report", "dates"]) if refs else "add"
        if act == "add":
            new = {
                "title": f"Added {words}",
                "priority": random.choice("12"),
                "milestones": [{"title": "First"}],
                "external_lead": random.random() < 0.5,
                "accountable_person": "owen@aaa.example",
            }
            answer = client.post(f"{PLAN}/actions", json=new)
        elif act == "words":
            address = f"{PLAN}/actions/{random.choice(refs)}"
            field = random.choice(["intended_outcome", "success_measure", "external_contact", "accountable_person"])
            said = random.choice(["owner", ""]) if field != "accountable_person" else ""
            answer = client.patch(
                address, json={field: said}, headers={"If-Match": client.get(address).headers["etag"]}
            )
        elif act == "report":
            told = {"progress": random.choice(["on_track", "at_risk"]), "commentary": f"Said {words}"}
            answer = client.post(f"{PLAN}/actions/{random.choice(refs)}/update", json=told)
        else:
            address = f"{PLAN}/actions/{random.choice(refs)}"
            given: dict[str, object] = {
                "title": f"Changed {words}",
                "milestones": [{"title": f"M {n}"} for n in range(random.randrange(3))],
            }
            if act == "dates":
                given = {"start_date": f"2026-0{random.randrange(1, 10)}-01", "regulatory": random.random() < 0.5}
            held = client.get(address).headers["etag"]
            answer = client.patch(address, json=given, headers={"If-Match": held})
        assert answer.status_code in (200, 201, 403, 409, 412, 422, 503), answer.text
        taken += answer.status_code < 300
    return taken


def test_a_copy_kept_from_the_feed_equals_the_list(doors: Doors) -> None:
    copy, acts = Copy(), rounds(4, 60)
    clients = [doors.token() if n % 2 else doors.as_("alice") for n in range(WRITERS)]
    # One client holds the application's event loop; the others bring only who they are.
    with doors.as_("violet") as reader, ThreadPoolExecutor(WRITERS) as pool:
        for client in clients:
            client.portal = reader.portal
        working = [pool.submit(write, client, seed, acts) for seed, client in enumerate(clients)]
        since = 0
        while not all(job.done() for job in working):
            since = keep_up(reader, copy, since, limit=7)
        taken = sum(job.result() for job in working)
        since = keep_up(reader, copy, since, limit=3)
        assert taken > acts, "most were taken"
        assert since == reader.get(f"{PLAN}/changes", params={"since": since}).json()["head"]["revision"]
        _compare(reader, copy)


def _compare(reader: TestClient, copy: Copy) -> None:
    listed = {a["id"]: a for a in reader.get(f"{PLAN}/actions", params={"limit": 500}).json()["items"]}
    assert set(copy["action"]) == set(listed)
    for key, row in copy["action"].items():
        shown = listed[key]
        # What was never said is null, as in the list.
        assert {n: row.get(n) for n in SAME} == {n: shown[n] for n in SAME}
        marks = [m for m in copy.get("milestone", {}).values() if m["action_id"] == key]
        assert sorted(m["title"] for m in marks) == sorted(m["title"] for m in shown["milestones"])
    for ref in sorted(a["ref"] for a in listed.values()):
        for told in reader.get(f"{PLAN}/actions/{ref}/updates").json():
            said = copy["action_update"][told["id"]]
            assert {n: said.get(n) or told[n] for n in told if n != "id"} == {n: told[n] for n in told if n != "id"}
    reports = reader.get(f"{PLAN}/updates.csv").text.splitlines()
    assert len(copy.get("action_update", {})) == len(reports) - 1, "each report has its row"


def test_it_starts_from_nothing_and_gets_the_same(sqlite_doors: Doors) -> None:
    client = sqlite_doors.token()
    write(client, 1, 12)
    followed, whole = Copy(), Copy()
    keep_up(client, followed, 0, limit=1)
    keep_up(client, whole, 0, limit=500)
    assert followed == whole
