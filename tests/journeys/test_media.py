"""Voice, photos and video: kept when their bytes are sealed, and called so only then (decision 14)."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.clips import Clip, ClipFault, read_clip
from bot.demo import clips
from bot.demo.faults import DOWNLOAD, Moment
from bot.demo.people import Person
from bot.demo.refusals import Refusal
from bot.media_fetch import TRIES
from bot.reviewing import Planned
from conversations.state import MediaKind
from storage.records import MediaState, StoredMedia
from tests.journeys.college import CLOSES, OPENS, College, by_bot, codes, heard, invitation_of

VOICE = clips.voice(4)
SAVED = "I have saved that."


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan()
    await here.comes_in(here.phone("Sam"), invitation_of(planned, "Sam"))
    await here.at(OPENS)
    await here.press(here.phone("Sam"), "o:understand", "r:skip")
    return planned


@pytest.fixture
def sam(here: College, made: Planned) -> Person:
    return here.phone("Sam")


async def _stored(here: College, made: Planned) -> list[StoredMedia]:
    conversation = await here.conversation(invitation_of(made, "Sam").participant_id)
    async with here.stage.database.reading() as work:
        return await work.media.of_conversation(conversation.id)


async def _is_asked_again(sam: Person) -> bool:
    return {code.split(":", 3)[-1] for code in codes(sam)} >= {"r:skip", "r:dont_know"} and "o:yes" not in {
        code.split(":", 3)[-1] for code in codes(sam)
    }


async def test_a_file_is_looked_at_beside_the_loop(
    here: College, made: Planned, sam: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bool] = []

    def look(kind: MediaKind, data: bytes) -> Clip | ClipFault:
        looked.append(threading.current_thread() is threading.main_thread())
        return read_clip(kind, data)

    monkeypatch.setattr("bot.media_fetch.read_clip", look)
    await sam.send_voice(VOICE, 4)
    await here.stage.calm()
    assert looked == [False]
    assert [media.state for media in await _stored(here, made)] == [MediaState.KEPT]


async def test_a_voice_message_is_called_saved_only_after_its_bytes_are_sealed(
    here: College, made: Planned, sam: Person
) -> None:
    arrives = asyncio.Event()
    here.stage.telegram.faults.slow(arrives, DOWNLOAD)
    await sam.send_voice(VOICE, 4)
    await sam.sees("I have got it. I am saving it now.")
    assert not any(SAVED in text for text in heard(sam))
    assert [media.state for media in await _stored(here, made)] == [MediaState.ARRIVED]
    arrives.set()
    await here.stage.calm()
    [voice] = await _stored(here, made)
    assert voice.state is MediaState.KEPT
    async with here.stage.database.reading() as work:
        assert await work.media.data(voice.id) == VOICE
    assert any(SAVED in text for text in heard(sam))
    await here.press(sam, "o:no", "d:send")
    await here.at(CLOSES)
    assert "voice message" in here.mails[0].lower()


async def test_a_slow_download_holds_up_nobody(here: College, made: Planned, sam: Person) -> None:
    never = asyncio.Event()
    here.stage.telegram.faults.slow(never, DOWNLOAD)
    await sam.send_voice(VOICE, 4)
    await sam.sees("I am saving it now")
    await sam.type("Words behind it.")
    stranger = here.phone("Stranger")
    await stranger.type("Hello?")
    await stranger.sees("I only talk with people")
    await sam.until(lambda _: any("Can your parents" in text for text in heard(sam)))
    never.set()
    await here.stage.calm()
    [voice] = await _stored(here, made)
    assert voice.state is MediaState.KEPT
    conversation = await here.conversation(invitation_of(made, "Sam").participant_id)
    [answer] = [each for each in conversation.state.answers if each.step == "one_thing"]
    assert answer.words == "Words behind it."
    assert [media.id for media in answer.media] == [voice.id]


async def test_send_waits_for_what_is_still_being_saved(here: College, made: Planned, sam: Person) -> None:
    arrives = asyncio.Event()
    here.stage.telegram.faults.slow(arrives, DOWNLOAD)
    await sam.send_voice(VOICE, 4)
    await sam.sees("I am saving it now")
    for code in ("r:skip", "o:no", "d:send"):
        await sam.until(lambda _, code=code: any(each.endswith(f":{code}") for each in codes(sam)))  # type: ignore[misc]  # bound now
        await sam.press_data(sam.last().id, next(each[1:] for each in codes(sam) if each.endswith(f":{code}")))
    await sam.sees("I am still saving what you sent.")
    arrives.set()
    await here.stage.calm()
    await here.press(sam, "d:send")
    assert await here.verified(invitation_of(made, "Sam").participant_id)


async def test_too_big_is_said_and_the_question_is_asked_again(here: College, made: Planned, sam: Person) -> None:
    await sam.send_video_note(b"\0\0\0\x18ftyp" + bytes(20 * 1024 * 1024), 60)
    await here.stage.calm()
    assert "That is too big for me. Please send a smaller or shorter one." in heard(sam)
    assert await _is_asked_again(sam)
    assert [media.state for media in await _stored(here, made)] == [MediaState.FAILED]
    await here.say(sam, "Then in words.")
    await here.press(sam, "o:no", "d:send")
    assert await here.verified(invitation_of(made, "Sam").participant_id)


@pytest.mark.parametrize("content", [b"", b"MZ this is a program", b"<html>"], ids=["empty", "program", "page"])
async def test_a_file_that_is_not_what_it_says_is_not_kept(
    here: College, made: Planned, sam: Person, content: bytes
) -> None:
    await sam.send_photo(content)
    await here.stage.calm()
    assert "I could not save that. Please send it again." in heard(sam)
    assert await _is_asked_again(sam)
    assert [media.state for media in await _stored(here, made)] == [MediaState.FAILED]


async def test_a_download_that_fails_twice_and_then_works_is_kept(here: College, made: Planned, sam: Person) -> None:
    here.stage.telegram.faults.drop(Moment.BEFORE_ACTING, DOWNLOAD, times=1)
    here.stage.telegram.faults.fail(Refusal(502, "Bad Gateway"), "getFile", times=1)
    await sam.send_voice(VOICE, 4)
    await here.stage.calm()
    assert any(SAVED in text for text in heard(sam))
    assert not any("could not save" in text for text in heard(sam))
    assert [media.state for media in await _stored(here, made)] == [MediaState.KEPT]


async def test_a_download_that_fails_for_good_is_said_and_its_caption_is_kept(
    here: College, made: Planned, sam: Person
) -> None:
    here.stage.telegram.faults.fail(Refusal(502, "Bad Gateway"), "getFile", times=TRIES)
    await sam.send_photo(clips.photo(), "This is my timetable.")
    await sam.sees("I am saving it now")
    while await _is_waited_for(here):  # the sweeps of a minute, at once
        await here.stage.bot.media.tick()
        await asyncio.sleep(0)
    await here.stage.calm()
    assert "I could not save that. Please send it again." in heard(sam)
    assert await _is_asked_again(sam)
    notes = await here.notes(invitation_of(made, "Sam").participant_id)
    assert [note.words for note in notes] == ["This is my timetable."]


@pytest.mark.parametrize("sent", [False, True])
async def test_a_voice_message_goes_with_the_answers_that_are_deleted_unless_it_was_sent(
    here: College, made: Planned, sam: Person, sent: bool
) -> None:
    await sam.send_voice(VOICE, 4)
    await here.stage.calm()
    await here.press(sam, "o:no", *(["d:send", "d:change"] if sent else []), "d:delete", "d:yes")
    assert [media.state for media in await _stored(here, made)] == ([MediaState.KEPT] if sent else [])


@pytest.mark.parametrize("sent", [False, True])
async def test_a_photo_that_is_taken_out_is_deleted_unless_it_was_sent(
    here: College, made: Planned, sam: Person, sent: bool
) -> None:
    await sam.send_photo(clips.photo(), "This is my timetable.")
    await here.stage.calm()
    await here.answers(sam)
    if sent:
        await here.press(sam, "d:send", "d:change")
    participant = invitation_of(made, "Sam").participant_id
    for number in range(1, 9):
        await here.press(sam, f"n:{number}")
        if "Take out photo" in " ".join(button.label for button in by_bot(sam)[-1].buttons):
            break
        await here.press(sam, "d:back")
    await here.press(sam, "n:1")
    conversation = await here.conversation(participant)
    [answer] = [each for each in conversation.state.answers if each.step == "one_thing"]
    assert (answer.words, answer.media) == ("This is my timetable.", ())
    assert [media.state for media in await _stored(here, made)] == ([MediaState.KEPT] if sent else [])


async def test_media_that_arrived_before_a_restart_is_fetched_after_it(
    here: College, made: Planned, sam: Person
) -> None:
    never = asyncio.Event()
    here.stage.telegram.faults.slow(never, DOWNLOAD)
    await sam.send_voice(VOICE, 4)
    await sam.sees("I am saving it now")
    await here.stage.stop()
    never.set()
    await here.stage.restart()
    await here.stage.calm()
    assert [media.state for media in await _stored(here, made)] == [MediaState.KEPT]
    assert any(SAVED in text for text in heard(sam))


async def _is_waited_for(here: College) -> bool:
    async with here.stage.database.reading() as work:
        return bool(await work.media.pending())
