"""Fetches what colleagues recorded, outside every lock, and asks for the next one once it is sealed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

import structlog
from telegram.error import TelegramError

from bot.clips import Clip, read_clip
from bot.locks import ChatLocks
from bot.media_fetch import LIMIT, TRIES
from bot.post import To
from bot.recording import Studio
from bot.telegram.calls import Calls
from bot.telegram.errors import FileGoneError, FileTooBigError
from conversations.lines import Line
from conversations.state import MediaKind
from storage.database import Database
from storage.records import MediaState, Recording, Staff
from storage.unit_of_work import UnitOfWork

_FOR_GOOD: Final = (FileTooBigError, FileGoneError)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class RecordingFetch:
    """Downloads, checks, seals, and tells the colleague."""

    database: Database
    calls: Calls
    locks: ChatLocks
    studio: Studio

    async def tick(self) -> int:
        """Fetch every recording that has arrived; how many were settled. They are few, so one comes after another."""
        async with self.database.reading() as work:
            waiting = await work.recordings.pending()
        return sum([await self._guarded(recording) for recording in waiting])

    async def _guarded(self, recording: Recording) -> bool:
        try:
            return await self._one(recording)
        except Exception as error:  # noqa: BLE001  whatever is wrong with one, the others are fetched
            log.error("recording_failed", recording=recording.id, error=type(error).__name__)  # noqa: TRY400  no trace
            return False

    async def _one(self, recording: Recording) -> bool:
        try:
            data = await self.calls.download(recording.file_id, LIMIT)
        except _FOR_GOOD:
            return await self._settle(recording, b"", None)
        except TelegramError as error:
            log.info("recording_not_fetched", recording=recording.id, error=type(error).__name__)
            return await self._again_or_fail(recording)
        found = await asyncio.to_thread(read_clip, MediaKind.VOICE, data)
        return await self._settle(recording, data, found if isinstance(found, Clip) else None)

    async def _again_or_fail(self, recording: Recording) -> bool:
        async with self.database.work() as work:
            tries = await work.recordings.tried(recording.id)
            await work.commit()
        return tries >= TRIES and await self._settle(recording, b"", None)

    async def _settle(self, recording: Recording, data: bytes, clip: Clip | None) -> bool:
        async with self.database.reading() as reading:
            staff = await reading.staff.get(recording.by)
            account = await reading.accounts.get(staff.account_id) if staff and staff.account_id else None
        chat = str(account.chat_id) if account else recording.id
        async with self.locks.of(chat), self.database.work() as work:
            present = await work.recordings.get(recording.id)
            if present is None or present.state is not MediaState.ARRIVED:
                return False
            if clip is None:
                await work.recordings.delete(recording.id)
            else:
                await work.recordings.kept(recording, data, clip.mime)
                await work.audit.add(self.studio.clock.now(), recording.by, "recorded", recording.id)
            if staff is not None and account is not None:
                await self._tell(work, staff, recording, kept=clip is not None)
            await work.commit()
        return True

    async def _tell(self, work: UnitOfWork, staff: Staff, recording: Recording, *, kept: bool) -> None:
        """Saved, and the next one; or the same again."""
        line = Line.RECORD_SAVED if kept else Line.RECORD_FAILED
        cause = f"recording:{recording.id}"
        await self.studio.post.say(work, To(staff.account_id or ""), f"{cause}:told", self.studio.post.line(line))
        spot = self.studio.spot_of(recording)
        if spot is not None and await self.studio.where(work, staff) == spot:
            await self.studio.show(work, staff, spot.at(spot.number + 1) if kept else spot, cause)
