"""Questions read aloud, with their sealed bytes. They hold a member of staff's voice, and nobody's answers."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, select, update

from storage.bodies import MediaBody
from storage.columns import fixed
from storage.models import RecordingBytesRow, RecordingRow, cell
from storage.records import MediaState, Recording
from storage.repository.base import Repository

_KEPT = fixed(MediaState.KEPT)


class Recordings(Repository):
    """One kept recording for each place of a script in a language; a newer one takes its place once it is kept."""

    async def arrived(self, recording: Recording) -> None:
        """Add one whose bytes are not there yet."""
        row = RecordingRow(
            id=recording.id,
            script=recording.script,
            step=recording.step,
            item=recording.item,
            language=recording.language,
            said=recording.said,
            by=recording.by,
            at=recording.at,
            state=MediaState.ARRIVED,
            mime="",
            size=0,
            attempts=0,
            body=self._seal(RecordingRow.body, recording.id, MediaBody(recording.file_id)),
        )
        await self._insert(row)

    async def pending(self) -> list[Recording]:
        """Return those whose bytes are not there yet, the oldest first."""
        arrived = select(RecordingRow).where(RecordingRow.state == fixed(MediaState.ARRIVED))
        return [self._opened(row) for row in await self._all(arrived.order_by(RecordingRow.id))]

    async def kept(self, recording: Recording, data: bytes, mime: str) -> bool:
        """Seal and store the bytes, in place of an earlier recording. Return False where it is not waited for."""
        waits = (RecordingRow.id == recording.id, RecordingRow.state == MediaState.ARRIVED)
        if await self._one(select(RecordingRow.id).where(*waits)) is None:
            return False
        await self._changed(delete(RecordingRow).where(*_place(recording), RecordingRow.state == _KEPT))
        body = self._seal(RecordingRow.body, recording.id, MediaBody(""))
        values = {"state": MediaState.KEPT, "mime": mime, "size": len(data), "body": body}
        await self._changed(update(RecordingRow).where(*waits).values(values))
        content = self._vault.seal(data, cell(RecordingBytesRow.content, recording.id))
        await self._insert(RecordingBytesRow(id=recording.id, content=content))
        return True

    async def tried(self, recording_id: str) -> int:
        """Count a download that failed and is to be tried again. Return how many there were."""
        counted = update(RecordingRow).where(RecordingRow.id == recording_id)
        await self._changed(counted.values(attempts=RecordingRow.attempts + 1))
        return await self._one(select(RecordingRow.attempts).where(RecordingRow.id == recording_id)) or 0

    async def sent_as(self, recording_id: str, file_id: str) -> None:
        """Note the messenger's own name for the kept bytes: sending them again by it costs nothing."""
        body = self._seal(RecordingRow.body, recording_id, MediaBody(file_id))
        kept = (RecordingRow.id == recording_id, RecordingRow.state == _KEPT)
        await self._changed(update(RecordingRow).where(*kept).values(body=body))

    async def get(self, recording_id: str) -> Recording | None:
        """Return one, without its bytes."""
        row = await self._find(RecordingRow, id=recording_id)
        return None if row is None else self._opened(row)

    async def data(self, recording_id: str) -> bytes:
        """Return the bytes, empty where none are kept."""
        content = await self._one(select(RecordingBytesRow.content).where(RecordingBytesRow.id == recording_id))
        return b"" if content is None else self._vault.open(content, cell(RecordingBytesRow.content, recording_id))

    async def of(self, script: str, language: str) -> list[Recording]:
        """Return what is kept for a script in a language, in no order that matters."""
        theirs = (RecordingRow.language == language, RecordingRow.script == script, RecordingRow.state == _KEPT)
        return [self._opened(row) for row in await self._all(select(RecordingRow).where(*theirs))]

    async def said(self, script: str, language: str) -> dict[tuple[str, str], str]:
        """Return, for each step and item that is recorded, the code of the words that were read. It opens nothing."""
        columns = select(RecordingRow.step, RecordingRow.item, RecordingRow.said)
        theirs = (RecordingRow.language == language, RecordingRow.script == script, RecordingRow.state == _KEPT)
        rows = (await self._line.run(columns.where(*theirs))).all()
        return {(row.step, row.item): row.said for row in rows}

    async def all(self) -> list[Recording]:
        """Return everything that is kept, by language, script and place."""
        place = (RecordingRow.language, RecordingRow.script, RecordingRow.step, RecordingRow.item)
        kept = select(RecordingRow).where(RecordingRow.state == _KEPT).order_by(*place)
        return [self._opened(row) for row in await self._all(kept)]

    async def delete(self, recording_id: str) -> bool:
        """Delete one with its bytes. Return whether it was there."""
        return await self._remove(RecordingRow, id=recording_id) > 0

    def _opened(self, row: RecordingRow) -> Recording:
        return Recording(
            id=row.id,
            script=row.script,
            step=row.step,
            item=row.item,
            language=row.language,
            said=row.said,
            by=row.by,
            at=row.at,
            state=row.state,
            mime=row.mime,
            size=row.size,
            file_id=self._open(RecordingRow.body, row.id, row.body, MediaBody).file_id,
            attempts=row.attempts,
        )


def _place(recording: Recording) -> tuple[ColumnElement[bool], ...]:
    return (
        RecordingRow.language == recording.language,
        RecordingRow.script == recording.script,
        RecordingRow.step == recording.step,
        RecordingRow.item == recording.item,
    )
