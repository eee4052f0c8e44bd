"""Deletes what is past its day, a few at a time, and tells people before unfinished answers go.

What belongs to the safeguarding records is purged by its own keeper, given here as `also`, under the period "alerts".
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

import structlog

from bot.clock import Clock
from bot.prompt_rows import MESSAGES_AT, PromptKind, ask
from conversations.hours import local
from conversations.retention import DEFAULTS, REVIEW_CLOSES, WARNED, Kind, Periods, draft_goes
from storage.database import Database
from storage.records import ConversationStatus, Due, PromptState
from storage.repository.retaining import Timed
from storage.unit_of_work import UnitOfWork

_BATCH: Final = 50
_BATCHES: Final = 40
"""At most so many units of work for a kind in one run; the next run goes on."""
_HOUSEKEEPING: Final = frozenset({Kind.INBOX, Kind.OUTBOX, Kind.PICTURES})
"""Settled rows that lost their content when they were settled: no line in the audit for each hour."""
_ASKED: Final = frozenset({PromptKind.REMINDER, PromptKind.LAST_CALL, PromptKind.DRAFT_GOES})
_MOST: Final = 2
"""The opening and at most so many more messages come unasked (decision 36)."""
ACTOR: Final = "retention"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Keeper:
    """What purges a kind that lies elsewhere: how much is due by a day, and delete at most so many of it."""

    due: Callable[[UnitOfWork, date], Awaitable[Due]]
    drop: Callable[[UnitOfWork, date, int], Awaitable[int]]


Also: TypeAlias = Mapping[Kind, Keeper]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one kind stands today. `held` stays although its day is past, since nobody has read it."""

    kind: Kind
    period: str
    due: Due
    held: int = 0


@dataclass(frozen=True, slots=True)
class Retention:
    """One for each process. Two that run at once delete nothing twice and nothing more."""

    database: Database
    clock: Clock
    periods: Periods = field(default_factory=lambda: DEFAULTS)
    also: Also = field(default_factory=dict)

    async def standing(self) -> list[Standing]:
        """What would go now, kind by kind, and how old the oldest is. Changes nothing."""
        today = await self._today()
        async with self.database.reading() as work:
            return [await self._standing(work, kind, today) for kind in self._kinds()]

    async def run(self) -> dict[Kind, int]:
        """Delete what is past its day; how much of each kind. One line in the audit, with counts only."""
        today = await self._today()
        async with self.database.work() as work:
            await work.retaining.staff_seen_to_leave(self.clock.now())
            await self._warn(work, today)
            await work.commit()
        gone = {kind: count for kind in self._kinds() if (count := await self._purge(kind, today))}
        said = {kind: count for kind, count in gone.items() if kind not in _HOUSEKEEPING}
        if said:
            async with self.database.work() as work:
                what = "purged " + " ".join(f"{kind.value}={count}" for kind, count in said.items())
                await work.audit.add(self.clock.now(), ACTOR, what, ACTOR)
                await work.commit()
            log.info("purged", **{kind.value: count for kind, count in said.items()})
        return gone

    def _kinds(self) -> list[Kind]:
        """In the order in which they go: people last, when nothing they said is left."""
        own = [kind for kind in Kind if kind not in {Kind.LONGER, Kind.ALERTS, Kind.PEOPLE, Kind.STAFF}]
        return [*own, *(kind for kind in Kind if kind in self.also), Kind.PEOPLE, Kind.STAFF]

    async def _today(self) -> date:
        async with self.database.reading() as work:
            setting = await work.settings.get()
        return self.clock.now().astimezone(ZoneInfo(setting.zone if setting else "UTC")).date()

    def _by(self, kind: Kind, today: date) -> date:
        return self.periods[kind].last_gone(today)

    def _met_by(self, kind: Kind, today: date) -> date:
        return self._by(kind, today) - REVIEW_CLOSES

    async def _standing(self, work: UnitOfWork, kind: Kind, today: date) -> Standing:
        period, held = str(self.periods[kind]), 0
        if kind in self.also:
            due = await self.also[kind].due(work, self._by(kind, today))
        elif kind.value in set(Timed):
            due = await work.retaining.due(Timed(kind.value), _end_of(self._by(kind, today)))
        else:
            found = await self._found(work, kind, today)
            oldest = await work.retaining.oldest_meeting(self._met_by(kind, today)) if found else None
            due = Due(len(found), oldest)
        if kind is Kind.NOTES:
            held = await work.retaining.unread_notes(self._met_by(kind, today))
        return Standing(kind, period, due, held)

    async def _found(self, work: UnitOfWork, kind: Kind, today: date) -> list[str]:
        """The ids of what goes, for kinds that are found one by one."""
        keep, met_by, by = work.retaining, self._met_by(kind, today), _end_of(self._by(kind, today))
        finding: dict[Kind, Callable[[], Awaitable[list[str]]]] = {
            Kind.DRAFTS: lambda: keep.drafts(by, today - timedelta(days=1)),
            Kind.SENT: lambda: keep.sent(met_by, self._met_by(Kind.LONGER, today)),
            Kind.NOTES: lambda: keep.notes(met_by),
            Kind.DIGESTS: lambda: keep.digests(met_by),
            Kind.PEOPLE: lambda: keep.people(met_by),
            Kind.COMPLAINTS: lambda: keep.complaints(by),
            Kind.STAFF: lambda: keep.staff(by),
        }
        return await finding[kind]()

    async def _purge(self, kind: Kind, today: date) -> int:
        gone = 0
        for _ in range(_BATCHES):
            async with self.database.work() as work:
                count = await self._purge_some(work, kind, today)
                await work.commit()
            gone += count
            if count < _BATCH:
                break
        return gone

    async def _purge_some(self, work: UnitOfWork, kind: Kind, today: date) -> int:
        if kind in self.also:
            return await self.also[kind].drop(work, self._by(kind, today), _BATCH)
        if kind.value in set(Timed):
            return await work.retaining.drop(Timed(kind.value), _end_of(self._by(kind, today)), _BATCH)
        some = (await self._found(work, kind, today))[:_BATCH]
        for each in some:
            await _drop(work, kind, each)
        return len(some)

    async def _warn(self, work: UnitOfWork, today: date) -> None:
        """Ask for the message that tells of unfinished answers, where one is left for it, and once only."""
        setting = await work.settings.get()
        if setting is None:
            return
        for talk in await work.conversations.open_ones():
            review = await work.reviews.get(talk.review_id)
            if review is None or talk.status is ConversationStatus.WAITING or not talk.state.answers:
                continue
            goes = draft_goes(talk.touched_at.astimezone(ZoneInfo(setting.zone)).date(), review.meeting, self.periods)
            if not goes - WARNED <= today < goes:
                continue
            rows = [row for row in await work.prompts.of_review(review.id) if row.participant_id == talk.participant_id]
            counted = [row for row in rows if row.state is PromptState.DONE and row.kind.partition(":")[0] in _ASKED]
            if len(counted) < _MOST:
                due, ends = local(today, MESSAGES_AT, setting.zone), local(goes, time(0), setting.zone)
                kind = f"{PromptKind.DRAFT_GOES}:{goes.isoformat()}"
                await ask(work, review.id, kind, due, ends, talk.participant_id)


async def _drop(work: UnitOfWork, kind: Kind, which: str) -> None:
    keep = work.retaining
    match kind:
        case Kind.DRAFTS | Kind.SENT:
            await keep.drop_conversation(which)
        case Kind.NOTES:
            await keep.drop_note(which)
        case Kind.DIGESTS:
            await keep.drop_digest(which)
        case Kind.COMPLAINTS:
            await keep.drop_complaint(which)
        case Kind.PEOPLE:
            await work.forget.young_person(which)
        case _:
            await keep.drop_staff(which)


def _end_of(day: date) -> datetime:
    """Everything of that day was before this moment. Days are UTC's here: hours do not matter after weeks."""
    return datetime.combine(day + timedelta(days=1), time(0), UTC) - timedelta(microseconds=1)
