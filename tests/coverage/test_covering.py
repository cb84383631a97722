"""A recommendation's stage by its weakest link, directly and through links that the trust has accepted."""

from datetime import timedelta

import pytest

from app.actions.queries import plan_view
from app.actions.rules import Stage
from app.core import clock
from app.core.errors import Conflict
from app.coverage.covering import Standing
from app.coverage.queries import coverages, matrix, shared_now
from app.coverage.wording import chain, share
from app.frameworks import commands as frameworks
from app.frameworks import queries
from app.frameworks.schemas import NewLink, Ruling
from app.plans.queries import plan_for
from tests.coverage.made import (
    ASSURED,
    DELIVERED,
    SECOND,
    answer,
    covered,
    item,
    link,
    on_day,
    publish,
    settle,
)  # fmt: skip
from tests.support.cast import Cast


def test_the_weakest_action_that_meets_it_speaks_for_it(cast: Cast) -> None:
    publish(cast)
    answer(cast, "1.1", {"aaa_first:1": True, "aaa_first:2": False}, **ASSURED)
    answer(cast, "1.2", {"aaa_first:1": True}, **DELIVERED)
    answer(cast, "1.3", {"aaa_first:1": False})
    found = covered(cast)
    one, two, three, _four = found.items
    assert (one.standing, one.stage, one.is_overlap) == (Standing.covered, "delivered", True)
    assert (two.standing, two.stage) == (Standing.partly, "assured")
    assert (three.standing, three.stage) == (Standing.without_action, None)
    assert (found.in_scope, found.with_action, found.by_stage[Stage.delivered]) == (4, 2, 1)


def test_what_is_the_same_carries_fully_and_says_how(cast: Cast) -> None:
    publish(cast)
    publish(cast, SECOND)
    answer(cast, "1.4", {"aaa_first:1": True}, **ASSURED)
    link(cast, "aaa_first:1", "same", "aaa_second:2")
    found = item(cast, "aaa_second:2")
    assert (found.standing, found.stage) == (Standing.covered, "assured")
    [words] = chain(found)
    assert words.startswith(
        "Answered by 1.4 Evidenced and assured through Publication aaa_first 1, the same, accepted by "
    )
    assert "Edith" in words


def test_a_chain_of_the_same_carries_fully_and_tells_each_link(cast: Cast) -> None:
    for key in ("aaa_first", "aaa_second", "aaa_third"):
        publish(cast, key)
    answer(cast, "1.4", {"aaa_first:1": True}, **DELIVERED)
    link(cast, "aaa_first:1", "same", "aaa_second:2")
    link(cast, "aaa_second:2", "same", "aaa_third:1")
    found = item(cast, "aaa_third:1")
    assert (found.standing, found.stage) == (Standing.covered, "delivered")
    [words] = chain(found)
    second, first = "through Publication aaa_second 2, the same", "and that through Publication aaa_first 1, the same"
    assert 0 < words.index(second) < words.index(first)
    assert words.count("accepted by Edith") == 2


def test_a_circle_of_links_ends_where_it_began(sqlite_cast: Cast) -> None:
    for key in ("aaa_first", "aaa_second", "aaa_third"):
        publish(sqlite_cast, key)
    link(sqlite_cast, "aaa_first:1", "same", "aaa_second:1")
    link(sqlite_cast, "aaa_second:1", "same", "aaa_third:1")
    link(sqlite_cast, "aaa_third:1", "same", "aaa_first:1")
    assert item(sqlite_cast, "aaa_first:1").standing is Standing.without_action
    answer(sqlite_cast, "1.1", {"aaa_first:1": True}, **ASSURED)
    found = [item(sqlite_cast, f"{key}:1") for key in ("aaa_first", "aaa_second", "aaa_third")]
    assert [(i.stage, len(i.through), i.is_overlap) for i in found] == [
        ("assured", 0, False), ("assured", 1, False), ("assured", 1, False),
    ]  # fmt: skip


def test_a_chain_contributes_once_and_never_part_of_a_part(sqlite_cast: Cast) -> None:
    for key in ("aaa_first", "aaa_second", "aaa_third", "aaa_fourth"):
        publish(sqlite_cast, key)
    answer(sqlite_cast, "1.1", {"aaa_first:1": True}, **ASSURED)
    link(sqlite_cast, "aaa_first:1", "contributes", "aaa_second:1")
    link(sqlite_cast, "aaa_second:1", "same", "aaa_third:1")
    link(sqlite_cast, "aaa_second:1", "contributes", "aaa_fourth:1")
    found = item(sqlite_cast, "aaa_third:1")
    assert (found.standing, "in part" in chain(found)[0]) == (Standing.partly, True)
    assert item(sqlite_cast, "aaa_fourth:1").standing is Standing.without_action


def test_what_contributes_answers_a_part_and_in_one_direction(sqlite_cast: Cast) -> None:
    publish(sqlite_cast)
    publish(sqlite_cast, SECOND)
    answer(sqlite_cast, "1.1", {"aaa_first:1": True, "aaa_second:2": True}, **ASSURED)
    link(sqlite_cast, "aaa_first:1", "contributes", "aaa_second:1")
    link(sqlite_cast, "aaa_first:2", "contributes", "aaa_second:2")
    found = item(sqlite_cast, "aaa_second:1")
    assert (found.standing, found.stage) == (Standing.partly, "assured")
    assert "in part" in chain(found)[0]
    assert item(sqlite_cast, "aaa_first:2").standing is Standing.without_action


def test_an_own_link_counts_for_nothing_until_somebody_else_accepts_it(cast: Cast) -> None:
    publish(cast)
    publish(cast, SECOND)
    answer(cast, "1.4", {"aaa_first:1": True}, **ASSURED)
    given = NewLink.model_validate(
        {"recommendation": "aaa_first:1", "other": "aaa_second:2", "kind": "same", "why": "One training day"}
    )
    with cast.database.write(cast.actor("alice")) as tx:
        made = frameworks.add_link(tx, given=given).id
        with pytest.raises(Conflict, match="somebody else has to accept"):
            frameworks.rule_on_link(tx, link_id=made, given=Ruling(accepted=True))
    assert item(cast, "aaa_second:2").standing is Standing.without_action
    with cast.database.write(cast.actor("edith")) as tx:
        frameworks.rule_on_link(tx, link_id=made, given=Ruling(accepted=True))
    assert item(cast, "aaa_second:2").standing is Standing.covered
    with cast.database.write(cast.actor("carol")) as tx:
        frameworks.rule_on_link(tx, link_id=made, given=Ruling(accepted=False))
    assert item(cast, "aaa_second:2").standing is Standing.without_action


def test_a_contribution_is_never_more_through_a_link_that_says_the_same(sqlite_cast: Cast) -> None:
    publish(sqlite_cast)
    publish(sqlite_cast, SECOND)
    answer(sqlite_cast, "1.1", {"aaa_first:1": False}, **ASSURED)
    link(sqlite_cast, "aaa_first:1", "same", "aaa_second:1")
    assert item(sqlite_cast, "aaa_second:1").standing is Standing.partly


def test_an_own_action_speaks_before_a_link(sqlite_cast: Cast) -> None:
    publish(sqlite_cast)
    publish(sqlite_cast, SECOND)
    answer(sqlite_cast, "1.1", {"aaa_first:1": True}, **ASSURED)
    answer(sqlite_cast, "1.2", {"aaa_second:1": True})
    link(sqlite_cast, "aaa_first:1", "same", "aaa_second:1")
    found = item(sqlite_cast, "aaa_second:1")
    assert (found.stage, found.is_overlap, len(found.through)) == ("not_delivered", True, 1)


def test_an_editorial_link_counts_for_nothing_until_it_is_accepted(cast: Cast) -> None:
    with cast.database.write(cast.actor("alice")) as tx:
        frameworks.load_library(tx)
    with cast.database.read(cast.actor("alice")) as read:
        found = queries.framework(read, "maternity_incentive_scheme")
        asked = next(i for i in found.items for x in i.links if x.basis == "editorial" and not x.outgoing)
        suggested = next(x for x in asked.links if x.basis == "editorial" and not x.outgoing)
        chapter = next(i for i in queries.items(read, suggested.to_framework) if i.ref == suggested.to_ref)
        parts = queries.leaves_under(queries.items(read, suggested.to_framework), chapter.ref)
    answer(cast, "1.1", {f"{suggested.to_framework}:{parts[0].ref}": True}, **ASSURED)
    name = f"maternity_incentive_scheme:{asked.ref}"
    assert not item(cast, name).answers
    before = [t.edge.name for t in item(cast, name).through]
    with cast.database.write(cast.actor("edith")) as tx:
        frameworks.rule_on_link(tx, link_id=suggested.id, given=Ruling(accepted=True))
    after = item(cast, name)
    assert f"{suggested.to_framework}:{parts[0].ref}" in {t.edge.name for t in after.through} - set(before)
    assert after.standing is Standing.partly
    with cast.database.write(cast.actor("edith")) as tx:
        frameworks.rule_on_link(tx, link_id=suggested.id, given=Ruling(accepted=False))
    assert [t.edge.name for t in item(cast, name).through] == before


def test_a_contradiction_shows_once_both_are_answered(sqlite_cast: Cast) -> None:
    publish(sqlite_cast)
    publish(sqlite_cast, SECOND)
    link(sqlite_cast, "aaa_first:1", "contradicts", "aaa_second:1")
    answer(sqlite_cast, "1.1", {"aaa_first:1": True})
    assert not item(sqlite_cast, "aaa_first:1").conflicts
    answer(sqlite_cast, "1.2", {"aaa_second:1": True})
    assert item(sqlite_cast, "aaa_first:1").conflicts
    with sqlite_cast.database.read(sqlite_cast.actor("violet")) as read:
        [told] = matrix(read, plan_for(read, "alpha")).conflicts
    assert "contradicts" in told


def test_a_past_day_shows_the_links_and_decisions_of_that_day(cast: Cast) -> None:
    """The publication and the action are three days old; the link and the standing came a day ago."""
    with on_day(-3):
        publish(cast)
        publish(cast, SECOND)
        answer(cast, "1.4", {"aaa_first:1": True, "aaa_second:4": True}, **ASSURED)
    with on_day(-1):
        link(cast, "aaa_first:1", "same", "aaa_second:2")
        settle(cast, ["aaa_second:3"], "not_applicable")
    counts = {}
    for days in (0, -1, -2):
        with cast.database.read(cast.actor("violet")) as read:
            access = plan_for(read, "alpha")
            view = plan_view(read, access, clock.today() + timedelta(days=days))
            found = next(c for c in coverages(read, view, shared_now(read, access)) if c.publication.key == SECOND)
            counts[days] = (found.in_scope, found.with_action)
    assert counts == {0: (3, 2), -1: (3, 2), -2: (4, 1)}
    with cast.database.read(cast.actor("violet")) as read:
        moved = matrix(read, plan_for(read, "alpha"), clock.today() - timedelta(days=2)).moved
    assert {(m.name[-1], m.before, m.now) for m in moved} == {
        ("2", "No action", "Evidenced and assured"), ("3", "No action", "Not applicable"),
    }  # fmt: skip


def test_a_share_is_never_a_hundred_while_anything_is_open() -> None:
    assert share(6, 10, is_open=True) == "60% (6 of 10)"
    assert share(10, 10, is_open=True) == "all 10, not yet all assured"
    assert share(10, 10, is_open=False) == "100% (10 of 10)"
    assert share(2, 3, is_open=True) == "67% (2 of 3)"
    assert share(1, 300, is_open=True) == "1% (1 of 300)"
    assert share(0, 0, is_open=True) == "none of 0"
