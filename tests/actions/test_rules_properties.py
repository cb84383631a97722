"""What must hold for any facts whatever."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given
from hypothesis import settings as run
from hypothesis import strategies as st

from app.actions.rules import Code, Colour, Facts, Label, Progress, Stage, rate, rate_again, rate_all, views_differ
from app.plans.rules import Cadence, RatingSettings
from tests.actions.made_facts import TODAY

# The machine that runs this is shared and slow at times: no example is timed.
calm = run(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Around 15 June 2026, and far enough for every threshold.
near = st.integers(-120, 120).map(lambda n: TODAY + timedelta(days=n))
past = st.integers(-120, 0).map(lambda n: TODAY + timedelta(days=n))
maybe_past = st.none() | past
settings = st.builds(
    RatingSettings,
    cadence=st.sampled_from(list(Cadence)),
    slipped_rule=st.booleans(),
    update_rounds=st.booleans(),
)


def any_facts(key: str = "1.1", stages: list[Stage] | None = None) -> st.SearchStrategy[Facts]:
    return st.builds(
        Facts,
        key=st.just(key),
        stage=st.sampled_from(stages or list(Stage)),
        progress=st.sampled_from(list(Progress)),
        created_on=past,
        adopted_on=maybe_past,
        start_date=st.none() | near,
        due_date=st.none() | near,
        completion_date=maybe_past,
        evidence_by_date=st.none() | near,
        retest_date=st.none() | near,
        regulatory=st.booleans(),
        regulator_date=st.none() | near,
        external_lead=st.booleans(),
        external_contact=st.sampled_from([None, "", "Jo"]),
        last_chased_on=maybe_past,
        slips=st.integers(0, 3),
        slip_days=st.integers(0, 120),
        claimed_on=maybe_past,
        submitted_on=maybe_past,
        accepted_on=maybe_past,
        returned_on=maybe_past,
        reopened_on=maybe_past,
        recovery_accepted_on=maybe_past,
        concern_since=maybe_past,
        has_owner=st.booleans(),
        last_update_on=maybe_past,
        rounds_missed=st.integers(0, 3),
    )


undelivered = any_facts(stages=[Stage.not_delivered])


@calm
@given(undelivered, settings)
def test_it_never_lets_a_worse_report_raise_the_colour(facts: Facts, thresholds: RatingSettings) -> None:
    said = [Progress.on_track, Progress.at_risk, Progress.off_track]
    colours = [rate(facts._replace(progress=each), thresholds, TODAY).colour.severity for each in said]
    assert colours == sorted(colours)


@calm
@given(undelivered, settings, st.sampled_from(list(Progress)))
def test_it_never_lets_a_report_hide_what_the_dates_say(
    facts: Facts, thresholds: RatingSettings, said: Progress
) -> None:
    by_dates = {Code.R1, Code.R5, Code.A4, Code.A5, Code.A6, Code.A10, Code.A14, Code.A15, Code.A16}
    as_it_is = set(rate(facts, thresholds, TODAY).codes) & by_dates
    assert as_it_is == set(rate(facts._replace(progress=said), thresholds, TODAY).codes) & by_dates


@calm
@given(undelivered.filter(lambda f: f.start_date is not None), settings)
def test_it_never_rates_not_started_better_than_on_track_once_the_start_has_passed(
    facts: Facts, thresholds: RatingSettings
) -> None:
    facts = facts._replace(start_date=min(facts.start_date or TODAY, TODAY - timedelta(days=1)))
    waiting = rate(facts._replace(progress=Progress.not_started), thresholds, TODAY).colour.severity
    assert waiting >= rate(facts._replace(progress=Progress.on_track), thresholds, TODAY).colour.severity


@calm
@given(any_facts().filter(lambda f: f.due_date is not None), settings, st.integers(1, 400))
def test_it_never_worsens_with_a_later_due_date(facts: Facts, thresholds: RatingSettings, later: int) -> None:
    assert facts.due_date is not None
    before = rate(facts, thresholds, TODAY)
    moved = facts._replace(due_date=facts.due_date + timedelta(days=later))
    assert rate(moved, thresholds, TODAY).colour.severity <= before.colour.severity


@calm
@given(any_facts().filter(lambda f: f.evidence_by_date is not None), settings, st.integers(1, 400))
def test_it_never_worsens_with_a_later_evidence_by_date(facts: Facts, thresholds: RatingSettings, later: int) -> None:
    assert facts.evidence_by_date is not None
    before = rate(facts, thresholds, TODAY)
    moved = facts._replace(evidence_by_date=facts.evidence_by_date + timedelta(days=later))
    assert rate(moved, thresholds, TODAY).colour.severity <= before.colour.severity


@calm
@given(any_facts(), settings)
def test_it_never_worsens_by_submitting_proof_today(facts: Facts, thresholds: RatingSettings) -> None:
    facts = facts._replace(completion_date=TODAY - timedelta(days=121))
    if facts.reopened_on == TODAY:
        facts = facts._replace(reopened_on=None)
    if facts.returned_on == TODAY:
        facts = facts._replace(returned_on=None)
    proven = rate(facts._replace(submitted_on=TODAY), thresholds, TODAY)
    assert proven.colour.severity <= rate(facts, thresholds, TODAY).colour.severity
    assert {Code.R2, Code.R4, Code.A7}.isdisjoint(proven.codes)


@calm
@given(any_facts(), settings)
def test_it_never_turns_the_owner_red_while_the_panel_has_the_proof(facts: Facts, thresholds: RatingSettings) -> None:
    rating = rate(facts, thresholds, TODAY)
    if Code.A11 in rating.codes:
        assert {Code.R2, Code.R4, Code.A7}.isdisjoint(rating.codes)


@calm
@given(undelivered, settings)
def test_it_never_improves_by_doing_nothing(facts: Facts, thresholds: RatingSettings) -> None:
    # Only grey may give way to green: the day of the start.
    facts = facts._replace(adopted_on=facts.adopted_on or TODAY)
    days = [rate(facts, thresholds, TODAY + timedelta(days=n)) for n in range(0, 200, 20)]
    for before, after in pairwise(days):
        assert after.colour.severity >= before.colour.severity


@calm
@given(undelivered, settings)
def test_it_is_not_overdue_on_the_day_it_is_due(facts: Facts, thresholds: RatingSettings) -> None:
    due_today = facts._replace(due_date=TODAY, claimed_on=None)
    assert Code.R1 not in rate(due_today, thresholds, TODAY).codes
    assert Code.R1 in rate(due_today, thresholds, TODAY + timedelta(days=1)).codes


@calm
@given(any_facts(), settings)
def test_it_names_the_first_rule_of_the_worst_colour_in_the_tables_order(
    facts: Facts, thresholds: RatingSettings
) -> None:
    rating = rate(facts, thresholds, TODAY)
    order = list(Code)
    assert [order.index(c) for c in rating.codes] == sorted({order.index(c) for c in rating.codes})
    if rating.codes:
        assert rating.colour == rating.codes[0].colour
        assert rating.label == list(Label)[order.index(rating.codes[0])]
    else:
        assert rating.colour not in (Colour.red, Colour.amber)
    if facts.stage.is_exited:
        assert rating.colour == Colour.grey


@calm
@given(st.data(), settings)
def test_it_does_not_depend_on_the_order_of_the_facts(data: st.DataObject, thresholds: RatingSettings) -> None:
    keys = [f"1.{n}" for n in range(1, 6)]
    links = st.lists(st.sampled_from(keys), max_size=3, unique=True).map(tuple)
    plan = [data.draw(any_facts(key))._replace(depends_on=data.draw(links)) for key in keys]
    ratings = rate_all(plan, thresholds, TODAY)
    assert rate_all(data.draw(st.permutations(plan)), thresholds, TODAY) == ratings
    for facts in plan:
        alone = rate(facts, thresholds, TODAY)
        assert set(alone.codes) == set(ratings[facts.key].codes) - {Code.A4}


@calm
@given(undelivered, settings, st.dates(date(2020, 1, 1), date(2032, 12, 31)))
def test_it_depends_on_differences_of_days_only(facts: Facts, thresholds: RatingSettings, other: date) -> None:
    # Whatever lies between (a clock change, a leap day, a new year), the same distances give the same rating.
    shift = other - TODAY
    names: tuple[str, ...] = (
        "created_on",
        "adopted_on",
        "start_date",
        "due_date",
        "regulator_date",
        "claimed_on",
        "last_update_on",
    )
    names += ("last_update_on", "last_chased_on", "reopened_on", "recovery_accepted_on")
    moved = {n: getattr(facts, n) + shift for n in names if getattr(facts, n)}
    there = rate(facts._replace(**moved), thresholds, other)
    here = rate(facts, thresholds, TODAY)
    assert (there.colour, there.label, there.codes) == (here.colour, here.label, here.codes)


@calm
@given(any_facts(), settings)
def test_it_finds_no_differing_view_without_bad_news(facts: Facts, thresholds: RatingSettings) -> None:
    rating = rate(facts, thresholds, TODAY)
    if views_differ(facts, rating):
        assert rating.colour in (Colour.red, Colour.amber)
        assert facts.progress != Progress.off_track
        assert facts.stage == Stage.not_delivered


@calm
@given(st.data(), settings)
def test_what_is_rated_again_is_rated_as_if_all_were(data: st.DataObject, thresholds: RatingSettings) -> None:
    keys = ["1.1", "1.2", "1.3", "1.4"]
    stages = [Stage.not_delivered, Stage.delivered]
    waits = st.lists(st.sampled_from(keys), unique=True, max_size=3).map(tuple)
    before = [data.draw(any_facts(key, stages))._replace(depends_on=data.draw(waits)) for key in keys]
    touched = data.draw(st.sets(st.sampled_from(keys), min_size=1, max_size=2))
    after = [
        data.draw(any_facts(f.key, stages))._replace(depends_on=f.depends_on) if f.key in touched else f for f in before
    ]
    ratings = rate_all(before, thresholds, TODAY)
    again = rate_again(touched, {f.key: f for f in after}, ratings, thresholds, TODAY)
    assert touched <= again.keys()
    assert ratings | again == rate_all(after, thresholds, TODAY)
