"""What is answered, by what, and how well."""

from app.coverage.queries.covering import coverage, coverages, shared_now
from app.coverage.queries.proven import proven_actions
from app.coverage.queries.publications import answered_anywhere, organisations_read

__all__ = ["answered_anywhere", "coverage", "coverages", "organisations_read", "proven_actions", "shared_now"]
