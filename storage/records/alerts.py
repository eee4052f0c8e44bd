"""Alerts: somebody may not be safe. What was said is frozen for the safeguarding team, opened here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from conversations.effects import AlertRoute
from conversations.script import Role
from conversations.state import Media, MediaKind


class AlertState(StrEnum):
    """How far an alert has come."""

    WAITING = "waiting"  # nobody has said that they have seen it
    SEEN = "seen"
    REAL = "real"  # closed: there was a concern
    NOT_REAL = "not_real"  # closed: there was none


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. It outlives the person's other rows: `participant_id` is None once they deleted everything.

    `stage` counts how often somebody was told, `due_at` is when the next ones are. `reached_at` is when a notice left
    for the first of them; `told_at` when the person was told that it was seen. With `elsewhere` the concern is about
    staff here. Who it is, and whom it is about, are frozen with it.
    """

    id: str
    participant_id: str | None
    raised_at: datetime
    review_id: str = ""
    professional_id: str = ""
    elsewhere: bool = False
    young_person_id: str = ""
    who: str = field(default="", repr=False)
    role: Role = Role.YOUNG_PERSON
    relation: str = field(default="", repr=False)
    about: str = field(default="", repr=False)
    reference: str = field(default="", repr=False)
    state: AlertState = AlertState.WAITING
    stage: int = 0
    due_at: datetime | None = None
    reached_at: datetime | None = None
    seen_at: datetime | None = None
    seen_by: str | None = None
    told_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    released_at: datetime | None = None
    released_by: str | None = None


@dataclass(frozen=True, slots=True)
class FrozenWords:
    """What raised an alert, exactly as it was said. `asked` and `chosen` are the words that the person saw."""

    id: str
    alert_id: str
    at: datetime
    route: AlertRoute
    topics: tuple[str, ...] = ()
    step: str = ""
    item: str = ""
    choices: tuple[str, ...] = ()
    words: str = field(default="", repr=False)
    media: tuple[Media, ...] = ()
    asked: str = field(default="", repr=False)
    chosen: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class FrozenMedia:
    """A voice message, photo or video that was frozen, without its bytes. `size` is in bytes."""

    id: str
    words_id: str
    kind: MediaKind
    mime: str
    size: int


class NoticeTo(StrEnum):
    """Whom a notice goes to: a colleague, or one of the addresses that the operator set."""

    STAFF = "staff"
    OUT_OF_HOURS = "out_of_hours"


@dataclass(frozen=True, slots=True)
class AlertMail:
    """A mail that tells one of them of an alert, without content. `attempts` counts the tries begun."""

    id: str
    alert_id: str
    to: NoticeTo
    staff_id: str = ""
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A message with frozen words in a colleague's chat: `key` is that of its row in the outbox."""

    id: str
    account_id: str
    key: str
