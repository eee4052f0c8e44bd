"""Words that answer no question: sealed as a note, answered kindly with a day, told to staff once a day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.bank_holidays import bank_holidays
from bot.demo import clips
from bot.demo.people import Person
from bot.reviewing import Planned
from conversations.calendar import SchoolCalendar
from conversations.lines import Line
from conversations.wording import day_in
from storage.records import MediaState
from tests.journeys.college import CLOSES, OPENS, College, all_heard, heard, invitation_of

VOICE = clips.voice(2)


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan()
    await here.comes_in(here.phone("Sam"), invitation_of(planned, "Sam"))
    return planned


@pytest.fixture
def sam(here: College, made: Planned) -> Person:
    return here.phone("Sam")


def _id(made: Planned) -> str:
    return invitation_of(made, "Sam").participant_id


def _told(here: College) -> int:
    return heard(here.okafor).count(here.line(Line.STAFF_NOTE, name="Sam"))


async def test_before_the_opening_words_are_kept(here: College, made: Planned, sam: Person) -> None:
    await here.say(sam, "Before you ask, I am worried.", "And one more thing.")
    assert [note.words for note in await here.notes(_id(made))] == [
        "Before you ask, I am worried.",
        "And one more thing.",
    ]
    assert heard(sam)[-1] == "Thank you. I have kept this. Mr Okafor will read it by Tuesday 3 November 2026."
    assert _told(here) == 1
    await here.later(timedelta(days=1))
    await here.say(sam, "Today again.")
    assert _told(here) == 2
    assert "worried" not in all_heard(here.okafor)


async def test_media_before_the_opening_is_called_kept_only_when_it_is(
    here: College, made: Planned, sam: Person
) -> None:
    await sam.send_voice(VOICE, 2)
    await here.stage.calm()
    [note] = await here.notes(_id(made))
    async with here.stage.database.reading() as work:
        assert await work.media.data(note.media[0].id) == VOICE
    assert heard(sam)[-2] == here.stage.bot.catalogue.words["media_received"]
    assert heard(sam)[-1].startswith("Thank you. I have kept this.")
    await sam.send_voice(b"no recording at all", 2)
    await here.stage.calm()
    assert heard(sam)[-1] == here.stage.bot.catalogue.words["media_failed"]
    async with here.stage.database.reading() as work:
        lost = await work.media.get((await here.notes(_id(made)))[1].media[0].id)
    assert lost is not None
    assert lost.state is MediaState.FAILED


async def test_while_paused_words_are_kept_and_carrying_on_is_offered(
    here: College, made: Planned, sam: Person
) -> None:
    await here.at(OPENS)
    await here.say(sam, "/stop")
    await here.press(sam, "d:enough")
    await here.say(sam, "I could not sleep.")
    assert [note.words for note in await here.notes(_id(made))] == ["I could not sleep."]
    assert "Thank you. I have kept this. Mr Okafor will read it by Tuesday 3 November 2026." in heard(sam)
    await here.press(sam, "d:resume")
    await here.sends(sam)
    sent = await here.sent(_id(made))
    assert sent is not None
    assert "sleep" not in str(sent.submission)


async def test_after_send_words_are_kept_and_what_was_sent_stays(here: College, made: Planned, sam: Person) -> None:
    await here.at(OPENS)
    await here.sends(sam)
    sent = await here.sent(_id(made))
    await here.say(sam, "One more thing.")
    assert [note.words for note in await here.notes(_id(made))] == ["One more thing."]
    assert await here.sent(_id(made)) == sent
    assert any(text.startswith("Thank you. I have kept this.") for text in heard(sam))
    assert _told(here) == 1


async def test_after_leaving_words_are_kept_for_a_person_to_read(here: College, made: Planned, sam: Person) -> None:
    await here.at(OPENS)
    await here.say(sam, "/stop")
    await here.press(sam, "d:leave_review")
    await here.say(sam, "Wait. There is one more thing.")
    assert [note.words for note in await here.notes(_id(made))] == ["Wait. There is one more thing."]
    assert heard(sam)[-1].startswith("Thank you. I have kept this.")
    assert _told(here) == 1


async def test_after_the_meeting_words_are_kept_with_a_day_that_is_still_to_come(
    here: College, made: Planned, sam: Person
) -> None:
    await here.at(CLOSES + timedelta(days=40))
    await here.say(sam, "/stop")
    await here.press(sam, "d:leave_review")
    await here.say(sam, "The meeting was good.")
    today = here.stage.clock.now().date()
    soon = SchoolCalendar(bank_holidays(today.year, today.year + 1)).add_school_days(today, 2)
    assert heard(sam)[-1] == here.line(
        Line.NOTE_KEPT, contact="Mr Okafor", reads_by=day_in(here.stage.bot.catalogue.words, soon)
    )
    assert [note.words for note in await here.notes(_id(made))] == ["The meeting was good."]
    assert _told(here) == 1


async def test_a_stranger_hears_where_to_ask_and_nothing_is_stored(here: College) -> None:
    stranger = here.phone("Stranger")
    await here.say(stranger, "Hello? My name is Robin.")
    await stranger.send_voice(VOICE, 1)
    await here.stage.calm()
    assert set(heard(stranger)) == {here.line(Line.STRANGER)}
    async with here.stage.database.reading() as work:
        assert await work.accounts.by_chat(stranger.id) is None
        assert await work.notes.unread() == []
        assert await work.media.pending() == []
