"""Queues what can be heard and seen again: what a person sent, and questions that were read aloud.

It checks whose a medium is, and that a recording still says what the question says; the bytes come when it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from bot.media_files import media_name, recording_name
from bot.post import Post, To
from bot.telegram.clip_calls import clip
from bot.telegram.outbound import protected
from conversations.script import Flow
from conversations.spoken import place_name, still_said
from conversations.state import Media, MediaId, MediaKind
from storage.records import MediaState, Recording, StoredMedia
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Playing:
    """From what is kept to rows of the outbox, protected: nobody passes them on."""

    post: Post

    async def back(self, work: UnitOfWork, to: To, media: tuple[Media, ...], key: str) -> int:
        """Queue what this very person sent; how many there were. What is another's, or gone, is left out."""
        found = [await work.media.get(each.id) for each in media]
        theirs = [each for each in found if each is not None and each.participant_id == to.participant_id]
        for number, each in enumerate(theirs):
            await self.medium(work, to, each, f"{key}:play{number}")
        return len(theirs)

    async def medium(self, work: UnitOfWork, to: To, media: StoredMedia, key: str, caption: str = "") -> bool:
        """Queue one medium; False where its bytes are not kept. The caller has checked who may have it."""
        if media.state is not MediaState.KEPT:
            return False
        name = media_name(MediaId(media.id))
        outgoing = clip(name, media.kind, media.mime, media.size, caption)
        await self.post.document(work, to, protected(outgoing), key)
        return True

    async def aloud(self, work: UnitOfWork, to: To, flow: Flow, place: tuple[str, str], key: str) -> bool:
        """Queue the recording of this step and item, else of the step; False where there is none that still fits."""
        recorded = await work.recordings.of(flow.id, flow.language)
        fresh = still_said(flow, {place_name(each.step, each.item): each.said for each in recorded})
        names = [name for name in (place_name(*place), place_name(place[0])) if name in fresh]
        chosen = [each for name in names for each in recorded if place_name(each.step, each.item) == name]
        if not chosen:
            log.warning("recording_missing", script=flow.id, step=place[0])
            return False
        await self.recording(work, to, chosen[0], key)
        return True

    async def recording(self, work: UnitOfWork, to: To, recording: Recording, key: str) -> None:
        """Queue one recording."""
        name = recording_name(recording.id)
        await self.post.document(work, to, clip(name, MediaKind.VOICE, recording.mime, recording.size), key)
