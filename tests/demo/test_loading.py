"""The demonstration loaded: every rule, colour and stage is there on any day, and the record holds."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col, func, select

from app.actions.models import Action, Update
from app.actions.queries import plan_view
from app.actions.rules import Code, Colour, Label, Stage
from app.actions.view import PlanView
from app.assurance.models import Decision, Proposal
from app.assurance.rules import Move, ProposalState
from app.core import clock
from app.core.db import Database
from app.core.errors import Conflict
from app.core.ledger import STREAM
from app.core.storage import storage_in
from app.core.uploads.kinds import kind_of
from app.core.uploads.reading import check
from app.demo import loader
from app.evidence import queries as evidence
from app.evidence.models import EvidenceVersion
from app.evidence.rules import EvidenceState, clocks
from app.history.queries import differences
from app.home.queries import is_demo
from app.plans.models import Plan
from app.plans.queries import plan_for
from app.reports.queries.days import ends_of_days
from app.reports.queries.kept_days import lacking
from tests.support.cast import Cast
from tests.support.databases import migrated

# A Saturday after New Year, and a leap day.
DAYS = (None, date(2027, 1, 2), date(2028, 2, 29))


@pytest.fixture(scope="module", params=DAYS, ids=str)
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("loaded")
    with migrated("sqlite", folder) as url:
        clock.pin(request.param)
        database = Database(url, folder)
        assert loader.load(database, lambda: "hash")
        yield database
        database.dispose()
        clock.pin(None)


def view_of(database: Database, slug: str) -> PlanView:
    with database.read(loader.STORYTELLER) as read:
        return plan_view(read, plan_for(read, slug))


def test_it_shows_every_rule_label_colour_and_stage(loaded: Database) -> None:
    view = view_of(loaded, "saltmarsh-mip")
    assert {code for a in view.actions for code in a.rating.codes} == set(Code)
    assert {a.rating.label for a in view.actions} == set(Label)
    assert {a.rating.colour for a in view.actions} == set(Colour)
    assert {a.stage for a in view.actions} == set(Stage)
    assert any(a.views_differ for a in view.actions)


def test_it_stands_as_drawn(loaded: Database) -> None:
    counts = view_of(loaded, "saltmarsh-mip").counts
    assert counts.total == 220
    assert dict(counts.by_rating) == {
        Colour.blue: 84, Colour.green: 68, Colour.grey: 23, Colour.amber: 31, Colour.red: 14,
    }  # fmt: skip
    assert counts.delivered_proof_due == 16
    assert view_of(loaded, "fellside-mip").counts.total == 40


def test_its_record_holds_and_ends_in_the_past(loaded: Database) -> None:
    with loaded.read(loader.STORYTELLER) as read:
        read.see_everything("the tests look at all of it")
        assert differences(read).bad is None
        assert read.exec(select(func.max(Update.said_on))).one() < clock.today()
        assert read.exec(select(func.max(Update.made_at))).one() < clock.now()
        assert read.exec(select(func.max(Action.updated_at))).one() < clock.now()


def test_it_grows_month_by_month(loaded: Database) -> None:
    with loaded.read(loader.STORYTELLER) as read:
        read.see_everything("the tests look at all of it")
        decided = read.exec(select(Decision)).all()
        open_now = read.exec(select(func.count(col(Proposal.id))).where(Proposal.state == ProposalState.open)).one()
    months = {d.decided_on.strftime("%Y-%m") for d in decided if d.move is Move.assured}
    assert len(months) >= 8
    assert open_now >= 12


def test_it_has_kept_every_day_of_its_year(loaded: Database) -> None:
    with loaded.read(loader.STORYTELLER) as read:
        read.see_everything("the tests look at all of it")
        for plan_id in read.exec(select(Plan.id)).all():
            ends = ends_of_days(read, plan_id, None, clock.today() - timedelta(days=1))
            assert len(ends) > 365
            assert lacking(read, plan_id, ends, 1) == []


def test_adjacent_rows_never_say_the_same(loaded: Database) -> None:
    texts = [a.latest_update.commentary for a in view_of(loaded, "saltmarsh-mip").actions if a.latest_update]
    assert all(one != other for one, other in pairwise(texts))
    assert Counter(texts).most_common(1)[0][1] <= 8


def test_loading_twice_changes_nothing(loaded: Database) -> None:
    def heads() -> list[tuple[object, ...]]:
        with loaded.readers.connect() as connection:
            return sorted(tuple(row) for row in connection.execute(sa.select(STREAM)))

    before = heads()
    assert loader.load(loaded, lambda: pytest.fail("no password is asked for")) is False
    assert heads() == before


def test_it_is_refused_in_a_database_of_others(sqlite_cast: Cast) -> None:
    with pytest.raises(Conflict, match="not made by"):
        loader.load(sqlite_cast.database, lambda: "hash")
    assert not is_demo(sqlite_cast.database)
    assert loader.is_foreign(sqlite_cast.database)


def test_an_unfinished_one_says_what_to_do(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(sqlite_url, tmp_path)
    monkeypatch.setattr(loader.Book, "tell", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        loader.load(database, lambda: "hash")
    with pytest.raises(Conflict, match="--reset"):
        loader.load(database, lambda: "hash")
    database.dispose()


def test_it_shows_evidence_of_every_state_and_its_actions_have_their_clocks_from_it(loaded: Database) -> None:
    states = set()
    for slug in ("saltmarsh-mip", "fellside-mip"):
        with loaded.read(loader.STORYTELLER) as read:
            access = plan_for(read, slug)
            items = evidence.items_of(read, access)
            for row in read.exec(select(Action).where(Action.plan_id == access.id)).all():
                told = {name: getattr(row, name) for name in ("submitted_on", "accepted_on", "returned_on")}
                assert row.assured_before_tool or told == clocks(items.get(row.id, [])), row.ref
            states |= {e.state for e in evidence.evidence(read, access)}
            proof = evidence.proof_of(read, access, [a.id for a in plan_view(read, access).actions])
        delivered = [a for a in view_of(loaded, slug).actions if a.stage in (Stage.delivered, Stage.assured)]
        unproven = {a.ref for a in delivered if not a.facts.assured_before_tool and not proof[a.id].implementation}
        assert unproven == set()
    assert states == set(EvidenceState)


def test_its_files_are_there_and_would_be_taken(loaded: Database) -> None:
    with loaded.read(loader.STORYTELLER) as read:
        files = list(evidence.stored_files(read))
        names = dict(read.exec(select(EvidenceVersion.stored_as, EvidenceVersion.file_name)).all())
    storage = storage_in(loaded.data_dir)
    assert len(files) > 100
    for file in files:
        with storage.open(file.stored_as) as content:
            check(content, kind_of(names[file.stored_as]))
