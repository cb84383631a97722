"""The thresholds of the rating rules in words, in the order people think of them."""

from dataclasses import dataclass
from typing import Any

from app.core.words import N_, _
from app.plans.rules import RatingSettings


@dataclass(frozen=True, slots=True)
class Threshold:
    """name: of the setting; unit: of its number, empty for a switch; value as the plan has it."""

    name: str
    words: str
    unit: str
    value: Any
    default: Any

    @property
    def is_switch(self) -> bool:
        return isinstance(self.default, bool)


_GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        N_("When an action has not been heard of"),
        (
            ("idle_grace_days", N_("Grace after the reporting day (A3, R3)"), N_("days")),
            ("unknown_cadences", N_("Reporting periods missed before the position is unknown (R3)"), N_("periods")),
            ("update_rounds", N_("Count closed update rounds instead of days (A3, R3)"), ""),
            ("rounds_stale", N_("Rounds missed before it is stale (A3)"), N_("rounds")),
            ("rounds_unknown", N_("Rounds missed before the position is unknown (R3)"), N_("rounds")),
        ),
    ),
    (
        N_("When a date comes near"),
        (
            ("due_soon_days", N_("Due and not started (A2)"), N_("days before")),
            ("due_quiet_days", N_("Due and quiet (A2)"), N_("days before")),
            ("quiet_days", N_("Quiet means no word for more than (A2)"), N_("days")),
            ("regulator_near_days", N_("Regulator's date near (R7, A14)"), N_("days before")),
            ("slipped_rule", N_("Show actions whose date has slipped as amber (A6)"), ""),
            ("slipped_times", N_("Slips before it is amber (A6)"), N_("slips")),
            ("slipped_days", N_("Or days later than first agreed (A6)"), N_("days")),
        ),
    ),
    (
        N_("When proof is due"),
        (
            ("evidence_by_default_days", N_("Proof is due after delivery in"), N_("days")),
            ("proof_due_soon_days", N_("Proof due soon (A7)"), N_("days before")),
            ("return_grace_days", N_("Returned proof stays amber for (R2, R4, A7)"), N_("days")),
            ("evidence_by_relapse_days", N_("Proof is due after assurance was withdrawn in"), N_("days")),
        ),
    ),
    (
        N_("Re-tests"),
        (
            ("retest_months_regulatory", N_("Re-test of a regulatory action after"), N_("months")),
            ("retest_months_other", N_("Re-test of any other action after"), N_("months")),
            ("retest_months_imported", N_("Re-test of what was assured before this tool within"), N_("months")),
            ("embedded_stage", N_("Use the stage Embedded"), ""),
            ("embedded_retest_months", N_("Embedded needs a re-test passed at"), N_("months or more")),
            ("voices_view", N_("Ask for the voices partnership's view before assurance"), ""),
        ),
    ),
    (
        N_("Who may move a due date"),
        (
            ("executive_date_moves", N_("The lead executive may move it"), N_("times")),
            ("executive_date_days", N_("and each time by up to"), N_("days")),
        ),
    ),
    (
        N_("The headline of a priority or the plan"),
        (
            ("headline_red_least", N_("Red needs at least"), N_("red actions")),
            ("headline_red_share", N_("and at least"), N_("per cent red")),
            ("headline_amber_share", N_("Amber needs any red, or at least"), N_("per cent amber")),
        ),
    ),
)
_DEFAULT = RatingSettings()
SWITCHES = frozenset(
    name for _title, lines in _GROUPS for name, _words, _unit in lines if isinstance(getattr(_DEFAULT, name), bool)
)


def thresholds(settings: RatingSettings) -> list[tuple[str, list[Threshold]]]:
    """Every threshold but the cadence, in groups with a title each."""
    return [
        (
            _(title),
            [
                Threshold(name, _(words), _(unit) if unit else "", getattr(settings, name), getattr(_DEFAULT, name))
                for name, words, unit in lines
            ],
        )
        for title, lines in _GROUPS
    ]
