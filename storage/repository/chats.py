"""Which messages stand in a chat, by number and time, and whether its person wants them taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, delete, select, update

from storage.columns import UtcTime
from storage.models import (
    AccountRow,
    ChatMessageRow,
    ChatTidyingRow,
    ConversationRow,
    MediaRow,
    OutRow,
    ParticipantRow,
)
from storage.records import ChatMessage, ConversationStatus, MediaState, TidyChoice, Tidying
from storage.repository.base import Repository

_OPEN = (
    ConversationStatus.WAITING, ConversationStatus.ACTIVE, ConversationStatus.PAUSED, ConversationStatus.SENT,
)  # fmt: skip


class Chats(Repository):
    """Messages of both directions for as long as the messenger lets them be deleted; no content, and no longer."""

    async def seen(
        self, account_id: str, message_id: int, sent_at: datetime, stored_at: datetime, *, keyboard: bool = False
    ) -> None:
        """Note a message; a second time, or where the account is gone, it changes nothing."""
        there = select(AccountRow.id).where(AccountRow.id == account_id)
        if await self._one(there.with_for_update(read=True, key_share=True)) is None:
            return
        row = ChatMessageRow(
            account_id=account_id,
            message_id=message_id,
            sent_at=min(sent_at, stored_at),
            stored_at=stored_at,
            keyboard=keyboard,
        )
        await self._insert_new(row)

    async def choice(self, account_id: str) -> Tidying | None:
        """Return what the person of this chat chose; None where they were never asked."""
        row = await self._find(ChatTidyingRow, id=account_id)
        return None if row is None else Tidying(row.choice, row.left_over)

    async def choose(self, account_id: str, choice: TidyChoice) -> None:
        """Store a choice in place of an earlier one."""
        if not await self._set(ChatTidyingRow, {"choice": choice}, id=account_id):
            await self._insert(ChatTidyingRow(id=account_id, choice=choice))

    async def told(self, account_id: str) -> None:
        """The person knows of what stayed."""
        await self._set(ChatTidyingRow, {"left_over": 0}, id=account_id)

    async def to_tidy(self, stored_by: datetime) -> list[str]:
        """Return the accounts that want it and have a message that was stored by then."""
        rows = (await self._line.run(_to_tidy(), {"stored_by": stored_by})).scalars().all()
        return list(rows)

    async def of_account(self, account_id: str) -> list[ChatMessage]:
        """Return the messages of a chat, the oldest first."""
        rows = await self._find_all(ChatMessageRow, "message_id", account_id=account_id)
        return [
            ChatMessage(row.id, row.account_id, row.message_id, row.sent_at, row.stored_at, row.keyboard)
            for row in rows
        ]

    async def waits_for_media(self, account_id: str) -> bool:
        """Say whether something that came from this chat is not yet fetched: it is not safely stored."""
        theirs = select(ParticipantRow.id).where(ParticipantRow.account_id == account_id)
        waits = (MediaRow.participant_id.in_(theirs), MediaRow.state == MediaState.ARRIVED)
        return await self._one(select(MediaRow.id).where(*waits)) is not None

    async def open_questions(self, account_id: str) -> set[int]:
        """Return the numbers of the messages that carry what can be pressed now in each conversation of this chat."""
        theirs = (ConversationRow.account_id == account_id, ConversationRow.status.in_(_OPEN))
        found: set[int] = set()
        talks = select(ConversationRow.id, ConversationRow.revision).where(*theirs)
        for talk, revision in (await self._line.run(talks)).all():
            carried = OutRow.dedupe_key.startswith(f"mark:{talk}:{revision}:", autoescape=True)
            newest = select(OutRow.message_id).where(carried, OutRow.message_id.is_not(None)).order_by(OutRow.id.desc())
            number = await self._one(newest)
            found |= set() if number is None else {number}
        return found

    async def gone(self, rows: Sequence[int]) -> None:
        """These messages are not in the chat any more."""
        await self._changed(delete(ChatMessageRow).where(ChatMessageRow.id.in_(rows)))

    async def stayed(self, account_id: str, count: int) -> None:
        """So many messages could not be deleted: the person is to be told."""
        theirs = update(ChatTidyingRow).where(ChatTidyingRow.id == account_id)
        await self._changed(theirs.values(left_over=ChatTidyingRow.left_over + count))

    async def too_late(self, account_id: str, sent_by: datetime) -> list[int]:
        """Return the rows of messages that were sent by then."""
        old = (ChatMessageRow.account_id == account_id, ChatMessageRow.sent_at <= sent_by)
        return list(await self._all(select(ChatMessageRow.id).where(*old)))

    async def forget(self, sent_by: datetime) -> int:
        """Drop the rows of chats that nobody wants tidied once they are of no use. Return how many."""
        wanted = select(ChatTidyingRow.id).where(ChatTidyingRow.choice == TidyChoice.ON)
        old = (ChatMessageRow.sent_at <= sent_by, ChatMessageRow.account_id.not_in(wanted))
        return await self._changed(delete(ChatMessageRow).where(*old))


@cache
def _to_tidy() -> Select[str]:
    wanted = select(ChatMessageRow.account_id).join(ChatTidyingRow, ChatTidyingRow.id == ChatMessageRow.account_id)
    due = ChatMessageRow.sent_at <= bindparam("stored_by", type_=UtcTime())
    return wanted.where(ChatTidyingRow.choice == TidyChoice.ON, due).distinct()
