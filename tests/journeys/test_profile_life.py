"""How a person likes to be asked: asked once, kept, asked again after a year, and changed by one press at any time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot.demo.files import picture_words
from bot.demo.messages import ShownMessage
from bot.demo.people import Person
from bot.demo.stage import Terms
from bot.reviewing import Planned
from conversations.lines import Line
from conversations.profile import Look, Shows
from conversations.script import Way
from conversations.state import Spot
from conversations.timetable import Stage
from tests.journeys.college import ANN, CLOSES, OPENS, College, by_bot, codes, college, heard, invitation_of
from tests.journeys.walking import Walk, comes_in, mail_text, presses, ways

pytestmark = pytest.mark.uncounted

ASKS = "Press /myway."
"""Stands in the question alone, not where its answer is shown again."""
IN_MAY = date(2027, 5, 11)
A_YEAR_ON = date(2027, 11, 30)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[College]:
    """A college with the questions that come with the bot."""
    async with college(tmp_path, Terms()) as made:
        yield made


async def next_review(here: College, meeting: date, planned_on: date) -> Planned:
    """The next review of the same person, up to the day on which the bot asks."""
    await here.at(datetime.combine(planned_on, time(9), UTC))
    made = await here.plan(meeting=meeting)
    assert made.invitations == (), "Sam is in already"
    await here.at(datetime.combine(date.fromisoformat(made.review.timetable[Stage.OPENING.value]), time(15), UTC))
    return made


def since(person: Person, first: int) -> list[ShownMessage]:
    """What the bot wrote after that many messages."""
    return by_bot(person)[first:]


def pictures(messages: list[ShownMessage]) -> list[str]:
    return [words for each in messages if (words := picture_words(each.content))]


async def after_the_first_review(here: College, shows: str) -> Walk:
    walk = await comes_in(here, presses, ways(Way.SHORT, shows))
    await walk.sends()
    await here.at(CLOSES)
    return walk


async def test_it_is_asked_once_and_kept_for_the_next_review(here: College) -> None:
    walk = await after_the_first_review(here, "words")
    assert sum(ASKS in text for text in heard(walk.person)) == 1
    before = len(by_bot(walk.person))
    await next_review(here, IN_MAY, date(2027, 1, 11))
    await walk.sends()
    assert pictures(since(walk.person, before)) == []
    assert sum(ASKS in text for text in heard(walk.person)) == 1
    assert ("access", "") not in await walk.given()
    assert (await walk.given()).keys() == await walk.asked() - {("access", "")}
    mails = len(here.mails)
    await here.at(datetime(2027, 4, 27, 12, tzinfo=UTC))
    assert "Sam likes words without pictures" in mail_text(here, mails)


async def test_it_is_asked_again_after_a_year(here: College) -> None:
    walk = await after_the_first_review(here, "words")
    before = len(by_bot(walk.person))
    await next_review(here, A_YEAR_ON, date(2027, 10, 11))
    walk.wants = {**walk.wants, **ways(Way.SHORT, "pictures")}
    await walk.sends()
    assert sum(ASKS in text for text in heard(walk.person)) == 2
    assert (await walk.given())["access", ""] == ("pictures",)
    assert pictures(since(walk.person, before)), "asked with pictures from then on"
    profile = (await here.participant(walk.participant_id)).profile
    assert profile.shows is Shows.PICTURES
    assert profile.asked_on is not None
    assert profile.asked_on.year == 2027


@pytest.mark.parametrize("key", ["keyboard", "/myway"])
async def test_it_is_changed_in_the_middle_of_a_question_by_one_press(here: College, key: str) -> None:
    walk = await comes_in(here, presses, ways(Way.SHORT))
    sam = walk.person
    await here.press(sam, "o:short", "o:understand", "o:both", "o:just_me")
    before, asked = await walk.state(), len(by_bot(sam))
    assert pictures(by_bot(sam)[-1:])
    label = here.line(Line.CONTROL_MY_WAY)
    assert label in sam.reply_buttons()
    await here.say(sam, label if key == "keyboard" else key)
    assert (await walk.state()).place.spot is Spot.MY_WAY
    await here.press(sam, "s:shows=words", "s:emoji=off")
    await here.press(sam, "d:back")
    assert (await walk.state()).place == before.place
    assert (await walk.state()).answers == before.answers
    *_, again = by_bot(sam)
    assert "Lessons" in again.words
    assert again.attachment is None
    assert label not in sam.reply_buttons(), "the keys have lost their emoji too"
    await walk.sends()
    assert pictures(since(sam, asked)[1:]) == []
    given = await walk.given()
    assert given.keys() == await walk.asked()
    assert given["access", ""] == ("both",), "what was answered stays what it was"
    assert (await here.participant(walk.participant_id)).profile.shows is Shows.WORDS
    await here.at(CLOSES)
    assert "Sam likes words without pictures" in mail_text(here)


async def test_a_look_is_changed_and_everything_after_is_drawn_in_it(here: College) -> None:
    walk = await comes_in(here, presses, ways(Way.SHORT))
    sam = walk.person
    await here.press(sam, "o:short", "o:understand", "o:both")
    light = by_bot(sam)[-1].content
    await here.say(sam, "/myway")
    await here.press(sam, "s:look=dark", "d:back")
    dark = by_bot(sam)[-1].content
    assert picture_words(dark) == picture_words(light)
    assert dark != light
    assert (await here.participant(walk.participant_id)).profile.look is Look.DARK


async def test_a_forged_value_changes_nothing(here: College) -> None:
    walk = await comes_in(here, presses, ways(Way.SHORT))
    await here.say(walk.person, "/myway")
    before = await walk.state()
    mark = codes(walk.person)[0].rsplit(":", 2)[0].removeprefix(":")
    for forged in ("s:choices=5", "s:choices=", "s:look=red", "s:nothing=on", "s:shows", "s:"):
        await walk.person.press_data(by_bot(walk.person)[-1].id, f"{mark}:{forged}")
    await here.stage.calm()
    assert await walk.state() == before


async def test_carers_are_asked_too_and_each_has_their_own(here: College) -> None:
    made = await here.plan(carers=[ANN])
    ann, invitation = here.phone("Ann"), invitation_of(made, "Ann")
    await here.comes_in(ann, invitation)
    await here.comes_in(here.phone("Sam"), invitation_of(made, "Sam"))
    await here.at(OPENS)
    walk = Walk(here, ann, invitation.participant_id, presses, {"agree": ("understand",), **ways(Way.SHORT, "words")})
    await here.press(ann, "o:short", "o:understand", "o:yes")
    assert sum(ASKS in text for text in heard(ann)) == 1
    asked = len(by_bot(ann))
    await here.press(ann, "o:words")
    await walk.sends()
    assert pictures(since(ann, asked)) == []
    assert (await walk.given()).keys() == await walk.asked()
    assert (await here.participant(invitation_of(made, "Sam").participant_id)).profile.shows is Shows.BOTH
