"""What is answered, by what, and how well."""

from app.coverage.queries.covering import coverage, coverages, editions, shared_now
from app.coverage.queries.declarations import declaration, declaration_row, declarations, snapshot
from app.coverage.queries.matrix import (
    already_answered,
    declarable,
    items_to_answer,
    matrix,
    shown_publications,
)
from app.coverage.queries.proven import proven_actions
from app.coverage.queries.publications import answered_anywhere, organisations_read
from app.coverage.queries.standings import recommendation_ids, standings

__all__ = [
    "already_answered",
    "answered_anywhere",
    "coverage",
    "coverages",
    "declarable",
    "declaration",
    "declaration_row",
    "declarations",
    "editions",
    "items_to_answer",
    "matrix",
    "organisations_read",
    "proven_actions",
    "recommendation_ids",
    "shared_now",
    "shown_publications",
    "snapshot",
    "standings",
]
