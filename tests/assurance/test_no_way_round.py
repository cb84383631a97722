"""One tester with every role but the panel's, at every door: no action is assured, and each refusal says why."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.actions.rules import Stage
from app.assurance.rules import ProposalState
from app.core.actor import Door, system
from app.people import commands as people
from app.people.models import RoleHeld
from app.people.rules import Role, TokenScope
from app.plans.models import BodyMember
from app.plans.rules import BodyKind, BodyRole
from tests.assurance import made, proven
from tests.assurance.made import day
from tests.support.doors import Doors

ROLES = (
    Role.administrator, Role.office, Role.executive, Role.owner, Role.contributor, Role.chair, Role.voices, Role.viewer,
)  # fmt: skip
API, PAGES = "/api/v1/plans/alpha", "/plans/alpha"
MEETING = {"name": "A panel of my own", "date": day(0).isoformat()}


class Hand:
    """Nora, with all roles but the validator's, chairs and deputises in the group; Owen's action is delivered."""

    def __init__(self, doors: Doors) -> None:
        self.doors, cast = doors, doors.cast
        for role in ROLES:
            made.add(
                cast,
                RoleHeld(account_id=cast.people["nora"], role=role, organisation_id=cast.organisations["AAA"]),
            )
        proven.seat(cast, "nora", BodyKind.improvement_group, BodyRole.deputy)
        proven.delivered(cast)
        self.page: TestClient = doors.as_("nora")

    def post(self, address: str, **given: Any) -> Any:
        return self.page.post(API + address, json=given)

    def propose(self, **given: Any) -> Any:
        return self.post("/actions/1.01/proposals", **({"move": "assured", "why": "It works"} | given))

    def stage(self) -> str:
        return str(made.action_row(self.doors.cast).stage)


@pytest.fixture
def tester(sqlite_doors: Doors) -> Hand:
    return Hand(sqlite_doors)


def said(answer: Any) -> str:
    return str(answer.text).replace("&#39;", "'").replace("&#34;", '"')


def by_writing_the_stage(t: Hand) -> tuple[Any, str]:
    revision = t.page.get(f"{API}/actions/1.01").json()["revision"]
    answer = t.page.patch(f"{API}/actions/1.01", json={"stage": "assured"}, headers={"If-Match": f'"{revision}"'})
    return answer, "stage"


def by_adding_an_assured_action(t: Hand) -> tuple[Any, str]:
    return t.post("/actions", title="Already assured", priority="1", stage="assured"), "stage"


def by_proposing_without_proof(t: Hand) -> tuple[Any, str]:
    return t.propose(), "Add at least one item of effect evidence dated after completion."


def by_the_pages_form(t: Hand) -> tuple[Any, str]:
    answer = t.page.post(f"{PAGES}/actions/1.01/proposals/new?move=assured", data={"why": "It works"})
    return answer, "Add at least one item of effect evidence dated after completion."


def by_jumping_over_delivery(t: Hand) -> tuple[Any, str]:
    made.make_action(t.doors.cast, "1.02")
    answer = t.page.post(f"{API}/actions/1.02/proposals", json={"move": "assured", "why": "It works"})
    return answer, "can be asked for from"


def by_deciding_ones_own(t: Hand) -> tuple[Any, str]:
    proven.prove(t.doors.cast, accepted_by="victor")
    asked = t.propose().json()["id"]
    answer = t.post(f"/proposals/{asked}/decision", outcome="accept", meeting=MEETING)
    return answer, "Nobody decides on their own proposal"


def by_deciding_owens(t: Hand) -> tuple[Any, str]:
    proven.prove(t.doors.cast, accepted_by="victor")
    asked = made.propose(t.doors.cast, "owen", move="assured")
    return t.post(f"/proposals/{asked}/decision", outcome="accept", meeting=MEETING), "You may not decide this."


def by_the_decision_page(t: Hand) -> tuple[Any, str]:
    proven.prove(t.doors.cast, accepted_by="victor")
    asked = made.propose(t.doors.cast, "owen", move="assured")
    given = {"outcome": "accept", "meeting.name": "Panel", "meeting.date": day(0).strftime("%d/%m/%Y")}
    return t.page.post(f"{PAGES}/proposals/{asked}/decision", data=given), "You may not decide this."


def by_many_at_once(t: Hand) -> tuple[Any, str]:
    proven.prove(t.doors.cast, accepted_by="victor")
    asked = [str(made.propose(t.doors.cast, "owen", move="assured"))]
    answer = t.post("/proposals/decisions", proposals=asked, outcome="accept", meeting=MEETING)
    return answer, "1.01: You may not decide this."


def by_bringing_it_to_ones_own_body(t: Hand) -> tuple[Any, str]:
    proven.prove(t.doors.cast, accepted_by="victor")
    asked = made.propose(t.doors.cast, "owen", move="assured")
    return t.post(f"/proposals/{asked}/meeting", body="Improvement group"), "You may not decide this."


def by_naming_another_body(t: Hand) -> tuple[Any, str]:
    proven.prove(t.doors.cast, accepted_by="victor")
    asked = made.propose(t.doors.cast, "owen", move="assured")
    given = {"outcome": "accept", "body": "Improvement group", "meeting": MEETING}
    return t.post(f"/proposals/{asked}/decision", **given), "This is before “Assurance panel”."


def by_recording_the_panel_and_confirming(t: Hand) -> tuple[Any, str]:
    proven.prove(t.doors.cast, accepted_by="victor")
    asked = str(made.propose(t.doors.cast, "owen", move="assured"))
    listed = t.post("/meeting-lists", meeting=MEETING, items=[{"proposal": asked, "outcome": "accept"}])
    assert listed.status_code == 201, listed.text
    answer = t.post(f"/meeting-lists/{listed.json()['id']}/confirmation", present=[])
    return answer, "is confirmed by its chair or a deputy"


def by_taking_a_seat_on_the_panel(t: Hand) -> tuple[Any, str]:
    panel = made.body_id(t.doors.cast, BodyKind.assurance_panel)
    given = {"person": t.doors.cast.email("nora"), "role": "chair"}
    return t.post(f"/bodies/{panel}/members", **given), "a panel's own chair or deputy"


def by_giving_oneself_the_role(t: Hand) -> tuple[Any, str]:
    account = t.doors.cast.people["nora"]
    answer = t.page.post(f"/api/v1/people/{account}/roles", json={"role": "validator"})
    return answer, "Nobody gives themselves a role that decides."


def by_a_delegation_of_the_panel(t: Hand) -> tuple[Any, str]:
    given = {"body": "Assurance panel", "person": t.doors.cast.email("edith"), "starts_on": day(0).isoformat(),
             "ends_on": day(9).isoformat()}  # fmt: skip
    return t.post("/delegations", **given), "cannot be delegated"


def by_confirming_an_import_that_was_none(t: Hand) -> tuple[Any, str]:
    return t.post("/before-tool/confirmation", refs=["1.01"]), "You may not do this"


def by_a_write_token(t: Hand) -> tuple[Any, str]:
    proven.prove(t.doors.cast, accepted_by="victor")
    asked = made.propose(t.doors.cast, "owen", move="assured")
    answer = t.doors.token(TokenScope.write).post(
        f"{API}/proposals/{asked}/decision", json={"outcome": "accept", "meeting": MEETING}
    )
    return answer, "token"


def by_another_sites_form(t: Hand) -> tuple[Any, str]:
    proven.prove(t.doors.cast, accepted_by="victor")
    asked = made.propose(t.doors.cast, "owen", move="assured")
    victor = t.doors.as_("victor")
    answer = victor.post(
        f"{PAGES}/proposals/{asked}/decision", data={"outcome": "accept"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    return answer, "another site"


WAYS: list[Callable[[Hand], tuple[Any, str]]] = [
    by_writing_the_stage, by_adding_an_assured_action, by_proposing_without_proof, by_the_pages_form,
    by_jumping_over_delivery, by_deciding_ones_own, by_deciding_owens, by_the_decision_page, by_many_at_once,
    by_bringing_it_to_ones_own_body, by_naming_another_body, by_recording_the_panel_and_confirming,
    by_taking_a_seat_on_the_panel, by_giving_oneself_the_role, by_a_delegation_of_the_panel,
    by_confirming_an_import_that_was_none, by_a_write_token, by_another_sites_form,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_it_is_never_assured_by_a_tester_with_every_other_role(
    tester: Hand, way: Callable[[Hand], tuple[Any, str]]
) -> None:
    answer, sentence = way(tester)
    assert answer.status_code in (403, 404, 409, 422), answer.text
    assert sentence in said(answer)
    assert tester.stage() == "delivered"


def asked_of(t: Hand) -> str:
    """What the panel is asked; the office and the chair beside the tester hold no role of the panel's either."""
    proven.prove(t.doors.cast, accepted_by="victor")
    return str(made.propose(t.doors.cast, "owen", move="assured"))


def seated(t: Hand, by: str, person: str, role: str, panel: str) -> None:
    """On a seat that no door gives any more: what it is worth is asked all the same."""
    cast = t.doors.cast
    given = {"person": cast.email(person), "role": role}
    answer = t.doors.as_(by).post(f"{API}/bodies/{panel}/members", json=given)
    assert answer.status_code == 403, answer.text
    assert "a panel's own chair or deputy" in answer.text
    seat = BodyMember(
        plan_id=made.plan_id(cast), body_id=UUID(panel), account_id=cast.people[person], role=BodyRole(role)
    )
    made.add(cast, seat)


def second_panel(t: Hand) -> str:
    answer = t.doors.as_("alice").post(f"{API}/bodies", json={"kind": "assurance_panel", "name": "Ours", "quorum": 1})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.mark.parametrize(("by", "name", "seat"), [("alice", "carol", "member"), ("carol", "edith", "chair")])
def test_it_gives_no_word_on_proof_to_who_is_seated_on_a_panel_without_its_role(
    tester: Hand, by: str, name: str, seat: str
) -> None:
    asked = asked_of(tester)
    seated(tester, by, name, seat, second_panel(tester))
    given = {"outcome": "accept", "body": "Ours", "meeting": MEETING}
    answer = tester.doors.as_(name).post(f"{API}/proposals/{asked}/decision", json=given)
    assert answer.status_code == 403, answer.text
    assert "You may not decide this. It is decided by: Dennis" in answer.text
    assert tester.stage() == "delivered"


def test_it_confirms_no_list_of_a_panel_under_a_chair_without_its_role(tester: Hand) -> None:
    asked = asked_of(tester)
    seated(tester, "carol", "edith", "chair", second_panel(tester))
    given = {"body": "Ours", "meeting": MEETING, "items": [{"proposal": asked, "outcome": "accept"}]}
    listed = tester.doors.as_("alice").post(f"{API}/meeting-lists", json=given)
    assert listed.status_code == 201, listed.text
    answer = tester.doors.as_("edith").post(f"{API}/meeting-lists/{listed.json()['id']}/confirmation", json={})
    assert (answer.status_code, "is confirmed by its chair or a deputy" in answer.text) == (403, True), answer.text
    assert tester.stage() == "delivered"


def test_it_passes_to_no_chair_when_the_panel_is_emptied(tester: Hand) -> None:
    asked, cast = asked_of(tester), tester.doors.cast
    panel = made.body_id(cast, BodyKind.assurance_panel)
    carol, victor = tester.doors.as_("carol"), tester.doors.as_("victor")
    answer = carol.delete(f"{API}/bodies/{panel}/members/{cast.people['dennis']}")
    assert (answer.status_code, "a panel's own chair or deputy" in answer.text) == (403, True), answer.text
    answer = tester.doors.as_("alice").post(f"{API}/bodies/{panel}/archive")
    assert answer.status_code in (404, 409), answer.text
    for name in ("dennis", "victor"):
        answer = victor.delete(f"{API}/bodies/{panel}/members/{cast.people[name]}")
        assert answer.status_code == 200, answer.text
    given = {"person": cast.email("carol"), "role": "member"}
    assert tester.doors.as_("alice").post(f"{API}/bodies/{panel}/members", json=given).status_code == 201
    answer = carol.post(f"{API}/proposals/{asked}/decision", json={"outcome": "accept", "meeting": MEETING})
    assert (answer.status_code, "You may not decide this" in answer.text) == (403, True), answer.text
    assert tester.stage() == "delivered"


def test_it_says_what_is_needed_where_nobody_is_left_to_judge_proof(tester: Hand) -> None:
    asked, cast = asked_of(tester), tester.doors.cast
    for name in ("victor", "dennis"):
        with cast.database.write(system(Door.cli, "tracker command")) as tx:
            people.deactivate(tx, account_id=cast.people[name])
    given = {"outcome": "accept", "meeting": MEETING}
    answer = tester.doors.as_("carol").post(f"{API}/proposals/{asked}/decision", json=given)
    needed = "Nobody may decide this now. Somebody else is needed with the role “Assurance panel”."
    assert (answer.status_code, answer.json()["detail"]) == (403, needed)
    assert tester.stage() == "delivered"


def test_it_refuses_a_panel_members_own_way_round_the_meeting(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    proven.delivered(cast)
    proven.prove(cast, accepted_by="dennis")
    asked = made.propose(cast, "owen", move="assured")
    victor = sqlite_doors.as_("victor")
    answer = victor.post(f"{API}/proposals/{asked}/decision", json={"outcome": "accept"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/meeting")
    for when, why in ((30, "has not been held yet"), (-5000, "This plan was adopted on")):
        meeting = {"name": "Another", "date": day(when).isoformat()}
        answer = victor.post(f"{API}/proposals/{asked}/decision", json={"outcome": "accept", "meeting": meeting})
        assert why in answer.text
    assert made.action_row(cast).stage is Stage.delivered


def test_it_decides_once_when_a_request_is_replayed(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    proven.assured(cast)
    proven.failed(cast)
    [first] = [p for p in [made.decision_rows(cast)[0].proposal_id] if p is not None]
    answer = sqlite_doors.as_("victor").post(
        f"{API}/proposals/{first}/decision", json={"outcome": "accept", "meeting": MEETING}
    )
    assert answer.status_code == 409
    assert made.action_row(cast).stage is Stage.delivered
    assert made.proposal_row(cast, first).state is ProposalState.accepted
