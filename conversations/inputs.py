"""Everything that can happen to a conversation: a closed union, matched with `assert_never`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from conversations.state import Mark, Media, MediaId


class Control(StrEnum):
    """Pace controls: reply keyboard, or commands. Help is not here: it is answered before the engine (P8)."""

    BACK = "back"
    EXPLAIN = "explain"
    STOP = "stop"
    RESUME = "resume"
    MY_ANSWERS = "my_answers"  # to the check screen; after Send: to the sent screen
    START_AGAIN = "start_again"
    MY_WAY = "my_way"  # the access profile
    ASK_AGAIN = "ask_again"  # show the present question once more; changes nothing


@dataclass(frozen=True, slots=True)
class Pressed:
    """An inline button. `code` comes from a `Button` and is not trusted: it may be forged or old."""

    mark: Mark
    code: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Words as they were typed. A sticker or a dice comes as its emoji."""

    text: str = field(repr=False)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """A message that was edited afterwards; `source` is that of the original."""

    text: str = field(repr=False)
    source: str


@dataclass(frozen=True, slots=True)
class MediaArrived:
    """Something was sent and its arrival is on disk; its bytes are not yet. `group` joins the photos of an album."""

    media: Media
    caption: str = field(default="", repr=False)
    source: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class MediaKept:
    """The bytes are sealed."""

    media: MediaId


@dataclass(frozen=True, slots=True)
class MediaFailed:
    """The bytes could not be had or are over a limit; `too_big` chooses the words."""

    media: MediaId
    too_big: bool = False


@dataclass(frozen=True, slots=True)
class Transcribed:
    """What the deployer's own command heard in a voice message that is kept. Not yet confirmed by the person."""

    media: MediaId
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Controlled:
    """A pace control."""

    control: Control


@dataclass(frozen=True, slots=True)
class Closed:
    """Staff ended it (review cancelled, person removed): nothing more is asked or said."""


Input: TypeAlias = Pressed | Typed | Edited | MediaArrived | MediaKept | MediaFailed | Transcribed | Controlled | Closed
