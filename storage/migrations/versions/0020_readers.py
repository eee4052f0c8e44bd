"""Who reads in place of somebody else, and who said no to it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "reader_change",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("former_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_reader_change_review_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_reader_change_staff_id")),
        sa.ForeignKeyConstraint(["former_id"], ["staff.id"], name=op.f("fk_reader_change_former_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_change")),
    )
    for column in ("review_id", "staff_id", "former_id"):
        op.create_index(f"ix_reader_change_{column}", "reader_change", [column], unique=False)
    op.create_table(
        "reader_no",
        sa.Column("change_id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["reader_change.id"], name=op.f("fk_reader_no_change_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_reader_no_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("change_id", "participant_id", name=op.f("pk_reader_no")),
    )
    op.create_index("ix_reader_no_participant_id", "reader_no", ["participant_id"], unique=False)
