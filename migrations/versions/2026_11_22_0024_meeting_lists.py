"""Proposals say in which part they were made and how they closed; what the office records waits to be confirmed."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "c7e2a94f1d38"
down_revision = "b41c7d02a9e5"
branch_labels = None
depends_on = None


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=False, server_default="")


def upgrade() -> None:
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(_text("proposed_as", 32))
        batch_op.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
        batch_op.add_column(_text("closed_by_name", 120))
        batch_op.add_column(_text("closed_why", 2000))
    op.create_table(
        "recorded_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("accepted", "returned", name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("regulator_agreed", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_recorded_decision_action_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_recorded_decision_meeting_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_recorded_decision_plan_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_recorded_decision_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recorded_decision")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_recorded_decision_proposal_id")),
    )
    with op.batch_alter_table("recorded_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recorded_decision_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recorded_decision_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
