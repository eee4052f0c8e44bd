"""Nothing unasked is sent after a backup was put back, until an operator has seen what would be (decision 32).

What waits then is put aside as HELD; replies to what people do from now on go out, help and alerts among them.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update

from storage.models import DeliveryRow, MetaRow, OutRow, PromptRow
from storage.records import DeliveryState, OutState, PromptState, Unsent
from storage.repository.base import Repository

_SINCE = "paused_since"
_EPOCH = "epoch"
_BACKED_UP = "backed_up_at"
_UNSENT = (OutState.QUEUED, OutState.SENDING)
_TO_COME = (PromptState.PENDING, PromptState.CLAIMED)
_UNDELIVERED = (DeliveryState.QUEUED, DeliveryState.SENDING)


class Paused(Repository):
    """Whether the bot may send unasked, what would go, and the counter by which an older database is known."""

    async def since(self) -> datetime | None:
        """Return since when nothing unasked is sent; None where it is."""
        return await self._moment(_SINCE)

    async def begin(self, now: datetime) -> int:
        """Pause, and put aside what waits to be sent. Return how many messages. A pause that began before goes on."""
        if await self.since() is None:
            await self._put(_SINCE, now.isoformat())
        return await self.hold()

    async def hold(self) -> int:
        """Put aside what is queued now. Return how many messages."""
        return await self._changed(update(OutRow).where(OutRow.state.in_(_UNSENT)).values(state=OutState.HELD))

    async def waiting(self, now: datetime) -> list[Unsent]:
        """Return what would be sent now: messages put aside by kind, prompts that are due, digests to be mailed."""
        held = select(OutRow.kind, func.count(), func.min(OutRow.created_at))
        messages = await self._line.run(held.where(OutRow.state == OutState.HELD).group_by(OutRow.kind))
        found = [Unsent(f"message: {kind.value}", count, oldest) for kind, count, oldest in messages]
        due = select(PromptRow.kind, PromptRow.due_at).where(PromptRow.state.in_(_TO_COME), PromptRow.due_at <= now)
        kinds: dict[str, list[datetime]] = {}
        for kind, at in await self._line.run(due):
            kinds.setdefault(kind.partition(":")[0], []).append(at)
        found += [Unsent(f"prompt: {kind}", len(times), min(times)) for kind, times in kinds.items()]
        mails = select(func.count(), func.min(DeliveryRow.not_before)).where(DeliveryRow.state.in_(_UNDELIVERED))
        count, oldest = (await self._line.run(mails)).one()
        return found + ([Unsent("digest", count, oldest)] if count else [])

    async def drop(self, before: datetime, now: datetime) -> int:
        """Cancel what has waited since before this time, but for work on digests. Return how many.

        Messages lose their content. A digest that is missing would harm more than one that comes twice.
        """
        old = (OutRow.state == OutState.HELD, OutRow.created_at < before)
        ended = {"state": OutState.CANCELLED, "payload": None, "settled_at": now}
        dropped = await self._changed(update(OutRow).where(*old).values(ended))
        due = (PromptRow.state.in_(_TO_COME), PromptRow.due_at < before, PromptRow.participant_id.is_not(None))
        missed = {"state": PromptState.MISSED, "settled_at": now, "note": "restored"}
        return dropped + await self._changed(update(PromptRow).where(*due).values(missed))

    async def end(self) -> None:
        """Let go of what was put aside, and send again."""
        await self._changed(update(OutRow).where(OutRow.state == OutState.HELD).values(state=OutState.QUEUED))
        await self._remove(MetaRow, key=_SINCE)

    async def epoch(self) -> int:
        """Return the counter, 0 where there is none."""
        value = await self._value(_EPOCH)
        return int(value) if value is not None else 0

    async def next_epoch(self, at_least: int) -> int:
        """Count on, past this number too. Return the new number."""
        number = max(await self.epoch(), at_least) + 1
        await self._put(_EPOCH, str(number))
        return number

    async def backed_up(self, now: datetime) -> None:
        """Note that a backup was made."""
        await self._put(_BACKED_UP, now.isoformat())

    async def last_backup(self) -> datetime | None:
        """Return when the last backup was made, as far as this database knows."""
        return await self._moment(_BACKED_UP)

    async def _moment(self, key: str) -> datetime | None:
        value = await self._value(key)
        return datetime.fromisoformat(value) if value is not None else None

    async def _value(self, key: str) -> str | None:
        row = await self._find(MetaRow, key=key)
        return None if row is None else row.value

    async def _put(self, key: str, value: str) -> None:
        if not await self._set(MetaRow, {"value": value}, key=key):
            await self._insert(MetaRow(key=key, value=value))
