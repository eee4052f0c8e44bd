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
from bot.telegram.outbound import inline, quiet
from conversations.effects import Button

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
    """Words to a chat of which nothing is stored, in place of an earlier message where one is named."""

    chat_id: int
    text: str = field(repr=False)
    rows: tuple[tuple[Button, ...], ...] = ()
    instead_of: int | None = None


Afterwards: TypeAlias = AnswerPress | DeleteMessage | LeaveChat | SayDirectly


async def carry(calls: Calls, deeds: Sequence[Afterwards]) -> None:
    """Do them in order. One that fails is logged by its kind and stops none of the others."""
    for deed in deeds:
        try:
            await _do(calls, deed)
        except TelegramError as error:
            log.info("afterwards_failed", deed=type(deed).__name__, error=type(error).__name__)


async def _say(calls: Calls, deed: SayDirectly) -> None:
    parameters: dict[str, object] = {"chat_id": deed.chat_id, "text": deed.text, **quiet()}
    if (buttons := inline(deed.rows, None)) is not None:
        parameters["reply_markup"] = buttons
    if deed.instead_of is None:
        await calls.call(Method.SEND, parameters)
    else:
        await calls.call(Method.EDIT, parameters | {"message_id": deed.instead_of})


async def _do(calls: Calls, deed: Afterwards) -> None:
    match deed:
        case AnswerPress(callback_id, toast):
            await calls.answer_press(callback_id, toast)
        case DeleteMessage(chat_id, message_id):
            await calls.delete(chat_id, [message_id])
        case LeaveChat(chat_id):
            await calls.call(Method.LEAVE, {"chat_id": chat_id})
        case SayDirectly():
            await _say(calls, deed)
        case _:
            assert_never(deed)
