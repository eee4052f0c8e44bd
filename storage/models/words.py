"""Tables of what people said and what was made of it. Beside ids, states, times and revisions all is sealed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from conversations.state import MediaKind
from storage.columns import word
from storage.models.base import Base
from storage.models.people import CASCADE, PARTICIPANT
from storage.records import (
    Channel,
    ConversationStatus,
    DeliveryState,
    DigestKind,
    MediaState,
    SubmissionState,
)
from storage.sealing import Sealed

_CONVERSATION = "conversation.id"
_OPEN = text("status IN ('waiting', 'active', 'paused')")
_CURRENT = text("current")
_UNREAD = text("read_at IS NULL")
_ARRIVED = text("state = 'arrived'")
_KEPT = text("state = 'kept'")
_QUEUED = text("state = 'queued'")
_SENDING = text("state = 'sending'")


class ConversationRow(Base):
    """A conversation; `stored_version` guards against a second writer."""

    __tablename__ = "conversation"
    __table_args__ = (Index("ix_conversation_open", "touched_at", sqlite_where=_OPEN, postgresql_where=_OPEN),)

    id: Mapped[str] = mapped_column(primary_key=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey(PARTICIPANT, ondelete=CASCADE), index=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete=CASCADE), index=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    script: Mapped[str]
    version: Mapped[int]
    revision: Mapped[int]
    status: Mapped[ConversationStatus] = mapped_column(word(ConversationStatus))
    state: Mapped[Sealed]
    touched_at: Mapped[datetime]
    stored_version: Mapped[int]


class AnswerRow(Base):
    """One answer as it was given; `slot` is the keyed hash of conversation, step and item."""

    __tablename__ = "answer"
    __table_args__ = (
        Index("uq_answer_current", "slot", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
        Index("ix_answer_slot", "slot"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey(_CONVERSATION, ondelete=CASCADE), index=True)
    slot: Mapped[str]
    revision: Mapped[int]
    current: Mapped[bool]
    body: Mapped[Sealed]


class SubmissionRow(Base):
    """What was sent, frozen."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("conversation_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey(_CONVERSATION, ondelete=CASCADE))
    participant_id: Mapped[str] = mapped_column(ForeignKey(PARTICIPANT, ondelete=CASCADE), index=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete=CASCADE), index=True)
    number: Mapped[int]
    code: Mapped[str]
    sent_at: Mapped[datetime]
    late: Mapped[bool]
    state: Mapped[SubmissionState] = mapped_column(word(SubmissionState))
    body: Mapped[Sealed]


class NoteRow(Base):
    """Words that answered no question."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_unread", "review_id", "at", sqlite_where=_UNREAD, postgresql_where=_UNREAD),)

    id: Mapped[str] = mapped_column(primary_key=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey(PARTICIPANT, ondelete=CASCADE), index=True)
    review_id: Mapped[str | None] = mapped_column(ForeignKey("review.id", ondelete=CASCADE), index=True)
    at: Mapped[datetime]
    body: Mapped[Sealed]
    read_at: Mapped[datetime | None] = mapped_column(default=None)
    read_by: Mapped[str | None] = mapped_column(default=None)
    read_due: Mapped[date | None] = mapped_column(default=None)
    alert_id: Mapped[str | None] = mapped_column(default=None)


class MediaRow(Base):
    """A voice message, photo or video note, without its bytes."""

    __tablename__ = "media"
    __table_args__ = (Index("ix_media_arrived", "state", "id", sqlite_where=_ARRIVED, postgresql_where=_ARRIVED),)

    id: Mapped[str] = mapped_column(primary_key=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey(PARTICIPANT, ondelete=CASCADE), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey(_CONVERSATION, ondelete=CASCADE), index=True)
    kind: Mapped[MediaKind] = mapped_column(word(MediaKind))
    state: Mapped[MediaState] = mapped_column(word(MediaState))
    size: Mapped[int]
    mime: Mapped[str]
    attempts: Mapped[int]
    body: Mapped[Sealed]


class MediaBytesRow(Base):
    """The bytes of a medium, apart, so that no list ever loads them."""

    __tablename__ = "media_bytes"

    id: Mapped[str] = mapped_column(ForeignKey("media.id", ondelete=CASCADE), primary_key=True)
    content: Mapped[Sealed]


class HearingRow(Base):
    """A kept voice message that the deployer's own command has not heard yet."""

    __tablename__ = "hearing"

    id: Mapped[str] = mapped_column(ForeignKey("media.id", ondelete=CASCADE), primary_key=True)
    attempts: Mapped[int] = mapped_column(default=0)


class RecordingRow(Base):
    """A question read aloud, without its bytes."""

    __tablename__ = "recording"
    __table_args__ = (
        Index(
            "uq_recording_kept",
            "language",
            "script",
            "step",
            "item",
            unique=True,
            sqlite_where=_KEPT,
            postgresql_where=_KEPT,
        ),
        Index("ix_recording_arrived", "state", "id", sqlite_where=_ARRIVED, postgresql_where=_ARRIVED),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    script: Mapped[str]
    step: Mapped[str]
    item: Mapped[str]
    language: Mapped[str]
    said: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[MediaState] = mapped_column(word(MediaState))
    mime: Mapped[str]
    size: Mapped[int]
    attempts: Mapped[int]
    body: Mapped[Sealed]


class RecordingBytesRow(Base):
    """The bytes of a recording, apart, so that no list ever loads them."""

    __tablename__ = "recording_bytes"

    id: Mapped[str] = mapped_column(ForeignKey("recording.id", ondelete=CASCADE), primary_key=True)
    content: Mapped[Sealed]


class DigestRow(Base):
    """One version of a review's digest."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("review_id", "version"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete=CASCADE))
    version: Mapped[int]
    kind: Mapped[DigestKind] = mapped_column(word(DigestKind))
    made_at: Mapped[datetime]
    code: Mapped[str]
    content: Mapped[Sealed]


class DeliveryRow(Base):
    """A digest on its way to one reader."""

    __tablename__ = "digest_delivery"
    __table_args__ = (
        UniqueConstraint("digest_id", "staff_id", "channel"),
        Index("ix_digest_delivery_queued", "not_before", "id", sqlite_where=_QUEUED, postgresql_where=_QUEUED),
        Index("ix_digest_delivery_sending", "claimed_at", sqlite_where=_SENDING, postgresql_where=_SENDING),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    digest_id: Mapped[str] = mapped_column(ForeignKey("digest.id", ondelete=CASCADE))
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete=CASCADE), index=True)
    channel: Mapped[Channel] = mapped_column(word(Channel))
    not_before: Mapped[datetime]
    state: Mapped[DeliveryState] = mapped_column(word(DeliveryState))
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    opened_at: Mapped[datetime | None] = mapped_column(default=None)
    read_at: Mapped[datetime | None] = mapped_column(default=None)
    last_error: Mapped[str] = mapped_column(default="")
