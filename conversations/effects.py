"""What a conversation shows and asks to be done: a closed union, matched with `assert_never`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from conversations.art import Art
from conversations.profile import Profile
from conversations.state import Answer, ConversationId, ConversationState, Mark, Media


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: `label` is shown (emoji first), `code` comes back in `Pressed`. At most 40 bytes of code."""

    label: str
    code: str


class Keyboard(StrEnum):
    """What happens to the controls under the chat."""

    LEAVE = "leave"
    CONTROLS = "controls"  # set (or set again) the persistent pace and safety controls


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: words as bubbles joined by a blank line, buttons by row.

    `mark` is there whenever there are buttons. `progress` stands above the words ("Part 2 of 5"). `art` is drawn and
    sent with the words where that can be done; without it the words say all.
    """

    texts: tuple[str, ...] = field(repr=False)
    rows: tuple[tuple[Button, ...], ...] = ()
    mark: Mark | None = None
    progress: str = ""
    keyboard: Keyboard = Keyboard.LEAVE
    art: Art | None = None


@dataclass(frozen=True, slots=True)
class Show:
    """Send this message, after all earlier ones."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class Settle:
    """The message with this mark shows `text` (what was chosen) under its words, and loses its buttons.

    An empty `text` only takes the buttons away. `art`, where given, replaces the picture: the choice is marked on it.
    """

    mark: Mark
    text: str = field(repr=False)
    art: Art | None = None


@dataclass(frozen=True, slots=True)
class Refresh:
    """The message with this mark shows these words and buttons instead (a tick, another page).

    `reply.mark` is newer than `mark` when an earlier answer was amended while this question stood.
    """

    mark: Mark
    reply: Reply


@dataclass(frozen=True, slots=True)
class Record:
    """Store this answer, in place of an earlier one of the same step and item."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Remove:
    """The person took this answer out, before sending."""

    step: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """What the person pressed Send on. Frozen; its canonical bytes are hashed for the receipt.

    `share` is the young person's yes or no to a copy for parents and carers; None where never asked.
    """

    conversation: ConversationId
    script: str
    version: int
    number: int
    answers: tuple[Answer, ...]
    sent_at: datetime
    late: bool
    share: bool | None = None
    profile: Profile | None = None


@dataclass(frozen=True, slots=True)
class Submit:
    """Freeze and hash this; then show `engine.receipt` with the code."""

    submission: Submission


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Pull everything sent out of the working pack; those who hold a copy are told."""


@dataclass(frozen=True, slots=True)
class KeepNote:
    """Words or media that answer no question: sealed, and queued for a person to read (decision 13)."""

    words: str = field(default="", repr=False)
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class DeleteAnswers:
    """Remove every unsent answer of this conversation, with its media."""


class Leaving(StrEnum):
    """How far a person stops."""

    REVIEW = "review"  # nothing more about this review
    FOR_GOOD = "for_good"  # nothing more at all
    TELEGRAM = "telegram"  # nothing more here, about anything; staff ask in another way


@dataclass(frozen=True, slots=True)
class Leave:
    """The person stops; prompts and queued messages end at once (P12)."""

    how: Leaving


@dataclass(frozen=True, slots=True)
class AskStaff:
    """The person wants another way to take part: `way` is talk, paper or helper."""

    way: str


@dataclass(frozen=True, slots=True)
class KeepProfile:
    """Store this as the person's access profile, for all their conversations."""

    profile: Profile


@dataclass(frozen=True, slots=True)
class PlayBack:
    """Send these back to the person who sent them, to be heard or seen again."""

    media: tuple[Media, ...]


@dataclass(frozen=True, slots=True)
class ReadAloud:
    """Send the recording of this step (and item, where it has one of its own)."""

    step: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class GivePage:
    """Send the person their own one-page profile, made of what they sent last."""


@dataclass(frozen=True, slots=True)
class AskLanguage:
    """Show the languages that this person can choose."""


class AlertRoute(StrEnum):
    """What raised an alert."""

    PHRASE = "phrase"  # words matched the list of phrases
    ANSWER = "answer"  # an option that the script marks was chosen
    ASKED = "asked"  # the person asked for somebody to be told
    MORE = "more"  # what they added for the safeguarding team after that


@dataclass(frozen=True, slots=True)
class RaiseAlert:
    """Somebody may not be safe: the safeguarding team is told, without content, and what was said is frozen for them.

    `topics` are codes of the list of phrases. `elsewhere`: the concern is about staff here, so that the other route
    is taken, past the named professional.
    """

    route: AlertRoute
    topics: tuple[str, ...] = ()
    step: str = ""
    item: str = ""
    choices: tuple[str, ...] = ()
    words: str = field(default="", repr=False)
    media: tuple[Media, ...] = ()
    elsewhere: bool = False


Effect: TypeAlias = (
    Show
    | Settle
    | Refresh
    | Record
    | Remove
    | Submit
    | Withdraw
    | KeepNote
    | DeleteAnswers
    | Leave
    | AskStaff
    | KeepProfile
    | PlayBack
    | ReadAloud
    | GivePage
    | AskLanguage
    | RaiseAlert
)


class Refusal(StrEnum):
    """Why nothing happened. The words for each stand in the catalogue under `refusal_<value>`."""

    STALE = "stale"  # that question has moved on
    NOT_AN_OPTION = "not_an_option"  # forged, or gone
    EMPTY = "empty"  # nothing was in the message
    NO_EARLIER = "no_earlier"  # back from the first question
    WHICH_ONE = "which_one"  # two options named at once
    PICK_FIRST = "pick_first"  # Done without a tick or words
    TOO_MANY = "too_many"  # more ticks than asked for
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one input did. With a refusal, `state` is the very state that came in; only notes may be in `effects`."""

    state: ConversationState
    effects: tuple[Effect, ...] = ()
    refusal: Refusal | None = None
