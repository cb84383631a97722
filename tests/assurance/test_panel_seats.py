"""Who judges proof is said by the panel itself: not even an administrator and the chair together make another."""

import pytest

from app.people.models import RoleHeld
from app.people.rules import Role
from app.plans.rules import BodyKind
from tests.assurance import made
from tests.assurance.test_no_way_round import API, MEETING, Hand, asked_of, second_panel
from tests.support.doors import Doors


@pytest.fixture
def tester(sqlite_doors: Doors) -> Hand:
    return Hand(sqlite_doors)


def test_an_administrator_who_hands_out_the_panels_role_gives_nobody_a_seat(tester: Hand) -> None:
    asked, cast = asked_of(tester), tester.doors.cast
    made.add(
        cast,
        RoleHeld(account_id=cast.people["carol"], role=Role.validator, organisation_id=cast.organisations["AAA"]),
    )
    panel = str(made.body_id(cast, BodyKind.assurance_panel))
    for by in ("alice", "carol"):
        for where in (panel, second_panel(tester) if by == "alice" else panel):
            given = {"person": cast.email("carol"), "role": "chair"}
            answer = tester.doors.as_(by).post(f"{API}/bodies/{where}/members", json=given)
            assert answer.status_code == 403, answer.text
    answer = tester.doors.as_("carol").post(
        f"{API}/proposals/{asked}/decision", json={"outcome": "accept", "meeting": MEETING}
    )
    assert answer.status_code == 403, answer.text
    assert tester.stage() == "delivered"
