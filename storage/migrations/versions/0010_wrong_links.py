"""Wrong links are counted where a restart does not forget them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "wrong_link",
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat", name=op.f("pk_wrong_link")),
    )
    op.create_index("ix_wrong_link_since", "wrong_link", ["since"], unique=False)
