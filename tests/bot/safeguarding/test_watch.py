"""The watcher: tells once for each outage, also when it cannot open the database, and helps alerts out meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.mailbox import Mailbox
from bot.safeguarding.spool import Call
from bot.safeguarding.watch import WATCHED, Look, Watch
from conversations.lines import Line
from storage.records.alerts import Alert
from tests.bot.college import NOW, REID, College, college_in

TEAM = ["hall@example.org", "it@example.org", "reid@example.org"]


@dataclass(frozen=True, slots=True)
class Outside:
    """A watcher with its mailbox, apart from the bot that it watches."""

    college: College
    mailbox: Mailbox
    watch: Watch

    def told(self) -> list[str]:
        """Who got mail since the last question, in the order of the alphabet."""
        found = sorted(to for mail in self.mailbox.messages for to in mail.recipients)
        self.mailbox.messages.clear()
        return found


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncIterator[Outside]:
    async with Mailbox() as mailbox, college_in(tmp_path, mail_port=mailbox.port) as college:
        settings = college.bot.mailing.settings.model_copy(update={"watch_contact": "it@example.org"})
        watch = Watch(settings, college.clock, college.post, college.bot.catalogue)
        await college.bot.outages.beat()
        yield Outside(college, mailbox, watch)


async def test_a_bot_that_lives_is_left_alone_and_each_outage_is_told_once(outside: Outside) -> None:
    outside.college.clock.move_by(timedelta(minutes=10))
    assert await outside.watch.look() is Look.WELL
    assert outside.told() == []
    async with outside.college.database.reading() as work:
        assert await work.meta.get(WATCHED) == outside.college.clock.now().isoformat()
    clock = outside.college.clock
    clock.move_by(timedelta(minutes=1))
    await outside.mailbox.go_down()
    assert await outside.watch.look() is Look.SILENT
    await outside.mailbox.come_up()
    assert await outside.watch.look() is Look.SILENT
    assert outside.told() == TEAM, "the mail that did not go is tried at the next look"
    again = Watch(outside.watch.settings, clock, outside.college.post, outside.college.bot.catalogue)
    assert await again.look() is Look.SILENT
    assert outside.told() == []
    await outside.college.bot.outages.lived()
    assert await again.look() is Look.WELL
    clock.move_by(timedelta(minutes=11))
    assert await again.look() is Look.SILENT
    assert outside.told() == TEAM


async def test_a_database_that_cannot_be_opened_is_told_once_to_whoever_is_known(
    outside: Outside, tmp_path: Path
) -> None:
    await outside.watch.look()
    file = tmp_path / "firsthand.db"
    file.rename(tmp_path / "away.db")
    file.mkdir()
    assert [await outside.watch.look() for _ in range(2)] == [Look.NO_DATABASE] * 2
    assert outside.told() == TEAM
    stranger = Watch(outside.watch.settings, outside.college.clock, outside.college.post, outside.watch.catalogue)
    assert await stranger.look() is Look.NO_DATABASE
    assert outside.told() == ["it@example.org"], "the operator is known by the settings alone"
    file.rmdir()
    (tmp_path / "away.db").rename(file)
    assert await outside.watch.look() is Look.WELL


async def test_while_the_bot_is_off_alerts_are_mailed_all_the_same(outside: Outside) -> None:
    async with outside.college.database.work() as work:
        await work.alerts.add(Alert("a" * 32, None, NOW, who="Sam", due_at=NOW))
        await work.commit()
    outside.college.bot.safeguarding.bell.spool.put(Call(4711, NOW, elsewhere=False))
    outside.college.clock.move_by(timedelta(minutes=11))
    await outside.watch.look()
    assert outside.told() == sorted([*TEAM, "hall@example.org", REID.email])
    assert outside.college.bot.safeguarding.bell.spool.waiting() == []
    subject = outside.college.bot.lines[Line.STAFF_MAIL_OFF_SUBJECT]
    assert "Sam" not in subject
