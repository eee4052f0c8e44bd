"""Which messages stand in a chat, who wants it tidied, whose words are kept longer, and since when staff left."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "chat_message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("keyboard", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_chat_message_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_message")),
        sa.UniqueConstraint("account_id", "message_id", name=op.f("uq_chat_message_account_id_message_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_chat_message_sent_at", "chat_message", ["sent_at"], unique=False)
    op.create_table(
        "chat_tidying",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=False),
        sa.Column("left_over", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["account.id"], name=op.f("fk_chat_tidying_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_tidying")),
    )
    op.create_table(
        "kept_longer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["participant.id"], name=op.f("fk_kept_longer_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_longer")),
    )
    op.create_table(
        "staff_left",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["staff.id"], name=op.f("fk_staff_left_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_left")),
    )
