"""A chat that is tidied: on, off, late, and with a crash between. The stand-in judges Telegram's 48 hours strictly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.demo import clips
from bot.demo.people import Person
from bot.reviewing import Planned
from conversations.lines import Line
from tests.journeys.college import OPENS, College, codes, heard, invitation_of

HOUR = timedelta(hours=1)


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan()
    await here.comes_in(here.phone("Sam"), invitation_of(planned, "Sam"))
    await here.at(OPENS)
    return planned


async def chooses(here: College, person: Person, what: str) -> None:
    await person.press(lambda button: button.data == f"tidy:{what}")
    await here.stage.calm()


def stand(person: Person) -> set[int]:
    """The numbers of all messages that stand in this chat."""
    return {message.id for message in person.messages}


async def test_it_is_asked_once_after_send_and_until_then_nothing_goes(here: College, made: Planned) -> None:
    sam = here.phone("Sam")
    await here.sends(sam)
    assert heard(sam)[-1] == here.line(Line.TIDY_ASK)
    before = stand(sam)
    await here.later(30 * HOUR)
    assert stand(sam) >= before, "no answer is no yes"
    await here.press(sam, "d:change")
    await here.press(sam, "d:send")
    assert heard(sam).count(here.line(Line.TIDY_ASK)) == 1
    assert made.review.id


async def test_with_a_yes_both_sides_go_a_day_later_but_for_the_question_the_keyboard_and_the_help_card(
    here: College, made: Planned
) -> None:
    sam = here.phone("Sam")
    await here.say(sam, here.line(Line.CONTROL_HELP))
    [card] = [message.id for message in sam.messages if "call 999" in message.words]
    await here.press(sam, "o:understand", "+:sport")
    await here.say(sam, "my own words", "/tidy")
    await chooses(here, sam, "on")
    [keyboard] = [message.id for message in sam.messages if message.markup is not None and not message.inline]
    question = next(message.id for message in reversed(sam.messages) if f"{codes(sam)[0]}"[1:] in _data(message))
    before = stand(sam)
    await here.later(23 * HOUR)
    assert stand(sam) == before, "not before a day is over"
    await here.later(2 * HOUR)
    too_old = {message.id for message in sam.messages if message.sent_at < OPENS - 47 * HOUR}
    assert stand(sam) == {card, keyboard, question} | too_old
    await here.press(sam, "d:done")
    conversation = await here.conversation(invitation_of(made, "Sam").participant_id)
    assert conversation.state.answers, "the chat is tidied; what was said is kept"


def _data(message: object) -> set[str]:
    return {button.data or "" for button in getattr(message, "buttons", ())}


@pytest.mark.parametrize("said", ["off", "nothing"])
async def test_with_a_no_or_a_change_of_mind_everything_stays(here: College, made: Planned, said: str) -> None:
    sam = here.phone("Sam")
    await here.say(sam, "/tidy")
    if said == "off":
        await chooses(here, sam, "on")
        await here.say(sam, "/tidy")
        assert heard(sam)[-1] == here.line(Line.TIDY_IS_ON)
        await chooses(here, sam, "off")
        assert heard(sam)[-1] == here.line(Line.TIDY_OFF)
    before = stand(sam)
    await here.later(30 * HOUR)
    assert stand(sam) == before
    await here.later(20 * HOUR)
    await here.stage.bot.keeping.tidy()
    async with here.stage.database.reading() as work:
        account = await work.accounts.by_chat(sam.id)
        assert account is not None
        assert await work.chats.of_account(account.id) == [], "numbers of no use are not kept"
    assert made.review.id


async def test_a_bot_that_was_off_too_long_names_what_stayed_once(here: College, made: Planned) -> None:
    sam = here.phone("Sam")
    await here.say(sam, "/tidy")
    await chooses(here, sam, "on")
    await here.say(sam, "some words")
    before = stand(sam)
    await here.stage.stop()
    here.stage.clock.move_to(here.stage.clock.now() + 50 * HOUR)
    await here.stage.restart()
    await here.stage.calm()
    assert stand(sam) >= before
    stayed = here.line(Line.TIDY_STAYED)
    assert stayed not in heard(sam), "it is no message that comes unasked"
    await here.say(sam, "/answers")
    await here.say(sam, "/answers")
    assert heard(sam).count(stayed) == 1
    assert made.review.id


async def test_a_crash_between_telegrams_yes_and_our_note_does_no_harm(
    here: College, made: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = here.phone("Sam")
    await here.say(sam, "/tidy")
    await chooses(here, sam, "on")
    tidying = here.stage.bot.keeping.tidying

    async def crash(*_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr("storage.repository.chats.Chats.gone", crash)
        here.stage.clock.move_to(here.stage.clock.now() + 25 * HOUR)
        with pytest.raises(ConnectionError):
            await tidying.tick()
    left = stand(sam)
    await here.stage.bot.outages.lived()
    await here.stage.restart()
    await here.stage.calm()
    assert stand(sam) <= left
    await here.later(30 * HOUR)
    assert here.line(Line.TIDY_STAYED) not in heard(sam), "what is gone already is not named"


async def test_a_voice_message_stays_until_its_sound_is_kept(
    here: College, made: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = here.phone("Sam")
    await here.say(sam, "/tidy")
    await chooses(here, sam, "on")

    async def cannot(*_: object) -> int:
        return 0

    with monkeypatch.context() as patched:
        patched.setattr("bot.media_fetch.MediaFetch.tick", cannot)
        await sam.send_voice(clips.voice(), 4)
        await here.stage.telegram.settled(quiet=0.002, within=60)
        await here.stage.bot.intake.drain()
        before = stand(sam)
        here.stage.clock.move_to(here.stage.clock.now() + 25 * HOUR)
        assert await here.stage.bot.keeping.tidying.tick() == 0
        assert stand(sam) >= before
    await here.stage.bot.outages.lived()
    await here.stage.calm()
    assert not stand(sam) & {max(before)}, "kept, and taken out of the chat"
    assert made.review.id
