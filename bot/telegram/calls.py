"""Calls to the Bot API as plain JSON, past the library's objects.

An answer that the library's objects cannot hold would look like a failure although Telegram has done its part; here
only what is used is read. It must not decide what to do about an error (`verdicts` does).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import final
from urllib.parse import quote

import aiohttp
import orjson
from telegram import Bot
from telegram.error import BadRequest, NetworkError

from bot.telegram.errors import FileGoneError, FileTooBigError, error_for
from bot.telegram.fields import object_in
from bot.telegram.request import ANSWER_SECONDS, AiohttpRequest, Upload

UPLOAD_SECONDS = 60.0
DOWNLOAD_LIMIT = 20 * 1024 * 1024
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")


class Method(StrEnum):
    """The methods that are used."""

    SEND = "sendMessage"
    EDIT = "editMessageText"
    EDIT_CAPTION = "editMessageCaption"
    EDIT_MEDIA = "editMessageMedia"
    EDIT_BUTTONS = "editMessageReplyMarkup"
    DELETE = "deleteMessage"
    DELETE_MANY = "deleteMessages"
    DOCUMENT = "sendDocument"
    PHOTO = "sendPhoto"
    VOICE = "sendVoice"
    AUDIO = "sendAudio"
    VIDEO_NOTE = "sendVideoNote"
    VIDEO = "sendVideo"
    ANSWER_PRESS = "answerCallbackQuery"
    LEAVE = "leaveChat"
    FILE = "getFile"
    UPDATES = "getUpdates"
    SET_WEBHOOK = "setWebhook"
    DELETE_WEBHOOK = "deleteWebhook"


@final
class Calls:
    """Raw calls over the bot's own line."""

    def __init__(self, bot: Bot) -> None:
        """`bot` comes from `request.make_bot`.

        Raises:
            TypeError: it has another line.
        """
        if not isinstance(bot.request, AiohttpRequest):
            raise TypeError("this bot was not made by make_bot")
        self._line = bot.request
        self._address = bot.base_url
        self._files = bot.base_file_url

    async def call(self, method: Method, parameters: Mapping[str, object], upload: Upload | None = None) -> object:
        """The `result` of one call.

        Raises:
            telegram.error.TelegramError: as `errors.error_for`; `NetworkError` where there was no readable answer.
        """
        body = orjson.dumps(parameters) if upload is None else _form(parameters, upload)
        seconds = ANSWER_SECONDS if upload is None else UPLOAD_SECONDS
        answer = object_in(await self._ask(method, body, seconds))
        if "result" not in answer:
            raise NetworkError("unreadable answer")
        return answer["result"]

    async def updates(self, offset: int | None, wait: int) -> bytes:
        """A whole answer of getUpdates as it came, waiting up to `wait` seconds for the first update.

        Asking with an offset acknowledges every update before it: they are gone at Telegram.
        """
        parameters: dict[str, object] = {"timeout": wait, "allowed_updates": ALLOWED_UPDATES}
        if offset is not None:
            parameters["offset"] = offset
        return await self._ask(Method.UPDATES, orjson.dumps(parameters), wait + ANSWER_SECONDS)

    async def answer_press(self, callback_id: str, text: str = "") -> bool:
        """Stop the small clock on a pressed button, with an optional toast; false where the press was too old."""
        try:
            await self.call(Method.ANSWER_PRESS, {"callback_query_id": callback_id, "text": text[:200]})
        except BadRequest:
            return False
        return True

    async def delete(self, chat_id: int, message_ids: Sequence[int]) -> bool:
        """Delete up to 100 messages of one chat; false where Telegram no longer can (48 hours)."""
        try:
            await self.call(Method.DELETE_MANY, {"chat_id": chat_id, "message_ids": list(message_ids)})
        except BadRequest:
            return False
        return True

    async def download(self, file_id: str, limit: int = DOWNLOAD_LIMIT) -> bytes:
        """The bytes of a file that somebody sent, at most `limit`.

        Raises:
            FileTooBigError: it is longer, or over Telegram's own limit; asking again does not help.
            FileGoneError: Telegram does not have it.
            NetworkError: no answer; asking again may help.
        """
        try:
            found = await self.call(Method.FILE, {"file_id": file_id})
        except BadRequest as error:
            kind = FileTooBigError if "too big" in error.message.lower() else FileGoneError
            raise kind("Telegram does not hand out this file") from None
        path = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(path, str):
            raise FileGoneError("Telegram names no place for this file")
        return await self._line.download(f"{self._files}/{quote(path)}", limit)

    async def _ask(self, method: Method, body: bytes | aiohttp.FormData, seconds: float) -> bytes:
        code, payload = await self._line.exchange(f"{self._address}/{method}", body, seconds)
        if not 200 <= code < 300:
            raise error_for(code, payload)
        return payload


def _form(parameters: Mapping[str, object], upload: Upload) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in parameters.items():
        form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    form.add_field(upload.parameter, upload.content, filename=upload.name, content_type="application/octet-stream")
    return form
