"""What a plan says of itself: title, vision, period, cadence, sponsor, legend, and its rating settings."""

from typing import Any

from app.core.db import Write
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.words import _
from app.people.queries import person_named
from app.plans.commands.life import claimed
from app.plans.models import Plan
from app.plans.queries import PlanAccess
from app.plans.rules import Cadence, PlanState, RatingSettings
from app.plans.schemas import ChangedLegend, ChangedPlan, ChangedSettings


def change_plan(tx: Write, *, slug: str, given: ChangedPlan, revision: int) -> Plan:
    """Only the fields that were sent change."""
    access, row = claimed(tx, slug, "plan.structure", revision=revision)
    # Named before the first change: a look at another row flushes.
    tx.act("plan.changed")
    sent = given.model_fields_set
    if "title" in sent:
        if given.title is None:
            raise Invalid("title", _("Enter a title."))
        row.title = given.title
    if "vision" in sent:
        row.vision = given.vision or ""
    if "period_start" in sent:
        row.period_start = given.period_start
    if "period_end" in sent:
        row.period_end = given.period_end
    if row.period_start and row.period_end and row.period_end < row.period_start:
        raise Invalid("period_end", _("The period ends before it begins. Enter a later day."))
    if given.cadence is not None and given.cadence is not row.cadence:
        _set_cadence(row, given.cadence)
    if "sponsor" in sent:
        row.sponsor_id = _person(tx, access, given.sponsor) if given.sponsor else None
    tx.flush()
    return row


def change_legend(tx: Write, *, slug: str, given: ChangedLegend, revision: int) -> Plan:
    """The word beside each colour; it never changes a colour."""
    access, row = claimed(tx, slug, "plan.legend", revision=revision)
    if row.state is not PlanState.draft and not access.may("plan.seats"):
        raise Forbidden(_("In a live plan the chair decides on the legend's words. Ask the chair to change them."))
    row.legend = {colour: word for colour, word in given.model_dump().items() if word}
    tx.act("plan.legend_changed")
    tx.flush()
    return row


def change_settings(tx: Write, *, slug: str, given: ChangedSettings, revision: int) -> Plan:
    """The rating settings of a draft; in a live plan each change is a decision."""
    _access, row = claimed(tx, slug, "plan.structure", revision=revision)
    if row.state is not PlanState.draft:
        raise Conflict(
            _("The plan is live, so a change of its rating rules is a decision. Ask for it."), "needs_a_decision"
        )
    apply_settings(row, given.model_dump(exclude_none=True))
    tx.act("plan.settings_changed")
    tx.flush()
    return row


def apply_settings(plan: Plan, values: dict[str, Any]) -> None:
    """Take over thresholds by name; those equal to the default are not kept. The caller names the act and flushes."""
    if "cadence" in values:
        plan.cadence = Cadence(values["cadence"])
    default = RatingSettings()
    kept = plan.settings | {k: v for k, v in values.items() if k != "cadence"}
    plan.settings = {k: v for k, v in kept.items() if v != getattr(default, k)}


def _set_cadence(row: Plan, cadence: Cadence) -> None:
    if row.state is not PlanState.draft:
        raise Invalid(
            "cadence", _("How often a live plan reports is one of its rating rules. Ask for a decision there.")
        )
    row.cadence = cadence


def _person(tx: Write, access: PlanAccess, email: str) -> Any:
    return person_named(tx, "sponsor", email, {access.organisation_id, *access.participants}).id
