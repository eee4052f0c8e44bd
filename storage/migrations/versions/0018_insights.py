"""Who wants to be counted, and the reports of a term as they were printed."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "counted_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["participant.id"], name=op.f("fk_counted_in_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_in")),
    )
    op.create_table(
        "insight_report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_report")),
    )
