"""Fetches what people sent besides words, outside the chat's lock; its end is an ordinary input (decision 14).

"I have saved that" is said only when the bytes are sealed; a download that fails is said too, and asked for again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Final

import structlog
from telegram.error import TelegramError

from bot import photos
from bot.clips import ClipFault, read_clip
from bot.clock import Clock
from bot.locks import ChatLocks
from bot.photos import PhotoFault
from bot.talking import Talking
from bot.telegram.calls import Calls
from bot.telegram.errors import FileGoneError, FileTooBigError
from conversations.inputs import Input, MediaFailed, MediaKept
from conversations.state import MediaId, MediaKind
from storage.database import Database
from storage.records import MediaState, StoredMedia
from storage.unit_of_work import UnitOfWork

LIMIT: Final = 20 * 1024 * 1024
TRIES: Final = 12
"""One try at each sweep: a minute of a bad line."""
_AT_ONCE: Final = 8
_PHOTOS_AT_ONCE: Final = 2
"""Each takes up to 200 MB while it is written again."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Checked:
    """What is sealed, and what it is."""

    data: bytes = field(repr=False)
    mime: str


@dataclass(frozen=True, slots=True)
class MediaFetch:
    """Downloads, checks, seals, and tells the conversation."""

    database: Database
    calls: Calls
    talking: Talking
    locks: ChatLocks
    clock: Clock
    transcribes: bool = False
    _fetching: set[str] = field(default_factory=set, repr=False)
    _photos: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_PHOTOS_AT_ONCE), repr=False)

    async def tick(self) -> int:
        """Fetch everything that has arrived and is not kept; how many were settled."""
        async with self.database.reading() as work:
            waiting = [media for media in await work.media.pending() if media.id not in self._fetching]
        room = asyncio.Semaphore(_AT_ONCE)
        return sum(await asyncio.gather(*(self._guarded(media, room) for media in waiting)))

    async def _guarded(self, media: StoredMedia, room: asyncio.Semaphore) -> bool:
        """One that fails in an unforeseen way stays where it is; it blocks nobody else's."""
        self._fetching.add(media.id)
        try:
            async with room:
                return await self._one(media)
        except Exception as error:  # noqa: BLE001  whatever is wrong with one file, the others are waited for too
            log.error("media_failed", media=media.id, error=type(error).__name__)  # noqa: TRY400  a trace could hold words
            return False
        finally:
            self._fetching.discard(media.id)

    async def _one(self, media: StoredMedia) -> bool:
        try:
            data = await self.calls.download(media.file_id, LIMIT)
        except FileTooBigError:
            return await self._settle(media, None, MediaFailed(MediaId(media.id), too_big=True))
        except FileGoneError:
            return await self._settle(media, None, MediaFailed(MediaId(media.id)))
        except TelegramError as error:
            log.info("media_not_fetched", media=media.id, error=type(error).__name__)
            return await self._again_or_fail(media)
        found = await self._checked(media, data)
        if isinstance(found, ClipFault | PhotoFault):
            log.info("media_refused", media=media.id, why=found.value)
            return await self._settle(media, None, MediaFailed(MediaId(media.id)))
        return await self._settle(media, found, MediaKept(MediaId(media.id)))

    async def _checked(self, media: StoredMedia, data: bytes) -> _Checked | ClipFault | PhotoFault:
        """What is kept of these bytes: of a photo a clean copy, of the others themselves."""
        if media.kind is not MediaKind.PHOTO:
            clip = await asyncio.to_thread(read_clip, media.kind, data)  # a file of tiny parts takes a second
            return clip if isinstance(clip, ClipFault) else _Checked(data, clip.mime)
        try:
            async with self._photos:
                return _Checked(await photos.cleaned(data), photos.MIME)
        except photos.PhotoRefusedError as refused:
            return refused.fault

    async def _again_or_fail(self, media: StoredMedia) -> bool:
        async with self.database.work() as work:
            tries = await work.media.tried(MediaId(media.id))
            await work.commit()
        if tries >= TRIES:
            return await self._settle(media, None, MediaFailed(MediaId(media.id)))
        return False

    async def _settle(self, media: StoredMedia, kept: _Checked | None, event: Input) -> bool:
        """Bytes and answer in one commit: what the person is told is kept is kept."""
        async with self.database.reading() as reading:
            chat = await chat_of(media, reading)
        async with self.locks.of(chat), self.database.work() as work:
            present = await work.media.get(MediaId(media.id))
            if present is None or present.state is not MediaState.ARRIVED:
                return False  # settled or deleted meanwhile
            if kept is None:
                await work.media.failed(media.id)
            else:
                await work.media.kept(media.id, kept.data, kept.mime)
                await self.talking.carry_out.alarm.media_kept(work, media, kept.data, kept.mime)
                if self.transcribes and media.kind is MediaKind.VOICE and media.conversation_id:
                    await work.media.to_be_heard(media.id)
            await self.talking.media_settled(work, media, event, f"media{media.id}")
            await work.commit()
        return True


async def chat_of(media: StoredMedia, work: UnitOfWork) -> str:
    """By which name the chat from which a medium came is locked."""
    person = await work.participants.get(media.participant_id)
    account = await work.accounts.get(person.account_id) if person and person.account_id else None
    return str(account.chat_id) if account else media.id
