"""The words for codes that stand alone: labels, stages, progress, colours, flags, remedies and steps."""

from collections.abc import Mapping

from app.actions.rules import Colour, Flag, Label, Progress, Remedy, Stage, Step
from app.core.words import N_, _

LABELS: Mapping[str, str] = {
    Label.overdue: N_("Overdue"),
    Label.proof_overdue: N_("Proof overdue"),
    Label.position_unknown: N_("Position unknown"),
    Label.proof_returned: N_("Proof returned"),
    Label.relapsed: N_("Relapsed"),
    Label.off_track: N_("Off track"),
    Label.regulator_date: N_("Regulator's date"),
    Label.should_have_started: N_("Should have started"),
    Label.due_soon: N_("Due soon"),
    Label.no_recent_update: N_("No recent update"),
    Label.held_up: N_("Held up"),
    Label.no_owner: N_("No owner"),
    Label.slipped: N_("Slipped"),
    Label.proof_due_soon: N_("Proof due soon"),
    Label.measure_of_concern: N_("Measure of concern"),
    Label.retest_due: N_("Re-test due"),
    Label.no_date: N_("No date"),
    Label.waiting_for_panel: N_("Waiting for the panel"),
    Label.at_risk: N_("At risk"),
    Label.regulator_date_near: N_("Regulator's date near"),
    Label.waiting_for_validation: N_("Waiting for validation"),
    Label.reopened: N_("Re-opened"),
    Label.on_track: N_("On track"),
    Label.not_started: N_("Not started"),
    Label.delivered_proof_due: N_("Delivered, proof due"),
    Label.assured: N_("Assured"),
    Label.embedded: N_("Embedded"),
    Label.superseded: N_("Superseded"),
    Label.descoped: N_("De-scoped"),
    Label.not_applicable: N_("Not applicable"),
}
STAGES: Mapping[str, str] = {
    Stage.not_delivered: N_("Not delivered"),
    Stage.delivered: N_("Delivered, not yet evidenced"),
    Stage.assured: N_("Evidenced and assured"),
    Stage.embedded: N_("Embedded"),
    Stage.superseded: N_("Superseded"),
    Stage.descoped: N_("De-scoped"),
    Stage.not_applicable: N_("Not applicable"),
}
PROGRESSES: Mapping[str, str] = {
    Progress.not_started: N_("Not started"),
    Progress.on_track: N_("On track"),
    Progress.at_risk: N_("At risk"),
    Progress.off_track: N_("Off track"),
    Progress.complete: N_("Complete"),
}
COLOURS: Mapping[str, str] = {
    Colour.red: N_("Red"),
    Colour.amber: N_("Amber"),
    Colour.green: N_("Green"),
    Colour.blue: N_("Blue"),
    Colour.grey: N_("Grey"),
}
FLAGS: Mapping[str, str] = {
    Flag.overdue: N_("Overdue"),
    Flag.stale: N_("No recent update"),
    Flag.unowned: N_("No owner"),
    Flag.evidence_overdue: N_("Proof overdue"),
    Flag.awaiting_decision: N_("Awaiting a decision"),
    Flag.external: N_("Led from outside"),
    Flag.slipped: N_("Date moved"),
    Flag.regulatory: N_("Regulatory"),
}
REMEDIES: Mapping[str, str] = {
    Remedy.deliver_or_new_date: N_("it is delivered or a new due date is agreed"),
    Remedy.submit_proof: N_("evidence of effect is submitted"),
    Remedy.give_update: N_("an update is given"),
    Remedy.answer_return: N_("new evidence of effect answers the return"),
    Remedy.agree_recovery: N_("a recovery plan is accepted"),
    Remedy.back_on_track: N_("the owner can say it is back on track"),
    Remedy.deliver_or_agree_with_regulator: N_("it is delivered or a new date is agreed with the regulator"),
    Remedy.start: N_("work starts or a new date is agreed"),
    Remedy.free_dependency: N_("what it waits for is put right or its own date is changed"),
    Remedy.name_owner: N_("an active accountable person is named"),
    Remedy.name_contact: N_("a contact at the leading organisation is named"),
    Remedy.deliver: N_("it is delivered"),
    Remedy.turn_measure: N_("the measure no longer shows concern"),
    Remedy.retest: N_("the re-test is done"),
    Remedy.set_date: N_("a due date or review date is set"),
    Remedy.panel_decides: N_("the assurance panel decides"),
    Remedy.validator_decides: N_("a validator decides on the delivery"),
    Remedy.assure_again: N_("the panel assures it again"),
}
STEPS: Mapping[str, str] = {
    Step.commentary: N_("Write what has happened."),
    Step.reason: N_("Give the reason."),
    Step.implementation_evidence: N_("Add at least one item of implementation evidence."),
    Step.completion_date: N_("Enter the completion date."),
    Step.completion_not_in_future: N_("The completion date must be today or in the past."),
    Step.evidence_by_after_completion: N_("The evidence-by date must not be before the completion date."),
    Step.effect_evidence: N_("Add at least one item of effect evidence dated after completion."),
    Step.retest_within_class: N_("The re-test date must be in the future and no later than its class allows."),
    Step.voices_view: N_("Ask the voices partnership for its view and enter the date."),
    Step.retest_passed: N_("A re-test must have been passed six months or more after assurance."),
    Step.new_due_date: N_("Enter the new due date."),
    Step.new_regulator_date: N_("Enter the regulator's new date."),
    Step.new_evidence_by_date: N_("Enter the new evidence-by date."),
    Step.replacement: N_("Name the action that replaces this one."),
    Step.recovery_plan: N_("Write the recovery plan."),
    Step.effect_accepted: N_(
        "No effect evidence dated after completion is accepted yet. It is accepted by a reviewer who neither submitted "
        "it nor owns the action."
    ),
    Step.meeting: N_("Name the meeting and its date."),
    Step.regulator_agreement: N_("Record the regulator's agreement."),
}


def label(code: str) -> str:
    return _(LABELS[code])


def stage_word(stage: str, *, before_tool: bool = False) -> str:
    """The stage in words; what a first import brought as assured says so."""
    return _("Assured before this tool") if before_tool else _(STAGES[stage])


def progress_word(progress: str) -> str:
    return _(PROGRESSES[progress])


def colour_word(colour: str, legend: Mapping[str, str] | None = None) -> str:
    """The colour's name, or the word the plan's own legend gives it."""
    return (legend or {}).get(colour) or _(COLOURS[colour])


def flag_word(flag: str) -> str:
    return _(FLAGS[flag])


def step_text(step: str) -> str:
    """What is missing at a gate, as something to do."""
    return _(STEPS[step])


def remedy_text(code: str) -> str:
    """What would change the rating, as it follows "unless" or "until"."""
    return _(REMEDIES[code])
