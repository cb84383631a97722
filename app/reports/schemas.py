"""What the doors of reports give; the shape of the status is the contract's."""

from datetime import date

from pydantic import BaseModel, Field

from app.core.dates import OptionalDay
from app.core.given import Given
from app.coverage.covering import Standing
from app.coverage.rules import Answer
from app.frameworks.rules import CrosswalkKind
from app.plans.rules import PlanState


class Compared(Given):
    """The day whose end today, or the day shown, is compared with."""

    since: OptionalDay = None


class HeadlineReasonRead(BaseModel):
    """number of `of` actions; refs: the actions that drive it."""

    code: str
    text: str
    number: int
    of: int
    refs: list[str]


class HeadlineRead(BaseModel):
    rating: str
    reasons: list[HeadlineReasonRead]


class ActionsRead(BaseModel):
    """Counts of all actions: total = in_force + exited; open is what is not yet assured.

    overdue = R1; stale = A3 or R3; unowned = A5; evidence_overdue = R2; slipped = its date moved at least once.
    """

    total: int
    in_force: int
    exited: int
    open: int
    by_rating: dict[str, int]
    by_stage: dict[str, int]
    by_label: dict[str, int]
    overdue: int
    stale: int
    unowned: int
    evidence_overdue: int
    awaiting_decision: int
    external: int
    slipped: int
    regulatory: int


class PriorityStatusRead(BaseModel):
    ref: str
    title: str
    headline: HeadlineRead
    by_rating: dict[str, int]
    by_stage: dict[str, int]


class FrameworkStatusRead(BaseModel):
    """in_scope = covered + partly + without_action. by_rating counts the recommendations with an action.

    by_stage: of the covered ones, the stage of the weakest action that counts.
    """

    key: str
    title: str
    in_scope: int
    covered: int
    partly: int
    without_action: int
    not_applicable: int
    external: int
    other_kind: int
    not_accepted: int = 0
    by_rating: dict[str, int]
    by_stage: dict[str, int] = {}


class StatusRead(BaseModel):
    """A plan's counts on a day. state: of a draft it is a preview, and no roll-up counts it."""

    plan: str
    title: str
    state: PlanState
    as_at: date
    revision: int
    headline: HeadlineRead
    actions: ActionsRead
    priorities: list[PriorityStatusRead]
    frameworks: list[FrameworkStatusRead]


class AnswerRead(BaseModel):
    """An action in force that answers a recommendation."""

    ref: str
    title: str
    meets: bool
    stage: str
    rating: str
    label: str


class ThroughRead(BaseModel):
    """A recommendation that is answered, and counts here by a link, or by a chain of links that say the same.

    kind: what the whole chain says. by, on: who accepted its last link. via: the recommendations between the two.
    """

    recommendation: str
    title: str
    kind: CrosswalkKind
    by: str
    on: date | None
    actions: list[str]
    via: list[str] = []


class ProofRead(BaseModel):
    """The accepted evidence of the delivered actions that count, each item once.

    by_strength: as their reviewers judged those that every reader may open; to: the last day they speak for;
    without: delivered actions that no accepted evidence shows.
    """

    accepted: int
    by_strength: dict[str, int]
    to: date | None
    without: list[str]
    words: str


class CoveredRead(BaseModel):
    """rating: the worst of the actions that meet it, or of those that contribute where none does.

    stage: that of the weakest action that counts; chain: what answers it, in words; answer: what the organisation has
    decided, asked: what waits for the lead executive.
    """

    recommendation: str
    ref: str
    title: str
    standing: Standing
    rating: str | None
    actions: list[AnswerRead]
    stage: str | None = None
    through: list[ThroughRead] = []
    chain: list[str] = []
    answer: Answer | None = None
    asked: Answer | None = None
    proof: ProofRead | None = Field(default=None, description="How good the proof is; null where nothing is delivered.")


class CoverageRead(BaseModel):
    plan: str
    as_at: date
    revision: int
    framework: FrameworkStatusRead
    items: list[CoveredRead]


class ChangedRead(BaseModel):
    """An action that differs between the two days. by, day, act, why: who did it and why, where somebody did.

    concealed: restricted to named people, of whom the caller is none; no owner is told.
    """

    ref: str
    title: str
    rating: str
    label: str
    was_rating: str | None
    was_label: str | None
    cause: str
    detail: str
    owner: str
    by: str | None
    day: date | None
    act: str | None
    why: str | None
    concealed: bool = False


class ComparisonRead(BaseModel):
    """What became of the plan after the end of `since`; an action may stand in several lists."""

    plan: str
    since: date
    as_at: date
    revision: int
    worse: list[ChangedRead] = Field(
        description="Gone amber or red from something better; reds first, the newest change first."
    )
    better: list[ChangedRead] = Field(description="Out of amber or red, or become assured; the newest change first.")
    added: list[ChangedRead]
    closed: list[ChangedRead] = Field(description="Assured, embedded or exited since.")
    slipped: list[ChangedRead]
    reopened: list[ChangedRead]
    recoloured: list[ChangedRead]
