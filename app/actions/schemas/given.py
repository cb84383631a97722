"""What the doors take about one action; names and shapes are the contract's."""

from typing import Annotated

from pydantic import Field

from app.actions.rules import Progress
from app.core.dates import OptionalDay
from app.core.given import Given
from app.core.text import Line, OptionalLine, OptionalText, Writing

Title = Annotated[str, Writing(300, lines=False)]
Short = Annotated[str | None, Writing(2000, optional=True)]
Who = Annotated[str | None, Writing(254, lines=False, optional=True)]
# As long as a cell of a spreadsheet, which they come from.
OwnValue = Annotated[str | None, Writing(40_000, optional=True)]
OwnKey = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,64}$")]
OwnFields = Annotated[dict[OwnKey, OwnValue], Field(max_length=40)]
Names = Annotated[list[Line] | None, Field(max_length=200)]


class GivenMilestone(Given):
    title: Title
    due_date: OptionalDay = None
    done_on: OptionalDay = None


class WritableAction(Given):
    """The writable fields, each may be left out. People are e-mail addresses, `priority` a priority's ref.

    own_fields: values of the plan's own fields by their keys, as `fields` of the plan lists them; those that are not
    sent stay, null empties one, a day is written 2026-10-31.
    """

    title: Title | None = None
    intended_outcome: OptionalText = None
    success_measure: OptionalText = None
    priority: OptionalLine = None
    lead_executive: Who = None
    accountable_person: Who = None
    organisation: Who = None
    start_date: OptionalDay = None
    due_date: OptionalDay = None
    progress: Progress | None = None
    external_lead: bool | None = None
    external_contact: OptionalLine = None
    last_chased_on: OptionalDay = None
    regulatory: bool | None = None
    regulator_date: OptionalDay = None
    milestones: Annotated[list[GivenMilestone] | None, Field(max_length=100)] = None
    depends_on: Names = None
    recommendations: Names = None
    contributes_to: Names = None
    contributors: Names = None
    own_fields: OwnFields | None = None
    # With the change: a report of progress, and why.
    commentary: OptionalText = None
    cause: Short = None
    mitigation: Short = None
    help_needed: Short = None
    forecast: OptionalDay = None
    why: Short = None


class DraftDates(Given):
    """Dates that only a draft plan lets anybody set freely."""

    original_due_date: OptionalDay = None
    completion_date: OptionalDay = None
    evidence_by_date: OptionalDay = None
    retest_date: OptionalDay = None


class ChangedAction(WritableAction, DraftDates):
    """PATCH: only the fields that are sent change; null empties one."""


class NewAction(WritableAction, DraftDates):
    ref: OptionalLine = None
    title: Title
    priority: Line


class UpdateAction(Given):
    """A report of progress, from the row, the page or a program.

    for_person, told_how, said_on: the office writes for somebody who told them on a day. no_change says that what
    was last reported is still true; it needs no commentary.
    """

    progress: Progress | None = None
    commentary: OptionalText = None
    cause: Short = None
    mitigation: Short = None
    help_needed: Short = None
    forecast: OptionalDay = None
    no_change: bool = False
    for_person: Who = None
    told_how: OptionalLine = None
    said_on: OptionalDay = None
