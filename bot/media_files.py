"""Brings the kept bytes of voices, photos, videos and recordings to the outbox, which only names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.telegram.sending import FileId
from conversations.state import MediaId
from storage.database import Database

MEDIA: Final = "media:"
RECORDING: Final = "recording:"


def media_name(media_id: MediaId) -> str:
    """The name under which the outbox asks for what a person sent."""
    return f"{MEDIA}{media_id}"


def recording_name(recording_id: str) -> str:
    """The name under which the outbox asks for a question read aloud."""
    return f"{RECORDING}{recording_id}"


@dataclass(frozen=True, slots=True)
class MediaFiles:
    """What people sent. Whoever queues it has checked who may have it."""

    database: Database

    async def load(self, key: str) -> bytes | FileId | None:
        """The kept bytes; None where they were deleted since."""
        async with self.database.reading() as work:
            return await work.media.data(MediaId(key.removeprefix(MEDIA))) or None

    async def uploaded(self, key: str, file_id: FileId) -> None:
        """Telegram's name for it is not kept: what was deleted must not be sent again by it."""


@dataclass(frozen=True, slots=True)
class RecordingFiles:
    """Questions read aloud. The first sending uploads them; later ones name what Telegram has."""

    database: Database

    async def load(self, key: str) -> bytes | FileId | None:
        """Telegram's name for it where that is known, else the bytes; None where it was taken away."""
        recording_id = key.removeprefix(RECORDING)
        async with self.database.reading() as work:
            recording = await work.recordings.get(recording_id)
            if recording is None:
                return None
            return FileId(recording.file_id) if recording.file_id else await work.recordings.data(recording_id) or None

    async def uploaded(self, key: str, file_id: FileId) -> None:
        """Telegram has it under this name from now on."""
        async with self.database.work() as work:
            await work.recordings.sent_as(key.removeprefix(RECORDING), file_id)
            await work.commit()
