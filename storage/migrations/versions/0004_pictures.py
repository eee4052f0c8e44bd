"""By which names the messenger knows pictures that were sent before."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "picture",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("file_id", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_picture")),
        info={"row_key": "key"},
    )
    op.create_index("ix_picture_created_at", "picture", ["created_at"], unique=False)
