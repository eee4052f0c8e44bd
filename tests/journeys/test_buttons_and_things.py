"""Old, forged and repeated presses change nothing; whatever is sent gets a decided answer (P3, P7, P10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.demo import clips
from bot.demo.people import Person
from bot.reviewing import Planned
from conversations.lines import Line
from conversations.state import Means
from tests.journeys.college import ANN, OPENS, College, all_heard, by_bot, codes, heard, invitation_of

pytestmark = pytest.mark.uncounted

JPEG = clips.photo()


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan(carers=[ANN])
    await here.comes_in(here.phone("Sam"), invitation_of(planned, "Sam"))
    await here.at(OPENS)
    return planned


@pytest.fixture
def sam(here: College, made: Planned) -> Person:
    return here.phone("Sam")


def _id(made: Planned) -> str:
    return invitation_of(made, "Sam").participant_id


async def _answers(here: College, made: Planned) -> dict[str, object]:
    return {answer.step: answer for answer in (await here.conversation(_id(made))).state.answers}


def _data(person: Person, code: str) -> str:
    return next(data[1:] for data in codes(person) if data.endswith(f":{code}"))


async def _presses(here: College, person: Person, *data: str) -> None:
    for each in data:
        await person.press_data(by_bot(person)[-1].id, each)
    await here.stage.calm()


async def test_an_old_button_says_kindly_that_the_question_has_moved_on(
    here: College, made: Planned, sam: Person
) -> None:
    old = _data(sam, "o:understand")
    await here.press(sam, "o:understand", "+:sport", "d:done")
    before = await here.conversation(_id(made))
    await _presses(here, sam, old)
    assert sam.toasts[-1].text == here.stage.bot.catalogue.words["refusal_stale"]
    assert await here.conversation(_id(made)) == before


@pytest.mark.parametrize("forged", ["o:nothing", "n:999", "d:send", "+:", "x", "d:leave_for_good", "p:9999", "r:no"])
async def test_a_forged_button_changes_nothing(here: College, made: Planned, sam: Person, forged: str) -> None:
    await here.press(sam, "o:understand")
    before = await here.conversation(_id(made))
    mark = _data(sam, "r:skip").removesuffix("r:skip")
    await _presses(here, sam, f"{mark}{forged}", "nonsense", "a:b:c", "floor:", "desk:open:x", "secret:🐕")
    assert await here.conversation(_id(made)) == before
    assert all(toast.text for toast in sam.toasts[-6:]), "every press is answered"


async def test_another_persons_button_does_nothing(here: College, made: Planned, sam: Person) -> None:
    ann = here.phone("Ann")
    await here.comes_in(ann, invitation_of(made, "Ann"))
    await here.press(sam, "o:understand")
    before = await here.conversation(_id(made))
    await _presses(here, ann, _data(sam, "r:skip"))
    assert ann.toasts[-1].text == here.line(Line.MOVED_ON)
    stranger = here.phone("Stranger")
    await here.say(stranger, "hello")
    await _presses(here, stranger, _data(sam, "r:skip"))
    assert await here.conversation(_id(made)) == before


async def test_a_double_press_counts_once(here: College, made: Planned, sam: Person) -> None:
    agree = _data(sam, "o:understand")
    await _presses(here, sam, agree, agree)
    assert set(await _answers(here, made)) == {"agree"}
    assert sum("What matters to you now?" in text for text in heard(sam)) == 1
    await here.answers(sam)
    send = _data(sam, "d:send")
    await _presses(here, sam, send, send, send)
    sent = await here.sent(_id(made))
    assert sent is not None
    assert sent.number == 1
    assert sum("Receipt" in text for text in heard(sam)) == 1


async def test_an_update_that_comes_twice_counts_once(here: College, made: Planned, sam: Person) -> None:
    here.stage.telegram.updates.duplicate_next(3)
    await here.press(sam, "o:understand", "+:sport", "d:done")
    await here.say(sam, "One thing.")
    assert sum("Can your parents or carers" in text for text in heard(sam)) == 1


async def test_ticks_may_be_repeated_and_reordered(here: College, made: Planned, sam: Person) -> None:
    await here.press(sam, "o:understand")
    sport, family = _data(sam, "+:sport"), _data(sam, "+:family")
    off = sport.replace("+:", "-:")
    await _presses(here, sam, sport, sport, family, off, off, sport, family)
    await here.press(sam, "d:done")
    assert set(getattr((await _answers(here, made))["matters"], "choices", ())) == {"sport", "family"}


async def test_the_same_control_twice_within_two_seconds_counts_once(here: College, made: Planned, sam: Person) -> None:
    await here.press(sam, "o:understand", "+:sport", "d:done")
    back = here.line(Line.CONTROL_BACK)
    for _ in range(2):
        await sam.type(back)
    await here.stage.calm()
    assert {code.split(":", 3)[-1] for code in codes(sam)} >= {"d:done"}, "one step back, not two"
    here.stage.clock.move_by(timedelta(seconds=3))
    await here.say(sam, back)
    assert "o:understand" in {code.split(":", 3)[-1] for code in codes(sam)}


async def test_an_edit_before_send_changes_the_answer_and_after_send_is_asked_about(
    here: College, made: Planned, sam: Person
) -> None:
    await here.press(sam, "o:understand", "r:skip")
    said = await sam.type("I want a cat.")
    await here.stage.calm()
    await sam.edit(said.id, "I want a dog.")
    await here.stage.calm()
    assert getattr((await _answers(here, made))["one_thing"], "words", "") == "I want a dog."
    assert here.stage.bot.catalogue.words["changed"] in heard(sam)
    await here.press(sam, "o:no", "d:send")
    await sam.edit(said.id, "I want a horse.")
    await here.stage.calm()
    sent = await here.sent(_id(made))
    assert sent is not None
    assert "I want a dog." in {answer.words for answer in sent.submission.answers}
    assert [note.words for note in await here.notes(_id(made))] == ["I want a horse."]
    assert "You changed a message. I have kept it." in all_heard(sam)


async def test_an_album_is_one_answer(here: College, made: Planned, sam: Person) -> None:
    await here.press(sam, "o:understand", "r:skip")
    await sam.album([JPEG, JPEG, JPEG], "My garden")
    await here.stage.calm()
    answer = (await _answers(here, made))["one_thing"]
    assert len(getattr(answer, "media", ())) == 3
    assert getattr(answer, "words", "") == "My garden"
    assert heard(sam).count(here.stage.bot.catalogue.words["media_received"]) == 1


async def test_a_sticker_and_a_football_count_as_their_emoji(here: College, made: Planned, sam: Person) -> None:
    await here.press(sam, "o:understand")
    await sam.send_sticker("👪")
    await sam.type("⚽")  # a football alone arrives as a dice
    await here.stage.calm()
    await here.press(sam, "d:done")
    answer = (await _answers(here, made))["matters"]
    assert set(getattr(answer, "choices", ())) == {"family", "sport"}
    await sam.send_dice("🎲")
    await here.stage.calm()
    answer = (await _answers(here, made))["one_thing"]
    assert getattr(answer, "words", "") == "🎲"
    assert Means.EMOJI in getattr(answer, "means", ())


async def test_a_forwarded_message_is_somebody_elses(here: College, made: Planned, sam: Person) -> None:
    await here.press(sam, "o:understand", "r:skip")
    await sam.forward("Sam wants to leave college.", "Somebody")
    await here.stage.calm()
    assert heard(sam)[-1] == here.line(Line.REFUSED_FORWARD)
    assert "one_thing" not in await _answers(here, made)
    assert await here.notes(_id(made)) == []


async def test_places_and_numbers_are_refused_and_deleted(here: College, made: Planned, sam: Person) -> None:
    place, number = await sam.send_location(), await sam.send_contact("Robin", "+4470090")
    await here.stage.calm()
    assert heard(sam)[-2:] == [here.line(Line.REFUSED_LOCATION), here.line(Line.REFUSED_CONTACT)]
    assert {place.id, number.id}.isdisjoint({message.id for message in sam.messages})


async def test_what_cannot_be_read_is_said_kindly(here: College, made: Planned, sam: Person) -> None:
    before = await here.conversation(_id(made))
    await sam.send_poll("What?", ["A", "B"])
    await sam.send_document(b"%PDF-1.7", "mine.pdf")
    here.stage.telegram.updates.inject(_game(sam))
    await here.stage.calm()
    assert heard(sam)[-3:] == [here.line(Line.REFUSED_KIND)] * 3
    assert await here.conversation(_id(made)) == before


async def test_groups_are_left_without_a_word(here: College) -> None:
    group = here.stage.telegram.group("Class 12B")
    robin = here.phone("Robin")
    await group.add_bot(robin)
    await group.type(robin, "Bot, what did Sam say?")
    await here.stage.calm()
    assert not group.has_bot
    assert [message for message in group.chat.messages if message.by_bot] == []


def _game(person: Person) -> dict[str, object]:
    game = {"title": "Chess", "description": "A game", "photo": []}
    return {
        "message": {
            "message_id": 999_001, "date": 1_790_000_000, "chat": person.chat.description, "from": person.user,
            "game": game,
        }
    }  # fmt: skip
