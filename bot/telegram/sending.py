"""Sends one message: waits for its turn, brings its file, tries its other form, and judges what went wrong.

It knows nothing of rows: what becomes of a message is a value that it returns.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NewType, Protocol, TypeAlias, final

from telegram.error import TelegramError

from bot.telegram.calls import Calls, Method
from bot.telegram.fields import part, whole
from bot.telegram.limiter import Limiter
from bot.telegram.outbound import Outgoing, in_words, other_form
from bot.telegram.request import Upload
from bot.telegram.verdicts import Done, End, GiveUp, OtherForm, Retry, Slower, verdict

FileId = NewType("FileId", str)
"""Telegram's own name for a file that it already has: sending it again costs nothing."""

_FIELDS = {Method.PHOTO: "photo", Method.DOCUMENT: "document"}
_COUNTED = frozenset({Method.SEND, Method.PHOTO, Method.DOCUMENT})


class Files(Protocol):
    """Brings what an outgoing message names as its `file`."""

    async def load(self, key: str) -> bytes | FileId | None:
        """The bytes, or Telegram's name for them, or `None` where they are gone for good."""
        ...

    async def uploaded(self, key: str, file_id: FileId) -> None:
        """Telegram has it now, under this name."""
        ...


@final
class NoFiles:
    """For a bot that sends words only."""

    async def load(self, key: str) -> bytes | FileId | None:
        """Nothing."""
        return None

    async def uploaded(self, key: str, file_id: FileId) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Telegram has it; `message_id` is `None` where there is no message left, or Telegram did not say."""

    message_id: int | None = None


Outcome: TypeAlias = Arrived | Retry | Slower | GiveUp


@dataclass(frozen=True, slots=True)
class Sender:
    """The way out. `monotonic` tells seconds of a clock that never goes back; `pause` waits for seconds."""

    calls: Calls
    limiter: Limiter
    files: Files
    monotonic: Callable[[], float]
    pause: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep)

    async def send(self, chat_id: int, outgoing: Outgoing, attempts: int) -> Outcome:
        """Send one message; `attempts` counts the tries begun, this one too. Errors of Telegram are outcomes."""
        held = self.limiter.held(chat_id, self.monotonic())
        if held > 0:
            return Slower(timedelta(seconds=held))
        if outgoing.method in _COUNTED:
            await self._wait(self.limiter.in_chat(chat_id, self.monotonic()))
            await self._wait(self.limiter.overall(self.monotonic()))
        found = await self._try(chat_id, outgoing, attempts)
        if isinstance(found, OtherForm):
            found = await self._otherwise(chat_id, outgoing, attempts)
        if isinstance(found, Slower):
            self.limiter.obey(chat_id, found.after.total_seconds(), self.monotonic())
        return found

    async def _wait(self, seconds: float) -> None:
        if seconds > 0:
            await self.pause(seconds)

    async def _otherwise(self, chat_id: int, outgoing: Outgoing, attempts: int) -> Outcome:
        instead = other_form(outgoing) or in_words(outgoing)
        if instead is None:
            # A picture whose words follow in a message of their own: those are what counts.
            return Arrived() if outgoing.method is Method.PHOTO else GiveUp(End.REJECTED)
        found = await self._try(chat_id, instead, attempts)
        return GiveUp(End.REJECTED) if isinstance(found, OtherForm) else found

    async def _try(self, chat_id: int, outgoing: Outgoing, attempts: int) -> Outcome | OtherForm:
        parameters: dict[str, object] = {"chat_id": chat_id, **outgoing.parameters}
        upload: Upload | None = None
        if outgoing.file:
            brought = await self.files.load(outgoing.file)
            if brought is None:
                return OtherForm() if outgoing.method is Method.PHOTO else GiveUp(End.REJECTED)
            if isinstance(brought, bytes):
                upload = Upload(_FIELDS[outgoing.method], outgoing.file_name, brought)
            else:
                parameters[_FIELDS[outgoing.method]] = brought
        try:
            result = await self.calls.call(outgoing.method, parameters, upload)
        except TelegramError as error:
            found = verdict(error, outgoing.method, attempts)
            return Arrived() if isinstance(found, Done) else found
        return await self._arrived(outgoing, result, fresh=upload is not None)

    async def _arrived(self, outgoing: Outgoing, result: object, *, fresh: bool) -> Arrived:
        message: Mapping[str, object] = result if isinstance(result, dict) else {}
        file_id = _file_id(message, _FIELDS.get(outgoing.method, ""))
        if fresh and file_id:
            await self.files.uploaded(outgoing.file, FileId(file_id))
        return Arrived(whole(message, "message_id"))


def _file_id(message: Mapping[str, object], name: str) -> str:
    sizes = message.get(name)
    largest = sizes[-1] if isinstance(sizes, list) and sizes else part(message, name)
    file_id = largest.get("file_id") if isinstance(largest, dict) else None
    return file_id if isinstance(file_id, str) else ""
