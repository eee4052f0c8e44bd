"""Tables of what comes in, goes out and falls due. Every claim has an index of its own, of open rows only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import serial, word
from storage.models.base import Base
from storage.models.people import CASCADE, PARTICIPANT
from storage.records import InState, OutKind, OutState, PromptState
from storage.sealing import Sealed

_PENDING = text("state = 'pending'")
_CLAIMED = text("state = 'claimed'")
_QUEUED = text("state = 'queued'")
_SENDING = text("state = 'sending'")
_DONE = text("state = 'done'")
_PARKED = text("state = 'parked'")
_SETTLED = text("settled_at IS NOT NULL")


class PromptRow(Base):
    """Something to do at a time; `dedupe_key` names review, person and kind."""

    __tablename__ = "prompt"
    __table_args__ = (
        Index("ix_prompt_due", "due_at", "id", sqlite_where=_PENDING, postgresql_where=_PENDING),
        Index("ix_prompt_claimed", "claimed_at", sqlite_where=_CLAIMED, postgresql_where=_CLAIMED),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete=CASCADE), index=True)
    participant_id: Mapped[str | None] = mapped_column(ForeignKey(PARTICIPANT, ondelete=CASCADE), index=True)
    kind: Mapped[str]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[PromptState] = mapped_column(word(PromptState))
    note: Mapped[str]
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)


class OutRow(Base):
    """A message to send. Sealed values are bound to the dedupe key, since the number is known only afterwards."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_next", "lane", "id", sqlite_where=_QUEUED, postgresql_where=_QUEUED),
        Index("ix_outbox_fifo", "account_id", "lane", "id", sqlite_where=_QUEUED, postgresql_where=_QUEUED),
        Index("ix_outbox_oldest", "created_at", sqlite_where=_QUEUED, postgresql_where=_QUEUED),
        Index("ix_outbox_sending", "account_id", sqlite_where=_SENDING, postgresql_where=_SENDING),
        Index("ix_outbox_claimed", "claimed_at", sqlite_where=_SENDING, postgresql_where=_SENDING),
        Index("ix_outbox_settled", "settled_at", sqlite_where=_SETTLED, postgresql_where=_SETTLED),
        Index("ix_outbox_account_id", "account_id"),
        Index("ix_outbox_participant_id", "participant_id"),
        {"info": {"row_key": "dedupe_key"}, "sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(serial(), primary_key=True, autoincrement=True, init=False)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete=CASCADE))
    participant_id: Mapped[str | None] = mapped_column(ForeignKey(PARTICIPANT, ondelete=CASCADE))
    lane: Mapped[int]
    kind: Mapped[OutKind] = mapped_column(word(OutKind))
    payload: Mapped[Sealed | None]
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[OutState] = mapped_column(word(OutState))
    not_before: Mapped[datetime]
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    message_id: Mapped[int | None] = mapped_column(BigInteger, default=None)


class InRow(Base):
    """An update as it came. `key` is random: sealed values are bound to it."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_waiting", "state", "id", sqlite_where=_QUEUED, postgresql_where=_QUEUED),
        Index("ix_inbox_chat", "chat", "state", "id"),
        Index("ix_inbox_done", "received_at", sqlite_where=_DONE, postgresql_where=_DONE),
        Index("ix_inbox_parked", "state", "id", sqlite_where=_PARKED, postgresql_where=_PARKED),
        {"info": {"row_key": "key"}, "sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(serial(), primary_key=True, autoincrement=True, init=False)
    key: Mapped[str]
    update_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    chat: Mapped[str]
    raw: Mapped[Sealed | None]
    state: Mapped[InState] = mapped_column(word(InState))
    attempts: Mapped[int]
    received_at: Mapped[datetime]


class PictureRow(Base):
    """By which name the messenger knows a picture that belongs to nobody; `key` is the blind index of what is drawn."""

    __tablename__ = "picture"
    __table_args__ = (Index("ix_picture_created_at", "created_at"), {"info": {"row_key": "key"}})

    key: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[Sealed]
    created_at: Mapped[datetime]


class MetaRow(Base):
    """A small fact about the bot itself, by name."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class AuditRow(Base):
    """Who did what to whom: ids and codes."""

    __tablename__ = "audit"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(serial(), primary_key=True, autoincrement=True, init=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    what: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
