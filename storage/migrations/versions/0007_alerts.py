"""Alerts with their frozen words; notes with the day by which somebody reads them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("raised_at", _TIME, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        *(sa.Column(name, _TIME, nullable=True) for name in ("due_at", "reached_at", "seen_at")),
        sa.Column("seen_by", sa.String(), nullable=True),
        *(sa.Column(name, _TIME, nullable=True) for name in ("told_at", "closed_at")),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("released_at", _TIME, nullable=True),
        sa.Column("released_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_alert_participant_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    op.create_index("ix_alert_participant_id", "alert", ["participant_id"])
    _partial("ix_alert_due", "alert", ["due_at", "id"], "state = 'waiting'")
    _partial("ix_alert_to_tell", "alert", ["seen_at"], "state != 'waiting' AND told_at IS NULL")
    op.create_table(
        "frozen_words",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_frozen_words_alert_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_words")),
    )
    op.create_index("ix_frozen_words_alert_id", "frozen_words", ["alert_id"])
    op.create_table(
        "frozen_media",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("words_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["words_id"], ["frozen_words.id"], name=op.f("fk_frozen_media_words_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_media")),
    )
    op.create_index("ix_frozen_media_words_id", "frozen_media", ["words_id"])
    op.create_table(
        "alert_mail",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("not_before", _TIME, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", _TIME, nullable=True),
        sa.Column("sent_at", _TIME, nullable=True),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_mail_alert_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_mail")),
    )
    op.create_index("ix_alert_mail_alert_id", "alert_mail", ["alert_id"])
    _partial("ix_alert_mail_queued", "alert_mail", ["not_before", "id"], "state = 'queued'")
    _partial("ix_alert_mail_sending", "alert_mail", ["claimed_at"], "state = 'sending'")
    op.create_table(
        "alert_shown",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_alert_shown_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_shown")),
    )
    op.create_index("ix_alert_shown_account_id", "alert_shown", ["account_id"])
    op.create_index("ix_alert_shown_until", "alert_shown", ["until"])
    op.add_column("note", sa.Column("read_due", sa.Date(), nullable=True))
    op.add_column("note", sa.Column("alert_id", sa.String(), nullable=True))


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
