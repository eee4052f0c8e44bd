"""What a machine heard counts only once the person said that it is right. The voice itself always stays."""

from __future__ import annotations

import pytest

from conversations.effects import Record, Refusal
from conversations.inputs import Closed, Control, Edited
from conversations.state import Means, Media, MediaId, MediaKind, Transcript
from tests.conversations.support import Chat, at, buttons, replies, words_of

HEARD = "I like the canteen"
ASKED = ("heard", "big", "")


def spoken(step: str = "big") -> tuple[Chat, Media]:
    talk = at(step)
    voice = talk.send_media()
    talk.keep(voice)
    return talk, voice


def shown_back() -> tuple[Chat, Media]:
    talk, voice = spoken()
    talk.hear(voice, HEARD)
    while talk.here[0] not in {"check", "heard"}:
        talk.onward()
    assert talk.here == ASKED
    return talk, voice


def test_it_is_kept_unconfirmed_without_a_word_and_the_buttons_still_count() -> None:
    talk, voice = spoken()
    before = talk.state.revision
    turn = talk.hear(voice, f" {HEARD} ")
    assert talk.answer("big").transcripts == (Transcript(voice.id, HEARD),)
    assert [type(effect) for effect in turn.effects] == [Record]
    assert talk.state.revision == before
    assert talk.hear(voice, HEARD).effects == ()


def test_it_is_shown_back_once_before_the_check_screen() -> None:
    talk, _ = shown_back()
    assert words_of(talk.last).endswith(
        "The question was: What comes first?\n\nI heard this: “I like the canteen”\n\nIs that right?"
    )
    labels = [each.label for each in buttons(replies(talk.last)[-1])]
    assert labels == ["👍 Yes, that is right", "👎 No, leave it out", "✏️ I will type it"]


@pytest.mark.parametrize("way", ["press", "type", "emoji"])
def test_confirmed_it_stands_under_the_voice_and_is_sent(way: str) -> None:
    talk, voice = shown_back()
    match way:
        case "press":
            talk.press("that is right")
        case "type":
            talk.type("yes, that is right")
        case _:
            talk.type("👍")
    assert talk.here[0] == "check"
    assert (
        "🎤 Voice message\n🖨️ A computer wrote this from the voice. You said it is right: “I like the canteen”"
        in words_of(talk.last)
    )
    assert talk.answer("big").words == ""
    assert talk.answer("big").means == {Means.VOICE}
    talk.press("Send")
    sent = next(answer for answer in talk.sent[0].submission.answers if answer.step == "big")
    assert sent.transcripts == (Transcript(voice.id, HEARD, confirmed=True),)
    assert sent.media == (voice,)


@pytest.mark.parametrize("way", ["leave it out", "No, leave it out"])
def test_left_out_it_is_gone_and_the_voice_stays(way: str) -> None:
    talk, voice = shown_back()
    if way == "leave it out":
        talk.press(way)
    else:
        talk.type(way)
    assert talk.answer("big").transcripts == ()
    assert talk.answer("big").media == (voice,)
    assert talk.here[0] == "check"
    assert HEARD not in words_of(talk.last)
    assert talk.hear(voice, HEARD).effects == ()
    talk.press("Send")
    assert talk.sent


def test_i_will_type_it_keeps_the_voice_and_the_words_join_it() -> None:
    talk, voice = shown_back()
    turn = talk.press("I will type it")
    assert "Please type it now. I keep your voice message too.\n\nWhat comes first?" in words_of(turn)
    assert talk.here == ASKED
    assert [each.label for each in buttons(replies(turn)[-1])] == ["⬅️ Back"]
    assert talk.code("d:yes").refusal is Refusal.NOT_AN_OPTION
    turn = talk.type("I like the canteen staff", "s9")
    answer = talk.answer("big")
    assert (answer.words, answer.media, answer.source) == ("I like the canteen staff", (voice,), "s9")
    assert answer.means == {Means.VOICE, Means.TYPED}
    assert "I have saved that." in words_of(turn)
    assert talk.here[0] == "check"
    talk.give(Edited("I like the canteen", "s9"))
    assert talk.answer("big").words == "I like the canteen"


def test_back_from_typing_leaves_the_voice_alone() -> None:
    talk, voice = shown_back()
    talk.press("I will type it")
    talk.press("Back")
    assert talk.here[0] == "check"
    assert talk.answer("big").media == (voice,)
    assert talk.answer("big").words == ""


@pytest.mark.parametrize(("typed", "means"), [("No, the gym", Means.TYPED), ("🦖", Means.EMOJI)])
def test_other_words_join_the_voice_instead_of_it(typed: str, means: Means) -> None:
    talk, voice = shown_back()
    talk.type(typed)
    answer = talk.answer("big")
    assert answer.words == typed
    assert answer.means == {Means.VOICE, means}
    assert answer.transcripts == ()
    assert answer.media == (voice,)


@pytest.mark.parametrize("control", [Control.STOP, Control.BACK, Control.MY_ANSWERS])
def test_left_undecided_it_does_not_count_and_is_not_asked_again(control: Control) -> None:
    talk, voice = shown_back()
    talk.control(control)
    if control is Control.STOP:
        talk.press("Carry on")
    talk.to_check()
    assert HEARD not in words_of(talk.last)
    assert not talk.answer("big").transcripts[0].confirmed
    talk.hear(voice, "Something else")
    talk.press("Send")
    assert all(not answer.transcripts for answer in talk.sent[0].submission.answers)


def test_skip_goes_on() -> None:
    talk, _ = shown_back()
    talk.type("skip")
    assert talk.here[0] == "check"


def test_nothing_heard_is_nothing() -> None:
    talk, voice = spoken()
    assert talk.hear(voice, " \n").effects == ()
    assert talk.answer("big").transcripts == ()


def test_what_comes_for_media_that_are_gone_is_dropped() -> None:
    talk, voice = spoken()
    assert talk.hear(Media(MediaId("other"), MediaKind.VOICE), HEARD).effects == ()
    talk.control(Control.BACK)
    talk.press("Home")
    assert talk.hear(voice, HEARD).effects == ()


def test_after_the_end_it_is_dropped() -> None:
    talk, voice = spoken()
    talk.give(Closed())
    assert talk.hear(voice, HEARD).effects == ()


def test_it_goes_with_its_voice() -> None:
    talk, voice = spoken()
    talk.hear(voice, HEARD)
    talk.control(Control.BACK)
    talk.keep(talk.send_media())
    assert talk.answer("big").transcripts == ()


def test_heard_before_it_was_kept_it_joins_an_earlier_answer_with_its_voice() -> None:
    talk, first = spoken("helper")
    talk.hear(first, "One")
    talk.control(Control.BACK)
    second = talk.send_media()
    talk.press("Keep my answer")
    talk.hear(second, "Two")
    talk.keep(second)
    assert [each.text for each in talk.answer("helper").transcripts] == ["One", "Two"]


def test_a_better_hearing_replaces_one_that_was_not_shown() -> None:
    talk, voice = spoken()
    talk.hear(voice, "I like the can teen")
    talk.hear(voice, HEARD)
    assert talk.answer("big").transcripts == (Transcript(voice.id, HEARD),)


def test_it_may_come_before_the_voice_is_kept_or_while_it_waits_for_done() -> None:
    talk = at("good_at")
    first, second = talk.send_media(), talk.send_media()
    talk.hear(first, "I sing")
    talk.keep(first)
    talk.keep(second)
    assert talk.hear(second, "I dance").effects == ()
    talk.press("Done")
    assert [each.text for each in talk.answer("good_at").transcripts] == ["I sing", "I dance"]
    talk.control(Control.BACK)
    talk.press("Done")
    assert [each.text for each in talk.answer("good_at").transcripts] == ["I sing", "I dance"]


def test_each_voice_of_an_answer_is_shown_back_in_turn() -> None:
    talk = at("good_at")
    for text in ("I sing", "I dance"):
        voice = talk.send_media()
        talk.keep(voice)
        talk.hear(voice, text)
    talk.press("Done")
    talk.control(Control.MY_ANSWERS)
    assert "I heard this: “I sing”" in words_of(talk.last)
    talk.press("leave it out")
    assert "I heard this: “I dance”" in words_of(talk.last)
    talk.press("that is right")
    assert talk.here[0] == "check"
    assert "🎤 Voice message 1\n🎤 Voice message 2\n🖨️" in words_of(talk.last)


def test_going_on_from_one_voice_shows_the_next_with_buttons_of_its_own() -> None:
    talk = at("good_at")
    for text in ("I sing", "I dance"):
        voice = talk.send_media()
        talk.keep(voice)
        talk.hear(voice, text)
    talk.press("Done")
    talk.control(Control.MY_ANSWERS)
    before = talk.state.revision
    talk.control(Control.MY_ANSWERS)
    assert "I heard this: “I dance”" in words_of(talk.last)
    assert talk.state.revision == before + 1
    talk.type("skip")
    assert talk.here[0] == "check"
