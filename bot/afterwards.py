"""What is done straight at Telegram after the commit: none of it carries an answer, and all of it may fail.

A press is answered, a message that should not stand is deleted, a group is left, a stranger is told where to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

import structlog
from telegram.error import TelegramError

from bot.telegram.calls import Calls, Method

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AnswerPress:
    """Stop the button's waiting sign; `toast` is shown for a moment when it is not empty."""

    callback_id: str
    toast: str = ""


@dataclass(frozen=True, slots=True)
class DeleteMessage:
    """Take a message out of the chat."""

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class LeaveChat:
    """Leave a group or channel: private chats only."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class SayDirectly:
    """Words to a chat of which nothing is stored."""

    chat_id: int
    text: str = field(repr=False)


Afterwards: TypeAlias = AnswerPress | DeleteMessage | LeaveChat | SayDirectly


async def carry(calls: Calls, deeds: Sequence[Afterwards]) -> None:
    """Do them in order. One that fails is logged by its kind and stops none of the others."""
    for deed in deeds:
        try:
            await _do(calls, deed)
        except TelegramError as error:
            log.info("afterwards_failed", deed=type(deed).__name__, error=type(error).__name__)


async def _do(calls: Calls, deed: Afterwards) -> None:
    match deed:
        case AnswerPress(callback_id, toast):
            await calls.answer_press(callback_id, toast)
        case DeleteMessage(chat_id, message_id):
            await calls.delete(chat_id, [message_id])
        case LeaveChat(chat_id):
            await calls.call(Method.LEAVE, {"chat_id": chat_id})
        case SayDirectly(chat_id, text):
            await calls.call(Method.SEND, {"chat_id": chat_id, "text": text})
        case _:
            assert_never(deed)
