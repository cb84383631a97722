"""Delegations, declared interests, who was present, exception reports and the board's questions; more moves."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "c7d52f09b1e4"
down_revision = "728f0d53ccaf"
branch_labels = None
depends_on = None

MOVES = (
    "progress", "delivered", "assured", "embedded", "retest_passed", "retest_failed", "recovery", "not_delivered",
    "due_date", "regulator_date", "evidence_by_date", "superseded", "descoped", "not_applicable", "owner_change",
    "standing", "plan_settings", "edition", "before_tool",
)  # fmt: skip
KNOWN = f"move IN ({', '.join(repr(move) for move in MOVES)})"


def upgrade() -> None:
    for table in ("proposal", "decision"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"ck_{table}_move"), type_="check")
            batch_op.create_check_constraint(batch_op.f(f"ck_{table}_move"), KNOWN)
    op.create_table(
        "delegation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("given_by_id", sa.Uuid(), nullable=False),
        sa.Column("given_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("given_to_id", sa.Uuid(), nullable=False),
        sa.Column("given_to_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_delegation_body_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["account.id"], name=op.f("fk_delegation_given_by_id")),
        sa.ForeignKeyConstraint(["given_to_id"], ["account.id"], name=op.f("fk_delegation_given_to_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_delegation_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegation_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_attendance_account_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_attendance_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("meeting_id", "account_id", name=op.f("uq_attendance_meeting_id_account_id")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "board_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("question", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_board_question_action_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_board_question_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_question")),
    )
    with op.batch_alter_table("board_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_question_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_board_question_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "declared_interest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_declared_interest_account_id")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_declared_interest_action_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_declared_interest_plan_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_declared_interest_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_interest")),
        sa.UniqueConstraint("proposal_id", "account_id", name=op.f("uq_declared_interest_proposal_id_account_id")),
    )
    with op.batch_alter_table("declared_interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declared_interest_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "exception_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("interim_control", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("recovery_plan", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("new_due_date", sa.Date(), nullable=True),
        sa.Column("ask", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("date_proposal_id", sa.Uuid(), nullable=True),
        sa.Column("recovery_proposal_id", sa.Uuid(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_exception_report_action_id")),
        sa.ForeignKeyConstraint(
            ["date_proposal_id"], ["proposal.id"], name=op.f("fk_exception_report_date_proposal_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_exception_report_plan_id")),
        sa.ForeignKeyConstraint(
            ["recovery_proposal_id"], ["proposal.id"], name=op.f("fk_exception_report_recovery_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exception_report")),
    )
    with op.batch_alter_table("exception_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exception_report_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exception_report_plan_id"), ["plan_id"], unique=False)

    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("imported_by_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("before_tool_confirmed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("edition_due_date", sa.Date(), nullable=True))

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("delegated_by", sqlmodel.sql.sqltypes.AutoString(length=400), server_default="", nullable=False)
        )

    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("voices_asked_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("voices_said", sqlmodel.sql.sqltypes.AutoString(length=2000), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("retest_handed_over", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(
            sa.Column("recovery_plan", sqlmodel.sql.sqltypes.AutoString(length=2000), server_default="", nullable=False)
        )


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
