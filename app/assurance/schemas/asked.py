"""What the doors of editions, exception reports, the board's questions and confirmations of an import take."""

from typing import Annotated

from pydantic import Field

from app.assurance.schemas.given import Why
from app.core.dates import Day, OptionalDay
from app.core.given import Given
from app.core.text import Writing

Ref = Annotated[str, Writing(32, lines=False)]
Words = Annotated[str, Writing(2000)]


class EditionLine(Given):
    """A new date for one action; `ref` is its reference."""

    ref: Ref
    due_date: Day


class NewEdition(Given):
    """New agreed dates for many actions at once, with the reason."""

    dates: Annotated[list[EditionLine], Field(min_length=1, max_length=1000)]
    why: Why = None


class NewException(Given):
    """An exception report. new_due_date: asked for as a proposal at once; ask: what the body is asked to do."""

    cause: Words
    interim_control: Words
    recovery_plan: Words
    new_due_date: OptionalDay = None
    ask: Annotated[str | None, Writing(1000, optional=True)] = None


class NewQuestion(Given):
    """answer_by: in a fortnight where it is left out."""

    question: Annotated[str, Writing(1000)]
    answer_by: OptionalDay = None


class NewAnswer(Given):
    answer: Words


class Confirming(Given):
    """References of actions that a first import brought in as assured."""

    refs: Annotated[list[Ref], Field(min_length=1, max_length=500)]
    why: Why = None
