"""What a conversation remembers, and what it must know of the review. Frozen values, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from conversations.profile import Profile
from conversations.script import Way

ConversationId = NewType("ConversationId", str)
MediaId = NewType("MediaId", str)


class Refused(StrEnum):
    """Three ways to say no to a question. They are three different stored answers (P7)."""

    DONT_KNOW = "dont_know"
    SKIP = "skip"
    RATHER_NOT = "rather_not"


class Audience(StrEnum):
    """Who may read one answer, as its owner chose."""

    EVERYONE = "everyone"  # everyone the person was told of before the first question
    ONLY_PROFESSIONAL = "only_professional"


class Means(StrEnum):
    """How an answer was given: printed in the digest so that nobody mistakes one for another."""

    TAPPED = "tapped"
    TYPED = "typed"
    EMOJI = "emoji"
    VOICE = "voice"
    PHOTO = "photo"
    VIDEO = "video"
    PAPER = "paper"  # written or said elsewhere, entered by a member of staff (decision 9)


class MediaKind(StrEnum):
    """What a person may send besides words."""

    VOICE = "voice"
    PHOTO = "photo"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Media:
    """A voice message, photo or video note that the store keeps sealed."""

    id: MediaId
    kind: MediaKind


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a machine heard in a voice message. It counts only once the person said that it is right (decision 14)."""

    media: MediaId
    text: str = field(repr=False)
    confirmed: bool = False


class Others(StrEnum):
    """Whether somebody else is in a photo, as its sender said."""

    YES = "yes"
    NO = "no"
    DONT_KNOW = "dont_know"


@dataclass(frozen=True, slots=True)
class Mark:
    """Which button press counts: this conversation at this revision, and no other (P10)."""

    conversation: ConversationId
    revision: int


class Spot(StrEnum):
    """The kinds of place on which a conversation can rest."""

    QUESTION = "question"  # a step of the script, for one item where it has items
    PICK = "pick"  # which of many items a repeat shall go over
    PART_END = "part_end"  # carry on, enough for today, or send what there is
    ORPHAN = "orphan"  # an answer that no longer fits: keep it or take it out
    CHECK = "check"  # everything said so far, before Send
    CHECK_ITEM = "check_item"  # one answer: change, take out, only for the named professional
    CONFIRM_DELETE = "confirm_delete"
    CONFIRM_WITHDRAW = "confirm_withdraw"
    STOP_MENU = "stop_menu"  # for now, for this review, for good
    MY_WAY = "my_way"  # the access profile, each part of it one press
    WHO_IS_IN_IT = "who_is_in_it"  # after a photo: is anyone else in it
    HEARD = "heard"  # what a machine heard in a voice message: is that right
    CALM = "calm"  # once, after something that may mean that somebody is not safe: who is told, and how to go on
    TELL_MORE = "tell_more"  # what is said here goes to the safeguarding team, and is no answer and no note
    OTHER_WAYS = "other_ways"  # talk, paper, someone helps: when Telegram is not wanted
    SENT = "sent"  # sent; may be changed or withdrawn
    CLOSED = "closed"  # left, withdrawn or ended: nothing more is asked


class Calm(StrEnum):
    """Whether the calm pause was made. It is made once, however often something is said."""

    NOT_YET = "not_yet"
    DUE = "due"  # within one turn only: it is shown before anything else
    DONE = "done"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a conversation rests. `step` and `item` name the question; both empty where the spot needs none."""

    spot: Spot
    step: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One stored answer. Exactly what was given: nothing is added, scored or corrected (P5).

    `source` is the messenger's own reference of the message that held the words, so that an edit finds its answer;
    empty when the words came in several messages.
    """

    step: str
    at: datetime
    item: str = ""
    choices: tuple[str, ...] = ()
    words: str = field(default="", repr=False)
    media: tuple[Media, ...] = ()
    refused: Refused | None = None
    audience: Audience = Audience.EVERYONE
    helped: tuple[str, ...] = ()
    means: frozenset[Means] = frozenset()
    source: str = ""
    others: Others | None = None
    transcripts: tuple[Transcript, ...] = ()
    entered_by: str = field(default="", repr=False)  # who typed it in from paper; the words are the person's own
    checked: bool = False  # whether the person looked at what was typed in


@dataclass(frozen=True, slots=True)
class Draft:
    """Ticks and words of a question not yet answered. Ticking is not answering (decision 17)."""

    ticks: tuple[str, ...] = ()
    words: str = field(default="", repr=False)
    media: tuple[Media, ...] = ()
    wants_words: bool = False
    source: str = ""
    means: frozenset[Means] = frozenset()
    transcripts: tuple[Transcript, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """Media that has arrived but is not yet kept, and the question it answers; without one it becomes a note.

    `words` is the caption. It joins the answer when the media is kept, and is kept as a note when that fails.
    """

    media: Media
    place: Place | None
    group: str = ""
    words: str = field(default="", repr=False)
    source: str = ""
    follows: bool = False  # a later photo of an album: nothing more is said about it
    heard: str = field(default="", repr=False)  # what a machine heard in it, where that came before it was kept


@dataclass(frozen=True, slots=True)
class ConversationState:
    """All that a conversation remembers. It survives the codec unchanged.

    `alerted` are fingerprints of words that the safeguarding team was told of, the latest last; `told` the references
    of messages that were said to them alone. `elsewhere`: not to the people named, from now on.
    """

    id: ConversationId
    script: str
    version: int
    revision: int
    place: Place
    way: Way = Way.FULL
    answers: tuple[Answer, ...] = ()
    draft: Draft = field(default_factory=Draft)
    trail: tuple[Place, ...] = ()
    pending: tuple[Pending, ...] = ()
    kept_orphans: tuple[Place, ...] = ()
    return_to: Place | None = None  # after this change, go back here (the check screen)
    due: tuple[Place, ...] = ()  # questions that a change has opened: asked before going back
    paused: bool = False
    page: int = 0
    album: str = ""  # the last group of photos, so that its later ones join the same answer
    album_place: Place | None = None
    sendings: int = 0  # how many versions were sent
    unsent: bool = False  # something changed since the last Send
    late: bool = False  # the last Send was after the cut-off
    profile: Profile = field(default_factory=Profile)
    asked_about: tuple[MediaId, ...] = ()  # photos and voices that were asked about once, the present one last
    calm: Calm = Calm.NOT_YET
    alerted: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    elsewhere: bool = False
    profile_known: bool = False  # it was fresh when this conversation began, so it is not asked


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the plan, or a goal of last time, in plain words, with the name of the staff member who wrote it."""

    id: str
    text: str = field(repr=False)
    by: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What the engine needs to know about the review. Names are for the person's own chat only.

    `about` is the young person's first name, `name` the first name of the person asked (may be empty for carers),
    `contact` the named professional, `safeguarding` the safeguarding lead. `cut_off` is aware UTC: until then a
    sent submission can be changed; later words are "added later", never refused. `profile` is the person's when a
    conversation begins. `read_aloud` names the steps ("step", or "step.item") that someone has recorded. With
    `languages` there is more than one language to choose. `alert_seen_by` (aware UTC) is by when the safeguarding team
    sees an alert that is raised now; None: nobody can be told now.
    """

    about: str = field(repr=False)
    name: str = field(repr=False)
    contact: str = field(repr=False)
    safeguarding: str = field(repr=False)
    meeting: date
    reads_by: date
    cut_off: datetime
    plan_lines: tuple[PlanLine, ...] = ()
    goals: tuple[PlanLine, ...] = ()
    flags: frozenset[str] = frozenset()
    profile: Profile = field(default_factory=Profile)
    read_aloud: frozenset[str] = frozenset()
    languages: bool = False
    alert_seen_by: datetime | None = None
