"""A token knows the account that made it: what it asks for is that person's own, where somebody else decides."""

import sqlalchemy as sa
from alembic import op

revision = "e3a6d2f80b57"
down_revision = "d18f5b7c3e62"
branch_labels = None
depends_on = None

# Who made the tokens that are there already stands in the access log, beside the beginning of each.
FROM_THE_LOG = """
UPDATE api_token SET made_by_id = (
  SELECT access_event.account_id FROM access_event
  WHERE access_event.kind = 'token_made' AND access_event.detail = 'token:' || api_token.hint
    AND access_event.organisation_id = api_token.organisation_id
  ORDER BY access_event.at DESC LIMIT 1
)
"""


def upgrade() -> None:
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.add_column(sa.Column("made_by_id", sa.Uuid(), nullable=True))
    op.execute(FROM_THE_LOG)


def downgrade() -> None:
    raise NotImplementedError("restore the backup that `tracker migrate` made")
