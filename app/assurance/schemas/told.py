"""What the doors of editions, exception reports and the board's questions give."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from app.assurance.schemas.read import CountsRead, MeetingShown, MoveRead, ProposalRead


class EditionRead(BaseModel):
    """An edition that the body approved. actions: how many took a new date; proposal: where it can be read whole."""

    number: int
    approved_on: date
    approved_by: str
    body: str | None
    meeting: MeetingShown | None
    actions: int
    why: str | None
    proposal: UUID | None


class EditionPreview(BaseModel):
    """What new dates would do: each line with the old date, and the ratings before and after."""

    lines: list[MoveRead]
    counts: CountsRead


class ExceptionRead(BaseModel):
    """date_proposal, recovery_proposal: what the report asks to be decided, with its state and decision.

    answer: what was answered to the ask; may_answer: whether the reader may.
    """

    id: UUID
    ref: str
    title: str
    cause: str
    interim_control: str
    recovery_plan: str
    new_due_date: date | None
    ask: str | None
    made_on: date
    made_at: datetime
    made_by: str
    date_proposal: ProposalRead | None
    recovery_proposal: ProposalRead | None
    answer: str | None
    answered_on: date | None
    answered_by: str | None
    may_answer: bool
    url: str


class QuestionRead(BaseModel):
    """is_late: the day to answer it by has passed without an answer."""

    id: UUID
    ref: str
    title: str
    question: str
    asked_on: date
    asked_at: datetime
    asked_by: str
    answer_by: date
    is_late: bool
    answer: str | None
    answered_on: date | None
    answered_by: str | None
    may_answer: bool
    url: str
