"""Whoever has left: a press that was made before the bot could hear it opens nothing (P6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conversations.lines import Line
from storage.database import open_database
from storage.sealing import KeyRing
from tests.journeys.college import CLOSES, OPENS, College, by_bot, heard, invitation_of


@pytest.mark.parametrize("leaves", [False, True])
async def test_a_press_that_waits_while_the_bot_is_off_opens_only_for_a_colleague(
    here: College, *, leaves: bool
) -> None:
    made = await here.plan()
    sam = here.phone("Sam")
    await here.comes_in(sam, invitation_of(made, "Sam"))
    await here.at(OPENS)
    await here.sends(sam)
    await here.at(CLOSES + timedelta(hours=1))
    before = heard(here.okafor)
    await here.stage.stop()
    await here.okafor.press(here.line(Line.STAFF_DIGEST_OPEN))
    if leaves:
        await _leaves(here, made.review.professional_id)
    await here.stage.restart()
    await here.stage.calm()
    documents = [message for message in by_bot(here.okafor) if message.content]
    assert bool(documents) is not leaves
    assert not leaves or heard(here.okafor) == before


async def _leaves(here: College, staff_id: str) -> None:
    """As `firsthand staff end` does beside a bot that is off."""
    settings = here.stage.settings
    database = await open_database(settings.database_url, KeyRing.parse(settings.key_text()))
    async with database.work() as work:
        await work.staff.end(staff_id)
        await work.commit()
    await database.close()
