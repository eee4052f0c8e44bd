"""After a long silence people are asked to send again what they wrote; after a short one nobody hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.demo.people import Person
from tests.journeys.college import ANN, OPENS, College, by_bot, codes, heard, invitation_of

ASKS = "please send it again"


@pytest.fixture
async def sam(here: College) -> Person:
    made = await here.plan(carers=[ANN])
    for name in ("Sam", "Ann"):
        await here.comes_in(here.phone(name), invitation_of(made, name))
    await here.at(OPENS)
    await here.press(here.phone("Sam"), "o:understand")
    await here.sends(here.phone("Ann"))
    return here.phone("Sam")


async def away(here: College, span: timedelta) -> None:
    """The bot is off for a while; Telegram goes on."""
    await here.stage.stop()
    here.stage.clock.move_by(span)
    await here.stage.restart()
    await here.stage.calm()


async def test_after_more_than_a_day_the_open_conversation_is_asked_at_a_decent_hour(
    here: College, sam: Person
) -> None:
    before = {person: len(by_bot(person)) for person in (sam, here.phone("Ann"))}
    await away(here, timedelta(hours=31))
    assert here.stage.clock.now() == datetime(2026, 10, 14, 22, 0, tzinfo=UTC)
    assert by_bot(sam)[before[sam] :] == [], "not at night"
    await here.at(datetime(2026, 10, 15, 12, tzinfo=UTC))
    [asked] = by_bot(sam)[before[sam] :]
    assert ASKS in asked.words
    assert asked.sent_at.astimezone(ZoneInfo("Europe/London")).hour == 9
    assert {code.split(":", 3)[-1] for code in codes(sam)} >= {"+:sport"}, "the open question stands under it"
    assert by_bot(here.phone("Ann"))[before[here.phone("Ann")] :] == [], "who has sent is not asked"
    assert sum(text.startswith("I was off from") for text in heard(here.okafor)) == 1
    await here.press(sam, "+:sport", "d:done")


async def test_after_a_shorter_silence_nothing_is_said(here: College, sam: Person) -> None:
    before = len(by_bot(sam))
    await sam.type("⚽")
    await away(here, timedelta(hours=19))
    await here.at(datetime(2026, 10, 15, 12, tzinfo=UTC))
    assert not any(ASKS in text for text in heard(sam))
    assert not any(text.startswith("I was off") for text in heard(here.okafor))
    assert len(by_bot(sam)) > before, "what was written meanwhile is answered"


async def test_a_crash_just_after_the_start_still_asks(here: College, sam: Person) -> None:
    await away(here, timedelta(hours=31))
    await here.stage.restart()
    await here.at(datetime(2026, 10, 15, 12, tzinfo=UTC))
    assert sum(ASKS in text for text in heard(sam)) == 1
    assert heard(here.okafor).count(heard(here.okafor)[-1]) == 1


async def test_who_left_is_not_asked(here: College, sam: Person) -> None:
    await here.say(sam, "/stop")
    await here.press(sam, "d:leave_review")
    before = len(by_bot(sam))
    await away(here, timedelta(hours=48))
    await here.at(datetime(2026, 10, 19, 12, tzinfo=UTC))
    assert by_bot(sam)[before:] == []
