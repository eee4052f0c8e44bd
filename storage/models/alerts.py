"""The tables of alerts. What one is about, and whom it went to, is sealed under a key of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from conversations.state import MediaKind
from storage.columns import word
from storage.models.base import Base
from storage.models.people import CASCADE, PARTICIPANT
from storage.records.alerts import AlertState
from storage.records.words import DeliveryState
from storage.sealing import Sealed

APART: Final = "apart"
"""In a table's `info`: its values are sealed under the safeguarding key."""
_ALERT = "alert.id"
_WAITING = text("state = 'waiting'")
_SEEN = text("state != 'waiting' AND told_at IS NULL")
_QUEUED = text("state = 'queued'")
_SENDING = text("state = 'sending'")


class AlertRow(Base):
    """One alert. It stays when the person's other rows go."""

    __tablename__ = "alert"
    __table_args__ = (
        Index("ix_alert_due", "due_at", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_alert_to_tell", "seen_at", sqlite_where=_SEEN, postgresql_where=_SEEN),
        {"info": {APART: True}},
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    participant_id: Mapped[str | None] = mapped_column(ForeignKey(PARTICIPANT, ondelete="SET NULL"), index=True)
    state: Mapped[AlertState] = mapped_column(word(AlertState))
    stage: Mapped[int]
    raised_at: Mapped[datetime]
    body: Mapped[Sealed]
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    reached_at: Mapped[datetime | None] = mapped_column(default=None)
    seen_at: Mapped[datetime | None] = mapped_column(default=None)
    seen_by: Mapped[str | None] = mapped_column(default=None)
    told_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_by: Mapped[str | None] = mapped_column(default=None)
    released_at: Mapped[datetime | None] = mapped_column(default=None)
    released_by: Mapped[str | None] = mapped_column(default=None)


class FrozenWordsRow(Base):
    """What raised it. What it is about is sealed with the words."""

    __tablename__ = "frozen_words"
    __table_args__ = ({"info": {APART: True}},)

    id: Mapped[str] = mapped_column(primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey(_ALERT, ondelete=CASCADE), index=True)
    at: Mapped[datetime]
    body: Mapped[Sealed]


class FrozenMediaRow(Base):
    """A copy of what was sent besides words: the person's own may go."""

    __tablename__ = "frozen_media"
    __table_args__ = ({"info": {APART: True}},)

    id: Mapped[str] = mapped_column(primary_key=True)
    words_id: Mapped[str] = mapped_column(ForeignKey("frozen_words.id", ondelete=CASCADE), index=True)
    kind: Mapped[MediaKind] = mapped_column(word(MediaKind))
    mime: Mapped[str]
    size: Mapped[int]
    content: Mapped[Sealed]


class AlertMailRow(Base):
    """A mail without content; `id` is the keyed hash of alert, stage and reader, so that each is made once."""

    __tablename__ = "alert_mail"
    __table_args__ = (
        Index("ix_alert_mail_queued", "not_before", "id", sqlite_where=_QUEUED, postgresql_where=_QUEUED),
        Index("ix_alert_mail_sending", "claimed_at", sqlite_where=_SENDING, postgresql_where=_SENDING),
        {"info": {APART: True}},
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey(_ALERT, ondelete=CASCADE), index=True)
    not_before: Mapped[datetime]
    state: Mapped[DeliveryState] = mapped_column(word(DeliveryState))
    body: Mapped[Sealed]
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    last_error: Mapped[str] = mapped_column(default="")


class ShownRow(Base):
    """A message with frozen words in a colleague's chat, until it is taken away again."""

    __tablename__ = "alert_shown"

    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete=CASCADE), index=True)
    key: Mapped[str]
    until: Mapped[datetime] = mapped_column(index=True)
