"""By which name the messenger knows a picture that belongs to nobody, so that it is drawn and uploaded once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from storage.models import PictureRow, cell
from storage.repository.base import Repository


class Pictures(Repository):
    """Names of pictures by the hash of what is drawn. Nothing of a person's own may be kept here."""

    async def file_id(self, drawn: str) -> str | None:
        """Return the messenger's name for the picture with this hash, if one was remembered."""
        key = self._key(drawn)
        row = await self._find(PictureRow, key=key)
        return None if row is None else self._vault.open(row.file_id, cell(PictureRow.file_id, key)).decode()

    async def remember(self, drawn: str, file_id: str, now: datetime) -> None:
        """Keep the messenger's name for the picture with this hash, in place of an earlier one."""
        key = self._key(drawn)
        sealed = self._vault.seal(file_id.encode(), cell(PictureRow.file_id, key))
        if not await self._insert_new(PictureRow(key=key, file_id=sealed, created_at=now)):
            await self._set(PictureRow, {"file_id": sealed, "created_at": now}, key=key)

    async def forget(self, drawn: str) -> None:
        """Drop the name of the picture with this hash: the messenger no longer takes it."""
        await self._remove(PictureRow, key=self._key(drawn))

    async def purge(self, before: datetime) -> int:
        """Delete names that were remembered before this time. Return how many."""
        return await self._changed(delete(PictureRow).where(PictureRow.created_at < before))

    def _key(self, drawn: str) -> str:
        return self._vault.blind("picture", drawn)
