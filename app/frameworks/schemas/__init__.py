"""What frameworks' doors take and give."""

from app.frameworks.schemas.given import (
    Facts,
    GivenItem,
    GivenText,
    NewItem,
    NewLink,
    NewPublication,
    Ruling,
)
from app.frameworks.schemas.publications import (
    DifferencesRead,
    FoundRead,
    FrameworkDetail,
    FrameworkRead,
    ItemRead,
    KeptRead,
    LinkRead,
    LoadedRead,
    LocalFacts,
    RecommendationLabel,
)

__all__ = [
    "DifferencesRead",
    "Facts",
    "FoundRead",
    "FrameworkDetail",
    "FrameworkRead",
    "GivenItem",
    "GivenText",
    "ItemRead",
    "KeptRead",
    "LinkRead",
    "LoadedRead",
    "LocalFacts",
    "NewItem",
    "NewLink",
    "NewPublication",
    "RecommendationLabel",
    "Ruling",
]
