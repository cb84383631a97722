"""A plan's own fields, edited like every other: judged by what each holds, by whom, and by nobody over another."""

from uuid import uuid4

import pytest

from app.actions import own
from app.actions.commands.own_fields import judged
from app.core.errors import Forbidden, Invalid, Stale
from app.plans.models import PlanField
from app.plans.rules import FieldKind
from tests.actions import made_plan as made
from tests.support.cast import MAKER, Cast
from tests.support.doors import Doors

KINDS = {"site": FieldKind.text, "panel_on": FieldKind.date, "must": FieldKind.choice}


def with_fields(cast: Cast) -> Cast:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.begun")
        assert cast.plan_id is not None
        for place, (key, kind) in enumerate(KINDS.items()):
            name = key.replace("_", " ").capitalize()
            tx.add(PlanField(plan_id=cast.plan_id, key=key, name=name, kind=kind, position=place))
    return cast


@pytest.fixture
def here(sqlite_cast: Cast) -> Cast:
    return with_fields(sqlite_cast)


def held(cast: Cast, ref: str) -> dict[str, str]:
    return own.read(made.action(cast, ref).own)


def test_what_is_not_sent_stays_and_null_empties(cast: Cast) -> None:
    with_fields(cast)
    ref = made.add(cast, own_fields={"site": "Ward 3", "panel_on": "31 March 2027", "must": "Must do"})
    assert held(cast, ref) == {"site": "Ward 3", "panel_on": "2027-03-31", "must": "Must do"}
    done = made.edit(cast, ref, own_fields={"site": "Ward 4", "must": None})
    assert held(cast, ref) == {"site": "Ward 4", "panel_on": "2027-03-31"}
    assert [c.field for c in done.changed] == ["own_fields"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"panel_on": "soon"}, "own_fields.panel_on"),
        ({"must": "x" * 300}, "own_fields.must"),
        ({"cost": "5"}, "own_fields.cost"),
    ],
)
def test_it_refuses_what_a_field_cannot_hold(here: Cast, sent: dict[str, str], field: str) -> None:
    ref = made.add(here)
    with pytest.raises(Invalid) as refused:
        made.edit(here, ref, own_fields=sent)
    assert [e.field for e in refused.value.fields] == [field]
    assert held(here, ref) == {}


def test_words_that_a_workbook_left_in_a_date_stay_while_something_else_changes() -> None:
    plan_id = uuid4()
    fields = [
        PlanField(plan_id=plan_id, key="panel_on", name="Panel on", kind=FieldKind.date),
        PlanField(plan_id=plan_id, key="site", name="Site"),
    ]
    before = {"panel_on": "tbc"}
    assert judged(fields, before, before | {"site": "A"}) == {"panel_on": "tbc", "site": "A"}
    with pytest.raises(Invalid):
        judged(fields, before, {"panel_on": "soon"})


def test_an_nhs_number_is_refused(here: Cast) -> None:
    with pytest.raises(ValueError, match="NHS number"):
        made.add(here, own_fields={"site": "450 557 7104"})


@pytest.mark.parametrize("who", ["owen", "violet"])
def test_only_the_office_changes_them(here: Cast, who: str) -> None:
    ref = made.add(here, accountable_person=here.email("owen"))
    with pytest.raises(Forbidden):
        made.edit(here, ref, who, own_fields={"site": "A"})


def test_two_people_may_change_two_of_them_and_not_one(here: Cast) -> None:
    ref = made.add(here, own_fields={"site": "A", "must": "Must do"})
    base = {"own_fields": {"site": "A", "must": "Must do"}}
    made.edit(here, ref, own_fields={"must": "Should do"})
    made.edit(here, ref, "alice", base, own_fields={"site": "B", "must": "Must do"})
    assert held(here, ref) == {"site": "B", "must": "Should do"}
    with pytest.raises(Stale) as refused:
        made.edit(here, ref, "alice", base, own_fields={"site": "C", "must": "Must do"})
    assert "own_fields.site" in str(refused.value.details)


def test_the_form_shows_them_and_keeps_what_was_typed(sqlite_doors: Doors) -> None:
    cast = with_fields(sqlite_doors.cast)
    ref = made.add(cast, own_fields={"site": "Ward 3", "must": "Must do"})
    client = sqlite_doors.as_("alice")
    address = f"/plans/alpha/actions/{ref}/edit"
    page = client.get(address).text
    assert 'name="own_fields.site" value="Ward 3"' in page
    assert '<option value="Must do"></option>' in page
    sent = {"title": "Train", "priority": "1", "organisation": "AAA", "own_fields.site": "Ward 4",
            "own_fields.panel_on": "soon", "own_fields.must": ""}  # fmt: skip
    again = client.post(address, data=sent)
    assert again.status_code == 422
    assert 'href="#own_fields.panel_on"' in again.text
    assert 'value="soon"' in again.text
    assert client.post(address, data=sent | {"own_fields.panel_on": "31/3/2027"}).status_code == 303
    assert held(cast, ref) == {"site": "Ward 4", "panel_on": "2027-03-31"}


def test_somebody_elses_change_is_shown_beside_the_field(sqlite_doors: Doors) -> None:
    cast = with_fields(sqlite_doors.cast)
    ref = made.add(cast, own_fields={"site": "Ward 3"})
    client = sqlite_doors.as_("alice")
    address = f"/plans/alpha/actions/{ref}/edit"
    sent = {"title": "Train the midwives", "priority": "1", "organisation": "AAA", "own_fields.site": "Mine",
            "base": '{"own_fields": {"site": "Ward 3"}}'}  # fmt: skip
    made.edit(cast, ref, own_fields={"site": "Theirs"})
    shown = client.post(address, data=sent)
    assert shown.status_code == 412
    assert "“Ward 3” to “Theirs”" in shown.text
    assert held(cast, ref) == {"site": "Theirs"}


def test_a_program_reads_which_there_are_and_changes_them(sqlite_doors: Doors) -> None:
    cast = with_fields(sqlite_doors.cast)
    ref = made.add(cast)
    client = sqlite_doors.as_("alice")
    listed = client.get("/api/v1/plans/alpha/fields").json()
    assert listed["items"][1] == {"key": "panel_on", "name": "Panel on", "kind": "date"}
    action = client.get(f"/api/v1/plans/alpha/actions/{ref}")
    patched = client.patch(
        f"/api/v1/plans/alpha/actions/{ref}",
        json={"own_fields": {"site": "Ward 9"}},
        headers={"If-Match": action.headers["etag"]},
    )
    assert patched.json()["own_fields"] == {"site": "Ward 9"}
    wrong = client.patch(
        f"/api/v1/plans/alpha/actions/{ref}",
        json={"own_fields": {"panel_on": "soon"}},
        headers={"If-Match": patched.headers["etag"]},
    )
    assert wrong.json()["errors"][0]["pointer"] == "/own_fields/panel_on"
    assert sqlite_doors.as_("oscar").get("/api/v1/plans/alpha/fields").status_code == 404
