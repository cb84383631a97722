"""Quorum: who was there is on record, and too few decide nothing, by whichever door."""

from typing import Any

import pytest

from app.core.errors import Forbidden, Invalid
from app.people.models import RoleHeld
from app.people.rules import Role
from app.plans.rules import BodyKind
from tests.assurance import made, proven
from tests.assurance.made import day
from tests.assurance.proven import PANEL
from tests.assurance.test_meetings import confirm, record
from tests.support.cast import Cast
from tests.support.doors import Doors

API = "/api/v1/plans/alpha"


def meeting(*present: str) -> dict[str, Any]:
    return PANEL | {"present": list(present)}


def waiting(cast: Cast, quorum: int = 2) -> Any:
    proven.set_quorum(cast, BodyKind.assurance_panel, quorum)
    proven.delivered(cast)
    proven.prove(cast, accepted_by="dennis")
    return made.propose(cast, "owen", move="assured")


def test_it_needs_the_quorum_where_one_member_decides_for_the_panel(cast: Cast) -> None:
    asked = waiting(cast)
    with pytest.raises(Invalid, match="at least 2 members, and 1 is recorded") as refused:
        made.decide(cast, "victor", asked, meeting=PANEL)
    assert refused.value.fields[0].field == "meeting.present"
    with pytest.raises(Invalid, match="not a member"):
        made.decide(cast, "victor", asked, meeting=meeting(cast.email("alice")))
    made.decide(cast, "victor", asked, meeting=meeting(cast.email("dennis")))
    assert made.action_row(cast).stage == "assured"


def test_it_confirms_a_list_when_enough_were_there(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    proven.set_quorum(cast, BodyKind.improvement_group, 2)
    made.make_action(cast)
    asked = str(made.propose(cast, "owen", due_date=day(80)))
    alice, carol = sqlite_doors.as_("alice"), sqlite_doors.as_("carol")
    given = {
        "meeting": {"name": "Group", "date": day(0).isoformat()},
        "items": [{"proposal": asked, "outcome": "accept"}],
    }
    listed = alice.post(f"{API}/meeting-lists", json=given).json()
    assert (listed["quorum"], [s["name"] for s in listed["present"] if s["present"]]) == (2, ["Carol"])
    address = f"{API}/meeting-lists/{listed['id']}/confirmation"
    answer = carol.post(address, json={})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/present")
    assert made.action_row(cast).due_date == day(20)
    answer = carol.post(address, json={"present": [cast.email("carol"), cast.email("edith")]})
    assert answer.status_code == 200, answer.text
    assert made.action_row(cast).due_date == day(80)


def test_it_confirms_on_the_page_with_ticks(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    proven.set_quorum(cast, BodyKind.improvement_group, 2)
    made.make_action(cast)
    asked = made.propose(cast, "owen", due_date=day(80))
    alice, carol = sqlite_doors.as_("alice"), sqlite_doors.as_("carol")
    form = {"body": "Improvement group", "meeting.name": "Group", "meeting.date": day(0).strftime("%d/%m/%Y"),
            f"outcome-{asked}": "accept", "meeting.present": [cast.email("carol")]}  # fmt: skip
    assert alice.post("/plans/alpha/decisions/record", data=form).status_code == 303
    page = carol.get("/plans/alpha/decisions").text
    assert "Who was there (at least 2 members)" in page
    meeting_id = page.split("/meeting-lists/")[-1].split("/confirm")[0]
    refused = carol.post(f"/plans/alpha/meeting-lists/{meeting_id}/confirm", data={"present": cast.email("carol")})
    assert refused.status_code == 422
    assert "Say who else was there" in refused.text
    both = {"present": [cast.email("carol"), cast.email("edith")]}
    assert carol.post(f"/plans/alpha/meeting-lists/{meeting_id}/confirm", data=both).status_code == 303
    assert made.action_row(cast).due_date == day(80)


def test_it_lets_nobody_confirm_what_they_recorded(sqlite_cast: Cast) -> None:

    made.add(
        sqlite_cast,
        RoleHeld(
            account_id=sqlite_cast.people["carol"], role=Role.office, organisation_id=sqlite_cast.organisations["AAA"]
        ),
    )
    made.make_action(sqlite_cast)
    listed = record(sqlite_cast, made.propose(sqlite_cast, "owen", due_date=day(80)), who="carol")
    with pytest.raises(Forbidden, match="what they recorded"):
        confirm(sqlite_cast, "carol", listed)
    assert confirm(sqlite_cast, "edith", listed) == (1, 0, 0)


def test_the_page_offers_the_others_of_the_body_that_decides(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    asked = waiting(cast)
    page = sqlite_doors.as_("victor").get(f"/plans/alpha/proposals/{asked}").text
    ticks = [line for line in page.splitlines() if 'name="meeting.present"' in line]
    assert [name for name in ("carol", "dennis", "edith", "victor") if cast.email(name) in "".join(ticks)] == ["dennis"]
    assert sqlite_doors.as_("owen").get(f"{API}/proposals/{asked}").json()["body"] == "Assurance panel"
