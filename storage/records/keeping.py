"""What is kept and what stands in chats, opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class TidyChoice(StrEnum):
    """Whether a person wants their chat tidied. It is asked once; until they choose, nothing is deleted."""

    ASKED = "asked"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message that stands in a chat. `sent_at` is the messenger's time, or earlier."""

    id: int
    account_id: str
    message_id: int
    sent_at: datetime
    stored_at: datetime
    keyboard: bool


@dataclass(frozen=True, slots=True)
class Tidying:
    """What the person of a chat chose, and how many messages stayed of which they were not told."""

    choice: TidyChoice
    left_over: int


@dataclass(frozen=True, slots=True)
class Due:
    """How much of one kind is past its day, and the day of the oldest."""

    count: int = 0
    oldest: date | None = None


@dataclass(frozen=True, slots=True)
class Unsent:
    """What waits to be sent: how many of a kind, and since when the oldest does."""

    what: str
    count: int
    oldest: datetime | None


Counts = Mapping[str, int]
