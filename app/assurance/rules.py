"""The life of a proposal and the outcomes of a decision; the moves themselves are the actions' rules."""

from enum import StrEnum

from app.actions.rules import Move

__all__ = ["Move", "Outcome", "ProposalState"]


class ProposalState(StrEnum):
    open = "open"
    accepted = "accepted"
    returned = "returned"
    withdrawn = "withdrawn"


class Outcome(StrEnum):
    accepted = "accepted"
    returned = "returned"
