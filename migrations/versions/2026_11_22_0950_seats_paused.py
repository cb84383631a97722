"""Seats that decide nothing until somebody confirms that the account is its person's own."""

import sqlalchemy as sa
from alembic import op

revision = "c41f7be0d5a2"
down_revision = "7d20c6a4be19"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("body_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paused_on", sa.Date(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
