"""Everything behind an alert, put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.clock import Clock
from bot.mailing import mail_settings
from bot.notices import Notices
from bot.post import Post
from bot.safeguarding.alarm import Alarm
from bot.safeguarding.bell import Bell
from bot.safeguarding.mails import AlertMails
from bot.safeguarding.overheard import Overheard
from bot.safeguarding.phrases import matching
from bot.safeguarding.reading import FROZEN, FrozenFiles, Reading
from bot.safeguarding.rota import Rota, rules_in
from bot.safeguarding.safe_here import AsTheySaid
from bot.safeguarding.spool import Spool
from bot.safeguarding.stages import Stages
from bot.safeguarding.telling import Telling
from bot.safeguarding.unread import Unread
from bot.settings import Settings
from conversations.catalogue import Catalogue
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Safeguarding:
    """The rooms, and the tick that does what is due in them. Any number of processes may tick."""

    database: Database
    clock: Clock
    alarm: Alarm
    stages: Stages
    mails: AlertMails
    telling: Telling
    reading: Reading
    bell: Bell
    overheard: Overheard
    unread: Unread
    files: Mapping[str, FrozenFiles]

    async def tick(self) -> int:
        """Load what waited, tell the team, mail, tell people, and take frozen words out of chats; how much was done."""
        done = await self.bell.load() + await self.stages.tick() + await self.mails.tick() + await self.telling.tick()
        now = self.clock.now()
        async with self.database.work() as work:
            done += await self.reading.take_down(work, now) + await self.unread.tell_overdue(work, now)
            await work.commit()
        return done

    async def learn(self) -> None:
        """Remember who can be told, before anything is asked."""
        async with self.database.reading() as work:
            await self.alarm.learn(work, self.clock.now())


def safeguarding(
    settings: Settings, database: Database, clock: Clock, post: Post, catalogue: Catalogue
) -> Safeguarding:
    """Build it by plain calls. Nothing is read or sent yet."""
    notices = Notices(post)
    alarm = Alarm(Rota(rules_in(settings)), catalogue, AsTheySaid(catalogue))
    mails = AlertMails(database, clock, alarm, post, mail_settings(settings))
    telling = Telling(database, clock, alarm, post)
    spool = Spool(settings.alert_path, database.vault.apart)
    return Safeguarding(
        database=database,
        clock=clock,
        alarm=alarm,
        stages=Stages(database, clock, alarm, notices),
        mails=mails,
        telling=telling,
        reading=Reading(alarm, post, clock),
        bell=Bell(database, clock, alarm, telling, mails, post, spool),
        overheard=Overheard(alarm, telling, post, clock, matching(catalogue.phrases)),
        unread=Unread(notices),
        files={FROZEN: FrozenFiles(database)},
    )
