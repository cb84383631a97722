"""Which publications a plan answers, standings of recommendations, and declarations."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "463d4f9ea9b5"
down_revision = "c7d52f09b1e4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "declaration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("framework_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("statement", sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "signed",
                "superseded",
                name="declarationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("begun_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("signed_by_id", sa.Uuid(), nullable=True),
        sa.Column("signed_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.ForeignKeyConstraint(["framework_id"], ["framework.id"], name=op.f("fk_declaration_framework_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_declaration_plan_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["declaration.id"], name=op.f("fk_declaration_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
    )
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declaration_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "plan_framework",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("framework_id", sa.Uuid(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("added_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.ForeignKeyConstraint(["framework_id"], ["framework.id"], name=op.f("fk_plan_framework_framework_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_framework_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_framework")),
        sa.UniqueConstraint("plan_id", "framework_id", name=op.f("uq_plan_framework_plan_id_framework_id")),
    )
    with op.batch_alter_table("plan_framework", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_framework_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "recommendation_standing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "accepted",
                "in_part",
                "not_accepted",
                "not_applicable",
                "external",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("contact", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("last_chased_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("asked", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("asked_why", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("asked_contact", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_why", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_recommendation_standing_plan_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_recommendation_standing_recommendation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_standing")),
        sa.UniqueConstraint(
            "plan_id", "recommendation_id", name=op.f("uq_recommendation_standing_plan_id_recommendation_id")
        ),
    )
    with op.batch_alter_table("recommendation_standing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_standing_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_recommendation_standing_recommendation_id"), ["recommendation_id"], unique=False
        )

    op.create_table(
        "declaration_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("required", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by_id", sa.Uuid(), nullable=True),
        sa.Column("checked_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("checked_why", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("hole_why", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("hole_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_declaration_line_declaration_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_declaration_line_plan_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_declaration_line_recommendation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration_line")),
        sa.UniqueConstraint(
            "declaration_id", "recommendation_id", name=op.f("uq_declaration_line_declaration_id_recommendation_id")
        ),
    )
    with op.batch_alter_table("declaration_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declaration_line_declaration_id"), ["declaration_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_declaration_line_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "declaration_dissent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("said", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_declaration_dissent_declaration_id")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["declaration_line.id"], name=op.f("fk_declaration_dissent_line_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_declaration_dissent_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration_dissent")),
    )
    with op.batch_alter_table("declaration_dissent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declaration_dissent_declaration_id"), ["declaration_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_declaration_dissent_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
