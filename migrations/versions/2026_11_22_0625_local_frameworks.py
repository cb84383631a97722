"""An organisation's own publications and links: findings that bind, who ruled on a link, and what it is to them."""

import sqlalchemy as sa
from alembic import op

revision = "a91c5e7d3f20"
down_revision = "f4b71c9e2d68"
branch_labels = None
depends_on = None

DEMAND = sa.Enum("must", "should", name="demand", native_enum=False, length=32, create_constraint=True)
KIND = sa.Enum(
    "same", "contributes", "contradicts", name="crosswalkkind", native_enum=False, length=32, create_constraint=True
)


def upgrade() -> None:
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("demand", DEMAND, nullable=True))
        batch_op.add_column(sa.Column("regulation", sa.String(length=160), server_default="", nullable=False))
    with op.batch_alter_table("crosswalk", schema=None) as batch_op:
        batch_op.add_column(sa.Column("organisation_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_crosswalk_organisation_id"), "organisation", ["organisation_id"], ["id"]
        )
        batch_op.drop_constraint(batch_op.f("uq_crosswalk_from_id_to_id"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_crosswalk_from_id_to_id_organisation_id"), ["from_id", "to_id", "organisation_id"]
        )
    with op.batch_alter_table("crosswalk_ruling", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", KIND, nullable=True))
        batch_op.add_column(sa.Column("ruled_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ruled_by_name", sa.String(length=120), server_default="", nullable=False))


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
