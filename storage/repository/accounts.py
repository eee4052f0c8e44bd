"""Messenger accounts."""

from __future__ import annotations

from conversations.state import ConversationId
from storage.bodies import AccountBody
from storage.ids import new_id
from storage.models import AccountRow
from storage.records import Account, AccountState
from storage.repository.base import Repository


class Accounts(Repository):
    """Messenger accounts that were let in."""

    async def by_chat(self, chat_id: int) -> Account | None:
        """Find by the messenger's chat id."""
        return self._record(await self._find(AccountRow, chat=self.chat_index(chat_id)))

    async def get(self, account_id: str) -> Account | None:
        """Return one."""
        return self._record(await self._find(AccountRow, id=account_id))

    async def add(self, chat_id: int) -> Account:
        """Add a new account. Raises Conflict where the chat is known already."""
        account = Account(new_id(), chat_id)
        row = AccountRow(
            id=account.id,
            chat=self.chat_index(chat_id),
            body=self._seal(AccountRow.body, account.id, AccountBody(chat_id)),
            state=account.state,
        )
        await self._insert(row)
        return account

    async def set_floor(self, account_id: str, conversation_id: ConversationId | None) -> None:
        """Give a conversation the floor in this chat, or none."""
        await self._set(AccountRow, {"floor": conversation_id}, id=account_id)

    async def set_state(self, account_id: str, state: AccountState) -> None:
        """Note whether the account takes our messages."""
        await self._set(AccountRow, {"state": state}, id=account_id)

    async def enter_staff_mode(self, account_id: str) -> None:
        """From now on this chat is at the staff desk."""
        await self._set(AccountRow, {"staff_mode": True}, id=account_id)

    async def leave_staff_mode(self, account_id: str) -> None:
        """From now on this chat is no longer at the staff desk."""
        await self._set(AccountRow, {"staff_mode": False}, id=account_id)

    def chat_index(self, chat_id: int) -> str:
        """Return the blind index of a chat: as in `InUpdate.chat`, fit for locks and logs."""
        return self._vault.blind("chat", str(chat_id))

    def _record(self, row: AccountRow | None) -> Account | None:
        if row is None:
            return None
        body = self._open(AccountRow.body, row.id, row.body, AccountBody)
        floor = None if row.floor is None else ConversationId(row.floor)
        return Account(row.id, body.chat_id, row.state, floor, row.staff_mode)
