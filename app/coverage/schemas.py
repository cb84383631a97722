"""What coverage's doors take and give."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from app.core.dates import OptionalDay
from app.core.given import Given, ticked
from app.core.text import OptionalLine, OptionalText, Writing
from app.coverage.rules import Answer, DeclarationState, Verdict

MOST = 500


Names = Annotated[
    list[Annotated[str, Writing(100, lines=False)]], BeforeValidator(ticked), Field(min_length=1, max_length=MOST)
]
Reason = Annotated[str, Writing(2000)]


class AddedFramework(Given):
    """The key of a publication that the plan sets out to answer."""

    framework: Annotated[str, Writing(64, lines=False)]


class AnsweredRead(BaseModel):
    """What the plan already answers of a publication: `part` of `whole` in scope, in words too."""

    framework: str
    title: str
    part: int
    whole: int
    words: str


class NewStandings(Given):
    """How the organisation answers these recommendations, named like ockenden_2022:1.2; contact: of external ones."""

    recommendations: Names
    answer: Answer
    why: Reason
    contact: OptionalLine = None


class StandingDecision(Given):
    """The lead executive's word on what was asked for; a return says why."""

    recommendations: Names
    outcome: Verdict
    why: OptionalText = None


class Chased(Given):
    """Others were asked where they are with these; on: by default today."""

    recommendations: Names
    on: OptionalDay = None


class StandingRead(BaseModel):
    """What stands of a recommendation, and what is asked for and waits for the lead executive."""

    recommendation: str
    title: str
    chip: str
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


class NewDeclaration(Given):
    """Begin a declaration on a publication, like maternity_incentive_scheme."""

    framework: Annotated[str, Writing(64, lines=False)]
    title: Annotated[str, Writing(200, lines=False)]
    statement: OptionalText = None


class LineGiven(Given):
    """What proof is required, and why there is a hole; what is left out stays."""

    required: Annotated[str | None, Writing(2000, optional=True)] = None
    hole_why: Annotated[str | None, Writing(2000, optional=True)] = None


class Checking(Given):
    """Whether the safety action is met, as the checker found it, and what was looked at."""

    is_met: bool
    why: Reason


class Dissenting(Given):
    said: Reason


class Signing(Given):
    """digest: of what was read, as the declaration gives it; another one is 412."""

    # No words of a person: one in some thousand digests holds ten digits that could be an NHS number.
    digest: Annotated[str, Field(min_length=1, max_length=64)]


class DeclaredAction(BaseModel):
    ref: str
    title: str
    stage: str
    label: str


class DeclaredProof(BaseModel):
    """counts: accepted, neither held nor expired. Confidential evidence shows its public-safe summary."""

    ref: str
    shows: str
    kind: str
    state: str
    counts: bool
    sha256: str
    accepted_on: date | None
    accepted_by: str
    expires_on: date | None


class DissentRead(BaseModel):
    by: str
    on: date
    said: str


class DeclaredLine(BaseModel):
    """One safety action. has_proof: accepted evidence is there; is_met: as checked, null where nobody has."""

    ref: str
    title: str
    required: str
    stands: str
    actions: list[DeclaredAction]
    evidence: list[DeclaredProof]
    has_proof: bool
    is_met: bool | None
    checked_by: str
    checked_on: date | None
    checked_why: str
    dissent: list[DissentRead]
    hole_why: str
    hole_by: str

    @property
    def is_hole(self) -> bool:
        """Not checked as met, or without accepted evidence."""
        return self.is_met is not True or not self.has_proof


class DeclarationRead(BaseModel):
    """digest: of a draft as it stands, to be signed; sha256: of the snapshot that was signed. holes needs reasons."""

    number: int
    framework: str
    framework_title: str
    title: str
    statement: str
    state: DeclarationState
    state_words: str
    begun_on: date
    begun_by: str
    signed_on: date | None
    signed_by: str
    signed_post: str
    sha256: str
    supersedes: int | None
    digest: str
    met: int
    holes: int
    lines: list[DeclaredLine]
    revision: int
    may_prepare: bool
    may_check: bool
    may_dissent: bool
    may_sign: bool
