"""Every route names an act of the rights table, and the table is what the doors do, for every member of the cast."""

from itertools import product

import pytest

from app.people.gatekeeping import INSTALLATION, is_public, may_enter
from app.people.rights import RELATION_WORDS, RIGHTS, WHO_WORDS, Relation, Who, allows
from app.people.rules import Role
from app.web.access import routes_of
from tests.support.cast import PEOPLE
from tests.support.doors import Doors

R, X = Role, Relation
# What each of the cast is to the plan `alpha`, before any action is looked at; written out, not computed.
STANDING: dict[str, tuple[tuple[Role, Relation], ...]] = {
    "alice": ((R.office, X.organisation), (R.office, X.anywhere)),
    "owen": ((R.owner, X.organisation), (R.owner, X.anywhere)),
    "olga": ((R.owner, X.organisation), (R.owner, X.anywhere)),
    "connie": ((R.contributor, X.organisation), (R.contributor, X.anywhere)),
    "edith": ((R.executive, X.organisation), (R.executive, X.anywhere)),
    "victor": ((R.validator, X.organisation), (R.validator, X.anywhere)),
    "carol": ((R.chair, X.organisation), (R.chair, X.anywhere)),
    "dennis": ((R.validator, X.organisation), (R.validator, X.anywhere)),
    "violet": ((R.viewer, X.organisation), (R.viewer, X.anywhere)),
    "mina": ((R.voices, X.organisation), (R.voices, X.anywhere)),
    "adam": ((R.administrator, X.organisation), (R.administrator, X.anywhere)),
    "pat": ((R.office, X.participant), (R.office, X.anywhere)),
    "petra": ((R.owner, X.participant), (R.owner, X.anywhere)),
    "oscar": ((R.office, X.anywhere),),
    "olive": ((R.owner, X.anywhere),),
    "liam": ((R.overseer, X.overseen), (R.overseer, X.anywhere)),
    "nora": (),
}
# (address, its act, what somebody without the right is told). Add a row for each new page that reads.
READS = [
    ("/api/v1/plans", "home", 403),
    ("/api/v1/plans/alpha", "plan.read", 404),
    ("/api/v1/plans/alpha/status", "plan.read", 404),
    ("/api/v1/plans/alpha/actions.csv", "plan.read", 404),
    ("/api/v1/plans/alpha/daily-status.csv", "plan.read", 404),
    ("/api/v1/plans/alpha/export?format=csv", "plan.read", 404),
    ("/plans/alpha/export", "plan.read", 404),
    ("/plans/alpha/export/file?format=csv", "plan.read", 404),
    ("/plans/alpha", "plan.read", 404),
    ("/plans/alpha/trend", "plan.read", 404),
    ("/plans/alpha/recommendations", "plan.read", 404),
    ("/plans/alpha/coverage", "plan.read", 404),
    ("/plans/alpha/standings", "plan.read", 404),
    ("/plans/alpha/declarations", "plan.read", 404),
    ("/api/v1/plans/alpha/standings", "plan.read", 404),
    ("/api/v1/plans/alpha/declarations", "plan.read", 404),
    ("/frameworks/new", "library.local", 403),
    ("/frameworks/file", "library.local", 403),
    ("/account", "me", 403),
    ("/organisations", "library.read", 403),
    ("/organisations/AAA", "library.read", 403),
    ("/organisations/new", "organisations.manage", 403),
    ("/api/v1/organisations", "library.read", 403),
    ("/api/v1/people", "directory.read", 403),
    ("/api/v1/people?plan=alpha", "plan.read", 404),
    ("/admin", "admin.read", 403),
    ("/admin/accounts/new", "admin.change", 403),
    ("/admin/tokens", "admin.read", 403),
    ("/admin/sessions", "admin.read", 403),
    ("/admin/rights", "admin.read", 403),
    ("/admin/log", "admin.read", 403),
    ("/api/v1/tokens", "admin.read", 403),
    ("/api/v1/sessions", "admin.read", 403),
]

# Writes by method that the reading act guards, with the reason.
READING_POSTS = {
    "/settings/preview": "shows what a change would do and keeps nothing",
    "/strike": "the command asks who may confirm the list, which depends on the body",
}


def test_it_names_an_act_of_the_table_on_every_route(sqlite_doors: Doors) -> None:
    routes = routes_of(sqlite_doors.app)
    assert len(routes) > 40, "the routes of the rooms are seen"
    unknown = [f"{method} {path}: {act}" for method, path, act in routes if act not in RIGHTS]
    assert not unknown, unknown


def test_it_lets_no_reading_act_write(sqlite_doors: Doors) -> None:
    wrong = [
        f"{method} {path}: {act}"
        for method, path, act in routes_of(sqlite_doors.app)
        if method != "GET" and act is not None and not RIGHTS[act].writes and not path.endswith(tuple(READING_POSTS))
    ]
    assert not wrong, wrong


@pytest.mark.parametrize("act", RIGHTS)
def test_it_allows_exactly_the_pairs_of_the_line(act: str) -> None:
    right = RIGHTS[act]
    assert right.act == act
    assert right.words
    for pair in product(Role, Relation):
        assert allows(act, [pair]) is (right.who is not Who.table or pair in right.allows), pair
    assert allows(act, []) is (right.who is not Who.table)
    assert is_public(act) is (right.who is Who.public)
    assert right.who is Who.table or not right.allows, "pairs count only where the table decides"
    assert right.who is not Who.table or right.allows, "an act that nobody may do is no act"


def test_it_denies_what_it_does_not_know() -> None:
    assert not allows("plan.burn", list(product(Role, Relation)))
    assert not is_public("plan.burn")
    assert set(RELATION_WORDS) == set(Relation)
    assert set(WHO_WORDS) == set(Who)
    assert set(RIGHTS) >= INSTALLATION


def test_it_keeps_decisions_from_tokens(sqlite_doors: Doors) -> None:
    from uuid import uuid4

    from app.core.actor import Actor, Door
    from app.core.errors import Forbidden

    token = Actor(id=None, name="a program", door=Door.api, token_id=uuid4())
    for act in ("proposal.decide", "plan.adopt", "action.step_back", "meeting.confirm", "admin.change", "me.change"):
        assert RIGHTS[act].people_only, act
        with pytest.raises(Forbidden):
            may_enter(token, act)


@pytest.mark.parametrize("name", PEOPLE)
def test_it_answers_as_the_table_says(sqlite_doors: Doors, name: str) -> None:
    client = sqlite_doors.as_(name)
    found = {address: client.get(address).status_code for address, _act, _refused in READS}
    wanted = {address: 200 if allows(act, STANDING[name]) else refused for address, act, refused in READS}
    assert found == wanted


def test_it_asks_strangers_to_sign_in(sqlite_doors: Doors) -> None:
    client = sqlite_doors.anybody()
    for address, _act, _refused in READS:
        answer = client.get(address)
        assert answer.status_code == (401 if address.startswith("/api/") else 303), address
