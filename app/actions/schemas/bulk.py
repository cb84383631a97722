"""What acts on owners, order and many actions take and give."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from app.actions.schemas.given import Short, Title, Who
from app.core.dates import OptionalDay
from app.core.given import Given
from app.core.text import Line, OptionalLine, Writing


class ChangedOwner(Given):
    """accountable_person: the e-mail address of the new one; why: needed in a live plan."""

    accountable_person: Who
    why: Short = None


class HandOver(Given):
    """All that one person leads or owns in a plan goes to another. preview: say what would happen, and do nothing."""

    from_person: Line
    to_person: Line
    as_owner: bool = True
    as_executive: bool = True
    why: Annotated[str, Writing(2000)]
    preview: bool = False


class ManyChanges(Given):
    """What may be set on many actions at once; null empties a field."""

    priority: OptionalLine = None
    lead_executive: Who = None
    accountable_person: Who = None
    organisation: Who = None
    start_date: OptionalDay = None
    due_date: OptionalDay = None
    regulatory: bool | None = None
    regulator_date: OptionalDay = None
    external_lead: bool | None = None
    external_contact: OptionalLine = None
    last_chased_on: OptionalDay = None
    why: Short = None


class EditMany(Given):
    """The same change to many actions, all or none. revision: of the plan, as the preview gave it."""

    refs: Annotated[list[Line], Field(min_length=1, max_length=500)]
    changes: ManyChanges
    preview: bool = False
    revision: int | None = None


class CopyAction(Given):
    ref: OptionalLine = None
    title: Title | None = None


class MoveAction(Given):
    """before: the reference it shall stand before; null puts it last. priority: where to, if elsewhere."""

    before: OptionalLine = None
    priority: OptionalLine = None


class PasteActions(Given):
    """Rows of a spreadsheet as text, with tabs, semicolons or commas between cells.

    columns: the field of each column in order ("" leaves one out); without it the first row is the header.
    priority: of rows that name none. preview: say what would happen, and do nothing.
    """

    text: Annotated[str, Field(max_length=500_000)]
    columns: Annotated[list[str] | None, Field(max_length=60)] = None
    priority: OptionalLine = None
    preview: bool = False


class FieldChangeRead(BaseModel):
    field: str
    old: Any
    new: Any


class ChangedRow(BaseModel):
    """One action of an act on many: what changes, or why it cannot."""

    ref: str
    title: str
    changes: list[FieldChangeRead]
    refused: list[str]


class ManyRead(BaseModel):
    """done: whether it was applied; revision: of the plan, for the next call."""

    done: bool
    rows: list[ChangedRow]
    revision: int


class PastedRow(BaseModel):
    """A row as it was read: `row` counts the pasted rows from 1, the header included; errors by field."""

    row: int
    ref: str | None
    title: str
    values: dict[str, Any]
    errors: dict[str, str]


class PasteRead(BaseModel):
    """columns: the field each column was read as, "" where it is left out; headings: as they were pasted."""

    done: bool
    columns: list[str]
    headings: list[str]
    rows: list[PastedRow]
