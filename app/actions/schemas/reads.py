"""What the doors give: an action and its updates as the contract shapes them."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.actions.rules import Progress, Stage


class ReasonRead(BaseModel):
    code: str
    text: str


class MilestoneRead(BaseModel):
    title: str
    due_date: date | None
    done_on: date | None


class LatestUpdateRead(BaseModel):
    model_config = ConfigDict(serialize_by_alias=True)

    at: datetime
    by: str
    for_: str | None = Field(alias="for", serialization_alias="for")
    commentary: str
    forecast: date | None
    help_needed: str | None


class UpdateRead(BaseModel):
    """What was reported. said_on: the day it was told; made_at: the instant it was written down."""

    id: UUID
    said_on: date
    made_at: datetime
    by_name: str
    for_name: str
    told_how: str
    progress: Progress
    commentary: str
    cause: str
    mitigation: str
    help_needed: str
    forecast: date | None
    no_change: bool


class ActionRead(BaseModel):
    """An action as the contract shapes it.

    concealed: restricted to named people, of whom the caller is none. Its words, people, parts and updates are left
    empty; its title is the public one.
    """

    id: UUID
    ref: str
    title: str
    intended_outcome: str | None
    success_measure: str | None
    priority: str
    priority_title: str
    lead_executive: str | None
    lead_executive_name: str | None
    accountable_person: str | None
    accountable_person_name: str | None
    organisation: str
    start_date: date | None
    original_due_date: date | None
    due_date: date | None
    completion_date: date | None
    evidence_by_date: date | None
    retest_date: date | None
    retest_handed_over: bool
    stage: Stage
    progress: Progress
    rating: str
    label: str
    rating_reasons: list[ReasonRead]
    external_lead: bool
    external_contact: str | None
    last_chased_on: date | None
    regulatory: bool
    regulator_date: date | None
    slips: int
    slip_days: int
    milestones: list[MilestoneRead]
    depends_on: list[str]
    recommendations: list[str]
    contributes_to: list[str]
    contributors: list[str]
    latest_update: LatestUpdateRead | None
    own_fields: dict[str, str]
    concealed: bool = False
    revision: int
    updated_at: datetime
    url: str
