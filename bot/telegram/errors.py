"""What can go wrong with Telegram, in texts that hold no token, no address and nobody's words."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.telegram.fields import object_in, part, whole


class WrongTokenError(Exception):
    """Telegram does not know the bot's token. Nothing works until the operator corrects it."""

    def __init__(self) -> None:
        super().__init__("Telegram does not accept the bot's token. Copy it again from BotFather.")


class ServerError(NetworkError):
    """Telegram answered that it has trouble of its own (5xx)."""


class FileTooBigError(TelegramError):
    """A file is over the limit that was asked for, or over Telegram's own."""


class FileGoneError(TelegramError):
    """Telegram no longer has this file."""


_PLAIN: Mapping[int, type[TelegramError]] = MappingProxyType(
    {
        HTTPStatus.FORBIDDEN: Forbidden,
        HTTPStatus.UNAUTHORIZED: InvalidToken,
        HTTPStatus.CONFLICT: Conflict,
    }
)


def error_for(code: int, payload: bytes) -> TelegramError:
    """What an answer other than 2xx means. Only Telegram's short description is kept of `payload`."""
    answer = object_in(payload)
    description = answer.get("description")
    text = description if isinstance(description, str) else f"HTTP {code}"
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return RetryAfter(max(1, whole(part(answer, "parameters"), "retry_after") or 1))
    if code == HTTPStatus.NOT_FOUND:
        # Telegram answers so to a token that is none; without its own code it is some machine on the way.
        return InvalidToken(text) if "error_code" in answer else NetworkError(text)
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServerError(text)
    return _PLAIN.get(code, BadRequest)(text)
