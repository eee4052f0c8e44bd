"""What the person hears of their alert: by when it is seen, that it was seen, or that nobody can be told now.

After a stop, a block or an end nothing follows (P12), nor where it is not safe to write to them (decision 22): the team
takes the person's safe way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.post import Post, To
from bot.safeguarding.alarm import STALE, Alarm
from bot.safeguarding.stages import notice_key
from conversations.lines import Line
from storage.database import Database
from storage.records import AccountState, ConversationStatus, DeliveryState, Participant, ParticipantState
from storage.records.alerts import Alert
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Telling:
    """Says it in the person's language, once."""

    database: Database
    clock: Clock
    alarm: Alarm
    post: Post

    def next(self, post: Post, now: datetime, who: str) -> str:
        """What happens next with an alert that was raised now, and of which `who` is told first."""
        by = self.alarm.seen_by(now)
        if by is None or not who:
            return post.line(Line.ALERT_NOBODY_NOW)
        said = [post.line(Line.ALERT_NEXT, safeguarding=who, seen_by=by)]
        phone = self.alarm.rota.rules.out_of_hours_phone
        if phone and not self.alarm.is_open(now):
            said.append(post.line(Line.ALERT_OUT_OF_HOURS, phone=phone))
        return "\n\n".join(said)

    async def tick(self) -> int:
        """Tell whoever is to be told now; how many."""
        now, told = self.clock.now(), 0
        async with self.database.work() as work:
            await self.alarm.learn(work, now)
            for alert in await work.alerts.to_tell():
                told += await self._seen(work, alert, now)
            for alert in await work.alerts.unreached():
                told += await self._perhaps_nobody(work, alert, now)
            await work.commit()
        return told

    async def _seen(self, work: UnitOfWork, alert: Alert, now: datetime) -> bool:
        staff = await work.staff.get(alert.seen_by or "")
        if await work.alerts.told(alert.id, now) and staff is not None:
            await self._say(work, alert, f"alert:{alert.id}:seen", Line.ALERT_SEEN, name=staff.name)
            return True
        return False

    async def _perhaps_nobody(self, work: UnitOfWork, alert: Alert, now: datetime) -> bool:
        """Where no notice gets through, the person hears that, once: they must not wait for who knows nothing."""
        if await self._reached_in_chat(work, alert):
            await work.alerts.reached(alert.id, now)
            return False
        in_vain = any(
            tries and state in {DeliveryState.QUEUED, DeliveryState.FAILED}
            for state, tries in await work.alert_notices.states(alert.id)
        )
        key = f"alert:{alert.id}:nobody"
        if not (in_vain or now - alert.raised_at >= STALE) or await work.outbox.is_known(key):
            return False
        return await self._say(work, alert, key, Line.ALERT_NOBODY_NOW)

    async def _reached_in_chat(self, work: UnitOfWork, alert: Alert) -> bool:
        readers = await self.alarm.rota.readers(work, alert)
        keys = [notice_key(alert.id, stage, each.id) for stage in range(1, alert.stage + 1) for each in readers]
        return any([await work.outbox.message_id_of(key) is not None for key in keys])

    async def _say(self, work: UnitOfWork, alert: Alert, key: str, line: Line, **values: str) -> bool:
        person = await work.participants.get(alert.participant_id) if alert.participant_id else None
        if person is None or person.account_id is None or not await self._may_write(work, alert, person):
            return False
        text = self.post.speaking_to(person).line(line, **values)
        await self.post.say(work, To(person.account_id, person.id), key, text)
        return True

    async def _may_write(self, work: UnitOfWork, alert: Alert, person: Participant) -> bool:
        account = await work.accounts.get(person.account_id or "")
        if person.state is not ParticipantState.JOINED or account is None or account.state is AccountState.BLOCKED:
            return False
        held = await work.conversations.of_participant(person.id)
        left = any(one.review_id == alert.review_id and one.status is ConversationStatus.CLOSED for one in held)
        return not left and await self.alarm.safe_to_write(work, person)
