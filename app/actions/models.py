"""Tables of actions. An action is an aggregate: a change to any part raises the action's revision."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint, Uuid
from sqlmodel import Field

from app.actions.rules import Progress, Stage
from app.core.columns import Document, PlanOwned, PlanTracked, Row, Tracked, choice


class Action(PlanTracked, table=True):
    """What was promised. The columns below `stage` are facts the rating needs; upper rooms write theirs by command."""

    __table_args__: ClassVar = (UniqueConstraint("plan_id", "ref"),)
    sealed_fields: ClassVar[tuple[str, ...]] = (
        "title", "intended_outcome", "success_measure", "external_contact", "exit_why", "own",
    )  # fmt: skip
    ref: str = Field(max_length=32)
    title: str = Field(max_length=300)
    intended_outcome: str = Field(default="", max_length=4000)
    success_measure: str = Field(default="", max_length=4000)
    priority_id: UUID = Field(foreign_key="priority.id", sa_type=Uuid)
    position: int = 0
    lead_executive_id: UUID | None = Field(default=None, foreign_key="account.id", sa_type=Uuid)
    accountable_person_id: UUID | None = Field(default=None, foreign_key="account.id", sa_type=Uuid)
    organisation_id: UUID = Field(foreign_key="organisation.id", sa_type=Uuid)
    created_on: date
    start_date: date | None = None
    original_due_date: date | None = None
    due_date: date | None = None
    completion_date: date | None = None
    evidence_by_date: date | None = None
    retest_date: date | None = None
    external_lead: bool = False
    external_contact: str = Field(default="", max_length=200)
    last_chased_on: date | None = None
    regulatory: bool = False
    regulator_date: date | None = None

    stage: Stage = Field(default=Stage.not_delivered, sa_type=choice(Stage))
    progress: Progress = Field(default=Progress.not_started, sa_type=choice(Progress))
    slips: int = 0
    slip_days: int = 0
    claimed_on: date | None = None
    submitted_on: date | None = None
    accepted_on: date | None = None
    returned_on: date | None = None
    reopened_on: date | None = None
    recovery_accepted_on: date | None = None
    concern_since: date | None = None
    last_update_on: date | None = None
    assured_before_tool: bool = False
    # Who brought it in as assured; a validator who is somebody else confirms it.
    imported_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    before_tool_confirmed_on: date | None = None
    # The date agreed in the plan's latest edition; slips are counted from it, the original one stays.
    edition_due_date: date | None = None
    replaced_by_id: UUID | None = Field(default=None, foreign_key="action.id", sa_type=Uuid)
    exit_why: str = Field(default="", max_length=2000)
    # What it holds in the plan's own fields, as `own.spelled` writes it; one text, so that it can be removed as one.
    own: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})
    # Not a foreign key: updates point here already. Written by `update_action` alone.
    latest_update_id: UUID | None = Field(default=None, sa_type=Uuid)
    # Proposals of this action that nobody has decided; the room above counts them.
    open_proposals: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    updated_at: datetime


class ActionPart(PlanTracked):
    """A row of an action's aggregate."""

    action_id: UUID = Field(foreign_key="action.id", sa_type=Uuid, index=True)

    def root(self) -> tuple[type[Tracked], UUID] | None:
        return Action, self.action_id


class RecommendationLink(ActionPart, table=True):
    """The action answers a recommendation: it meets it, or contributes to it."""

    __tablename__ = "action_recommendation"
    __table_args__: ClassVar = (UniqueConstraint("action_id", "recommendation_id"),)
    recommendation_id: UUID = Field(foreign_key="recommendation.id", sa_type=Uuid, index=True)
    meets: bool = True


class Contributor(ActionPart, table=True):
    __tablename__ = "action_contributor"
    __table_args__: ClassVar = (UniqueConstraint("action_id", "account_id"),)
    account_id: UUID = Field(foreign_key="account.id", sa_type=Uuid, index=True)


class Dependency(ActionPart, table=True):
    __tablename__ = "action_dependency"
    __table_args__: ClassVar = (UniqueConstraint("action_id", "depends_on_id"),)
    depends_on_id: UUID = Field(foreign_key="action.id", sa_type=Uuid, index=True)


class Milestone(ActionPart, table=True):
    sealed_fields: ClassVar[tuple[str, ...]] = ("title",)
    title: str = Field(max_length=300)
    due_date: date | None = None
    done_on: date | None = None
    position: int = 0


class Update(ActionPart, table=True):
    """The period's word on an action; kept for ever, never overwritten."""

    __tablename__ = "action_update"
    __table_args__: ClassVar = (Index("ix_action_update_action_said", "action_id", "said_on", "made_at"),)
    sealed_fields: ClassVar[tuple[str, ...]] = (
        "commentary", "cause", "mitigation", "help_needed", "by_name", "for_name", "told_how",
    )  # fmt: skip
    said_on: date
    made_at: datetime
    by_id: UUID | None = Field(default=None, sa_type=Uuid)
    by_name: str = Field(max_length=120)
    # For whom the office wrote it, and how they told it.
    for_id: UUID | None = Field(default=None, foreign_key="account.id", sa_type=Uuid)
    for_name: str = Field(default="", max_length=120)
    told_how: str = Field(default="", max_length=120)
    progress: Progress = Field(sa_type=choice(Progress))
    commentary: str = Field(default="", max_length=4000)
    cause: str = Field(default="", max_length=2000)
    mitigation: str = Field(default="", max_length=2000)
    help_needed: str = Field(default="", max_length=2000)
    forecast: date | None = None
    # "Still true": two running stop counting as an update.
    no_change: bool = False


class Draft(PlanOwned, Row, table=True):
    """What somebody has typed and not saved. Outside the ledger; holds no NHS number; gone when it is saved."""

    __table_args__: ClassVar = (UniqueConstraint("account_id", "action_id", "form"),)
    account_id: UUID = Field(foreign_key="account.id", sa_type=Uuid)
    action_id: UUID = Field(foreign_key="action.id", sa_type=Uuid, index=True)
    form: str = Field(default="update", max_length=32)
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    kept_at: datetime


class SavedView(PlanOwned, Row, table=True):
    """A state of the tracker under a name: somebody's own, or shared with all who read the plan.

    Outside the ledger: it says where to look, nothing about the plan. slug: its address, one in the whole plan.
    """

    __tablename__ = "saved_view"
    __table_args__: ClassVar = (UniqueConstraint("plan_id", "slug"),)
    account_id: UUID = Field(foreign_key="account.id", sa_type=Uuid, index=True)
    slug: str = Field(max_length=64)
    name: str = Field(max_length=80)
    query: str = Field(max_length=2000)
    shared: bool = False
    saved_at: datetime


class DefaultView(PlanOwned, Row, table=True):
    """The view that somebody's tracker of this plan opens with."""

    __tablename__ = "default_view"
    __table_args__: ClassVar = (UniqueConstraint("account_id", "plan_id"),)
    account_id: UUID = Field(foreign_key="account.id", sa_type=Uuid)
    view_id: UUID = Field(foreign_key="saved_view.id", sa_type=Uuid, index=True)
