"""Every table of the first release, and the triggers that keep the ledger append-only.

A migration reads and writes what the release before left; it never needs the code of its own day.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "9dc1b426e1d4"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "signed_in",
                "sign_in_failed",
                "locked_out",
                "signed_out",
                "session_revoked",
                "password_changed",
                "token_made",
                "token_revoked",
                name="accesskind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_event")),
    )
    with op.batch_alter_table("access_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_event_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_access_event_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "installation_note",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation_note")),
    )
    op.create_table(
        "kept_answer",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept_answer")),
    )
    with op.batch_alter_table("kept_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_answer_kept_at"), ["kept_at"], unique=False)

    op.create_table(
        "ledger",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor_id", sa.String(length=64), nullable=False),
        sa.Column("door", sa.String(length=16), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("shape", sa.Integer(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger")),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_stream_day_revision", ["stream", "day", "revision"], unique=False)
        batch_op.create_index(
            "ix_ledger_stream_entity_revision", ["stream", "entity", "entity_id", "revision"], unique=False
        )
        batch_op.create_index("ix_ledger_stream_revision_seq", ["stream", "revision", "seq"], unique=False)
        batch_op.create_index("ix_ledger_stream_subject_revision", ["stream", "subject_id", "revision"], unique=False)

    op.create_table(
        "lockout",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("first_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lockout")),
        sa.UniqueConstraint("key", name=op.f("uq_lockout_key")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "trust",
                "health_board",
                "icb",
                "lmns",
                "region",
                "nation",
                "partner",
                name="organisationkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("nation", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
    )
    op.create_table(
        "redaction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("of_stream", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("entity", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("revision_from", sa.Integer(), nullable=False),
        sa.Column("revision_to", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
    )
    with op.batch_alter_table("redaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_redaction_entity_id"), ["entity_id"], unique=False)

    op.create_table(
        "stream",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_stream")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("post", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("deactivated_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_account_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "api_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("secret_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("hint", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column(
            "scope",
            sa.Enum("read", "write", name="tokenscope", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("made_by", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("last_used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revoked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_api_token_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_api_token_secret_hash")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "framework",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("short_title", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("prefix", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("edition", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("scope", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("publisher", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_precision", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("nation", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("item_label", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("disputed", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("is_empty", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("pack_digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_framework_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework")),
        sa.UniqueConstraint("key", name=op.f("uq_framework_key")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("system_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("member", "partner", name="membershipkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["member_id"], ["organisation.id"], name=op.f("fk_membership_member_id")),
        sa.ForeignKeyConstraint(["system_id"], ["organisation.id"], name=op.f("fk_membership_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("system_id", "member_id", name=op.f("uq_membership_system_id_member_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_member_id"), ["member_id"], unique=False)

    op.create_table(
        "credential",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=True),
        sa.Column("password_changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("code_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("code_expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_credential_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("account_id", name=op.f("uq_credential_account_id")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "live", "closed", name="planstate", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("vision", sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column(
            "cadence",
            sa.Enum(
                "weekly",
                "fortnightly",
                "monthly",
                "two_monthly",
                "quarterly",
                name="cadence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sponsor_id", sa.Uuid(), nullable=True),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("legend", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_plan_organisation_id")),
        sa.ForeignKeyConstraint(["sponsor_id"], ["account.id"], name=op.f("fk_plan_sponsor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("slug", name=op.f("uq_plan_slug")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("applies_to", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column(
            "provenance",
            sa.Enum(
                "verified",
                "recalled",
                "editorial",
                name="provenance",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_leaf", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["framework_id"], ["framework.id"], name=op.f("fk_recommendation_framework_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["recommendation.id"], name=op.f("fk_recommendation_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("framework_id", "ref", name=op.f("uq_recommendation_framework_id_ref")),
    )
    op.create_table(
        "role_held",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "office",
                "executive",
                "owner",
                "contributor",
                "validator",
                "chair",
                "voices",
                "viewer",
                "overseer",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_held_account_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_role_held_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_held")),
        sa.UniqueConstraint(
            "account_id", "role", "organisation_id", name=op.f("uq_role_held_account_id_role_organisation_id")
        ),
    )
    with op.batch_alter_table("role_held", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_held_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("last_seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ends_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revoked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("device", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_sign_in_session_secret_hash")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "body",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "improvement_group",
                "assurance_panel",
                "committee",
                "board",
                name="bodykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_body_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("plan_id", "name", name=op.f("uq_body_plan_id_name")),
    )
    with op.batch_alter_table("body", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_body_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "crosswalk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "same",
                "contributes",
                "contradicts",
                name="crosswalkkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "official", "editorial", "local", name="linkbasis", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "provenance",
            sa.Enum(
                "verified",
                "recalled",
                "editorial",
                name="provenance",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["from_id"], ["recommendation.id"], name=op.f("fk_crosswalk_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["recommendation.id"], name=op.f("fk_crosswalk_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crosswalk")),
        sa.UniqueConstraint("from_id", "to_id", name=op.f("uq_crosswalk_from_id_to_id")),
    )
    with op.batch_alter_table("crosswalk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crosswalk_to_id"), ["to_id"], unique=False)

    op.create_table(
        "plan_participant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_plan_participant_organisation_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_participant_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_participant")),
        sa.UniqueConstraint("plan_id", "organisation_id", name=op.f("uq_plan_participant_plan_id_organisation_id")),
    )
    with op.batch_alter_table("plan_participant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_participant_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_participant_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "strategic_priority",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_strategic_priority_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategic_priority")),
        sa.UniqueConstraint("plan_id", "title", name=op.f("uq_strategic_priority_plan_id_title")),
    )
    with op.batch_alter_table("strategic_priority", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_strategic_priority_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "body_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("chair", "deputy", "member", name="bodyrole", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_body_member_account_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_member_body_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_body_member_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_member")),
        sa.UniqueConstraint("body_id", "account_id", name=op.f("uq_body_member_body_id_account_id")),
    )
    with op.batch_alter_table("body_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_body_member_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_body_member_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "crosswalk_ruling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("crosswalk_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["crosswalk_id"], ["crosswalk.id"], name=op.f("fk_crosswalk_ruling_crosswalk_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_crosswalk_ruling_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crosswalk_ruling")),
        sa.UniqueConstraint(
            "crosswalk_id", "organisation_id", name=op.f("uq_crosswalk_ruling_crosswalk_id_organisation_id")
        ),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("chair_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_meeting_body_id")),
        sa.ForeignKeyConstraint(["chair_id"], ["account.id"], name=op.f("fk_meeting_chair_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["account.id"], name=op.f("fk_meeting_confirmed_by_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_meeting_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("body_id", "held_on", "name", name=op.f("uq_meeting_body_id_held_on_name")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "priority",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("aim", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("strategic_priority_id", sa.Uuid(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_priority_plan_id")),
        sa.ForeignKeyConstraint(
            ["strategic_priority_id"], ["strategic_priority.id"], name=op.f("fk_priority_strategic_priority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
        sa.UniqueConstraint("plan_id", "ref", name=op.f("uq_priority_plan_id_ref")),
    )
    with op.batch_alter_table("priority", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_priority_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("intended_outcome", sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
        sa.Column("success_measure", sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
        sa.Column("priority_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lead_executive_id", sa.Uuid(), nullable=True),
        sa.Column("accountable_person_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=True),
        sa.Column("original_due_date", sa.Date(), nullable=True),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("completion_date", sa.Date(), nullable=True),
        sa.Column("evidence_by_date", sa.Date(), nullable=True),
        sa.Column("retest_date", sa.Date(), nullable=True),
        sa.Column("external_lead", sa.Boolean(), nullable=False),
        sa.Column("external_contact", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("last_chased_on", sa.Date(), nullable=True),
        sa.Column("regulatory", sa.Boolean(), nullable=False),
        sa.Column("regulator_date", sa.Date(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "not_delivered",
                "delivered",
                "assured",
                "embedded",
                "superseded",
                "descoped",
                "not_applicable",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "progress",
            sa.Enum(
                "not_started",
                "on_track",
                "at_risk",
                "off_track",
                "complete",
                name="progress",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.Column("slip_days", sa.Integer(), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        sa.Column("recovery_accepted_on", sa.Date(), nullable=True),
        sa.Column("concern_since", sa.Date(), nullable=True),
        sa.Column("last_update_on", sa.Date(), nullable=True),
        sa.Column("assured_before_tool", sa.Boolean(), nullable=False),
        sa.Column("replaced_by_id", sa.Uuid(), nullable=True),
        sa.Column("exit_why", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("updated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["accountable_person_id"], ["account.id"], name=op.f("fk_action_accountable_person_id")
        ),
        sa.ForeignKeyConstraint(["lead_executive_id"], ["account.id"], name=op.f("fk_action_lead_executive_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_action_organisation_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_action_plan_id")),
        sa.ForeignKeyConstraint(["priority_id"], ["priority.id"], name=op.f("fk_action_priority_id")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["action.id"], name=op.f("fk_action_replaced_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("plan_id", "ref", name=op.f("uq_action_plan_id_ref")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "action_contributor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_action_contributor_account_id")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_contributor_action_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_action_contributor_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_contributor")),
        sa.UniqueConstraint("action_id", "account_id", name=op.f("uq_action_contributor_action_id_account_id")),
    )
    with op.batch_alter_table("action_contributor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_contributor_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_contributor_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_contributor_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "action_dependency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("depends_on_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_dependency_action_id")),
        sa.ForeignKeyConstraint(["depends_on_id"], ["action.id"], name=op.f("fk_action_dependency_depends_on_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_action_dependency_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_dependency")),
        sa.UniqueConstraint("action_id", "depends_on_id", name=op.f("uq_action_dependency_action_id_depends_on_id")),
    )
    with op.batch_alter_table("action_dependency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_dependency_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_dependency_depends_on_id"), ["depends_on_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_dependency_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "action_recommendation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("meets", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_recommendation_action_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_action_recommendation_plan_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_action_recommendation_recommendation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_recommendation")),
        sa.UniqueConstraint(
            "action_id", "recommendation_id", name=op.f("uq_action_recommendation_action_id_recommendation_id")
        ),
    )
    with op.batch_alter_table("action_recommendation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_recommendation_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_recommendation_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_action_recommendation_recommendation_id"), ["recommendation_id"], unique=False
        )

    op.create_table(
        "action_update",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("for_id", sa.Uuid(), nullable=True),
        sa.Column("for_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("told_how", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column(
            "progress",
            sa.Enum(
                "not_started",
                "on_track",
                "at_risk",
                "off_track",
                "complete",
                name="progress",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("commentary", sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
        sa.Column("cause", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("mitigation", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("help_needed", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("forecast", sa.Date(), nullable=True),
        sa.Column("no_change", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_update_action_id")),
        sa.ForeignKeyConstraint(["for_id"], ["account.id"], name=op.f("fk_action_update_for_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_action_update_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_update")),
    )
    with op.batch_alter_table("action_update", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_update_action_id"), ["action_id"], unique=False)
        batch_op.create_index("ix_action_update_action_said", ["action_id", "said_on", "made_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_update_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("kept_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_draft_account_id")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_draft_action_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_draft_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("account_id", "action_id", "form", name=op.f("uq_draft_account_id_action_id_form")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_milestone_action_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_milestone_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column(
            "move",
            sa.Enum(
                "progress",
                "delivered",
                "assured",
                "embedded",
                "retest_passed",
                "not_delivered",
                "due_date",
                "regulator_date",
                "evidence_by_date",
                "superseded",
                "descoped",
                "not_applicable",
                "owner_change",
                "standing",
                "plan_settings",
                name="move",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "returned",
                "withdrawn",
                name="proposalstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("regulator_date", sa.Date(), nullable=True),
        sa.Column("completion_date", sa.Date(), nullable=True),
        sa.Column("evidence_by_date", sa.Date(), nullable=True),
        sa.Column("retest_date", sa.Date(), nullable=True),
        sa.Column("replaced_by_id", sa.Uuid(), nullable=True),
        sa.Column("regulator_agreed", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("impact", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("mitigation", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("brought_to_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_proposal_action_id")),
        sa.ForeignKeyConstraint(["brought_to_id"], ["body.id"], name=op.f("fk_proposal_brought_to_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_proposal_plan_id")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["action.id"], name=op.f("fk_proposal_replaced_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column(
            "move",
            sa.Enum(
                "progress",
                "delivered",
                "assured",
                "embedded",
                "retest_passed",
                "not_delivered",
                "due_date",
                "regulator_date",
                "evidence_by_date",
                "superseded",
                "descoped",
                "not_applicable",
                "owner_change",
                "standing",
                "plan_settings",
                name="move",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum("accepted", "returned", name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("capacity", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("passed_on", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("chairs_action", sa.Boolean(), nullable=False),
        sa.Column("ratified_at_id", sa.Uuid(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_decision_action_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_decision_body_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_decision_meeting_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_decision_plan_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_decision_proposal_id")),
        sa.ForeignKeyConstraint(["ratified_at_id"], ["meeting.id"], name=op.f("fk_decision_ratified_at_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_decision_proposal_id")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_plan_id"), ["plan_id"], unique=False)

    for statement in triggers(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")


# Everything of an entry but `sealed`, whose pairs may become digests when a name must be forgotten.
FIXED = (
    "seq", "stream", "revision", "entity", "entity_id", "subject_id", "act", "at", "day", "actor_id", "door",
    "request_id", "gone", "shape", "image", "prev_hash", "hash",
)  # fmt: skip


def triggers(dialect: str) -> list[str]:
    """Refuse DELETE, TRUNCATE, and any UPDATE that changes more than `sealed`."""
    if dialect == "sqlite":
        same = " AND ".join(f"new.{c} IS old.{c}" for c in FIXED)
        return [
            "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
            f"CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger WHEN NOT ({same}) "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
        ]
    return [
        """CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND (to_jsonb(new) - 'sealed') = (to_jsonb(old) - 'sealed') THEN RETURN new; END IF;
          RAISE EXCEPTION 'the ledger is append-only';
        END $$""",
        "CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON ledger "
        "FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()",
        "CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()",
    ]
