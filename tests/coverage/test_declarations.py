"""Declarations: prepared, checked, signed by the chief executive alone, and frozen."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from app.core import clock
from app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from app.coverage import commands, queries
from app.coverage.schemas import Checking, DeclarationRead, Dissenting, LineGiven, NewDeclaration, Signing
from app.evidence.models import Evidence, EvidenceAction
from app.evidence.rules import EvidenceForm, EvidenceKind, EvidenceSort, EvidenceState
from app.people.models import RoleHeld
from app.people.rules import Role
from app.plans.queries import plan_for
from tests.assurance.made import add, change_action, plan_id
from tests.coverage.made import answer, publish
from tests.support.cast import Cast
from tests.support.doors import Doors


def prove(cast: Cast, action: Any, ref: str = "E1", **fields: Any) -> None:
    """Accepted effect evidence of Owen's, reviewed by Victor, on this action."""
    today = clock.today()
    given: dict[str, Any] = {
        "kind": EvidenceKind.effect, "form": EvidenceForm.seen, "sort": EvidenceSort.audit, "shows": f"{ref} shows it",
        "dated_on": today, "submitted_on": today, "submitted_at": clock.now(), "submitted_by_id": cast.people["owen"],
        "submitted_by_name": "Owen", "state": EvidenceState.accepted, "accepted_on": today, "reviewed_on": today,
        "reviewed_by_id": cast.people["victor"], "reviewed_by_name": "Victor",
    } | fields  # fmt: skip
    row = Evidence(plan_id=plan_id(cast), ref=ref, **given)
    add(cast, row)
    link = EvidenceAction(plan_id=plan_id(cast), action_id=action, evidence_id=row.id, linked_on=today, covered=True)
    add(cast, link)


def act(cast: Cast, who: str, do: Any, given: Any, **more: Any) -> Any:
    with cast.database.write(cast.actor(who)) as tx:
        return do(tx, access=plan_for(tx, "alpha"), given=given, **more)


def begin(cast: Cast, who: str = "alice") -> None:
    act(cast, who, commands.begin_declaration, NewDeclaration(framework="aaa_first", title="Scheme, year 6"))


def check(cast: Cast, ref: str, who: str = "victor", *, is_met: bool = True) -> None:
    act(cast, who, commands.check_line, Checking(is_met=is_met, why="Read the audit"), number=1, ref=ref)


def explain(cast: Cast, ref: str) -> None:
    act(cast, "alice", commands.change_line, LineGiven(hole_why="The audit is due in March"), number=1, ref=ref)


def seen(cast: Cast, who: str = "violet", number: int = 1) -> DeclarationRead:
    with cast.database.read(cast.actor(who)) as read:
        return queries.declaration(read, plan_for(read, "alpha"), number)


def sign(cast: Cast, who: str = "carol", number: int = 1, digest: str = "") -> None:
    told = Signing(digest=digest or seen(cast, number=number).digest)
    act(cast, who, commands.sign_declaration, told, number=number)


@pytest.fixture
def ready(cast: Cast) -> Cast:
    """Two lines: 1 is proven and met; 2 has a hole with its reason."""
    return prepared(cast)


def prepared(cast: Cast) -> Cast:
    publish(cast, refs=2)
    prove(cast, answer(cast, "1.1", {"aaa_first:1": True}))
    begin(cast)
    check(cast, "1")
    check(cast, "2", is_met=False)
    explain(cast, "2")
    return cast


def test_the_workspace_shows_proof_checks_and_holes(ready: Cast) -> None:
    found = seen(ready)
    one, two = found.lines
    assert (one.has_proof, one.is_met, one.checked_by, one.is_hole) == (True, True, "Victor", False)
    assert [(e.ref, e.counts, e.accepted_by) for e in one.evidence] == [("E1", True, "Victor")]
    assert (two.has_proof, two.is_hole, two.hole_why, two.stands) == (
        False,
        True,
        "The audit is due in March",
        "No action",
    )
    assert (found.met, found.holes, found.may_sign) == (1, 1, False)
    assert seen(ready, "carol").may_sign


def test_a_signature_freezes_what_it_says(ready: Cast) -> None:
    act(ready, "edith", commands.dissent, Dissenting(said="The nights were left out"), number=1, ref="1")
    before = seen(ready)
    sign(ready)
    change_action(ready, "1.1", title="Renamed since")
    prove(ready, answer(ready, "1.2", {"aaa_first:2": True}), "E2")
    after = seen(ready)
    assert after.lines == before.lines
    assert (after.state, after.signed_by, after.signed_post) == ("signed", "Carol", "Post of carol")
    with ready.database.read(ready.actor("violet")) as read:
        text = queries.snapshot(read, plan_for(read, "alpha"), 1)
    assert hashlib.sha256(text.encode()).hexdigest() == after.sha256
    assert json.loads(text)["lines"][0]["dissent"][0]["said"] == "The nights were left out"
    digest = before.digest
    changes: tuple[Callable[[], object], ...] = (
        lambda: check(ready, "1"),
        lambda: explain(ready, "2"),
        lambda: sign(ready, digest=digest),
    )
    for change in changes:
        with pytest.raises(Conflict, match="signed"):
            change()


@pytest.mark.parametrize("name", ["alice", "edith", "victor", "violet", "owen", "adam", "pat"])
def test_nobody_but_the_chief_executive_signs(sqlite_cast: Cast, name: str) -> None:
    ready = prepared(sqlite_cast)
    with pytest.raises(Forbidden):
        sign(ready, name)
    with pytest.raises(NotFound):
        sign(ready, "oscar")
    assert seen(ready).state == "draft"


def test_it_is_not_signed_with_an_unchecked_line_or_an_unexplained_hole(sqlite_cast: Cast) -> None:
    publish(sqlite_cast, refs=3)
    prove(sqlite_cast, answer(sqlite_cast, "1.1", {"aaa_first:1": True}))
    begin(sqlite_cast)
    check(sqlite_cast, "1")
    check(sqlite_cast, "2")
    with pytest.raises(Invalid) as error:
        sign(sqlite_cast)
    assert [f.message for f in error.value.fields] == [
        "Nobody has checked 3.", "2 has a hole without a reason: no accepted evidence.",
    ]  # fmt: skip


def test_who_began_it_checks_none_of_its_lines(cast: Cast) -> None:
    organisation = cast.organisations["AAA"]
    add(cast, RoleHeld(role=Role.validator, organisation_id=organisation, account_id=cast.people["alice"]))
    publish(cast, refs=1)
    begin(cast)
    with pytest.raises(Conflict, match="somebody else has to check its lines"):
        check(cast, "1", "alice")
    assert [seen(cast, who).may_check for who in ("alice", "victor", "edith", "violet")] == [False, True, True, False]
    with pytest.raises(Forbidden):
        check(cast, "1", "violet")
    with pytest.raises(NotFound):
        check(cast, "1", "oscar")
    check(cast, "1", "victor")
    assert seen(cast).lines[0].checked_by == "Victor"


def test_what_was_not_read_is_not_signed(sqlite_cast: Cast) -> None:
    ready = prepared(sqlite_cast)
    digest = seen(ready).digest
    change_action(ready, "1.1", title="Renamed since")
    with pytest.raises(Stale, match="changed since you read it"):
        sign(ready, digest=digest)


def test_expired_or_returned_evidence_is_no_proof(sqlite_cast: Cast) -> None:
    publish(sqlite_cast, refs=1)
    action = answer(sqlite_cast, "1.1", {"aaa_first:1": True})
    prove(sqlite_cast, action, "E1", expires_on=clock.today().replace(year=clock.today().year - 1))
    prove(sqlite_cast, action, "E2", state=EvidenceState.returned)
    prove(sqlite_cast, action, "E3", confidential=True, public_summary="Of a review")
    begin(sqlite_cast)
    [line] = seen(sqlite_cast).lines
    assert [(e.ref, e.counts) for e in line.evidence] == [("E1", False), ("E2", False), ("E3", True)]
    assert [e.shows for e in line.evidence] == ["E1 shows it", "E2 shows it", "Of a review"]


def test_a_new_one_takes_the_place_of_what_was_signed(sqlite_cast: Cast) -> None:
    ready = prepared(sqlite_cast)
    told = LineGiven(required="The audit of the year")
    act(ready, "alice", commands.change_line, told, number=1, ref="1")
    with pytest.raises(Conflict, match="still in preparation"):
        begin(ready)
    sign(ready)
    signed = seen(ready).sha256
    begin(ready)
    assert (seen(ready, number=2).supersedes, seen(ready, number=2).lines[0].required) == (1, "The audit of the year")
    assert seen(ready).state == "signed"
    for ref in ("1", "2"):
        act(ready, "victor", commands.check_line, Checking(is_met=True, why="Seen"), number=2, ref=ref)
    act(ready, "alice", commands.change_line, LineGiven(hole_why="Due in March"), number=2, ref="2")
    sign(ready, number=2)
    assert (seen(ready).state, seen(ready).sha256) == ("superseded", signed)


@pytest.mark.parametrize("name", ["violet", "owen", "victor", "carol", "pat"])
def test_only_the_office_prepares(sqlite_cast: Cast, name: str) -> None:
    publish(sqlite_cast, refs=1)
    with pytest.raises(Forbidden):
        begin(sqlite_cast, name)


@pytest.mark.parametrize("name", ["alice", "violet", "owen", "carol"])
def test_only_the_panel_and_executives_check(sqlite_cast: Cast, name: str) -> None:
    publish(sqlite_cast, refs=1)
    begin(sqlite_cast)
    with pytest.raises(Forbidden):
        check(sqlite_cast, "1", name)


def test_the_pages_prepare_check_and_sign(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    publish(cast, refs=1)
    prove(cast, answer(cast, "1.1", {"aaa_first:1": True}))
    alice, victor, carol, violet = (sqlite_doors.as_(n) for n in ("alice", "victor", "carol", "violet"))
    assert "No declaration has been begun" in violet.get("/plans/alpha/declarations").text
    given = {"framework": "aaa_first", "title": "Scheme, year 6"}
    assert violet.post("/plans/alpha/declarations", data=given).status_code == 403
    assert alice.post("/plans/alpha/declarations", data=given | {"title": ""}).status_code == 422
    at = alice.post("/plans/alpha/declarations", data=given).headers["location"]
    assert alice.post(f"{at}/lines/1", data={"required": "The audit", "hole_why": ""}).status_code == 303
    assert victor.post(f"{at}/lines/1/check", data={"is_met": "", "why": "x"}).status_code == 422
    digest = violet.get(at).text.partition('name="digest" value="')[2]
    assert digest == ""
    digest = carol.get(at).text.partition('name="digest" value="')[2].partition('"')[0]
    refused = carol.post(f"{at}/signature", data={"digest": digest})
    assert (refused.status_code, "Nobody has checked 1." in refused.text) == (422, True)
    assert victor.post(f"{at}/lines/1/check", data={"is_met": "true", "why": "Read it"}).status_code == 303
    assert carol.post(f"{at}/signature", data={"digest": digest}).status_code == 412
    digest = carol.get(at).text.partition('name="digest" value="')[2].partition('"')[0]
    assert alice.post(f"{at}/signature", data={"digest": digest}).status_code == 403
    assert carol.post(f"{at}/signature", data={"digest": digest}).status_code == 303
    text = violet.get(at).text
    assert "Signed by Carol, Post of carol" in text
    assert "The audit" in text
    assert sqlite_doors.as_("oscar").get(at).status_code == 404


def test_an_offices_token_prepares_and_never_signs(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    publish(cast, refs=1)
    office = sqlite_doors.token()
    at = "/api/v1/plans/alpha/declarations"
    made = office.post(at, json={"framework": "aaa_first", "title": "Scheme"})
    assert (made.status_code, made.headers["location"]) == (201, f"{at}/1")
    assert office.put(f"{at}/1/lines/1", json={"hole_why": "Due in March"}).json()["lines"][0]["hole_by"] != ""
    for path, body in (("check", {"is_met": True, "why": "x"}), ("dissent", {"said": "x"})):
        assert office.post(f"{at}/1/lines/1/{path}", json=body).status_code == 403
    edith, carol = sqlite_doors.as_("edith"), sqlite_doors.as_("carol")
    assert edith.post(f"{at}/1/lines/1/check", json={"is_met": False, "why": "No audit"}).status_code == 200
    digest = office.get(f"{at}/1").json()["digest"]
    assert office.get(f"{at}/1/snapshot").status_code == 404
    assert office.post(f"{at}/1/signature", json={"digest": digest}).status_code == 403
    signed = carol.post(f"{at}/1/signature", json={"digest": digest})
    assert signed.json()["state"] == "signed"
    kept = office.get(f"{at}/1/snapshot").content
    assert hashlib.sha256(kept).hexdigest() == signed.json()["sha256"]
    assert [d["number"] for d in office.get(at).json()["items"]] == [1]
    assert sqlite_doors.token(organisation="BBB").get(at).status_code == 404


def test_a_digest_that_looks_like_an_nhs_number_is_only_a_digest() -> None:
    digest = "a4505577104b" + "0" * 52
    assert Signing(digest=digest).digest == digest
