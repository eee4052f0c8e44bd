"""One person's place in a digest, as values: what they were asked, what they said, how. No sentence of our own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from conversations.effects import Submission
from conversations.in_place import InPlace
from conversations.profile import Profile
from conversations.script import Flow, Heading, Picture, Records, Role
from conversations.state import Audience, Means, Media, Others, Refused, ReviewFacts, Transcript


class Standing(StrEnum):
    """Where a person stands. The first four say why a part is empty (decision 2)."""

    NOT_REACHED = "not_reached"
    NOT_YET = "not_yet"
    CHOSE_NOT_TO_SAY = "chose_not_to_say"
    TOOK_BACK = "took_back"
    SENT = "sent"


class TriedKind(StrEnum):
    """What was done so that a person could take part."""

    INVITED = "invited"
    OPENING = "opening"
    REMINDER = "reminder"
    LAST_CALL = "last_call"
    STAFF_NUDGE = "staff_nudge"
    NOT_DELIVERED = "not_delivered"
    ASKED_TO_TALK = "asked_to_talk"
    ASKED_FOR_PAPER = "asked_for_paper"
    ASKED_FOR_HELPER = "asked_for_helper"


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing that was tried, and its day in the setting's zone."""

    kind: TriedKind
    on: date


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What staff typed in from one person's paper, and the script on it. It stands beside what they sent themselves."""

    submission: Submission = field(repr=False)
    flow: Flow
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class TypedIn:
    """That a part holds what was typed in from paper: which time, when (aware UTC), and its receipt."""

    number: int
    at: datetime
    late: bool = False
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What `compose` is given about one person who was asked.

    `who` is an opaque id that a `Reader` names again; `relation` is staff's own word ("mother") and empty for the
    young person. `flow` and `facts` are those the person answered. `submission` and `paper` count only when `standing`
    is SENT; one of them is enough. With `in_place` a carer also acts in place of the young person.
    """

    who: str
    role: Role
    flow: Flow
    facts: ReviewFacts
    standing: Standing
    relation: str = field(default="", repr=False)
    submission: Submission | None = None
    tried: tuple[Tried, ...] = ()
    code: str = field(default="", repr=False)
    paper: OnPaper | None = None
    in_place: InPlace | None = field(default=None, repr=False)


class Change(StrEnum):
    """What happened to a person's words since the digest's version before."""

    NONE = "none"
    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option as it was shown."""

    id: str
    label: str
    emoji: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A plan line or a goal that a member of staff wrote, shown as a quote with their name (decision 7)."""

    id: str
    text: str = field(repr=False)
    by: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer, whole: the question as it was asked, and what was given. `words` are verbatim.

    `heading` is None for answers that steer the conversation (`records` says which). `item` is the words of the card
    that was sorted or asked about; `scale` is the whole scale where a card was sorted on it, else empty.
    `sections` are the letters of the sections of a plan that it belongs to, none in digests made before they were kept.
    `others`, `transcripts`, `entered_by` and `checked` are those of `conversations.state.Answer`.
    """

    step: str
    at: datetime
    asked: str
    heading: Heading | None = None
    records: Records | None = None
    item: str = field(default="", repr=False)
    item_emoji: str = ""
    cited: Cited | None = None
    scale: tuple[Chosen, ...] = ()
    chosen: tuple[Chosen, ...] = ()
    words: str = field(default="", repr=False)
    media: tuple[Media, ...] = ()
    refused: Refused | None = None
    audience: Audience = Audience.EVERYONE
    helped: tuple[str, ...] = ()
    means: frozenset[Means] = frozenset()
    item_picture: Picture | None = None
    others: Others | None = None
    transcripts: tuple[Transcript, ...] = ()
    entered_by: str = field(default="", repr=False)
    checked: bool = False
    sections: str = ""

    @property
    def sorted(self) -> bool:
        """Whether this is a card on the scale and nothing else, so that it can stand in the three columns."""
        return bool(self.scale and self.chosen) and not (self.words or self.media)


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's own part. `entries` are views, `steering` says how they were given; nothing is shared with another.

    In a copy that may not say why a part is empty, `standing` is None and `tried` empty. `profile` is how the person
    likes to be asked, and `supporters` who helps them: access notes, for the named professional and themselves alone.
    Own entries stand before those `typed_in` from paper; `sent_at`, `late`, `number` and `code` are of the own ones.
    """

    who: str
    role: Role
    standing: Standing | None
    relation: str = field(default="", repr=False)
    letter: str = ""
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    steering: tuple[Entry, ...] = field(default=(), repr=False)
    tried: tuple[Tried, ...] = ()
    sent_at: datetime | None = None
    late: bool = False
    number: int = 0
    share: bool | None = None
    code: str = field(default="", repr=False)
    change: Change = Change.NONE
    profile: Profile | None = field(default=None, repr=False)
    supporters: tuple[str, ...] = field(default=(), repr=False)
    typed_in: TypedIn | None = None
    in_place: InPlace | None = field(default=None, repr=False)
