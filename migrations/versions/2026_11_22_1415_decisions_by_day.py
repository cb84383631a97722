"""Decisions by their day: what was re-opened between two days is asked without reading all that was ever decided."""

from alembic import op

revision = "7b2e90d4c1f8"
down_revision = "5e93b1f07a64"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index("ix_decision_plan_decided_on", ["plan_id", "decided_on"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
