"""From an error of Telegram to what becomes of a message: one pure function, and its table of Telegram's own texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TypeAlias

from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.telegram.calls import Method
from bot.telegram.errors import ServerError

MOST_ATTEMPTS = 300  # with the longest pause between them: a day without any connection
MOST_SERVER_ERRORS = 24  # an hour and a half: a message that Telegram always chokes on must not hold its chat for ever
LONGEST_PAUSE = timedelta(minutes=5)
OPERATOR_PAUSE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Done:
    """Telegram already has it as we want it."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again after a while. It may have arrived all the same: then it arrives twice."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class Slower:
    """Telegram had too many messages. It is not this message's fault, so it is not counted as a try."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class OtherForm:
    """The message holds a picture where we thought of text, or cannot hold its picture: try its other form, once."""


@dataclass(frozen=True, slots=True)
class UnknownFile:
    """Telegram does not take the name by which a file was sent: bring its bytes."""


class End(StrEnum):
    """Why it is never tried again."""

    BLOCKED = "blocked"  # also ends this person's queue and prompts
    REJECTED = "rejected"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It will not be sent."""

    why: End


Verdict: TypeAlias = Done | Retry | Slower | OtherForm | UnknownFile | GiveUp

_EDITS = frozenset({Method.EDIT, Method.EDIT_CAPTION, Method.EDIT_MEDIA})
_PICTURES = frozenset({Method.PHOTO, Method.EDIT_MEDIA})
_CHANGES = frozenset({*_EDITS, Method.EDIT_BUTTONS, Method.DELETE, Method.DELETE_MANY})
_NOBODY_THERE = ("chat not found", "user not found", "user is deactivated", "peer_id_invalid", "bot was blocked")
_AS_WANTED = (
    "message is not modified",
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message can't be deleted",
    "message_id_invalid",
)
_OTHER_FORM = (
    "there is no text in the message",
    "there is no caption in the message",
    "there is no media in the message",
)
_UNKNOWN_FILE = (
    "file identifier",
    "file_id",
    "file reference",
    "file_reference",
    "can't use file of type",
    "type of file mismatch",
)


def verdict(error: TelegramError, method: Method, attempts: int) -> Verdict:
    """What to do after `error`; `attempts` counts the tries begun, this one too."""
    match error:
        case RetryAfter():
            return Slower(_span(error.retry_after))
        case Forbidden():
            return GiveUp(End.BLOCKED)
        case InvalidToken() | Conflict():
            return Retry(OPERATOR_PAUSE)  # the operator's fault, not the message's
        case BadRequest():  # must stand before NetworkError, its parent class
            return _refused(error.message.lower(), method, attempts)
        case NetworkError():
            most = MOST_SERVER_ERRORS if isinstance(error, ServerError) else MOST_ATTEMPTS
            return Retry(_pause(attempts)) if attempts < most else GiveUp(End.FAILED)
        case _:
            return GiveUp(End.FAILED)


def _refused(said: str, method: Method, attempts: int) -> Verdict:
    if any(text in said for text in _NOBODY_THERE):
        return GiveUp(End.BLOCKED)
    if method in _CHANGES and any(text in said for text in _AS_WANTED):
        return Done()
    if method in _EDITS and any(text in said for text in _OTHER_FORM):
        return OtherForm()
    if any(text in said for text in _UNKNOWN_FILE):
        return UnknownFile()
    if method in _PICTURES:
        return Retry(_pause(attempts)) if attempts < 2 else OtherForm()
    return GiveUp(End.REJECTED)


def _pause(attempts: int) -> timedelta:
    return min(timedelta(seconds=2 ** min(attempts, 10)), LONGEST_PAUSE)


def _span(value: int | timedelta) -> timedelta:
    return value if isinstance(value, timedelta) else timedelta(seconds=value)
