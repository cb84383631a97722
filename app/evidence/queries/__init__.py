"""Evidence as read models, and what it proves. Ask `plans.queries.plan_for` first."""

from app.evidence.queries.items import (
    evidence,
    evidence_item,
    evidence_of,
    evidence_waiting,
    may_submit,
    restriction_of_item,
    version_to_open,
)
from app.evidence.queries.proof import item_of, items_of, proof_of
from app.evidence.queries.stored import names_in_use, stored_files

__all__ = [
    "evidence",
    "evidence_item",
    "evidence_of",
    "evidence_waiting",
    "item_of",
    "items_of",
    "may_submit",
    "names_in_use",
    "proof_of",
    "restriction_of_item",
    "stored_files",
    "version_to_open",
]
