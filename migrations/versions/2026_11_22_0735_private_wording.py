"""Words of an organisation's own publication that only named people may read."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "7d20c6a4be19"
down_revision = "1b46689eced9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "private_reader",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_private_reader_account_id")),
        sa.ForeignKeyConstraint(["framework_id"], ["framework.id"], name=op.f("fk_private_reader_framework_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_reader")),
        sa.UniqueConstraint("framework_id", "account_id", name=op.f("uq_private_reader_framework_id_account_id")),
    )
    op.create_table(
        "private_wording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("wording", sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
        sa.ForeignKeyConstraint(["framework_id"], ["framework.id"], name=op.f("fk_private_wording_framework_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_private_wording_recommendation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_wording")),
        sa.UniqueConstraint("recommendation_id", name=op.f("uq_private_wording_recommendation_id")),
    )
    with op.batch_alter_table("private_wording", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_private_wording_framework_id"), ["framework_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
