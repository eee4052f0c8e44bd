"""What a person can do in Telegram, as far as we take notice: closed unions of frozen values.

Names of people are never read. Chat ids, words and file ids show in no `repr`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from conversations.state import Mark, MediaKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Received:
    """What everything has: the chat, the message (0 where there is none), and when, where Telegram says so."""

    chat_id: int = field(repr=False)
    message_id: int = 0
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Start(_Received):
    """`/start`, with what came behind a deep link; empty where nothing did."""

    payload: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandGiven(_Received):
    """Words that begin with a slash and a name. `text` is the whole of it: an unknown command is just words."""

    name: str = field(repr=False)
    argument: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Press:
    """Button data in our form. It is not trusted: anybody can send any."""

    mark: Mark
    code: str


@dataclass(frozen=True, slots=True)
class NotOurs:
    """Button data in any other form: the shell's own buttons, or nonsense."""

    data: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(_Received):
    """An inline button. `callback_id` stops the small clock on it; `message_id` is the message that carries it."""

    callback_id: str = field(repr=False)
    data: Press | NotOurs


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(_Received):
    """Typed words, byte for byte; a sticker or a dice as its emoji. `reply_to` is a message id."""

    text: str = field(repr=False)
    reply_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(_Received):
    """A voice message, photo or video. Sizes in bytes, `seconds` of play; `group` joins the photos of an album."""

    kind: MediaKind
    file_id: str = field(repr=False)
    file_unique_id: str = field(repr=False)
    size: int | None = None
    seconds: int | None = None
    mime: str = field(default="", repr=False)
    caption: str = field(default="", repr=False)
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedWords(_Received):
    """Words, or the words under a photo, as they read after an edit; `message_id` is that of the original."""

    text: str = field(repr=False)


class UnwantedKind(StrEnum):
    """What is answered kindly, but not taken."""

    LOCATION = "location"
    CONTACT = "contact"
    FORWARDED = "forwarded"  # somebody else's words, or not said to us
    POLL = "poll"
    GAME = "game"
    DOCUMENT = "document"
    ANIMATION = "animation"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwanted(_Received):
    """Something that the bot does not take."""

    kind: UnwantedKind

    @property
    def deletes(self) -> bool:
        """Whether the message is also deleted: it says where somebody is, or how to reach them."""
        return self.kind in {UnwantedKind.LOCATION, UnwantedKind.CONTACT}


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedUs(_Received):
    """The person blocked the bot: nothing more is sent (P12)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnblockedUs(_Received):
    """The person let the bot in again. It is no wish to carry on: only `/start` is."""


class ChatKind(StrEnum):
    """Chats that the bot leaves."""

    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPrivate(_Received):
    """The bot is in a chat with more than one person: it says nothing and leaves."""

    kind: ChatKind


class Unused(StrEnum):
    """Why an update needs nothing done."""

    NOT_ASKED_FOR = "not_asked_for"  # a kind of update that we do not use
    SERVICE = "service"  # Telegram tells of a pin, a title, a timer
    EMPTY = "empty"
    EDIT_WITHOUT_WORDS = "edit_without_words"  # such as every step of a live location
    MEMBERSHIP = "membership"  # we have left, or our rights changed


@dataclass(frozen=True, slots=True)
class Ignored:
    """A sound update that needs nothing done."""

    why: Unused


class Trouble(StrEnum):
    """Why an update could not be read."""

    NO_JSON = "no_json"
    NO_CHAT = "no_chat"
    NO_MESSAGE_ID = "no_message_id"
    NO_WORDS = "no_words"  # text or caption of another type
    NO_FILE = "no_file"
    NO_PRESS_ID = "no_press_id"
    WRONG_SHAPE = "wrong_shape"


@dataclass(frozen=True, slots=True)
class Malformed:
    """An update that is broken in a field that we need."""

    why: Trouble


Incoming: TypeAlias = (
    Start | CommandGiven | Pressed | Words | Attachment | EditedWords | Unwanted | BlockedUs | UnblockedUs | NotPrivate
)
Reading: TypeAlias = Incoming | Ignored | Malformed
