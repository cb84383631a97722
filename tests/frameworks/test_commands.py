"""Loading the library, and ruling on suggested links."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from app.core.db import Read
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.ledger import revision_of
from app.frameworks import commands, packs, queries
from app.frameworks.rules import LinkBasis, Pack
from app.frameworks.schemas import LoadedRead, Ruling
from tests.support.cast import MAKER, Cast


def load(cast: Cast) -> LoadedRead:
    with cast.database.write(MAKER) as tx:
        return commands.load_library(tx)


def test_it_loads_every_publication_with_its_recommendations_and_links(cast: Cast) -> None:
    told = load(cast)
    assert (told.frameworks, told.added, told.withdrawn, told.links) == (30, 460, 0, 82)
    with cast.database.read(cast.actor("violet")) as read:
        shelf = {f.key: f for f in queries.frameworks(read)}
        assert queries.library_is_current(read)
    assert len(shelf) == 30
    assert (shelf["ockenden_2022"].recommendations, shelf["ockenden_2022"].leaves) == (107, 92)
    assert "96" in shelf["ockenden_2022"].disputed
    assert shelf["nottingham_ockenden_2026"].is_empty
    assert shelf["nottingham_ockenden_2026"].published == "2026-06-24"


def test_loading_again_changes_nothing(cast: Cast) -> None:
    load(cast)
    with cast.database.read(MAKER) as read:
        before = revision_of(read, "shared")
    assert load(cast) == LoadedRead()
    with cast.database.read(MAKER) as read:
        assert revision_of(read, "shared") == before


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Pack], Pack]], None]:
    """A release whose final Ockenden report differs."""

    def change(how: Callable[[Pack], Pack]) -> None:
        ours = tuple(how(p) if p.key == "ockenden_2022" else p for p in packs.packs())
        monkeypatch.setattr(packs, "packs", lambda: ours)

    return change


def test_an_upgrade_changes_only_what_differs_and_withdraws_what_is_gone(
    cast: Cast, upgraded: Callable[[Callable[[Pack], Pack]], None]
) -> None:
    load(cast)
    with cast.database.read(MAKER) as read:
        before = {i.ref: i for i in queries.items(read, "ockenden_2022")}

    def newer(pack: Pack) -> Pack:
        changed = [replace(i, title="A new title") if i.ref == "1.1" else i for i in pack.items if i.ref != "1.2"]
        return replace(pack, items=tuple(changed), digest="another")

    upgraded(newer)
    told = load(cast)
    assert (told.frameworks, told.added, told.withdrawn, told.links) == (1, 0, 1, 0)
    with cast.database.read(cast.actor("violet")) as read:
        after = {i.ref: i for i in queries.items(read, "ockenden_2022", withdrawn=True)}
        assert queries.recommendation_named(read, "recommendations", "ockenden_2022:1.2").id == before["1.2"].id
        assert len(queries.leaves(read, "ockenden_2022")) == 91
    assert after["1.1"].title == "A new title"
    assert after["1.2"].withdrawn
    assert {i.id for i in after.values()} == {i.id for i in before.values()}


def test_an_item_that_comes_back_is_in_force_again(
    sqlite_cast: Cast, upgraded: Callable[[Callable[[Pack], Pack]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        less = tuple(
            replace(p, items=tuple(i for i in p.items if i.ref != "1.2"), digest="less")
            if p.key == "ockenden_2022"
            else p
            for p in packs.packs()
        )
        patch.setattr(packs, "packs", lambda: less)
        load(sqlite_cast)
    assert load(sqlite_cast).added == 1
    upgraded(lambda p: replace(p, items=tuple(i for i in p.items if i.ref != "1.2"), digest="less"))
    assert load(sqlite_cast).withdrawn == 1
    monkeypatch.undo()
    told = load(sqlite_cast)
    assert (told.added, told.withdrawn) == (0, 0)
    with sqlite_cast.database.read(MAKER) as read:
        assert len(queries.leaves(read, "ockenden_2022")) == 92


def _editorial(read: Read) -> tuple[str, UUID]:
    for item in queries.framework(read, "ockenden_2022").items:
        for link in item.links:
            if link.basis is LinkBasis.editorial:
                return item.ref, link.id
    raise AssertionError("no editorial link")


def test_an_editorial_link_counts_only_where_it_was_accepted(cast: Cast) -> None:
    load(cast)
    with cast.database.write(cast.actor("alice")) as tx:
        ref, link_id = _editorial(tx)
        commands.rule_on_link(tx, link_id=link_id, given=Ruling(accepted=True, why="The same training"))
    for name, counts in (("violet", True), ("oscar", False)):
        with cast.database.read(cast.actor(name)) as read:
            [link] = [
                link
                for item in queries.framework(read, "ockenden_2022").items
                if item.ref == ref
                for link in item.links
                if link.id == link_id
            ]
        assert link.counts is counts
    with cast.database.write(cast.actor("edith")) as tx:
        row = commands.rule_on_link(tx, link_id=link_id, given=Ruling(accepted=False))
        assert (row.accepted, row.why) == (False, "")


@pytest.mark.parametrize("name", ["violet", "owen", "adam", "nora"])
def test_it_lets_only_office_executive_and_chair_rule(sqlite_cast: Cast, name: str) -> None:
    load(sqlite_cast)
    with sqlite_cast.database.write(sqlite_cast.actor(name)) as tx:
        _ref, link_id = _editorial(tx)
        with pytest.raises(Forbidden):
            commands.rule_on_link(tx, link_id=link_id, given=Ruling(accepted=True))


def test_it_reads_a_recommendation_by_its_name_whatever_the_case(sqlite_cast: Cast) -> None:
    load(sqlite_cast)
    with sqlite_cast.database.read(sqlite_cast.actor("owen")) as read:
        row = queries.recommendation_named(read, "recommendations", "Maternity_Incentive_Scheme:sa8")
        assert row.ref == "SA8"
        label = queries.recommendation_labels(read, [row.id])[row.id]
        assert label.name == "maternity_incentive_scheme:SA8"
        for name in ("ockenden_2022:99.9", "nothing:1", "1.2", "", "ockenden_2022:1\x00"):
            with pytest.raises(Invalid, match="no recommendation"):
                queries.recommendation_named(read, "recommendations", name)
        with pytest.raises(NotFound):
            queries.framework_row(read, "nothing")


def test_it_finds_midwives_where_midwife_is_asked_for(sqlite_cast: Cast) -> None:
    load(sqlite_cast)
    with sqlite_cast.database.read(sqlite_cast.actor("owen")) as read:
        keys = [f.key for f in queries.frameworks(read)]
        found = queries.search(read, "midwife", keys)
        assert {f.item.id for f in found} == {f.item.id for f in queries.search(read, "midwives", keys)}
        assert found
        assert [f.item.ref for f in queries.search(read, "IEA 1.10", ["ockenden_2022"])] == ["1.10"]
