"""What is restricted to named people, with its public-safe title."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "a91c5de07f34"
down_revision = "a91c5e7d3f20"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "restriction",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("restricted_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "action", "update", "evidence",
                name="restrictable", native_enum=False, length=32, create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("public_title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("named", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_restriction_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction")),
        sa.UniqueConstraint("restricted_id", name=op.f("uq_restriction_restricted_id")),
    )  # fmt: skip
    with op.batch_alter_table("restriction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_restriction_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
