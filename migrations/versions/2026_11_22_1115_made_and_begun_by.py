"""Who made an organisation's own link between recommendations, and who began a declaration: somebody else decides."""

import sqlalchemy as sa
from alembic import op

revision = "5e93b1f07a64"
down_revision = "c41f7be0d5a2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("crosswalk", schema=None) as batch_op:
        batch_op.add_column(sa.Column("made_by_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("made_by_name", sa.String(length=120), server_default="", nullable=False))
        batch_op.add_column(sa.Column("made_why", sa.String(length=1000), server_default="", nullable=False))

    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("begun_by_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
