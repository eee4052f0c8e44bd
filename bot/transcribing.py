"""The slot for the deployer's own command that turns a voice message into text. Off unless a command is set.

Its text is never an answer by itself: the conversation shows it, and it counts once the person said that it is right.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import structlog

from bot.hearing import Command, HearingFault
from bot.locks import ChatLocks
from bot.media_fetch import chat_of
from bot.talking import Talking
from conversations.inputs import Transcribed
from conversations.state import MediaId
from storage.database import Database
from storage.errors import StorageError
from storage.records import MediaState, StoredMedia

TRIES: Final = 2
"""A second one for a run that a crash of this program has cut off."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Transcribing:
    """Hears kept voice messages one by one, outside every lock, and tells their conversations."""

    database: Database
    talking: Talking
    locks: ChatLocks
    command: Command | None = None
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    async def tick(self) -> int:
        """Hear everything that waits; how many conversations were told."""
        told = 0
        async with self._one_at_a_time:
            while self.command is not None and (media := await self._next()) is not None:
                told += await self._guarded(self.command, media)
        return told

    async def run(self, kept: asyncio.Event, done: asyncio.Event, idle_seconds: float) -> None:
        """Hear until cancelled; `kept` says that something may wait, `done` that something was queued."""
        while self.command is not None:
            try:
                if await self.tick():
                    done.set()
            except StorageError as error:
                log.warning("transcribing_waits", error=type(error).__name__)
            kept.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(idle_seconds):
                    await kept.wait()

    async def _next(self) -> StoredMedia | None:
        async with self.database.work() as work:
            media = await work.media.next_to_hear(TRIES)
            await work.commit()
        return media

    async def _guarded(self, command: Command, media: StoredMedia) -> bool:
        """One that fails in an unforeseen way is tried once more, after the others."""
        try:
            return await self._one(command, media)
        except Exception as error:  # noqa: BLE001  whatever is wrong with one voice, the others are heard too
            log.error("transcription_odd", media=media.id, error=type(error).__name__)  # noqa: TRY400  a trace could hold words
            return False

    async def _one(self, command: Command, media: StoredMedia) -> bool:
        async with self.database.reading() as work:
            sound = await work.media.data(MediaId(media.id)) if media.state is MediaState.KEPT else b""
            chat = await chat_of(media, work)
        heard = await command.hears(sound) if sound else HearingFault.NOTHING_HEARD
        if isinstance(heard, HearingFault):
            log.warning("transcription_failed", media=media.id, why=heard.value)
        async with self.locks.of(chat), self.database.work() as work:
            waited = await work.media.heard(MediaId(media.id))
            told = waited and not isinstance(heard, HearingFault)
            if told:
                event = Transcribed(MediaId(media.id), str(heard))
                told = await self.talking.transcribed(work, media, event, f"heard{media.id}")
            await work.commit()
        return told
