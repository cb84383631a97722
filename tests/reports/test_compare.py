"""What became of a plan between two days, each with who and why; pure, on views that are made by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from app.actions.rules import Facts, Progress, Rated, Rating, Stage, count, flags, rate
from app.actions.view import ActionView, LinkView, PlanView, PriorityView
from app.core import clock
from app.coverage.covering import Leaf, Publication, Standing, Whom, answers, cover, keys_of
from app.frameworks.rules import addressed_to
from app.plans.rules import Colour, PlanState
from app.reports.compare import Comparison, Deed, asked_about, compare, differing, reopened_since
from app.reports.drawing import scale
from app.reports.past import then_of
from app.reports.queries.status import status
from app.reports.trend import Reached, month_ends, trend
from tests.actions.made_facts import ASSURED, DELIVERED, ORDINARY, SETTINGS, TODAY, ahead, made

IDS: dict[str, UUID] = {}
PRIORITY = PriorityView(uuid4(), "1", "Safe care", 1)
THEN = ahead(-30)


def act(
    ref: str, facts: Facts = ORDINARY, day: date = TODAY, links: Sequence[LinkView] = (), **more: Any
) -> ActionView:
    facts = facts._replace(key=ref)
    rating: Rating = rate(facts, SETTINGS, day)
    given: dict[str, Any] = {
        "id": IDS.setdefault(ref, uuid4()), "revision": 1, "ref": ref, "title": f"Action {ref}",
        "intended_outcome": "", "success_measure": "", "priority": PRIORITY, "position": 0, "lead_executive": None,
        "accountable_person": None, "lead_executive_id": None, "accountable_person_id": None,
        "organisation_id": uuid4(), "organisation": "AAA", "organisation_name": "Alpha", "contributors": (),
        "links": tuple(links), "milestones": (), "depends_on": (), "needed_by": (), "replaced_by": None,
        "exit_why": "", "latest_update": None, "updated_at": clock.now(), "facts": facts, "rating": rating,
        "flags": flags(Rated(facts, rating)), "views_differ": False, "open_proposals": 0,
    }  # fmt: skip
    return ActionView(**(given | more))


def plan(*actions: ActionView, day: date = TODAY) -> PlanView:
    return PlanView(
        id=uuid4(), slug="alpha", title="Alpha", organisation_id=uuid4(), organisation="AAA", state=PlanState.live,
        settings=SETTINGS, legend={}, day=day, as_at=None, revision=7, shared_revision=1, priorities=(PRIORITY,),
        actions=actions, by_ref={a.ref: a for a in actions}, people={},
        counts=count([Rated(a.facts, a.rating) for a in actions]),
    )  # fmt: skip


def compared(
    before: Sequence[ActionView], after: Sequence[ActionView], *deeds: tuple[str, Deed], decided: Sequence[str] = ()
) -> Comparison:
    done: dict[UUID, list[Deed]] = {}
    for ref, deed in deeds:
        done.setdefault(IDS[ref], []).append(deed)
    then, now = then_of(plan(*before, day=THEN)), plan(*after)
    reopened = reopened_since(then, now, [IDS[ref] for ref in decided])
    pairs = differing(then, now, reopened)
    # What nobody asks about is not read, and nothing that is told may come of it.
    asked = set(asked_about(pairs, reopened))
    return compare(then, now, pairs, {key: done[key] for key in done.keys() & asked}, reopened)


def deed(*fields: str, by: str = "Victor", why: str | None = "Because", done: str = "proposal.accepted") -> Deed:
    return Deed(5, ahead(-3), by, done, why, frozenset(fields), "reopened_on" in fields)


def refs(changes: Sequence[Any]) -> list[str]:
    return [c.action.ref for c in changes]


def test_it_tells_every_kind_of_change_apart() -> None:
    before = [act("1", day=THEN), act("2", DELIVERED, THEN), act("3", ASSURED, THEN), act("4", day=THEN)]
    slipped = made(due_date=ahead(200), slips=1, slip_days=93)
    after = [
        act("1", made(due_date=ahead(-1))),
        act("2", ASSURED),
        act("3", DELIVERED._replace(reopened_on=ahead(-2))),
        act("4", slipped),
        act("5"),
    ]
    found = compared(before, after)
    assert refs(found.added) == ["5"]
    assert refs(found.closed) == ["2"]
    assert refs(found.slipped) == ["4"]
    assert refs(found.reopened) == ["3"]
    assert refs(found.worse) == ["1", "3"]
    assert refs(found.better) == ["2"]


def test_it_finds_nothing_where_nothing_differs() -> None:
    same = [act("1"), act("2", ASSURED)]
    found = compared([act("1", day=THEN), act("2", ASSURED, THEN)], same)
    assert [*found.added, *found.closed, *found.slipped, *found.reopened, *found.recoloured] == []
    assert differing(then_of(plan(*same, day=THEN)), plan(*same), ()) == []


def test_a_day_that_passed_is_nobodys_deed() -> None:
    act("1")
    found = compared([act("1", day=THEN)], [act("1", made(due_date=ahead(-1)))], ("1", deed("last_update_on")))
    [worse] = found.worse
    assert worse.deed is None
    assert worse.cause.startswith("Due 14 June 2026")
    assert worse.was_label == "on_track"


def test_the_record_is_asked_of_those_alone_whose_deeds_may_be_told() -> None:
    late = made(due_date=ahead(-1))
    after = [
        act("1", late),
        act("2", late._replace(slips=1)),
        act("3", late._replace(stage=Stage.descoped)),
        # Since when is no fact of it: the record has to say.
        act("4", made(has_owner=False)),
        act("5"),
        act("6"),
    ]
    then, now = then_of(plan(*[act(ref, day=THEN) for ref in "12346"], day=THEN)), plan(*after)
    assert asked_about(differing(then, now, ()), ()) == [IDS[ref] for ref in "2345"]
    # Re-opened and assured again: it stands as it did.
    again = frozenset({IDS["1"], IDS["6"]})
    assert asked_about(differing(then, now, again), again) == [IDS[ref] for ref in "123456"]


def test_it_names_who_and_why() -> None:
    act("2")
    first, last = deed("stage", by="Dennis"), deed("stage", "reopened_on", why="71 of 100")
    found = compared(
        [act("2", ASSURED, THEN)], [act("2", DELIVERED._replace(reopened_on=ahead(-2)))], ("2", first), ("2", last)
    )
    [reopened] = found.reopened
    assert (reopened.deed, reopened.why) == (last, "71 of 100")


def test_it_counts_what_was_assured_and_reopened_after_the_earlier_day() -> None:
    relapsed = DELIVERED._replace(reopened_on=ahead(-2))
    before = [act("1", DELIVERED, THEN), act("2", relapsed._replace(reopened_on=ahead(-31)), THEN)]
    again = deed("stage", "reopened_on", why="71 of 100")
    found = compared(before, [act("1", relapsed), act("2", relapsed._replace(reopened_on=ahead(-31)))], ("1", again))
    assert refs(found.reopened) == ["1"]
    assert found.reopened[0].deed == again
    # Made, delivered, assured and re-opened since.
    assert refs(compared([], [act("1", relapsed)]).reopened) == ["1"]


def test_what_was_assured_again_was_reopened_all_the_same() -> None:
    act("1")
    reopened, assured = deed("stage", "reopened_on", by="Dennis"), deed("stage")
    same = [act("1", ASSURED, THEN)], [act("1", ASSURED)]
    found = compared(*same, ("1", reopened), ("1", assured), decided=["1"])
    [change] = found.reopened
    assert (change.deed, change.detail) == (reopened, "re-opened 12 June 2026, now evidenced and assured")
    assert compared(*same, ("1", reopened), ("1", assured)).reopened == ()


def test_worse_goes_from_red_to_amber_and_from_the_newest_to_the_oldest() -> None:
    before = [act(ref, day=THEN) for ref in "123"] + [act("4", ASSURED, THEN), act("5", day=THEN), act("6", day=THEN)]
    after = [
        act("1", made(progress=Progress.at_risk, last_update_on=TODAY)),
        act("2", made(due_date=ahead(-9))),
        act("3", made(progress=Progress.off_track, last_update_on=ahead(-2))),
        act("4", DELIVERED._replace(reopened_on=TODAY)),
        act("5", made(due_date=ahead(-1))),
        # Nobody owns it: no fact tells since when, the record does.
        act("6", made(has_owner=False)),
    ]
    found = compared(before, after, ("6", replace(deed("accountable_person_id"), on=TODAY)))
    assert refs(found.worse) == ["4", "5", "3", "2", "1", "6"]


def test_better_goes_from_the_newest_to_the_oldest() -> None:
    late = made(due_date=ahead(-31))
    before = [act(ref, late, THEN) for ref in "1234"]
    after = [act(ref, ASSURED) for ref in "123"] + [act("4")]
    days = {"1": ahead(-5), "2": TODAY, "3": ahead(-9), "4": ahead(-1)}
    done = [(ref, replace(deed("stage"), on=day)) for ref, day in days.items()]
    assert refs(compared(before, after, *done).better) == ["2", "4", "1", "3"]


def test_a_slip_says_from_when_to_when() -> None:
    moved = made(due_date=date(2027, 1, 31), slips=1)
    [slip] = compared([act("1", day=THEN)], [act("1", moved)], ("1", deed("due_date", "slips"))).slipped
    assert slip.detail == "30 Sep 2026 to 31 January 2027"


def test_leaving_the_plan_is_neither_worse_nor_better() -> None:
    found = compared([act("1", made(due_date=ahead(-60)), THEN)], [act("1", made(stage=Stage.descoped))])
    assert (refs(found.closed), found.worse, found.better) == (["1"], (), ())


def link(ref: str, *, meets: bool = True, framework: str = "ock") -> LinkView:
    return LinkView(uuid4(), framework, ref, f"Item {ref}", ref, meets, "Ockenden")


LEAVES = tuple(Leaf(r, f"Item {r}", r, to) for r, to in (("1", ""), ("2", ""), ("3", ""), ("4", "region"), ("5", "")))
PUBLICATION = Publication("ock", "Ockenden", LEAVES)
WHOM = Whom("trust", "Alpha Hospitals")


def test_in_scope_is_covered_and_partly_and_without_action() -> None:
    view = plan(
        act("1", links=[link("1"), link("2", meets=False)]),
        act("2", made(due_date=ahead(-1)), links=[link("1", meets=False), link("4")]),
        act("3", made(stage=Stage.descoped), links=[link("3")]),
        act("4", ASSURED, links=[link("5"), link("9"), link("1", framework="other")]),
    )
    found = cover(PUBLICATION, WHOM, answers(view)["ock"])
    assert {s.value: n for s, n in found.counts.items() if n} == {
        "covered": 2, "partly": 1, "without_action": 1, "other_kind": 1,
    }  # fmt: skip
    assert found.in_scope == 4
    assert found.with_action == sum(found.by_rating.values()) == sum(found.by_look.values()) == 3
    # Whoever only contributes does not colour what another action meets.
    assert found.items[0].colour is Colour.green
    assert found.items[2].standing is Standing.without_action
    assert keys_of(view) == ("ock", "other")
    assert addressed_to("trust,region", "trust")


def test_a_recommendation_is_as_red_as_the_worst_that_meets_it() -> None:
    view = plan(act("1", ASSURED, links=[link("1")]), act("2", made(due_date=ahead(-1)), links=[link("1")]))
    assert cover(PUBLICATION, WHOM, answers(view)["ock"]).items[0].colour is Colour.red


def test_the_status_has_the_contracts_shape() -> None:
    view = plan(act("1", links=[link("1")]), act("2", ASSURED), act("3", made(stage=Stage.superseded)))
    told = status(view, [cover(PUBLICATION, WHOM, answers(view)["ock"])]).model_dump(mode="json")
    assert list(told) == [
        "plan", "title", "state", "as_at", "revision", "headline", "actions", "priorities", "frameworks",
    ]  # fmt: skip
    counts = told["actions"]
    assert (counts["total"], counts["in_force"], counts["exited"], counts["open"]) == (3, 2, 1, 1)
    assert sum(counts["by_rating"].values()) == sum(counts["by_stage"].values()) == 3
    assert set(counts) >= {
        "overdue", "stale", "unowned", "evidence_overdue", "awaiting_decision", "external", "slipped", "regulatory",
    }  # fmt: skip
    [source] = told["frameworks"]
    assert source["in_scope"] == source["covered"] + source["partly"] + source["without_action"]
    assert list(told["priorities"][0]) == ["ref", "title", "headline", "by_rating", "by_stage"]


def test_the_trend_counts_agreed_dates_and_the_gap() -> None:
    view = plan(
        act("1", made(due_date=ahead(-40), original_due_date=ahead(-50))),
        act("2", DELIVERED),
        act("3", ASSURED._replace(due_date=ahead(-1), original_due_date=ahead(-1))),
        act("4", made(stage=Stage.descoped, due_date=ahead(-90))),
    )
    found = trend(view, {ahead(-45): Reached(1, 0)})
    assert [(p.agreed, p.first_agreed) for p in found.points] == [(0, 1), (2, 2)]
    assert found.now.reached == Reached(2, 1)
    assert (found.behind, found.has_moved, found.oldest_unproven) == (0, True, ("2", 46))


def test_month_ends_begin_with_the_plan_and_are_at_most_a_year() -> None:
    assert month_ends(date(2026, 3, 15), date(2025, 12, 31)) == [
        date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28),
    ]  # fmt: skip
    assert len(month_ends(date(2026, 3, 31), date(2001, 1, 1))) == 11
    assert month_ends(date(2026, 3, 31), date(2026, 3, 2)) == []


def test_a_scale_is_round_and_high_enough() -> None:
    assert [scale(n) for n in (0, 1, 4, 5, 116, 120, 220, 3000)] == [
        (1, 1), (1, 1), (4, 1), (6, 2), (150, 50), (150, 50), (300, 100), (4000, 2000),
    ]  # fmt: skip
