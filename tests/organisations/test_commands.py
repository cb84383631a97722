"""Acts on organisations, by somebody who may; rights are tested at the doors."""

import pytest

from app.core.errors import Conflict, Invalid, Stale
from app.organisations import commands, queries
from app.organisations.rules import OrganisationKind
from app.organisations.schemas import ChangedOrganisation, NewMember, NewOrganisation
from tests.support.cast import Cast

NEW = NewOrganisation(code="ccc", name="Ceredigion Health Board", kind=OrganisationKind.health_board, nation="Wales")


def test_it_adds_an_organisation_under_its_code_in_capitals(cast: Cast) -> None:
    with cast.database.write(cast.actor("adam")) as tx:
        commands.add_organisation(tx, given=NEW)
    with cast.database.read(cast.actor("violet")) as read:
        found = queries.organisation(read, "CCC")
    assert (found.code, found.name, found.kind_words) == ("CCC", "Ceredigion Health Board", "Health board")


def test_it_refuses_a_code_that_exists_already(cast: Cast) -> None:
    with cast.database.write(cast.actor("adam")) as tx:
        commands.add_organisation(tx, given=NEW)
    with pytest.raises(Conflict, match="CCC"), cast.database.write(cast.actor("adam")) as tx:
        commands.add_organisation(tx, given=NEW)


def test_it_refuses_a_stale_change(cast: Cast) -> None:
    given = ChangedOrganisation(name="Alpha University Hospitals", kind=OrganisationKind.trust)
    with pytest.raises(Stale), cast.database.write(cast.actor("adam")) as tx:
        commands.change_organisation(tx, code="AAA", given=given, revision=0)


def test_it_refuses_a_member_of_something_that_is_no_system(cast: Cast) -> None:
    with pytest.raises(Invalid, match="not a system"), cast.database.write(cast.actor("adam")) as tx:
        commands.add_member(tx, system="AAA", given=NewMember(member="BBB"))


def test_it_adds_and_removes_a_member(cast: Cast) -> None:
    with cast.database.write(cast.actor("adam")) as tx:
        commands.add_member(tx, system="LLL", given=NewMember(member="BBB"))
    with cast.database.read(cast.actor("violet")) as read:
        members = queries.organisation(read, "LLL").members
    assert [m.code for m in members] == ["AAA", "BBB"]
    with cast.database.write(cast.actor("adam")) as tx:
        commands.remove_member(tx, system="LLL", member_id=members[1].id)
    with cast.database.read(cast.actor("violet")) as read:
        assert [m.code for m in queries.organisation(read, "LLL").members] == ["AAA"]
