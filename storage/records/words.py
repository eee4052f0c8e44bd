"""What people said and what was made of it: conversations, submissions, notes, media and digests, opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from conversations.effects import Submission
from conversations.state import ConversationId, ConversationState, Media, MediaId, MediaKind


class ConversationStatus(StrEnum):
    """Where a conversation stands for those who look for work."""

    WAITING = "waiting"  # another one holds the floor, or the opening is not due
    ACTIVE = "active"
    PAUSED = "paused"
    SENT = "sent"
    CLOSED = "closed"
    PAPER = "paper"  # none at all: it holds the numbers of what staff typed in from paper, and nobody talks in it


@dataclass(frozen=True, slots=True)
class Conversation:
    """A stored conversation. `stored_version` is 1 when added and grows with each save: two writers, one wins."""

    id: ConversationId
    participant_id: str
    review_id: str
    account_id: str | None
    script: str
    version: int
    revision: int
    status: ConversationStatus
    state: ConversationState = field(repr=False)
    touched_at: datetime
    stored_version: int = 1


class SubmissionState(StrEnum):
    """Which version of what was sent counts."""

    SENT = "sent"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class StoredSubmission:
    """What was sent, frozen, with the receipt's code (4-4-4 characters)."""

    id: str
    conversation_id: ConversationId
    participant_id: str
    review_id: str
    number: int
    submission: Submission = field(repr=False)
    code: str
    sent_at: datetime
    late: bool
    state: SubmissionState = SubmissionState.SENT


@dataclass(frozen=True, slots=True)
class Note:
    """Words or media that answered no question, waiting for a person to read them. `read_by` is a staff id.

    `read_due` is the day by which the person was told that somebody reads it. With `alert_id` it raised an alert: the
    safeguarding team reads it, and nobody else.
    """

    id: str
    participant_id: str
    at: datetime
    review_id: str | None = None
    words: str = field(default="", repr=False)
    media: tuple[Media, ...] = ()
    read_at: datetime | None = None
    read_by: str | None = None
    read_due: date | None = None
    alert_id: str | None = None


class MediaState(StrEnum):
    """Received is not kept: only sealed bytes are."""

    ARRIVED = "arrived"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StoredMedia:
    """A voice message, photo or video note. `size` is in bytes, 0 until known; `file_id` is the messenger's own."""

    id: MediaId
    participant_id: str
    conversation_id: ConversationId | None
    kind: MediaKind
    file_id: str = field(repr=False)
    state: MediaState = MediaState.ARRIVED
    size: int = 0
    mime: str = ""
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Recording:
    """A question read aloud, for everybody who is asked it. `said` is the code of its words; `by` a staff id.

    `file_id` is the messenger's own: of what staff sent until that is kept, of what was sent on afterwards.
    """

    id: str
    script: str
    step: str
    item: str
    language: str
    said: str
    by: str
    at: datetime
    state: MediaState = MediaState.ARRIVED
    mime: str = ""
    size: int = 0
    file_id: str = field(default="", repr=False)
    attempts: int = 0


class DigestKind(StrEnum):
    """What a digest is for."""

    FIRST = "first"
    PACK = "pack"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """One version of a review's digest; `content` are the codec's bytes. The store fills in `code`."""

    id: str
    review_id: str
    version: int
    kind: DigestKind
    made_at: datetime
    content: bytes = field(repr=False)
    code: str = ""


class Channel(StrEnum):
    """By which way a digest goes."""

    MAIL = "mail"
    NOTICE = "notice"  # a mail that only says that there is something to open in Telegram
    TELEGRAM = "telegram"


class DeliveryState(StrEnum):
    """How far one digest has come on its way to one reader."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DigestDelivery:
    """One digest, one reader, one way. `attempts` counts the tries begun; `last_error` is a code, never free text.

    `read_at`: when the reader said that they have read it. Nobody can know it in another way.
    """

    id: str
    digest_id: str
    staff_id: str
    channel: Channel
    not_before: datetime
    state: DeliveryState = DeliveryState.QUEUED
    attempts: int = 0
    sent_at: datetime | None = None
    opened_at: datetime | None = None
    read_at: datetime | None = None
    last_error: str = ""
