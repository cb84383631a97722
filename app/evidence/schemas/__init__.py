"""What the doors of this room take and give."""

from app.evidence.schemas.given import (
    ChangedEvidence,
    EvidenceWithdrawal,
    NewEvidence,
    NewReview,
    NewStatement,
    NewVersion,
    ReviewOutcome,
)
from app.evidence.schemas.read import ActionShown, EvidenceRead, RecommendationShown, VersionRead

__all__ = [
    "ActionShown",
    "ChangedEvidence",
    "EvidenceRead",
    "EvidenceWithdrawal",
    "NewEvidence",
    "NewReview",
    "NewStatement",
    "NewVersion",
    "RecommendationShown",
    "ReviewOutcome",
    "VersionRead",
]
