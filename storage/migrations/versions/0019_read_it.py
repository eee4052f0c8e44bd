"""When a reader said that they have read a digest."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("digest_delivery", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
