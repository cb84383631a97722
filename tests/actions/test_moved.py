"""A view moved on to a later revision is the view that a whole reading makes."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from app.actions import commands, queries
from app.actions.queries import kept, moved
from app.actions.rules import Label, Progress
from app.actions.schemas import UpdateAction
from app.actions.view import PlanView
from app.core import clock
from app.people.models import Account
from tests.actions import made_plan as made
from tests.support.cast import MAKER, Cast

TODAY = clock.today()


def whole(cast: Cast) -> PlanView:
    kept.views.clear()
    kept._newest.clear()
    return made.view(cast)


def moved_from(cast: Cast, base: PlanView) -> PlanView | None:
    with made.reading(cast) as (read, access):
        return moved.moved_on(read, access, base, kept.standing(read, access.id)[0])


def _said(cast: Cast, rng: random.Random, refs: list[str]) -> None:
    made.update(cast, rng.choice(refs), progress=rng.choice([Progress.on_track, Progress.off_track]).value,
                commentary=f"Said {rng.random()}", cause="Rota", mitigation="Bank staff")  # fmt: skip


def _edited(cast: Cast, rng: random.Random, refs: list[str]) -> None:
    ref = rng.choice(refs)
    now = made.action(cast, ref)
    made.edit(cast, ref, revision=now.revision, title=f"Title {rng.random()}",
              contributors=[cast.email(rng.choice(["connie", "owen"]))],
              milestones=[{"title": "Book", "due_date": TODAY + timedelta(days=rng.randint(1, 9))}],
              recommendations=[rng.choice(["ockenden_2022:1.1", "ockenden_2022:2.1"])])  # fmt: skip


def _added(cast: Cast, rng: random.Random, refs: list[str]) -> None:
    refs.append(made.add(cast, title=f"New {rng.random()}", due_date=TODAY + timedelta(days=rng.randint(-9, 9))))


def _tied(cast: Cast, rng: random.Random, refs: list[str]) -> None:
    """Read whole: what waits for an action is written on the other one."""
    ref = refs[-1]
    made.edit(cast, ref, revision=made.action(cast, ref).revision, depends_on=[refs[0]])


DEEDS: tuple[Callable[[Cast, random.Random, list[str]], None], ...] = (_said, _edited, _added, _said, _tied)


@pytest.mark.parametrize("seed", range(3))
def test_it_equals_a_whole_reading_after_random_writes(cast: Cast, seed: int) -> None:
    made.framework(cast)
    rng = random.Random(seed)  # noqa: S311
    refs = [made.add(cast, title=f"Action {n}", due_date=TODAY + timedelta(days=n - 3)) for n in range(6)]
    base, moves = whole(cast), 0
    for _ in range(8):
        for _again in range(rng.randint(1, 2)):
            rng.choice(DEEDS)(cast, rng, refs)
        found = moved_from(cast, base)
        base = whole(cast)
        if found is not None:
            assert found == base
            moves += 1
    assert moves


def test_it_keeps_the_very_objects_of_actions_that_nobody_wrote(cast: Cast) -> None:
    first, second = made.add(cast), made.add(cast)
    before = made.view(cast)
    made.update(cast, first, progress="on_track", commentary="Begun")
    after = made.view(cast)
    assert after.by_ref[second] is before.by_ref[second]
    assert after.by_ref[first] is not before.by_ref[first]


def test_it_rates_again_what_a_written_action_holds_up(cast: Cast) -> None:
    late = TODAY + timedelta(days=200)
    first = made.add(cast, due_date=late)
    second = made.add(cast, depends_on=[first], due_date=late, progress="on_track")
    before = made.view(cast).by_ref[second]
    made.update(cast, first, progress="off_track", commentary="Stuck", cause="Rota", mitigation="Bank staff")
    after = made.view(cast).by_ref[second]
    assert after.rating != before.rating
    assert after.rating == whole(cast).by_ref[second].rating
    assert after.rating.label is not Label.on_track


def test_it_reads_all_again_when_the_shared_stream_has_moved(cast: Cast) -> None:
    made.add(cast, accountable_person=cast.email("owen"))
    before = made.view(cast)
    with cast.database.write(MAKER) as tx:
        tx.act("tests.renamed")
        person = tx.exec(select(Account).where(Account.email == cast.email("owen"))).first()
        assert person
        person.name = "Owen Renamed"
        tx.flush()
    assert made.view(cast).actions[0].accountable_person.name == "Owen Renamed"  # type: ignore[union-attr]
    assert before.actions[0].accountable_person.name != "Owen Renamed"  # type: ignore[union-attr]


def test_it_finds_a_moved_view_inside_the_writing_transaction(cast: Cast) -> None:
    ref = made.add(cast)
    made.view(cast)
    with made.writing(cast) as (tx, access):
        given = UpdateAction.model_validate({"progress": "at_risk", "commentary": "Slow"})
        commands.update_action(tx, access=access, ref=ref, given=given)
        inside = queries.plan_view(tx, access)
    assert inside.by_ref[ref].facts.progress is Progress.at_risk
    assert whole(cast) == inside
