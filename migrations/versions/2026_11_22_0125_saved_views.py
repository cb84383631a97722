"""Views of the tracker, saved under a name, and the one that somebody's tracker opens with."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "d18f5b7c3e62"
down_revision = "c7e2a94f1d38"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("query", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_saved_view_account_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_saved_view_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("plan_id", "slug", name=op.f("uq_saved_view_plan_id_slug")),
    )
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_view_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_view_plan_id"), ["plan_id"], unique=False)
    op.create_table(
        "default_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("view_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_default_view_account_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_default_view_plan_id")),
        sa.ForeignKeyConstraint(["view_id"], ["saved_view.id"], name=op.f("fk_default_view_view_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_default_view")),
        sa.UniqueConstraint("account_id", "plan_id", name=op.f("uq_default_view_account_id_plan_id")),
    )
    with op.batch_alter_table("default_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_default_view_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_default_view_view_id"), ["view_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
