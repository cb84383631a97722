"""The columns of a plan as a spreadsheet, in our layout and in the classic one: what is written is what is read.

Both directions use these headings and words, so that an export read again changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.actions.rules import Progress, Stage
from app.core.words import N_, _


class Layout(StrEnum):
    ours = "ours"
    classic = "classic"


class Kind(StrEnum):
    """What a cell holds. choice: one of the words of `CHOICES`; several: separated by `APART`."""

    text = "text"
    day = "day"
    instant = "instant"
    number = "number"
    yes = "yes"
    choice = "choice"
    several = "several"


@dataclass(frozen=True, slots=True)
class Column:
    """key: the field, one name in both layouts; width: in characters; means: for the sheet of definitions.

    told: it says what the system knows, and is not read back.
    """

    key: str
    heading: str
    means: str
    kind: Kind = Kind.text
    width: int = 14
    told: bool = False


APART = "; "
# Before a recommendation that an action does not meet but contributes to, where one column holds both.
CONTRIBUTES = "contributes to "
# A row of its own above the actions of a priority.
GROUP_ROW = "Priority {ref}: {title}"
YES, NO = N_("Yes"), N_("No")

DELIVERY: Mapping[Stage, str] = {
    Stage.not_delivered: "Not Yet Delivered",
    Stage.delivered: "Delivered, Not Yet Evidenced",
    Stage.assured: "Evidenced and Assured",
    Stage.embedded: "Embedded",
    Stage.superseded: "Superseded",
    Stage.descoped: "De-scoped",
    Stage.not_applicable: "Not applicable",
}
PROGRESS: Mapping[Progress, str] = {
    Progress.not_started: "Not started",
    Progress.off_track: "Off track",
    Progress.at_risk: "At risk",
    Progress.on_track: "On track",
    Progress.complete: "Complete",
}

_REF = N_("The action's number in the plan; it never changes.")
_DUE = N_("The day it is due now, after every change that was agreed.")
_STAGE = N_("How far it has been accepted as done: not delivered, delivered, evidenced and assured, embedded.")
_PROGRESS = N_("How its owner says it is going.")
_SAID = N_("What was last said about it.")
_COMPLETED = N_("The day it was completed.")
_EVIDENCE_BY = N_("The day by which its effect is to be proven.")
_ACCEPTED = N_("The day its proof was accepted.")
_EXECUTIVE = N_("The lead executive.")
_OWNER = N_("The person accountable for it.")
_ANSWERED = N_("The recommendations it answers.")
_START = N_("The day work starts.")
_WHERE = N_("Where the evidence is kept.")

CLASSIC = (
    Column("ref", "Reference", _REF, width=11),
    Column("title", "Action required", N_("What is to be done."), width=44),
    Column("linked", "Linked plans", _ANSWERED, Kind.several, 18),
    Column("start_date", "Start date", _START, Kind.day, 12),
    Column("due_date", "Due date", _DUE, Kind.day, 12),
    Column("stage", "Delivery status", _STAGE, Kind.choice, 18),
    Column("progress", "Progress status", _PROGRESS, Kind.choice, 13),
    Column("commentary", "Commentary this period", _SAID, width=52),
    Column("completion_date", "Actual completion date", _COMPLETED, Kind.day, 12),
    Column("evidence_by_date", "Date to be evidenced by", _EVIDENCE_BY, Kind.day, 12),
    Column("accepted_on", "Date evidenced", _ACCEPTED, Kind.day, 12, told=True),
    Column("lead_executive", "Lead executive", _EXECUTIVE, width=20),
    Column("accountable_person", "Accountable person", _OWNER, width=20),
    Column("evidence", "Location of evidence", _WHERE, width=30, told=True),
)
OURS = (
    Column("ref", N_("Reference"), _REF, width=11),
    Column("title", N_("Action"), N_("What is to be done."), width=44),
    Column("rating", N_("Rating"), N_("The colour that the rules give it, in the plan's own word."), width=20,
           told=True),
    Column("label", N_("Cause"), N_("What the colour comes from."), width=18, told=True),
    Column("reasons", N_("Reasons"), N_("Each rule that fired, as a sentence."), width=40, told=True),
    Column("stage", N_("Delivery stage"), _STAGE, Kind.choice, 21),
    Column("progress", N_("Progress"), _PROGRESS, Kind.choice, 13),
    Column("due_date", N_("Due date"), _DUE, Kind.day, 12),
    Column("lead_executive", N_("Lead executive"), _EXECUTIVE, width=20),
    Column("accountable_person", N_("Accountable person"), _OWNER, width=20),
    Column("commentary", N_("Latest commentary"), _SAID, width=52),
    Column("forecast", N_("Forecast"), N_("The day its owner expects to be done."), Kind.day, 12),
    Column("help_needed", N_("Help needed"), N_("What its owner asks for."), width=30),
    Column("priority", N_("Priority"), N_("The priority it belongs to, by number and title."), width=44),
    Column("said_at", N_("Commentary given at"), N_("When it was written down, in London time."), Kind.instant, 16,
           told=True),
    Column("said_by", N_("Commentary given by"), N_("Who wrote it down."), width=20, told=True),
    Column("intended_outcome", N_("Intended outcome"),
           N_("What is to be different for women, birthing people and babies."), width=36),
    Column("success_measure", N_("Success measure"), N_("How it will be known."), width=30),
    Column("recommendations", N_("Recommendations met"), N_("Those that the action meets by itself."), Kind.several,
           22),
    Column("contributes_to", N_("Recommendations contributed to"), N_("Those that it meets only with other actions."),
           Kind.several, 22),
    Column("start_date", N_("Start date"), _START, Kind.day, 12),
    Column("original_due_date", N_("Original due date"), N_("The first due date that was agreed."), Kind.day, 12),
    Column("completion_date", N_("Completion date"), _COMPLETED, Kind.day, 12),
    Column("evidence_by_date", N_("Evidence-by date"), _EVIDENCE_BY, Kind.day, 12),
    Column("accepted_on", N_("Proof accepted on"), _ACCEPTED, Kind.day, 12, told=True),
    Column("retest_date", N_("Re-test date"), N_("The day it is tested again whether the change has held."), Kind.day,
           12),
    Column("organisation", N_("Lead organisation"), N_("The code of the organisation that leads it."), width=12),
    Column("external_lead", N_("Led from outside"), N_("Whether a body outside the plan leads it."), Kind.yes, 9),
    Column("external_contact", N_("Outside contact"), N_("Whom to ask there."), width=20),
    Column("last_chased_on", N_("Last chased on"), N_("The day that body was last asked."), Kind.day, 12),
    Column("regulatory", N_("Regulatory"), N_("Whether a regulator requires it."), Kind.yes, 11),
    Column("regulator_date", N_("Regulator's date"), N_("The day the regulator set."), Kind.day, 12),
    Column("slips", N_("Times its date moved"), N_("How often the due date was moved later."), Kind.number, 9,
           told=True),
    Column("slip_days", N_("Days its date moved"), N_("How many days later in all."), Kind.number, 9, told=True),
    Column("depends_on", N_("Depends on"), N_("The actions that must be delivered first."), Kind.several, 14),
    Column("contributors", N_("Contributors"), N_("Those who work on it with its owner."), Kind.several, 24),
    Column("milestones", N_("Milestones"), N_("Its steps with their dates."), width=36, told=True),
    Column("evidence", N_("Location of evidence"), _WHERE, width=30, told=True),
    Column("open_proposals", N_("Waiting for a decision"), N_("How many proposals nobody has decided."), Kind.number,
           10, told=True),
)  # fmt: skip
# Up to this column a sheet is printed: more would be too small to read on one page.
PRINTED_TO = "help_needed"
LAYOUTS: Mapping[Layout, tuple[Column, ...]] = {Layout.ours: OURS, Layout.classic: CLASSIC}


def exported(headings: Sequence[str]) -> tuple[Column, ...]:
    """The columns of the layout of ours that a sheet begins with, none where it is no export; a plan's own follow."""
    for columns in LAYOUTS.values():
        written = [c.heading for c in columns]
        if [*headings[: len(columns)]] in (written, [_(h) for h in written]):
            return columns
    return ()
