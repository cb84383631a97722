"""What the actions' doors take and give; names and shapes are the contract's."""

from app.actions.schemas.asked import filters_asked
from app.actions.schemas.bulk import (
    ChangedOwner,
    ChangedRow,
    CopyAction,
    EditMany,
    FieldChangeRead,
    HandOver,
    ManyChanges,
    ManyRead,
    MoveAction,
    PasteActions,
    PastedRow,
    PasteRead,
)
from app.actions.schemas.given import (
    ChangedAction,
    DraftDates,
    GivenMilestone,
    NewAction,
    Short,
    Title,
    UpdateAction,
    Who,
    WritableAction,
)
from app.actions.schemas.listing import ListFilters
from app.actions.schemas.reads import (
    ActionRead,
    LatestUpdateRead,
    MilestoneRead,
    ReasonRead,
    UpdateRead,
)
from app.actions.schemas.views import ChangeView, SaveView, ViewRead

__all__ = [
    "ActionRead",
    "ChangeView",
    "ChangedAction",
    "ChangedOwner",
    "ChangedRow",
    "CopyAction",
    "DraftDates",
    "EditMany",
    "FieldChangeRead",
    "GivenMilestone",
    "HandOver",
    "LatestUpdateRead",
    "ListFilters",
    "ManyChanges",
    "ManyRead",
    "MilestoneRead",
    "MoveAction",
    "NewAction",
    "PasteActions",
    "PasteRead",
    "PastedRow",
    "ReasonRead",
    "SaveView",
    "Short",
    "Title",
    "UpdateAction",
    "UpdateRead",
    "ViewRead",
    "Who",
    "WritableAction",
    "filters_asked",
]
