"""Facts in, colour and reasons out: one pure function for every list, page, export and as-at view."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from app.actions.rules.codes import CODE_LABELS, RED_CODES, Code, Label, Param, Rating, Reason
from app.actions.rules.facts import (
    Facts,
    Progress,
    Stage,
    days,
    may_be_asked,
    proof_is_in,
    returned_this_round,
    touched_on,
)
from app.plans.rules import Colour, RatingSettings


@dataclass(frozen=True, slots=True)
class Held:
    """An undelivered action that another one waits for: it is red, or due later than the one that waits."""

    key: str
    is_red: bool
    since: date | None = None


_CALM: Mapping[str, Rating] = {
    label: Rating(colour, label)
    for colour, labels in {
        Colour.grey: (Label.superseded, Label.descoped, Label.not_applicable, Label.not_started),
        Colour.blue: (Label.assured, Label.embedded),
        Colour.green: (Label.delivered_proof_due, Label.on_track),
    }.items()
    for label in labels
}


def rate(facts: Facts, settings: RatingSettings, today: date, held_by: Sequence[Held] = ()) -> Rating:
    """The rating of one action on a day; `held_by` as `held_by(facts, ...)` found it (A4)."""
    stage = facts.stage
    reasons: list[Reason] = []
    if stage == Stage.not_delivered:
        _undelivered_reds(facts, settings, today, reasons)
        _undelivered_ambers(facts, settings, today, held_by, reasons)
    elif stage == Stage.delivered:
        _delivered(facts, settings, today, reasons)
    elif stage.is_assured:
        _assured(facts, today, reasons)
    if not reasons:
        return _calm(facts, today)
    # The finders go down the table, reds first: the first that fired is of the worst colour and names it.
    first = reasons[0].code
    colour = Colour.red if first in RED_CODES else Colour.amber
    return Rating(colour, CODE_LABELS[first], tuple(reasons))


def rate_all(facts: Sequence[Facts], settings: RatingSettings, today: date) -> dict[str, Rating]:
    """The ratings of a whole plan by key.

    A4 looks at red and at dates only, and A4 itself is amber: so one pass without it and a second for those
    that depend on others equals any dependency order, and a circle of dependencies cannot hang it.
    """
    ratings = {each.key: rate(each, settings, today) for each in facts}
    waiting = [each for each in facts if each.depends_on and each.stage == Stage.not_delivered]
    if not waiting:
        return ratings
    by_key = {each.key: each for each in facts}
    held = {
        each.key: held_by(each, ((by_key[k], ratings[k]) for k in each.depends_on if k in by_key)) for each in waiting
    }
    for each in waiting:
        if held[each.key]:
            ratings[each.key] = rate(each, settings, today, held[each.key])
    return ratings


def rate_again(
    touched: Set[str], facts: Mapping[str, Facts], ratings: Mapping[str, Rating], settings: RatingSettings, today: date
) -> dict[str, Rating]:
    """The ratings that may be others once the facts of the touched have changed: theirs, and those of who waits.

    facts: of the whole plan as they are now; ratings: as they stood, of all that are not touched.
    """
    first = {key: rate(facts[key], settings, today) for key in touched}
    found = dict(first)
    for each in facts.values():
        if not each.depends_on or each.stage != Stage.not_delivered:
            continue
        if each.key in touched or not touched.isdisjoint(each.depends_on):
            # A rating that names A4 is red where it is red without: what holds up others is in both.
            others = ((facts[k], first.get(k) or ratings[k]) for k in each.depends_on if k in facts)
            found[each.key] = rate(each, settings, today, held_by(each, others))
    return found


def held_by(facts: Facts, dependencies: Iterable[tuple[Facts, Rating]]) -> tuple[Held, ...]:
    """Which of its dependencies hold an action up (A4); a missing date on either side is not "later"."""
    found = []
    for other, rating in dependencies:
        if other.stage != Stage.not_delivered or other.key == facts.key:
            continue
        if rating.colour == Colour.red:
            since = min((r.since for r in rating.reasons if r.code in RED_CODES and r.since), default=None)
            found.append(Held(other.key, True, since))
        elif other.due_date and facts.due_date and other.due_date > facts.due_date:
            # When the dates came to stand so is not a fact we hold; they do at least since both exist.
            found.append(Held(other.key, False, max(other.created_on, facts.created_on)))
    return tuple(found)


def _calm(facts: Facts, today: date) -> Rating:
    stage = facts.stage
    if stage == Stage.delivered:
        return _CALM[Label.delivered_proof_due]
    if stage != Stage.not_delivered:
        return _CALM[stage]
    if facts.progress == Progress.not_started and (facts.start_date is None or facts.start_date > today):
        return _CALM[Label.not_started]
    return _CALM[Label.on_track]


def _fire(into: list[Reason], code: Code, since: date | None, *params: tuple[str, Param]) -> None:
    into.append(Reason(code, since, params))


def _idle_limit_passed(
    facts: Facts, settings: RatingSettings, today: date, limit: int, rounds: int
) -> tuple[date | None, tuple[tuple[str, Param], ...]] | None:
    """When A3 or R3 began to fire and what its sentence names, or None."""
    if settings.update_rounds:
        if facts.adopted_on is None or facts.rounds_missed < rounds:
            return None
        return None, (("rounds", facts.rounds_missed),)
    touched = touched_on(facts, today)
    idle = (today - touched).days
    if idle <= limit:
        return None
    return touched + days(limit + 1), (("idle", idle), ("last", facts.last_update_on))


def _undelivered_reds(facts: Facts, settings: RatingSettings, today: date, into: list[Reason]) -> None:
    due, progress = facts.due_date, facts.progress
    if due is not None and due < today and not _is_waiting_for_validation(facts):
        _fire(into, Code.R1, due + days(1), ("due", due), ("days", (today - due).days))
    has_begun = facts.start_date is not None and facts.start_date < today
    if progress != Progress.not_started or has_begun:
        limit = settings.unknown_days
        unknown = _idle_limit_passed(facts, settings, today, limit, settings.rounds_unknown)
        if unknown:
            _fire(into, Code.R3, unknown[0], *unknown[1])
    _relapsed(facts, into)
    if progress == Progress.off_track:
        # It began with the latest update or before: the latest day it can have begun.
        _fire(into, Code.R6, facts.last_update_on)
    regulator = facts.regulator_date
    if not facts.regulatory or regulator is None:
        return
    left = (regulator - today).days
    near = settings.regulator_near_days
    if left < 0:
        _fire(into, Code.R7, regulator + days(1), ("date", regulator), ("left", left))
    elif left <= near and progress not in (Progress.on_track, Progress.complete):
        _fire(into, Code.R7, regulator - days(near), ("date", regulator), ("left", left))


def _undelivered_ambers(
    facts: Facts, settings: RatingSettings, today: date, held: Sequence[Held], into: list[Reason]
) -> None:
    start, progress = facts.start_date, facts.progress
    if progress == Progress.not_started and start is not None and start < today:
        _fire(into, Code.A1, start + days(1), ("start", start), ("days", (today - start).days))
    if may_be_asked(facts, today):
        _due_soon(facts, settings, today, into)
        stale = _idle_limit_passed(facts, settings, today, settings.stale_days, settings.rounds_stale)
        if stale:
            _fire(into, Code.A3, stale[0], *stale[1])
    if held:
        since = min((each.since for each in held if each.since), default=None)
        red = tuple(each.key for each in held if each.is_red)
        later = tuple(each.key for each in held if not each.is_red)
        _fire(into, Code.A4, since, ("red", red), ("later", later))
    if not (facts.external_contact if facts.external_lead else facts.has_owner):
        _fire(into, Code.A5, None, ("external", facts.external_lead))
    if settings.slipped_rule and (facts.slips >= settings.slipped_times or facts.slip_days > settings.slipped_days):
        _fire(into, Code.A6, None, ("slips", facts.slips), ("days", facts.slip_days))
    if facts.due_date is None:
        _fire(into, Code.A10, None)
    if progress == Progress.at_risk:
        _fire(into, Code.A13, facts.last_update_on)
    regulator = facts.regulator_date
    if facts.regulatory and regulator is not None:
        left = (regulator - today).days
        if 0 <= left <= settings.regulator_near_days:
            since = regulator - days(settings.regulator_near_days)
            _fire(into, Code.A14, since, ("date", regulator), ("left", left))
    if _is_waiting_for_validation(facts):
        _fire(into, Code.A15, facts.claimed_on, ("claimed", facts.claimed_on))
    _reopened(facts, into)


def _due_soon(facts: Facts, settings: RatingSettings, today: date, into: list[Reason]) -> None:
    due = facts.due_date
    if due is None or due < today:
        return
    left = (due - today).days
    if facts.progress == Progress.not_started and left <= settings.due_soon_days:
        since = due - days(settings.due_soon_days)
        if facts.start_date is not None and facts.start_date > since:
            since = facts.start_date
        _fire(into, Code.A2, since, ("due", due), ("left", left), ("idle", None))
    elif left <= settings.due_quiet_days:
        touched = touched_on(facts, today)
        idle = (today - touched).days
        if idle > settings.quiet_days:
            since = max(due - days(settings.due_quiet_days), touched + days(settings.quiet_days + 1))
            _fire(into, Code.A2, since, ("due", due), ("left", left), ("idle", idle))


def _is_waiting_for_validation(facts: Facts) -> bool:
    claimed, due = facts.claimed_on, facts.due_date
    return claimed is not None and due is not None and claimed <= due


def _delivered(facts: Facts, settings: RatingSettings, today: date, into: list[Reason]) -> None:
    by, returned = facts.evidence_by_date, returned_this_round(facts)
    is_in = proof_is_in(facts)
    grace = settings.return_grace_days
    has_grace = returned is not None and (today - returned).days <= grace
    left = None if by is None else (by - today).days
    if by is not None and by < today and not is_in and not has_grace:
        since = by + days(1) if returned is None else max(by + days(1), returned + days(grace + 1))
        _fire(into, Code.R2, since, ("by", by), ("days", (today - by).days))
    if returned is not None and not is_in and not has_grace:
        since, ago = returned + days(grace + 1), (today - returned).days
        _fire(into, Code.R4, since, ("returned", returned), ("days", ago))
    _relapsed(facts, into)
    if by is not None and left is not None and not is_in:
        soon = settings.proof_due_soon_days
        if 0 <= left <= soon or (left < 0 and has_grace):
            since = by - days(soon) if returned is None else max(by - days(soon), returned)
            _fire(into, Code.A7, since, ("by", by), ("left", left))
    _concern(facts, into)
    if by is not None and by < today and is_in:
        accepted, submitted = facts.accepted_on, facts.submitted_on
        if accepted is not None and submitted is not None and accepted < submitted:
            accepted = None  # what was accepted is not what waits
        _fire(into, Code.A11, by + days(1), ("by", by), ("accepted", accepted))
    _reopened(facts, into)


def _assured(facts: Facts, today: date, into: list[Reason]) -> None:
    _relapsed(facts, into)
    _concern(facts, into)
    retest = facts.retest_date
    if retest is not None and retest < today:
        _fire(into, Code.A9, retest + days(1), ("retest", retest), ("days", (today - retest).days))


def _concern(facts: Facts, into: list[Reason]) -> None:
    if facts.concern_since is not None:
        _fire(into, Code.A8, facts.concern_since, ("since", facts.concern_since))


def _has_recovery(facts: Facts) -> bool:
    """A recovery plan was accepted for the latest relapse, not for an earlier one."""
    accepted, reopened = facts.recovery_accepted_on, facts.reopened_on
    return accepted is not None and reopened is not None and accepted >= reopened


def _relapsed(facts: Facts, into: list[Reason]) -> None:
    if facts.reopened_on is not None and not _has_recovery(facts):
        _fire(into, Code.R5, facts.reopened_on, ("reopened", facts.reopened_on))


def _reopened(facts: Facts, into: list[Reason]) -> None:
    """A16; an action that is assured again is no longer waiting to be."""
    if _has_recovery(facts):
        accepted = facts.recovery_accepted_on
        _fire(into, Code.A16, accepted, ("reopened", facts.reopened_on), ("accepted", accepted))
