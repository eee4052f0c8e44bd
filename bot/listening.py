"""The named professional hears and sees, in Telegram, what the digest names by a number. Every time is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.changes.readers import content_of
from bot.playing import Playing
from bot.post import Post, To
from conversations.digest_media import media_of
from conversations.effects import Button
from conversations.lines import Line
from conversations.state import Media, MediaKind
from storage.records import Lane, Staff, StoredDigest
from storage.unit_of_work import UnitOfWork

PLAY: Final = "desk:play:"
_IN_A_ROW: Final = 4
_IN_A_MESSAGE: Final = 40
_LABELS: Final = {
    MediaKind.VOICE: Line.STAFF_PLAY_VOICE,
    MediaKind.PHOTO: Line.STAFF_PLAY_PHOTO,
    MediaKind.VIDEO: Line.STAFF_PLAY_VIDEO,
}


@dataclass(frozen=True, slots=True)
class Listening:
    """Numbers under a digest, and what a press on one sends. Who may press, the desk decides, each time anew."""

    post: Post

    async def offer(self, work: UnitOfWork, to: To, stored: StoredDigest, cause: str) -> None:
        """A button for every voice, photo and video in the reader's copy, by its number in the document."""
        media = list(enumerate(media_of(await content_of(work, stored)), start=1))
        for first in range(0, len(media), _IN_A_MESSAGE):
            buttons = [self._button(stored, *each) for each in media[first : first + _IN_A_MESSAGE]]
            rows = [buttons[place : place + _IN_A_ROW] for place in range(0, len(buttons), _IN_A_ROW)]
            await self.post.board(work, to, f"{cause}:media{first}", self.post.line(Line.STAFF_MEDIA), rows)

    async def play(
        self, work: UnitOfWork, staff: Staff, pressed: tuple[StoredDigest, int], now: datetime, cause: str
    ) -> str:
        """Send what stands under this number, and record it; words only where it is not there."""
        stored, number = pressed
        media = media_of(await content_of(work, stored))
        kept = await work.media.get(media[number - 1].id) if 0 < number <= len(media) else None
        to = To(staff.account_id or "", lane=Lane.DOCUMENT)
        if kept is None or not await Playing(self.post).medium(work, to, kept, f"{cause}:play", str(number)):
            return self.post.line(Line.STAFF_MEDIA_GONE)
        await work.audit.add(now, staff.id, "played_media", kept.id)
        return ""

    def _button(self, stored: StoredDigest, number: int, media: Media) -> Button:
        label = self.post.line(_LABELS[media.kind], number=str(number))
        return Button(label, f"{PLAY}{stored.id}:{number}")


def pressed_on(data: str) -> tuple[str, int]:
    """The digest and the number that a button names; number 0, which none has, for anything else."""
    digest_id, _, number = data.removeprefix(PLAY).partition(":")
    return digest_id, int(number) if number.isdecimal() and len(number) < 6 else 0
