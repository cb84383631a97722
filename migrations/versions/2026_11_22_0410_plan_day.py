"""The standing of each finished day of a plan, written down by the daily work."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "f4b71c9e2d68"
down_revision = "e3a6d2f80b57"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_day",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("shared_revision", sa.Integer(), nullable=False),
        sa.Column("rules", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "live", "closed", name="planstate", native_enum=False, length=32, create_constraint=True),
            nullable=False,
        ),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("actions", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_day_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_day")),
        sa.UniqueConstraint("plan_id", "day", name=op.f("uq_plan_day_plan_id_day")),
    )
    with op.batch_alter_table("plan_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_day_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
