"""What the rating will become if nobody does anything, and what would change it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.actions.rules.codes import Code, Rating, Reason
from app.actions.rules.facts import Facts, Stage, days
from app.actions.rules.rating import Held, held_by, rate
from app.plans.rules import RatingSettings


@dataclass(frozen=True, slots=True)
class Change:
    """The day on which the colour or label changes, and the rules that begin to fire that day."""

    day: date
    before: Rating
    after: Rating
    reasons: tuple[Reason, ...]

    @property
    def is_worse(self) -> bool:
        return self.after.colour.severity > self.before.colour.severity


def next_changes(
    facts: Facts,
    settings: RatingSettings,
    today: date,
    horizon_days: int,
    dependencies: Sequence[Facts] = (),
) -> tuple[Change, ...]:
    """The changes of colour or label from tomorrow to `horizon_days` ahead, if nobody does anything.

    dependencies: the facts of the actions it depends on, without which A4 is left out.
    """
    before = _rating_on(facts, settings, today, dependencies)
    if facts.stage.is_exited:
        return ()
    changes = []
    for ahead in range(1, horizon_days + 1):
        that_day = today + days(ahead)
        after = _rating_on(facts, settings, that_day, dependencies)
        if (after.colour, after.label) != (before.colour, before.label):
            known = before.codes
            begun = tuple(reason for reason in after.reasons if reason.code not in known)
            changes.append(Change(that_day, before, after, begun))
        before = after
    return tuple(changes)


def _rating_on(facts: Facts, settings: RatingSettings, that_day: date, dependencies: Sequence[Facts]) -> Rating:
    held: tuple[Held, ...] = ()
    if dependencies and facts.stage == Stage.not_delivered:
        others = (each for each in dependencies if each.key in facts.depends_on)
        held = held_by(facts, ((each, rate(each, settings, that_day)) for each in others))
    return rate(facts, settings, that_day, held)


class Remedy(StrEnum):
    """What would stop a rule from firing; `app.actions.reasons` words it."""

    deliver_or_new_date = "deliver_or_new_date"
    submit_proof = "submit_proof"
    give_update = "give_update"
    answer_return = "answer_return"
    agree_recovery = "agree_recovery"
    back_on_track = "back_on_track"
    deliver_or_agree_with_regulator = "deliver_or_agree_with_regulator"
    start = "start"
    free_dependency = "free_dependency"
    name_owner = "name_owner"
    name_contact = "name_contact"
    deliver = "deliver"
    turn_measure = "turn_measure"
    retest = "retest"
    set_date = "set_date"
    panel_decides = "panel_decides"
    validator_decides = "validator_decides"
    assure_again = "assure_again"


_REMEDIES: Mapping[Code, Remedy] = {
    Code.R1: Remedy.deliver_or_new_date,
    Code.R2: Remedy.submit_proof,
    Code.R3: Remedy.give_update,
    Code.R4: Remedy.answer_return,
    Code.R5: Remedy.agree_recovery,
    Code.R6: Remedy.back_on_track,
    Code.R7: Remedy.deliver_or_agree_with_regulator,
    Code.A1: Remedy.start,
    Code.A2: Remedy.start,
    Code.A3: Remedy.give_update,
    Code.A4: Remedy.free_dependency,
    Code.A5: Remedy.name_owner,
    Code.A6: Remedy.deliver,
    Code.A7: Remedy.submit_proof,
    Code.A8: Remedy.turn_measure,
    Code.A9: Remedy.retest,
    Code.A10: Remedy.set_date,
    Code.A11: Remedy.panel_decides,
    Code.A13: Remedy.back_on_track,
    Code.A14: Remedy.deliver_or_agree_with_regulator,
    Code.A15: Remedy.validator_decides,
    Code.A16: Remedy.assure_again,
}


def remedy(reason: Reason) -> Remedy:
    """What would stop this rule from firing."""
    if reason.code == Code.A5 and reason.named.get("external"):
        return Remedy.name_contact
    if reason.code == Code.A2 and reason.named.get("idle") is not None:
        return Remedy.give_update
    return _REMEDIES[reason.code]
