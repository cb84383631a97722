"""What the reader may see of an item and do with it: the rights table asked once for each act and action."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.actions.view import ActionView
from app.evidence.models import Evidence
from app.evidence.rules import EvidenceState
from app.plans.queries import PlanAccess


@dataclass(frozen=True, slots=True)
class Sight:
    access: PlanAccess

    def is_concealed(self, row: Evidence, actions: Sequence[ActionView]) -> bool:
        """Confidential, and the reader neither submitted it nor holds the right for it or one of its actions."""
        return row.confidential and not self._is_mine(row) and not self._holds("evidence.confidential", actions)

    def may(self, row: Evidence, actions: Sequence[ActionView], *, all_covered: bool) -> dict[str, bool]:
        """may_review, may_change, may_withdraw: whether the command would let this reader."""
        is_over = row.state is EvidenceState.withdrawn or self.access.as_at is not None
        hidden = any(a.is_hidden for a in actions)
        changes = not is_over and not hidden and (self._is_mine(row) or self._may("evidence.submit", actions))
        return {
            "may_review": not is_over and self._may_review(row, actions, all_covered=all_covered),
            "may_change": changes,
            "may_withdraw": changes,
        }

    def _may_review(self, row: Evidence, actions: Sequence[ActionView], *, all_covered: bool) -> bool:
        waits = row.state is EvidenceState.submitted or (row.state is EvidenceState.accepted and not all_covered)
        me: UUID | None = self.access.actor.person_id
        return (
            waits
            and not row.held
            and self.access.actor.is_person
            and not self._is_mine(row)
            and all(a.accountable_person_id != me for a in actions)
            and self.access.may("evidence.review")
        )

    def _is_mine(self, row: Evidence) -> bool:
        me = self.access.actor.person_id
        return me is not None and me == row.submitted_by_id

    def _may(self, act: str, actions: Sequence[ActionView]) -> bool:
        return self.access.may(act) or any(self.access.may(act, a, a.contributor_ids) for a in actions)

    def _holds(self, act: str, actions: Sequence[ActionView]) -> bool:
        return self.access.holds(act) or any(self.access.holds(act, a, a.contributor_ids) for a in actions)
