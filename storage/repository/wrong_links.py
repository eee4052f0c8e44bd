"""How often a chat opened a link that nobody made. It is known by its blind index, as long as that counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from storage.models import WrongLinkRow
from storage.repository.base import Repository


class WrongLinks(Repository):
    """Tries within a span of time, kept where a restart does not forget them. Whose chat it is, nothing here says."""

    async def tries(self, chat_id: int, since: datetime) -> int:
        """Return how many there were, of a count that began after `since`."""
        row = await self._find(WrongLinkRow, chat=self._chat(chat_id))
        return row.tries if row is not None and row.since > since else 0

    async def count(self, chat_id: int, now: datetime, since: datetime) -> None:
        """Count one more. A count that began before `since` is over, and a new one begins now."""
        tries = await self.tries(chat_id, since)
        chat = self._chat(chat_id)
        if await self._insert_new(WrongLinkRow(chat=chat, tries=1, since=now)):
            return
        values = {"tries": tries + 1} if tries else {"tries": 1, "since": now}
        await self._set(WrongLinkRow, values, chat=chat)

    async def purge(self, before: datetime) -> int:
        """Delete counts that began before this time. Return how many."""
        return await self._changed(delete(WrongLinkRow).where(WrongLinkRow.since < before))

    def _chat(self, chat_id: int) -> str:
        return self._vault.blind("chat", str(chat_id))
