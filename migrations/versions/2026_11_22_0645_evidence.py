"""Evidence: items, the versions of their files, and what they are linked to."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "728f0d53ccaf"
down_revision = "a91c5de07f34"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "implementation", "effect", name="evidencekind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "form",
            sa.Enum("file", "link", "seen", name="evidenceform", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "sort",
            sa.Enum(
                "guideline",
                "rota",
                "minutes",
                "audit",
                "measure",
                "observation",
                "feedback",
                "training_record",
                "other",
                name="evidencesort",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("shows", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("method", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("sample_size", sa.Integer(), nullable=True),
        sa.Column("result", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("kept_at", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column(
            "strength",
            sa.Enum(
                "strong", "moderate", "limited", name="strength", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("public_summary", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "accepted",
                "returned",
                "withdrawn",
                name="evidencestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("submitted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=True),
        sa.Column("submitted_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by_id", sa.Uuid(), nullable=True),
        sa.Column("reviewed_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("review_why", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("withdrawn_why", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_evidence_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("plan_id", "ref", name=op.f("uq_evidence_plan_id_ref")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_plan_id"), ["plan_id"], unique=False)
    op.create_table(
        "evidence_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("stored_as", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("added_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column(
            "searched",
            sa.Enum("whole", "part", "none", name="searched", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("stated_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("stated_why", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_version_evidence_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_evidence_version_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_version")),
        sa.UniqueConstraint("evidence_id", "number", name=op.f("uq_evidence_version_evidence_id_number")),
        sa.UniqueConstraint("stored_as", name=op.f("uq_evidence_version_stored_as")),
    )
    with op.batch_alter_table("evidence_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_version_evidence_id"), ["evidence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_version_plan_id"), ["plan_id"], unique=False)
    op.create_table(
        "evidence_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("linked_on", sa.Date(), nullable=False),
        sa.Column("covered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_evidence_action_action_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_action_evidence_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_evidence_action_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_action")),
        sa.UniqueConstraint("evidence_id", "action_id", name=op.f("uq_evidence_action_evidence_id_action_id")),
    )
    with op.batch_alter_table("evidence_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_action_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_action_evidence_id"), ["evidence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_action_plan_id"), ["plan_id"], unique=False)
    op.create_table(
        "evidence_recommendation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_recommendation_evidence_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_evidence_recommendation_plan_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_evidence_recommendation_recommendation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_recommendation")),
        sa.UniqueConstraint(
            "evidence_id", "recommendation_id", name=op.f("uq_evidence_recommendation_evidence_id_recommendation_id")
        ),
    )
    with op.batch_alter_table("evidence_recommendation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_recommendation_evidence_id"), ["evidence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_recommendation_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_evidence_recommendation_recommendation_id"), ["recommendation_id"], unique=False
        )


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
