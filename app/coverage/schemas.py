"""What coverage's doors take and give."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.core.dates import OptionalDay
from app.core.text import OptionalLine, OptionalText, Writing
from app.coverage.rules import Answer, Verdict

MOST = 500


def _several(value: Any) -> Any:
    """One ticked box of a form is a text, none is nothing."""
    if value is None or value == "":
        return []
    return [value] if isinstance(value, str) else value


Names = Annotated[
    list[Annotated[str, Writing(100, lines=False)]], BeforeValidator(_several), Field(min_length=1, max_length=MOST)
]
Reason = Annotated[str, Writing(2000)]


class AddedFramework(BaseModel):
    """The key of a publication that the plan sets out to answer."""

    model_config = ConfigDict(extra="forbid")
    framework: Annotated[str, Writing(64, lines=False)]


class AnsweredRead(BaseModel):
    """What the plan already answers of a publication: `part` of `whole` in scope, in words too."""

    framework: str
    title: str
    part: int
    whole: int
    words: str


class NewStandings(BaseModel):
    """How the organisation answers these recommendations, named like ockenden_2022:1.2; contact: of external ones."""

    model_config = ConfigDict(extra="forbid")
    recommendations: Names
    answer: Answer
    why: Reason
    contact: OptionalLine = None


class StandingDecision(BaseModel):
    """The lead executive's word on what was asked for; a return says why."""

    model_config = ConfigDict(extra="forbid")
    recommendations: Names
    outcome: Verdict
    why: OptionalText = None


class Chased(BaseModel):
    """Others were asked where they are with these; on: by default today."""

    model_config = ConfigDict(extra="forbid")
    recommendations: Names
    on: OptionalDay = None


class StandingRead(BaseModel):
    """What stands of a recommendation, and what is asked for and waits for the lead executive."""

    recommendation: str
    title: str
    answer: Answer | None
    why: str
    contact: str
    last_chased_on: date | None
    decided_on: date | None
    decided_by: str
    asked: Answer | None
    asked_why: str
    asked_contact: str
    asked_on: date | None
    asked_by: str
    returned_on: date | None
    returned_why: str
    may_decide: bool
