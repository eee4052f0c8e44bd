"""Voice messages, photos and video notes, with their sealed bytes."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from conversations.state import ConversationId, MediaId
from storage.bodies import MediaBody
from storage.columns import fixed
from storage.models import HearingRow, MediaBytesRow, MediaRow, cell
from storage.records import MediaState, StoredMedia
from storage.repository.base import Repository


class MediaStore(Repository):
    """Media on their way from received to kept. Bytes lie in the database: one commit with all the rest."""

    async def arrived(self, media: StoredMedia) -> None:
        """Add one that was received."""
        row = MediaRow(
            id=media.id,
            participant_id=media.participant_id,
            conversation_id=media.conversation_id,
            kind=media.kind,
            state=media.state,
            size=media.size,
            mime=media.mime,
            attempts=media.attempts,
            body=self._seal(MediaRow.body, media.id, MediaBody(media.file_id)),
        )
        await self._insert(row)

    async def pending(self) -> list[StoredMedia]:
        """Return what was received and is not yet kept, the oldest first."""
        statement = select(MediaRow).where(MediaRow.state == fixed(MediaState.ARRIVED))
        return [self._opened(row) for row in await self._all(statement.order_by(MediaRow.id))]

    async def of_conversation(self, conversation_id: ConversationId) -> list[StoredMedia]:
        """Return the media of a conversation, in whatever state."""
        statement = select(MediaRow).where(MediaRow.conversation_id == conversation_id)
        return [self._opened(row) for row in await self._all(statement.order_by(MediaRow.id))]

    async def of_participant(self, participant_id: str) -> list[StoredMedia]:
        """Return all that one person sent, in whatever state, the oldest first."""
        rows = await self._find_all(MediaRow, "id", participant_id=participant_id)
        return [self._opened(row) for row in rows]

    async def kept(self, media_id: MediaId, data: bytes, mime: str) -> bool:
        """Seal and store the bytes. Return False, storing nothing, where the medium is gone or is kept already."""
        waits = (MediaRow.id == media_id, MediaRow.state != MediaState.KEPT)
        values = {"state": MediaState.KEPT, "size": len(data), "mime": mime}
        if not await self._changed(update(MediaRow).where(*waits).values(values)):
            return False
        content = self._vault.seal(data, cell(MediaBytesRow.content, media_id))
        await self._insert(MediaBytesRow(id=media_id, content=content))
        return True

    async def tried(self, media_id: MediaId) -> int:
        """Count a download that failed and is to be tried again. Return how many there were."""
        await self._changed(update(MediaRow).where(MediaRow.id == media_id).values(attempts=MediaRow.attempts + 1))
        return await self._one(select(MediaRow.attempts).where(MediaRow.id == media_id)) or 0

    async def failed(self, media_id: MediaId) -> None:
        """Give up on a medium that is not kept."""
        waits = (MediaRow.id == media_id, MediaRow.state == MediaState.ARRIVED)
        change = update(MediaRow).where(*waits)
        await self._changed(change.values(state=MediaState.FAILED, attempts=MediaRow.attempts + 1))

    async def get(self, media_id: MediaId) -> StoredMedia | None:
        """Return one, without its bytes."""
        row = await self._find(MediaRow, id=media_id)
        return None if row is None else self._opened(row)

    async def data(self, media_id: MediaId) -> bytes:
        """Return the bytes, empty where none are kept."""
        content = await self._one(select(MediaBytesRow.content).where(MediaBytesRow.id == media_id))
        return b"" if content is None else self._vault.open(content, cell(MediaBytesRow.content, media_id))

    async def to_be_heard(self, media_id: MediaId) -> None:
        """Queue a kept voice message for the deployer's own command."""
        await self._insert_new(HearingRow(id=media_id))

    async def next_to_hear(self, tries: int) -> StoredMedia | None:
        """Return the oldest that waits to be heard, counting a try. One that was tried `tries` times waits no more."""
        await self._changed(delete(HearingRow).where(HearingRow.attempts >= tries))
        waits = select(HearingRow.id).order_by(HearingRow.id)
        media_id = await self._one(waits)
        if media_id is None:
            return None
        counted = update(HearingRow).where(HearingRow.id == media_id).values(attempts=HearingRow.attempts + 1)
        await self._changed(counted)
        return await self.get(MediaId(media_id))

    async def heard(self, media_id: MediaId) -> bool:
        """Take it off that queue. Return whether it was on it."""
        return await self._remove(HearingRow, id=media_id) > 0

    async def delete(self, media_id: MediaId) -> None:
        """Delete a medium with its bytes."""
        await self._remove(MediaRow, id=media_id)

    def _opened(self, row: MediaRow) -> StoredMedia:
        return StoredMedia(
            id=MediaId(row.id),
            participant_id=row.participant_id,
            conversation_id=None if row.conversation_id is None else ConversationId(row.conversation_id),
            kind=row.kind,
            file_id=self._open(MediaRow.body, row.id, row.body, MediaBody).file_id,
            state=row.state,
            size=row.size,
            mime=row.mime,
            attempts=row.attempts,
        )
