"""A whole plan leaves one installation and is the same in another; a hostile file changes nothing there."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app.core.db import Database
from app.core.errors import Invalid, Taken
from app.core.storage import storage_in
from app.evidence.models import EvidenceVersion
from app.exchange.asking import Format
from app.history.queries import differences
from app.people.models import Account, Credential, RoleHeld
from app.people.rules import TokenScope
from app.plans.models import Plan
from app.plans.queries import plan_for
from app.reports.queries import plan_status
from tests.exchange.made_exports import book_of
from tests.exchange.made_parcels import (
    AUDIT,
    HOSTILE,
    bring,
    files_of,
    furnish,
    packed,
    set_first,
    store,
    with_library,
)
from tests.support import databases, inside
from tests.support.cast import MAKER, Cast
from tests.support.doors import Doors

# What is of the installation, not of the plan.
OWN = {"id", "url", "revision", "plan", "decision", "proposal"}


def everything(database: Database, slug: str) -> dict[str, Any]:
    """The plan as programs read it, and its status, without what differs between two installations."""
    with database.read(MAKER) as read:
        access = plan_for(read, slug)
        found = dict(book_of(read, slug, format=Format.json).data)
        found["status"] = plan_status(read, access).model_dump(mode="json")
        versions = read.exec(select(EvidenceVersion).where(EvidenceVersion.plan_id == access.id)).all()
        found["evidence"] = [(v.sha256, v.file_name, v.number) for v in versions]
    made: dict[str, Any] = json.loads(json.dumps(found, default=str))
    told: dict[str, Any] = _without(made)
    return told


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without(v) for k, v in value.items() if k not in OWN}
    return [_without(v) for v in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def parcel(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The furnished plan of the cast, packed once."""
    from tests.support import cast as casting

    folder = tmp_path_factory.mktemp("parcel")
    with databases.copied("sqlite", folder, "cast", casting.fill) as url:
        cast = casting.opened(url, folder)
        furnish(cast)
        body = packed(cast)
        cast.database.dispose()
    return body


@pytest.fixture
def elsewhere(tmp_path: Path) -> Any:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with databases.migrated("sqlite", folder) as url:
        database = with_library(url, folder)
        yield database
        database.dispose()


def test_it_is_the_same_in_another_installation(cast: Cast, elsewhere: Database) -> None:
    furnish(cast)
    brought = bring(elsewhere, packed(cast))
    here, there = everything(cast.database, "alpha"), everything(elsewhere, "alpha")
    assert there["actions"] == here["actions"]
    assert there == here
    assert len(here["actions"]) == 4
    assert len(here["updates"]) == 2
    assert len(here["decisions"]) == 1
    assert [e[1] for e in here["evidence"]] == ["audit.csv"]
    assert brought.counts["action"] == 4
    assert brought.made["organisations"]


def test_it_comes_into_each_database(parcel: bytes, database_url: str, elsewhere: Database, tmp_path: Path) -> None:
    here = with_library(database_url, tmp_path)
    bring(elsewhere, parcel)
    assert bring(here, parcel).counts["action"] == 4
    assert everything(here, "alpha") == everything(elsewhere, "alpha")
    here.dispose()


def test_it_brings_the_bytes_of_the_evidence(parcel: bytes, elsewhere: Database) -> None:
    bring(elsewhere, parcel)
    with elsewhere.read(MAKER) as read:
        plan_for(read, "alpha")
        [version] = read.exec(select(EvidenceVersion)).all()
    with storage_in(elsewhere.data_dir).open(version.stored_as) as file:
        assert file.read() == AUDIT


def test_it_makes_those_who_are_missing_without_a_way_in(parcel: bytes, elsewhere: Database) -> None:
    made = bring(elsewhere, parcel).made["people"]
    assert "owen@aaa.example" in made
    with elsewhere.read(MAKER) as read:
        assert {a.email for a in read.exec(select(Account)).all()} == set(made)
        assert read.exec(select(RoleHeld)).all() == []
        assert read.exec(select(Credential)).all() == []


def test_it_finds_people_and_publications_that_are_there(parcel: bytes, sqlite_cast: Cast) -> None:
    with_library_here = with_library(sqlite_cast.database.url, sqlite_cast.database.data_dir)
    brought = bring(with_library_here, parcel, "alpha-again")
    assert brought.made == {}
    with sqlite_cast.database.read(sqlite_cast.actor("owen")) as read:
        view = book_of(read, "alpha-again", format=Format.json).data
    assert view["actions"][0]["accountable_person"] == sqlite_cast.email("owen")
    with_library_here.dispose()


def test_it_leaves_a_record_that_holds_and_names_where_it_came_from(parcel: bytes, elsewhere: Database) -> None:
    bring(elsewhere, parcel)
    with elsewhere.read(MAKER) as read:
        read.see_everything("the whole record is proven")
        assert differences(read).bad is None
    told = json.loads(files_of(parcel)["manifest.json"])
    assert "rows/action" in told["counts"]
    assert len(files_of(parcel)["record.jsonl"].splitlines()) == told["counts"]["record"]


def test_it_takes_another_address_where_the_plans_own_is_taken(parcel: bytes, elsewhere: Database) -> None:
    bring(elsewhere, parcel)
    with pytest.raises(Taken):
        bring(elsewhere, parcel)
    assert bring(elsewhere, parcel, "alpha-2").plan == "alpha-2"
    assert everything(elsewhere, "alpha-2") == everything(elsewhere, "alpha")


def test_it_says_how_long_an_address_is(parcel: bytes, elsewhere: Database) -> None:
    with pytest.raises(Invalid, match="3 to 64 small letters"):
        bring(elsewhere, parcel, "f2")


def test_it_keeps_the_restricted_restricted(parcel: bytes, elsewhere: Database) -> None:
    from app.plans.models import Restriction

    bring(elsewhere, parcel)
    with elsewhere.read(MAKER) as read:
        plan_for(read, "alpha")
        [row] = read.exec(select(Restriction)).all()
        people = {str(a.id): a.email for a in read.exec(select(Account)).all()}
    assert row.public_title == "A restricted action"
    assert "alice@aaa.example" in {people[p] for p in row.named}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_refuses_a_hostile_file_with_a_sentence_and_keeps_nothing(
    parcel: bytes, elsewhere: Database, name: str
) -> None:
    make, sentence = HOSTILE[name]
    with pytest.raises(Invalid) as refused:
        bring(elsewhere, make(files_of(parcel)))
    assert sentence in refused.value.message
    with elsewhere.read(MAKER) as read:
        assert read.exec(select(Plan)).all() == []
        assert read.exec(select(Account)).all() == []
    assert list(storage_in(elsewhere.data_dir).names()) == []


def test_it_takes_a_number_that_was_stated_to_be_none(parcel: bytes, elsewhere: Database) -> None:
    body = set_first("rows/action", title="Call 401 023 2137")(files_of(parcel))
    assert bring(elsewhere, body, stated=["4010232137"]).counts["action"] == 4


def test_it_leaves_for_those_who_may_take_it(sqlite_doors: Doors) -> None:
    furnish(sqlite_doors.cast)
    # Carol is not named on the restricted action: a whole has no holes.
    wanted = {"alice": 200, "carol": 403, "violet": 403, "owen": 403, "pat": 403, "liam": 403, "oscar": 404}
    for path in ("/plans/alpha/export/whole", "/api/v1/plans/alpha/export/whole"):
        assert {who: sqlite_doors.as_(who).get(path).status_code for who in wanted} == wanted
    assert sqlite_doors.token(TokenScope.write).get("/api/v1/plans/alpha/export/whole").status_code == 403
    body = sqlite_doors.as_("alice").get("/plans/alpha/export/whole")
    assert body.headers["content-type"] == "application/zip"
    assert "rows/action.jsonl" in files_of(body.content)
    pages = {who: sqlite_doors.as_(who).get("/plans/alpha/export").text for who in ("alice", "violet")}
    assert {who: "export/whole" in text for who, text in pages.items()} == {"alice": True, "violet": False}


def test_the_command_takes_a_plan_away_and_brings_it_in(sqlite_cast: Cast, elsewhere: Database, tmp_path: Path) -> None:
    furnish(sqlite_cast)
    out = tmp_path / "alpha.zip"
    here: dict[str, Any] = {"database_url": sqlite_cast.database.url, "data_dir": sqlite_cast.database.data_dir}
    there: dict[str, Any] = {"database_url": elsewhere.url, "data_dir": elsewhere.data_dir}
    left = inside.tracker("export", "--plan", "alpha", "--format", "plan", "--out", str(out), **here)
    assert (left.returncode, left.stderr) == (0, "")
    came = inside.tracker("import-plan", str(out), "--json", **there)
    assert (came.returncode, came.stderr) == (0, "")
    assert json.loads(came.stdout)["counts"]["action"] == 4
    assert everything(elsewhere, "alpha") == everything(sqlite_cast.database, "alpha")
    again = inside.tracker("import-plan", str(out), **there)
    assert (again.returncode, again.stdout) == (1, "")
    assert "There is a plan with the address alpha already" in again.stderr
    assert store(sqlite_cast).folder != storage_in(elsewhere.data_dir).folder
