"""Reading the ledger: a day's images, the changes feed, the trail for people, and whether all of it still holds."""

from app.history.queries.feed import changes, head
from app.history.queries.hashes import record_of
from app.history.queries.images import first_day, images_at, revision_at, revision_by, subject, until
from app.history.queries.lines import told
from app.history.queries.moments import look_back, own_row, rows, rows_at
from app.history.queries.rebuild import differences
from app.history.queries.stretches import (
    Unread,
    images_at_revisions,
    images_between,
    last_of_days,
    steps_of,
    touched,
    written_in,
)
from app.history.queries.trail import told_in, trail
from app.history.queries.verify import has_head, loose_heads, newest_instant, verify

__all__ = [
    "Unread",
    "changes",
    "differences",
    "first_day",
    "has_head",
    "head",
    "images_at",
    "images_at_revisions",
    "images_between",
    "last_of_days",
    "look_back",
    "loose_heads",
    "newest_instant",
    "own_row",
    "record_of",
    "revision_at",
    "revision_by",
    "rows",
    "rows_at",
    "steps_of",
    "subject",
    "told",
    "told_in",
    "touched",
    "trail",
    "until",
    "verify",
    "written_in",
]
