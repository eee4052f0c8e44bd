"""One raw update to what the person did. Pure, total, and blind to every field that we do not use.

A sticker with a broken thumbnail is still a sticker: the library's objects would refuse the whole update. Nothing
here raises, whatever comes in.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TypedDict

from bot.telegram.contents import content
from bot.telegram.fields import Fields, parsed, part, text, whole
from bot.telegram.incoming import (
    Attachment,
    BlockedUs,
    ChatKind,
    CommandGiven,
    EditedWords,
    Ignored,
    Incoming,
    Malformed,
    NotOurs,
    NotPrivate,
    Press,
    Pressed,
    Reading,
    Start,
    Trouble,
    UnblockedUs,
    Unused,
    Unwanted,
    UnwantedKind,
    Words,
)
from conversations.state import ConversationId, Mark

__all__ = [
    "Attachment",
    "BlockedUs",
    "CommandGiven",
    "EditedWords",
    "Ignored",
    "Incoming",
    "Malformed",
    "NotOurs",
    "NotPrivate",
    "Press",
    "Pressed",
    "Reading",
    "Start",
    "UnblockedUs",
    "Unwanted",
    "UnwantedKind",
    "Words",
    "chat_of",
    "decode",
    "read",
]

_DATA = re.compile(r"([A-Za-z0-9_-]{1,24}):(0|[1-9][0-9]{0,8}):([!-~]{1,40})")
_LATEST = 253_402_300_799  # the last second that a datetime can hold
_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")


class _Where(TypedDict):
    chat_id: int
    message_id: int
    sent_at: datetime | None


def decode(raw: bytes) -> Reading:
    """What the update in `raw` says."""
    update = parsed(raw)
    return read(update) if isinstance(update, dict) else Malformed(Trouble.NO_JSON)


def read(update: Fields) -> Reading:
    """What `update` says. The first known kind counts; Telegram sends one an update."""
    kind = next((kind for kind in _KINDS if kind in update), None)
    if kind is None:
        return Ignored(Unused.NOT_ASKED_FOR)
    inner = update[kind]
    if not isinstance(inner, dict):
        return Malformed(Trouble.WRONG_SHAPE)
    match kind:
        case "message":
            return _message(inner, edited=False)
        case "edited_message":
            return _message(inner, edited=True)
        case "callback_query":
            return _press(inner)
        case _:
            return _membership(inner)


def chat_of(update: Fields) -> int | None:
    """The chat that an update belongs to, so that updates of one chat are worked in order."""
    for kind in _KINDS:
        inner = part(update, kind)
        owner = part(inner, "message", "chat") if kind == "callback_query" else part(inner, "chat")
        chat_id = whole(owner, "id")
        if chat_id is None and kind == "callback_query":
            chat_id = whole(part(inner, "from"), "id")
        if chat_id is not None:
            return chat_id
    return None


def _message(message: Fields, *, edited: bool) -> Reading:
    chat = part(message, "chat")
    chat_id = whole(chat, "id")
    if chat_id is None:
        return Malformed(Trouble.NO_CHAT)
    where = _where(chat_id, message)
    if chat.get("type") != "private":
        return _elsewhere(chat, where)
    if where["message_id"] <= 0:
        return Malformed(Trouble.NO_MESSAGE_ID)
    return _edit(message, where) if edited else _sent(message, where)


def _sent(message: Fields, where: _Where) -> Reading:
    found = content(message)
    match found:
        case Ignored() | Malformed():
            return found
        case UnwantedKind():
            return Unwanted(**where, kind=found)
        case str():
            return _words(found, message, where)
        case _:
            return found.attachment(**where)


def _elsewhere(chat: Fields, where: _Where) -> Reading:
    kind = next((kind for kind in ChatKind if kind == chat.get("type")), None)
    return Malformed(Trouble.NO_CHAT) if kind is None else NotPrivate(**where, kind=kind)


def _words(said: str, message: Fields, where: _Where) -> Incoming:
    name, argument = _command(said)
    match name:
        case "":
            return Words(**where, text=said, reply_to=whole(part(message, "reply_to_message"), "message_id"))
        case "start":
            return Start(**where, payload=argument)
        case _:
            return CommandGiven(**where, name=name, argument=argument, text=said)


def _command(said: str) -> tuple[str, str]:
    """Name and argument of a command, by its own look: Telegram's marking of it may be broken or missing."""
    first, *rest = said.split(maxsplit=1) or [""]
    found = re.fullmatch(r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]{1,64})?", first)
    if found is None or not said.startswith("/"):
        return "", ""
    return found[1].lower(), rest[0].rstrip() if rest else ""


def _edit(message: Fields, where: _Where) -> Reading:
    said = text(message, "text") or text(message, "caption")
    return EditedWords(**where, text=said) if said else Ignored(Unused.EDIT_WITHOUT_WORDS)


def _press(query: Fields) -> Reading:
    callback_id = text(query, "id")
    message = part(query, "message")
    chat = part(message, "chat")
    chat_id = whole(chat, "id") if chat else whole(part(query, "from"), "id")
    if not callback_id or chat_id is None:
        return Malformed(Trouble.NO_PRESS_ID if not callback_id else Trouble.NO_CHAT)
    where = _where(chat_id, message)
    if chat and chat.get("type") != "private":
        return _elsewhere(chat, where)
    return Pressed(**where, callback_id=callback_id, data=_data(text(query, "data")))


def _data(data: str) -> Press | NotOurs:
    found = _DATA.fullmatch(data)
    if found is None:
        return NotOurs(data)
    return Press(Mark(ConversationId(found[1]), int(found[2])), found[3])


def _membership(change: Fields) -> Reading:
    chat = part(change, "chat")
    chat_id = whole(chat, "id")
    if chat_id is None:
        return Malformed(Trouble.NO_CHAT)
    where = _where(chat_id, change)
    status = part(change, "new_chat_member").get("status")
    match chat.get("type"), status:
        case "private", "kicked":
            return BlockedUs(**where)
        case "private", "member":
            return UnblockedUs(**where)
        case ("private", _) | (_, "left" | "kicked"):
            return Ignored(Unused.MEMBERSHIP)
        case _:
            return _elsewhere(chat, where)


def _where(chat_id: int, message: Fields) -> _Where:
    seconds = whole(message, "date") or 0
    sent_at = datetime.fromtimestamp(seconds, UTC) if 0 < seconds <= _LATEST else None
    return _Where(chat_id=chat_id, message_id=whole(message, "message_id") or 0, sent_at=sent_at)
