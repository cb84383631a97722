"""What is answered, by what, and how well."""

from app.coverage.queries.publications import answered_anywhere, organisations_read

__all__ = ["answered_anywhere", "organisations_read"]
