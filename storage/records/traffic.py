"""What comes in, goes out and falls due: inbox, outbox, prompts and the audit trail, opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum


class PromptState(StrEnum):
    """How far a prompt has come. Each prompt ends in exactly one of the last four."""

    PENDING = "pending"
    CLAIMED = "claimed"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something to do for a review (for one person, or for nobody in particular) at a time. `note` is a code."""

    id: str
    review_id: str
    participant_id: str | None
    kind: str
    due_at: datetime
    expires_at: datetime
    state: PromptState = PromptState.PENDING
    note: str = ""
    settled_at: datetime | None = None


class Lane(IntEnum):
    """Order within a chat: a lower lane goes first."""

    CONVERSATION = 0
    PROMPT = 1
    DOCUMENT = 2


class OutKind(StrEnum):
    """What to do with the payload."""

    SEND = "send"
    EDIT = "edit"
    DELETE = "delete"
    DOCUMENT = "document"


class OutState(StrEnum):
    """How far a message has come. Only the first three are unsent.

    HELD is what waited when a backup was put back: nobody sends it until an operator has looked (decision 32).
    """

    QUEUED = "queued"
    SENDING = "sending"
    HELD = "held"
    SENT = "sent"
    BLOCKED = "blocked"
    REJECTED = "rejected"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to queue. `not_before` is now, where nothing speaks against it; the key names the one event."""

    account_id: str
    participant_id: str | None
    lane: Lane
    kind: OutKind
    payload: bytes = field(repr=False)
    dedupe_key: str
    not_before: datetime


@dataclass(frozen=True, slots=True)
class OutMessage:
    """A queued message. `attempts` counts the tries begun; the payload is empty once the message is settled."""

    id: int
    account_id: str
    participant_id: str | None
    lane: Lane
    kind: OutKind
    payload: bytes = field(repr=False)
    dedupe_key: str
    state: OutState
    not_before: datetime
    attempts: int = 0
    claimed_at: datetime | None = None
    message_id: int | None = None


class InState(StrEnum):
    """How far an update has come."""

    QUEUED = "queued"
    DONE = "done"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class InUpdate:
    """An update as it came. `chat` is the chat's blind index, empty where the update has none.

    `update_id` is 0 once the id may be used again by the messenger; `raw` is empty once the update is done.
    """

    id: int
    update_id: int
    chat: str
    raw: bytes = field(repr=False)
    state: InState
    attempts: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did what to whom, in ids and codes only."""

    id: int
    at: datetime
    actor: str
    what: str
    subject: str
