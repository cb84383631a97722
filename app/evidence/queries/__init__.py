"""Evidence as read models, and what it proves. Ask `plans.queries.plan_for` first."""

from app.evidence.queries.proof import item_of, items_of, proof_of

__all__ = ["item_of", "items_of", "proof_of"]
