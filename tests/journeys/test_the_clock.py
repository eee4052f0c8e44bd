"""Six weeks of moved clock: decent hours on decent days, no more than was promised, nothing after a stop (P11, P12)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.bank_holidays import bank_holidays
from bot.demo.people import Person
from bot.reviewing import Planned
from storage.records import PromptState
from tests.journeys.college import ANN, MEETING, OPENS, College, by_bot, heard, invitation_of

pytestmark = pytest.mark.uncounted

LONDON = ZoneInfo("Europe/London")
AUTUMN = MEETING
"""Across 25 October 2026, when clocks go back."""
SPRING = date(2027, 5, 6)
"""Across 28 March 2027, when clocks go forward, and Easter, Good Friday and Easter Monday around it."""


def unasked(person: Person, since: int) -> list[datetime]:
    """When the bot wrote first, in London; what was sent at one moment counts once."""
    return sorted({message.sent_at.astimezone(LONDON) for message in by_bot(person)[since:]})


async def everybody_in(here: College, meeting: date) -> Planned:
    made = await here.plan(meeting=meeting, carers=[ANN])
    for name in ("Sam", "Ann"):
        await here.comes_in(here.phone(name), invitation_of(made, name))
    return made


@pytest.mark.parametrize("meeting", [AUTUMN, SPRING], ids=["autumn", "spring"])
async def test_silent_people_hear_the_opening_and_two_more_at_decent_hours(here: College, meeting: date) -> None:
    await everybody_in(here, meeting)
    before = {name: len(by_bot(here.phone(name))) for name in ("Sam", "Ann")}
    await here.at(datetime.combine(meeting + timedelta(days=2), time(12), UTC))
    holidays = bank_holidays(meeting.year - 1, meeting.year + 1)
    for name, count in before.items():
        moments = unasked(here.phone(name), count)
        assert len(moments) == 3, "the opening and two more"
        for moment in moments:
            assert moment.weekday() < 5
            assert moment.date() not in holidays
        assert {moment.time() for moment in moments} == {time(16)}, "the same on the wall before and after"
        assert len({moment.utcoffset() for moment in moments}) == 2, "the clocks changed on the way"


async def test_nothing_unasked_comes_after_send_but_the_copy_to_check(here: College) -> None:
    made = await everybody_in(here, MEETING)
    await here.at(OPENS)
    for name in ("Sam", "Ann"):
        await here.sends(here.phone(name))
    before = {name: len(by_bot(here.phone(name))) for name in ("Sam", "Ann")}
    await here.at(datetime(2026, 11, 26, 12, tzinfo=UTC))
    copies = by_bot(here.phone("Sam"))[before["Sam"] :]
    assert [bool(message.content) for message in copies] == [True]
    assert by_bot(here.phone("Ann"))[before["Ann"] :] == []
    states = await here.prompt_states(made.review.id, invitation_of(made, "Ann").participant_id)
    assert states["reminder"] is states["last_call"] is PromptState.NOT_NEEDED


@pytest.mark.parametrize("how", ["leave_review", "leave_for_good"])
@pytest.mark.parametrize("sent_before", [False, True])
async def test_nothing_comes_after_leaving(here: College, how: str, sent_before: bool) -> None:
    made = await everybody_in(here, MEETING)
    sam = here.phone("Sam")
    await here.at(OPENS)
    if sent_before:
        await here.sends(sam)
    if how == "leave_for_good":
        await here.leaves_for_good(sam)
    else:
        await here.say(sam, "/stop")
        await here.press(sam, f"d:{how}")
    before = len(by_bot(sam))
    await here.at(datetime(2026, 11, 26, 12, tzinfo=UTC))
    assert by_bot(sam)[before:] == []
    states = await here.prompt_states(made.review.id, invitation_of(made, "Sam").participant_id)
    assert PromptState.PENDING not in states.values()


async def test_nothing_comes_after_blocking_and_everything_again_after_coming_back(here: College) -> None:
    made = await everybody_in(here, MEETING)
    sam = here.phone("Sam")
    await here.at(OPENS - timedelta(days=2))
    await sam.block_bot()
    await here.stage.calm()
    await here.at(OPENS + timedelta(days=1))
    before = len(by_bot(sam))
    states = await here.prompt_states(made.review.id, invitation_of(made, "Sam").participant_id)
    assert set(states.values()) == {PromptState.CANCELLED}
    refused = [call for call in here.stage.telegram.calls_of("sendMessage") if call.refusal]
    assert refused == [], "nothing was even tried"
    await here.opens_link(sam, "")
    await here.later(timedelta(minutes=1))
    assert "Hello Sam." in "\n".join(heard(sam)[before:])
    await here.at(datetime(2026, 11, 3, 10, tzinfo=UTC))
    assert sum("This is my last message before that" in text for text in heard(sam)) == 1


async def test_a_prompt_that_is_too_late_is_recorded_as_missed(here: College) -> None:
    made = await everybody_in(here, MEETING)
    sam = here.phone("Sam")
    await here.at(OPENS)
    before = len(by_bot(sam))
    here.stage.clock.move_to(datetime(2026, 11, 3, 13, 0, tzinfo=UTC))  # the machine slept through it
    await here.stage.calm()
    states = await here.prompt_states(made.review.id, invitation_of(made, "Sam").participant_id)
    assert states["reminder"] is states["last_call"] is PromptState.MISSED
    assert by_bot(sam)[before:] == []


async def test_what_is_late_waits_for_a_decent_hour_and_says_why(here: College) -> None:
    made = await everybody_in(here, MEETING)
    sam, person = here.phone("Sam"), invitation_of(made, "Sam").participant_id
    before = len(by_bot(sam))
    here.stage.clock.move_to(datetime(2026, 10, 13, 22, 30, tzinfo=UTC))
    await here.stage.calm()
    assert by_bot(sam)[before:] == []
    await here.at(datetime(2026, 10, 14, 12, tzinfo=UTC))
    assert unasked(sam, before) == [datetime(2026, 10, 14, 9, tzinfo=LONDON)]
    opening = (await here.prompts(made.review.id, person))["opening"]
    assert (opening.state, opening.note) == (PromptState.DONE, "decent_hours")


async def test_a_cancelled_review_sends_nothing_more(here: College) -> None:
    made = await everybody_in(here, MEETING)
    await here.at(OPENS)
    before = {name: len(by_bot(here.phone(name))) for name in ("Sam", "Ann")}
    async with here.stage.database.work() as work:
        await work.reviews.set_stage(made.review.id, type(made.review.stage).CANCELLED)
        await work.commit()
    await here.at(datetime(2026, 11, 26, 12, tzinfo=UTC))
    assert {name: len(by_bot(here.phone(name))) for name in before} == before
    assert here.mails == []
    assert await here.digests(made.review.id) == []


async def test_a_restart_loses_no_prompt_and_repeats_none(here: College) -> None:
    made = await everybody_in(here, MEETING)
    sam = here.phone("Sam")
    await here.stage.restart()
    await here.at(OPENS)
    await here.stage.restart()
    await here.at(OPENS + timedelta(days=11))
    await here.stage.restart()
    await here.at(datetime(2026, 11, 26, 12, tzinfo=UTC))
    states = await here.prompt_states(made.review.id, invitation_of(made, "Sam").participant_id)
    assert set(states.values()) == {PromptState.DONE}
    assert sum("Hello Sam." in text for text in heard(sam)) == 1
    assert sum(text.startswith("Hi Sam. The review for") for text in heard(sam)) == 1
