"""What falls due: the schedule lives in these rows."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import Integer, Update, bindparam, func, select, update

from storage.columns import UtcTime, fixed
from storage.models import PromptRow
from storage.records import Prompt, PromptState
from storage.repository.base import Repository


class Prompts(Repository):
    """Prompts, each made once for review, person and kind, and claimed once."""

    async def add(self, prompt: Prompt) -> bool:
        """Add one. Return False, changing nothing, where this review has it for this person already."""
        row = PromptRow(
            id=prompt.id,
            dedupe_key="|".join((prompt.review_id, prompt.participant_id or "", prompt.kind)),
            review_id=prompt.review_id,
            participant_id=prompt.participant_id,
            kind=prompt.kind,
            due_at=prompt.due_at,
            expires_at=prompt.expires_at,
            state=prompt.state,
            note=prompt.note,
        )
        return await self._insert_new(row)

    async def claim_due(self, now: datetime, limit: int) -> list[Prompt]:
        """Claim what is due, the longest due first, in one statement: nobody else gets them."""
        rows = await self._rows(PromptRow, _claim(), {"now": now, "at_most": limit})
        return sorted((_prompt(row) for row in rows), key=lambda prompt: (prompt.due_at, prompt.id))

    async def settle(self, prompt_id: str, state: PromptState, now: datetime, note: str = "") -> None:
        """Note how a prompt ended; `note` is a code."""
        await self._set(PromptRow, {"state": state, "settled_at": now, "note": note}, id=prompt_id)

    async def postpone(self, prompt_id: str, due_at: datetime) -> None:
        """Let a pending or claimed prompt wait until this time."""
        waits = PromptRow.state.in_((PromptState.PENDING, PromptState.CLAIMED))
        change = update(PromptRow).where(PromptRow.id == prompt_id, waits)
        await self._changed(change.values(state=PromptState.PENDING, due_at=due_at, claimed_at=None))

    async def reschedule(self, prompt_id: str, due_at: datetime, expires_at: datetime) -> None:
        """Let a pending prompt fall due, and expire, at other times."""
        pending = update(PromptRow).where(PromptRow.id == prompt_id, PromptRow.state == fixed(PromptState.PENDING))
        await self._changed(pending.values(due_at=due_at, expires_at=expires_at))

    async def bring_forward(self, review_id: str, kind: str, due_at: datetime) -> bool:
        """Let a pending prompt of the review itself fall due earlier. Return False where there is none."""
        mine = (PromptRow.review_id == review_id, PromptRow.participant_id.is_(None), PromptRow.kind == kind)
        pending = update(PromptRow).where(*mine, PromptRow.state == fixed(PromptState.PENDING))
        return await self._changed(pending.values(due_at=due_at)) > 0

    async def of_review(self, review_id: str) -> list[Prompt]:
        """Return all prompts of a review by the time they fall due."""
        rows = await self._find_all(PromptRow, "due_at", "id", review_id=review_id)
        return [_prompt(row) for row in rows]

    async def cancel_for(self, *, participant_id: str | None = None, review_id: str | None = None) -> int:
        """Cancel what is still to come for a participant, a review, or (with both) one in the other. Return how many.

        A claimed prompt is cancelled too: whoever holds it must look at its state in the unit that carries it out.
        """
        if participant_id is None and review_id is None:
            return 0
        change = update(PromptRow).where(PromptRow.state.in_((PromptState.PENDING, PromptState.CLAIMED)))
        if participant_id is not None:
            change = change.where(PromptRow.participant_id == participant_id)
        if review_id is not None:
            change = change.where(PromptRow.review_id == review_id)
        return await self._changed(change.values(state=PromptState.CANCELLED))

    async def get(self, prompt_id: str) -> Prompt | None:
        """Return one."""
        row = await self._find(PromptRow, id=prompt_id)
        return None if row is None else _prompt(row)

    async def release_stuck(self, before: datetime) -> int:
        """Make pending again what was claimed before this time and never settled. Return how many."""
        stuck = (PromptRow.state == fixed(PromptState.CLAIMED), PromptRow.claimed_at < before)
        return await self._changed(update(PromptRow).where(*stuck).values(state=PromptState.PENDING, claimed_at=None))

    async def next_due(self) -> datetime | None:
        """Return when the next pending prompt falls due."""
        return await self._one(select(func.min(PromptRow.due_at)).where(PromptRow.state == fixed(PromptState.PENDING)))


@cache
def _claim() -> Update:
    now = bindparam("now", type_=UtcTime())
    due = select(PromptRow.id).where(PromptRow.state == fixed(PromptState.PENDING), PromptRow.due_at <= now)
    ordered = due.order_by(PromptRow.due_at, PromptRow.id).limit(bindparam("at_most", type_=Integer))
    claimed = ordered.with_for_update(skip_locked=True).cte("due").prefix_with("MATERIALIZED")
    values = {"state": PromptState.CLAIMED, "claimed_at": now}
    return update(PromptRow).where(PromptRow.id.in_(select(claimed.c.id))).values(values).returning(PromptRow)


def _prompt(row: PromptRow) -> Prompt:
    return Prompt(
        id=row.id,
        review_id=row.review_id,
        participant_id=row.participant_id,
        kind=row.kind,
        due_at=row.due_at,
        expires_at=row.expires_at,
        state=row.state,
        note=row.note,
        settled_at=row.settled_at,
    )
