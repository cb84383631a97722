"""An action names its latest update and counts its open proposals, so that a plan is read without its history."""

import sqlalchemy as sa
from alembic import op

revision = "b41c7d02a9e5"
down_revision = "9dc1b426e1d4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("latest_update_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("open_proposals", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
