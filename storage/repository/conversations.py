"""Conversations, and the ledger of their answers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select, update

from conversations import codec
from conversations.state import Answer, ConversationId
from storage.errors import Conflict
from storage.ids import new_id
from storage.models import AnswerRow, ConversationRow, cell
from storage.records import Conversation, ConversationStatus
from storage.repository.base import Repository, table_of
from storage.sealing import Sealed

_OPEN = (ConversationStatus.WAITING, ConversationStatus.ACTIVE, ConversationStatus.PAUSED)


class Conversations(Repository):
    """What each conversation remembers, sealed as one, and each answer beside it.

    What was typed in from paper hangs on a row of its own, of status PAPER. Only `get` and `paper_id` find it: nobody
    who looks for conversations meets it, and no chat is ever given it.
    """

    async def add(self, conversation: Conversation) -> None:
        """Add a new one. Raises Conflict where its id is taken."""
        row = ConversationRow(
            id=conversation.id,
            participant_id=conversation.participant_id,
            review_id=conversation.review_id,
            account_id=conversation.account_id,
            script=conversation.script,
            version=conversation.version,
            revision=conversation.revision,
            status=conversation.status,
            state=self._sealed_state(conversation),
            touched_at=conversation.touched_at,
            stored_version=conversation.stored_version,
        )
        await self._insert(row)

    async def get(self, conversation_id: ConversationId) -> Conversation | None:
        """Return one, as it is in the database now."""
        row = await self._find(ConversationRow, id=conversation_id)
        return None if row is None else self._opened(row)

    def paper_id(self, participant_id: str, review_id: str) -> ConversationId:
        """Return the id under which one person's paper in one review is kept: always the same, there or not."""
        return ConversationId(self._vault.blind("paper", "\x1f".join((participant_id, review_id))))

    async def save(self, conversation: Conversation) -> Conversation:
        """Store a changed conversation. Return it with its new `stored_version`.

        Raises:
            Conflict: it was saved by another since it was loaded, or it is gone.
        """
        saved = replace(conversation, stored_version=conversation.stored_version + 1)
        as_loaded = {"id": conversation.id, "stored_version": conversation.stored_version}
        values = {
            "account_id": saved.account_id,
            "script": saved.script,
            "version": saved.version,
            "revision": saved.revision,
            "status": saved.status,
            "state": self._sealed_state(saved),
            "touched_at": saved.touched_at,
            "stored_version": saved.stored_version,
        }
        if not await self._set(ConversationRow, values, **as_loaded):
            raise Conflict
        return saved

    async def hand_over(self, participant_id: str, account_id: str | None) -> None:
        """Move every conversation of a participant to this account, or to none: whoever loaded one must load again."""
        mine = (ConversationRow.participant_id == participant_id, ConversationRow.status != ConversationStatus.PAPER)
        theirs = update(ConversationRow).where(*mine)
        later = ConversationRow.stored_version + 1
        await self._changed(theirs.values(account_id=account_id, stored_version=later))

    async def close_review(self, review_id: str) -> None:
        """Close every conversation of a review as it stands: whoever loaded one must load again. Paper is none."""
        its = (ConversationRow.review_id == review_id, ConversationRow.status != ConversationStatus.PAPER)
        later = ConversationRow.stored_version + 1
        await self._changed(
            update(ConversationRow).where(*its).values(status=ConversationStatus.CLOSED, stored_version=later)
        )

    async def of_review(self, review_id: str) -> list[Conversation]:
        """Return the conversations of one review."""
        return await self._with("review_id", review_id)

    async def of_participant(self, participant_id: str) -> list[Conversation]:
        """Return the conversations of one participant."""
        return await self._with("participant_id", participant_id)

    async def of_account(self, account_id: str) -> list[Conversation]:
        """Return the conversations in one chat."""
        return await self._with("account_id", account_id)

    async def open_ones(self) -> list[Conversation]:
        """Return all that wait, are active or paused."""
        statement = select(ConversationRow).where(ConversationRow.status.in_(_OPEN))
        ordered = statement.order_by(ConversationRow.touched_at, ConversationRow.id)
        return [self._opened(row) for row in await self._all(ordered)]

    async def record(self, conversation_id: ConversationId, answer: Answer, revision: int) -> None:
        """Store an answer; an earlier one of the same step and item is kept as replaced."""
        slot = self._slot(conversation_id, answer.step, answer.item)
        await self._set(AnswerRow, {"current": False}, slot=slot)
        answer_id = new_id()
        row = AnswerRow(
            id=answer_id,
            conversation_id=conversation_id,
            slot=slot,
            revision=revision,
            current=True,
            body=self._vault.seal(codec.dump_answer(answer), cell(AnswerRow.body, answer_id)),
        )
        await self._insert(row)

    async def remove(self, conversation_id: ConversationId, step: str, item: str = "") -> None:
        """Delete an answer that was taken out, with all that it replaced."""
        slot = self._slot(conversation_id, step, item)
        await self._remove(AnswerRow, slot=slot)

    async def answers(self, conversation_id: ConversationId) -> tuple[Answer, ...]:
        """Return the answers that stand, in the order in which they were given."""
        rows = await self._find_all(AnswerRow, "revision", "id", conversation_id=conversation_id, current=True)
        opened = (self._vault.open(row.body, cell(AnswerRow.body, row.id)) for row in rows)
        return tuple(codec.load_answer(content) for content in opened)

    async def delete_answers(self, conversation_id: ConversationId) -> None:
        """Delete every answer of a conversation, replaced ones too. Its media are `media.delete`'s."""
        await self._remove(AnswerRow, conversation_id=conversation_id)

    def _slot(self, conversation_id: ConversationId, step: str, item: str) -> str:
        return self._vault.blind("slot", "\x1f".join((conversation_id, step, item)))

    def _sealed_state(self, conversation: Conversation) -> Sealed:
        return self._vault.seal(codec.dump_state(conversation.state), cell(ConversationRow.state, conversation.id))

    async def _with(self, column: str, value: str) -> list[Conversation]:
        rows = await self._rows(ConversationRow, _of(column), {"value": value})
        return [self._opened(row) for row in rows]

    def _opened(self, row: ConversationRow) -> Conversation:
        return Conversation(
            id=ConversationId(row.id),
            participant_id=row.participant_id,
            review_id=row.review_id,
            account_id=row.account_id,
            script=row.script,
            version=row.version,
            revision=row.revision,
            status=row.status,
            state=codec.load_state(self._vault.open(row.state, cell(ConversationRow.state, row.id))),
            touched_at=row.touched_at,
            stored_version=row.stored_version,
        )


@cache
def _of(column: str) -> Select[Any]:
    """The conversations in which this column has a value; paper is none."""
    table = table_of(ConversationRow)
    talked = (table.columns[column] == bindparam("value"), table.columns.status != ConversationStatus.PAPER)
    return select(table).where(*talked).order_by(table.columns.touched_at, table.columns.id)
