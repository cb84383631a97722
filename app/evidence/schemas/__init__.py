"""What the doors of this room take and give."""

from app.evidence.schemas.given import (
    ChangedEvidence,
    NewEvidence,
    NewReview,
    NewStatement,
    NewVersion,
    NewWithdrawal,
    Verdict,
)
from app.evidence.schemas.read import ActionShown, EvidenceRead, RecommendationShown, VersionRead

__all__ = [
    "ActionShown",
    "ChangedEvidence",
    "EvidenceRead",
    "NewEvidence",
    "NewReview",
    "NewStatement",
    "NewVersion",
    "NewWithdrawal",
    "RecommendationShown",
    "Verdict",
    "VersionRead",
]
