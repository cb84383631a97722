"""Why changes were made: what was written with the act, or what the decider wrote, else who asked."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from app.core.db import Read
from app.history.queries import written_in
from app.plans.queries import PlanAccess
from app.reports.compare import Change, Comparison

Why = Callable[[Change], str]


def whys(read: Read, access: PlanAccess, found: Comparison) -> Why:
    """The reason of each change of a comparison, "" where nobody gave one; in one statement for all of them."""
    parts = (found.added, found.closed, found.slipped, found.reopened, found.recoloured)
    decided, asked = _written(read, access, [change for part in parts for change in part])

    def why(change: Change) -> str:
        if change.deed is None or change.why or change.action.is_hidden:
            return change.why
        of_it = [d for d in decided[change.deed.revision] if d["action_id"] in (None, change.action.id)]
        # Where one transaction decided twice on an action: what made this change says why.
        of_it.sort(key=lambda d: (change.fields or frozenset()).isdisjoint(d["after"]))
        return next((said for d in of_it if (said := d["why"] or asked.get(d["proposal_id"], ""))), "")

    return why


Decided = dict[int, list[dict[str, Any]]]


def _written(read: Read, access: PlanAccess, changes: Iterable[Change]) -> tuple[Decided, dict[UUID, str]]:
    """(decisions by revision, what was asked by proposal) of the changes whose act says no reason."""
    revisions = {c.deed.revision for c in changes if c.deed and not c.why and not c.action.is_hidden}
    decided: Decided = defaultdict(list)
    asked: dict[UUID, str] = {}
    for row in written_in(read, access.stream, revisions, ("decision", "proposal")):
        if row.entity == "proposal":
            asked[row.entity_id] = row.image["why"]
        else:
            decided[row.revision].append(row.image)
    return decided, asked
