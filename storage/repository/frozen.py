"""Frozen words, and copies of what was sent besides words. They are added, read, and never changed."""

from __future__ import annotations

from sqlalchemy import select

from conversations.state import MediaId, MediaKind
from storage.bodies_apart import FrozenBody
from storage.ids import new_id
from storage.models import FrozenMediaRow, FrozenWordsRow, cell
from storage.records.alerts import FrozenMedia, FrozenWords
from storage.repository.apart import ApartRepository


class Frozen(ApartRepository):
    """What belongs to alerts. It goes with them, and with nothing else."""

    async def add(self, frozen: FrozenWords) -> None:
        """Freeze words."""
        body = FrozenBody(
            route=frozen.route,
            topics=frozen.topics,
            step=frozen.step,
            item=frozen.item,
            choices=frozen.choices,
            words=frozen.words,
            media=frozen.media,
            asked=frozen.asked,
            chosen=frozen.chosen,
        )
        sealed = self._seal(FrozenWordsRow.body, frozen.id, body)
        await self._insert(FrozenWordsRow(id=frozen.id, alert_id=frozen.alert_id, at=frozen.at, body=sealed))

    async def of_alert(self, alert_id: str) -> list[FrozenWords]:
        """Return all that raised one alert, the oldest first."""
        rows = await self._find_all(FrozenWordsRow, "at", "id", alert_id=alert_id)
        return [self._opened(row) for row in rows]

    async def add_media(self, words_id: str, kind: MediaKind, mime: str, data: bytes) -> None:
        """Keep a copy of the bytes with the words that they came with."""
        media_id = new_id()
        content = self._vault.apart.seal(data, cell(FrozenMediaRow.content, media_id))
        row = FrozenMediaRow(id=media_id, words_id=words_id, kind=kind, mime=mime, size=len(data), content=content)
        await self._insert(row)

    async def media_of(self, words_id: str) -> list[FrozenMedia]:
        """Return the copies that came with these words, without their bytes."""
        columns = (FrozenMediaRow.id, FrozenMediaRow.kind, FrozenMediaRow.mime, FrozenMediaRow.size)
        statement = select(*columns).where(FrozenMediaRow.words_id == words_id).order_by(FrozenMediaRow.id)
        rows = await self._line.run(statement)
        return [FrozenMedia(id_, words_id, kind, mime, size) for id_, kind, mime, size in rows]

    async def media(self, media_id: str) -> FrozenMedia | None:
        """Return one copy, without its bytes."""
        words_id = await self._one(select(FrozenMediaRow.words_id).where(FrozenMediaRow.id == media_id))
        found = await self.media_of(words_id) if words_id else []
        return next((each for each in found if each.id == media_id), None)

    async def data(self, media_id: str) -> bytes:
        """Return the bytes of a copy, empty where there is none."""
        content = await self._one(select(FrozenMediaRow.content).where(FrozenMediaRow.id == media_id))
        return b"" if content is None else self._vault.apart.open(content, cell(FrozenMediaRow.content, media_id))

    async def holding(self, alert_ids: list[str], media_id: MediaId) -> list[FrozenWords]:
        """Return the words of these alerts that this medium came with."""
        found = [words for alert_id in alert_ids for words in await self.of_alert(alert_id)]
        return [words for words in found if any(media.id == media_id for media in words.media)]

    def _opened(self, row: FrozenWordsRow) -> FrozenWords:
        body = self._open(FrozenWordsRow.body, row.id, row.body, FrozenBody)
        return FrozenWords(
            id=row.id,
            alert_id=row.alert_id,
            at=row.at,
            route=body.route,
            topics=body.topics,
            step=body.step,
            item=body.item,
            choices=body.choices,
            words=body.words,
            media=body.media,
            asked=body.asked,
            chosen=body.chosen,
        )
