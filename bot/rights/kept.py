"""All that is kept about one person, as values: what their copy holds. Their own words only, and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from conversations.profile import Profile
from conversations.script import Role
from conversations.state import MediaKind, Refused


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One answer with its question as this person saw it. `media` are names of `OwnMedium`."""

    step: str
    item: str
    at: datetime
    asked: str = field(repr=False)
    about: str = field(repr=False)
    chosen: tuple[str, ...] = field(repr=False)
    words: str = field(repr=False)
    heard: tuple[str, ...] = field(repr=False)
    media: tuple[str, ...]
    refused: Refused | None
    only_professional: bool
    helped: tuple[str, ...] = field(repr=False)
    means: tuple[str, ...]
    typed_in_by: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Handed:
    """To whom the first digest with a sending went, by which channel, when it left, and what its reader did there."""

    to: str = field(repr=False)
    channel: str
    sent_at: datetime | None
    opened_at: datetime | None
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """One press on Send, or one sheet of paper that staff typed in. `state` says whether it still counts."""

    number: int
    at: datetime
    code: str = field(repr=False)
    state: str
    late: bool
    on_paper: bool
    share: bool | None
    answers: tuple[OwnAnswer, ...] = field(repr=False)
    handed: tuple[Handed, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A message that came by itself, by what it was for."""

    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnReview:
    """One review: what was sent, and what stands in the conversation now where that was changed since.

    `said_no_to` are the colleagues who came later and whom this person did not want as readers.
    """

    kind: str
    meeting: date
    professional: str = field(repr=False)
    sendings: tuple[Sending, ...]
    unsent: tuple[OwnAnswer, ...] = field(repr=False)
    written: tuple[Written, ...] = ()
    said_no_to: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class OwnNote:
    """Words or media outside any question. `read` says whether a person has read them."""

    at: datetime
    words: str = field(repr=False)
    media: tuple[str, ...] = ()
    read: bool = False


@dataclass(frozen=True, slots=True)
class OwnComplaint:
    """A complaint, by when an answer is due, and the answer that was given."""

    at: datetime
    answer_by: date
    words: str = field(repr=False)
    media: tuple[str, ...] = ()
    answered_at: datetime | None = None
    answer: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class OwnMedium:
    """A voice message, photo or video, by the name that it has in the whole copy. `size` is in bytes."""

    id: str
    name: str
    kind: MediaKind
    mime: str
    size: int
    kept: bool


@dataclass(frozen=True, slots=True)
class OwnPart:
    """One part of one person: who they are in the reviews of one young person, and all that is kept of it."""

    name: str = field(repr=False)
    role: Role
    relation: str = field(repr=False)
    about: str = field(repr=False)
    language: str
    zone: str
    earliest: str
    latest: str
    quiet_weekdays: tuple[int, ...]
    joined_at: datetime | None
    profile: Profile
    reviews: tuple[OwnReview, ...]
    notes: tuple[OwnNote, ...]
    complaints: tuple[OwnComplaint, ...]
    media: tuple[OwnMedium, ...]
    kept_longer: bool = False
    counted_in: bool = False


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything that is kept of one chat."""

    made_at: datetime
    setting: str
    setting_zone: str
    parts: tuple[OwnPart, ...]
