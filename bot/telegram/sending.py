"""Sends one message: waits for its turn, brings its file, tries its other form, and judges what went wrong.

It knows nothing of rows: what becomes of a message is a value that it returns.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NewType, Protocol, TypeAlias, final

import structlog
from telegram.error import TelegramError

from bot.telegram.calls import Calls, Method
from bot.telegram.fields import part, whole
from bot.telegram.forms import other_forms
from bot.telegram.limiter import Limiter
from bot.telegram.outbound import Outgoing
from bot.telegram.request import Upload
from bot.telegram.verdicts import Done, End, GiveUp, OtherForm, Retry, Slower, UnknownFile, verdict
from conversations.art import Art

FileId = NewType("FileId", str)
"""Telegram's own name for a file that it already has: sending it again costs nothing."""

_FIELDS = {
    Method.PHOTO: "photo",
    Method.DOCUMENT: "document",
    Method.VOICE: "voice",
    Method.AUDIO: "audio",
    Method.VIDEO_NOTE: "video_note",
    Method.VIDEO: "video",
}
_COUNTED = frozenset({Method.SEND, *_FIELDS})
_ATTACHED = "picture"

log = structlog.get_logger(__name__)


class Files(Protocol):
    """Brings what an outgoing message names as its `file`."""

    async def load(self, key: str, *, fresh: bool = False) -> bytes | FileId | None:
        """The bytes, or Telegram's name for them, or `None` where they are gone for good.

        With `fresh` Telegram has refused that name: only the bytes help.
        """
        ...

    async def uploaded(self, key: str, file_id: FileId) -> None:
        """Telegram has it now, under this name."""
        ...


class Boards(Protocol):
    """Brings what an outgoing message holds as its `art`."""

    async def draw(self, art: Art, *, fresh: bool = False) -> bytes | FileId | None:
        """A PNG, or Telegram's name for one that looks the same, or `None` where it cannot be drawn.

        With `fresh` Telegram has refused that name.
        """
        ...

    async def drawn(self, art: Art, file_id: FileId) -> None:
        """Telegram has it now, under this name."""
        ...


@final
class NoFiles:
    """For a bot that sends words only: nothing is brought, nothing kept."""

    async def load(self, key: str, *, fresh: bool = False) -> bytes | FileId | None:
        """Nothing."""
        return None

    async def uploaded(self, key: str, file_id: FileId) -> None:
        """Nothing."""

    async def draw(self, art: Art, *, fresh: bool = False) -> bytes | FileId | None:
        """Nothing."""
        return None

    async def drawn(self, art: Art, file_id: FileId) -> None:
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
    boards: Boards = field(default_factory=NoFiles)

    async def send(self, chat_id: int, outgoing: Outgoing, attempts: int) -> Outcome:
        """Send one message; `attempts` counts the tries begun, this one too. Errors of Telegram are outcomes."""
        held = self.limiter.held(chat_id, self.monotonic())
        if held > 0:
            return Slower(timedelta(seconds=held))
        if outgoing.method in _COUNTED:
            await self._wait(self.limiter.in_chat(chat_id, self.monotonic()))
            await self._wait(self.limiter.overall(self.monotonic()))
        found = await self._in_some_form(chat_id, outgoing, attempts)
        if isinstance(found, Slower):
            self.limiter.obey(chat_id, found.after.total_seconds(), self.monotonic())
        return found

    async def _wait(self, seconds: float) -> None:
        if seconds > 0:
            await self.pause(seconds)

    async def _in_some_form(self, chat_id: int, outgoing: Outgoing, attempts: int) -> Outcome:
        forms = other_forms(outgoing)
        found = await self._try(chat_id, outgoing, attempts)
        if isinstance(found, OtherForm) and outgoing.art is not None:
            log.warning("picture_left_out", method=outgoing.method.value, attempts=attempts)
        for instead in forms:
            if not isinstance(found, OtherForm):
                break
            found = await self._try(chat_id, instead, attempts)
        if not isinstance(found, OtherForm):
            return found
        # A picture whose words follow in a message of their own: those are what counts.
        lone = outgoing.art is not None and outgoing.method is Method.PHOTO and not forms
        return Arrived() if lone else GiveUp(End.REJECTED)

    async def _try(self, chat_id: int, outgoing: Outgoing, attempts: int) -> Outcome | OtherForm:
        found = await self._call(chat_id, outgoing, attempts)
        if isinstance(found, UnknownFile):
            found = await self._call(chat_id, outgoing, attempts, fresh=True)
        return _without_file(outgoing) if isinstance(found, UnknownFile) else found

    async def _call(
        self, chat_id: int, outgoing: Outgoing, attempts: int, *, fresh: bool = False
    ) -> Outcome | OtherForm | UnknownFile:
        parameters: dict[str, object] = {"chat_id": chat_id, **outgoing.parameters}
        upload: Upload | None = None
        if outgoing.file or outgoing.art is not None:
            brought = await self._brought(outgoing, fresh=fresh)
            if brought is None:
                return _without_file(outgoing)
            upload = _put(parameters, outgoing, brought)
        try:
            result = await self.calls.call(outgoing.method, parameters, upload)
        except TelegramError as error:
            found = verdict(error, outgoing.method, attempts)
            return Arrived() if isinstance(found, Done) else found
        message: Mapping[str, object] = result if isinstance(result, dict) else {}
        if upload is not None:
            await self._keep_name(outgoing, message)
        return Arrived(whole(message, "message_id"))

    async def _brought(self, outgoing: Outgoing, *, fresh: bool) -> bytes | FileId | None:
        if outgoing.art is not None:
            return await self.boards.draw(outgoing.art, fresh=fresh)
        return await self.files.load(outgoing.file, fresh=True) if fresh else await self.files.load(outgoing.file)

    async def _keep_name(self, outgoing: Outgoing, message: Mapping[str, object]) -> None:
        file_id = _file_id(message, _FIELDS.get(outgoing.method, "photo"))
        if file_id and outgoing.art is not None:
            await self.boards.drawn(outgoing.art, FileId(file_id))
        elif file_id:
            await self.files.uploaded(outgoing.file, FileId(file_id))


def _put(parameters: dict[str, object], outgoing: Outgoing, brought: bytes | FileId) -> Upload | None:
    """Set the file among the parameters; what is to be uploaded, where it is."""
    media = parameters.get("media")
    name = _FIELDS.get(outgoing.method, _ATTACHED)
    if isinstance(media, Mapping):
        parameters["media"] = {**media, "media": f"attach://{name}" if isinstance(brought, bytes) else brought}
    elif isinstance(brought, str):
        parameters[name] = brought
    return Upload(name, outgoing.file_name, brought) if isinstance(brought, bytes) else None


def _without_file(outgoing: Outgoing) -> OtherForm | GiveUp:
    return OtherForm() if outgoing.art is not None or outgoing.method is Method.PHOTO else GiveUp(End.REJECTED)


def _file_id(message: Mapping[str, object], name: str) -> str:
    sizes = message.get(name)
    largest = sizes[-1] if isinstance(sizes, list) and sizes else part(message, name)
    file_id = largest.get("file_id") if isinstance(largest, dict) else None
    return file_id if isinstance(file_id, str) else ""
