"""What the doors of imports take and give; names and shapes are the contract's."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.core.text import Line, Writing
from app.exchange.rules import ImportState

Reason = Annotated[str, Writing(500, lines=False)]
Answer = Annotated[str, Field(max_length=32_000)]


class ImportAnswers(BaseModel):
    """What a mapping file holds, and what the pages keep.

    sheets: the names of those that come in; columns: the field of each column by its heading, "own" for a field of
    the plan's own, "said" for the commentary, "" to leave it out; answers: by a question's key, "" to keep what is
    written as words, null while it is open; not_nhs_numbers: ten digits that are no NHS number, each with the reason;
    unclear: "words" keeps all that is unclear as words instead of asking; why: the reason of proposals in a live plan.
    """

    model_config = ConfigDict(extra="forbid")
    sheets: Annotated[list[Line], Field(max_length=200)] | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    answers: dict[str, Answer | None] = Field(default_factory=dict)
    not_nhs_numbers: dict[str, Reason] = Field(default_factory=dict)
    unclear: Literal["ask", "words"] = "ask"
    why: Line | None = None


class SheetRead(BaseModel):
    """headings: the row of its headings, null where none was found; actions: rows that name an action."""

    name: str
    chosen: bool
    hidden: bool
    headings: int | None
    actions: int


class ColumnRead(BaseModel):
    """sheet: the first that has it, sheets: all that do; field: what it is brought in as; sureness: 3 sure, 2 likely,
    1 possible, 0 nothing known or a person's choice."""

    name: str
    sheet: str
    sheets: list[str]
    field: str
    sureness: int
    sample: list[str]
    filled: int


class OptionRead(BaseModel):
    value: str
    text: str


class ImportQuestionRead(BaseModel):
    """places: the cells or rows it is about ("Plan!D7"); suggested: what is taken where unclear things are kept."""

    key: str
    step: str
    text: str
    places: list[str]
    options: list[OptionRead]
    suggested: str | None
    typed: str
    hint: str
    answer: Any


class NoteRead(BaseModel):
    place: str
    text: str


class FieldChangeTold(BaseModel):
    field: str
    old: Any
    new: Any


class RowRead(BaseModel):
    """waiting: for an answer, so that more may change; proposals: what asks for a decision."""

    place: str
    ref: str
    title: str
    priority: str
    becomes: Literal["created", "changed", "unchanged"]
    waiting: bool
    changes: list[FieldChangeTold]
    proposals: list[str]
    problems: list[str]


class ImportCounts(BaseModel):
    """Rows by what becomes of them, and cells that hold something by theirs: each is in one of the three."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    waiting: int = 0
    proposals: int = 0
    cells: int = 0
    stored: int = 0
    asked: int = 0
    listed: int = 0


class ImportRead(BaseModel):
    """An import: what it would do, or did. ready: every question is answered, and nothing is wrong."""

    id: UUID | None
    plan: str
    file_name: str
    sha256: str
    state: ImportState
    made_at: datetime | None
    made_by: str
    first: bool
    ready: bool
    counts: ImportCounts
    sheets: list[SheetRead]
    columns: list[ColumnRead]
    questions: list[ImportQuestionRead]
    rows: list[RowRead]
    priorities: dict[str, str]
    notes: list[NoteRead]
    mapping: ImportAnswers
    url: str


class ImportLine(BaseModel):
    """An import in the list of a plan's imports."""

    id: UUID
    file_name: str
    sha256: str
    state: ImportState
    made_at: datetime
    made_by: str
    done_at: datetime | None
    counts: ImportCounts
    url: str


class Undone(BaseModel):
    state: ImportState
    removed: int
    restored: int
