"""At the check screen: hear or see it again, and take out one voice or photo without the words beside it."""

from __future__ import annotations

import pytest

from conversations.effects import PlayBack, Record, Refusal
from conversations.inputs import Control
from conversations.state import Means, Media, MediaKind, Others, Transcript
from tests.conversations.support import Chat, at, buttons, replies, words_of

PHOTO, VOICE = MediaKind.PHOTO, MediaKind.VOICE


def item(talk: Chat) -> list[str]:
    """The one-answer menu of the question "big", and its buttons."""
    talk.control(Control.MY_ANSWERS)
    while talk.here[0] != "check":
        talk.code("d:no")
    numbers = [each.label for each in buttons(replies(talk.last)[-1]) if each.label.isdigit()]
    talk.code(f"n:{numbers[-1]}")
    assert talk.here == ("check_item", "big", "")
    return [each.label for each in buttons(replies(talk.last)[-1])]


def given(*kinds: MediaKind, words: str = "") -> tuple[Chat, list[Media]]:
    talk = at("big")
    sent = [talk.send_media(kind, words if number == 0 else "", "a1") for number, kind in enumerate(kinds)]
    for media in sent:
        talk.keep(media)
    return talk, sent


def test_it_can_be_heard_again_and_nothing_else_changes() -> None:
    talk, sent = given(VOICE)
    assert item(talk)[-2:] == ["🔁 Hear or see it", "⬅️ Back"]
    before = talk.state
    assert talk.code("d:play").effects == (PlayBack(tuple(sent)),)
    assert talk.code("d:play").effects == (PlayBack(tuple(sent)),)
    assert talk.state == before


def test_words_alone_have_nothing_to_hear() -> None:
    talk = at("big")
    talk.type("A dog")
    assert not any("Hear" in label for label in item(talk))
    assert talk.code("d:play").refusal is Refusal.NOT_AN_OPTION
    assert talk.code("n:1").refusal is Refusal.NOT_AN_OPTION


def test_the_only_thing_said_is_taken_out_as_an_answer_and_not_alone() -> None:
    talk, _ = given(VOICE)
    assert not any("voice" in label for label in item(talk))
    assert talk.code("n:1").refusal is Refusal.NOT_AN_OPTION


@pytest.mark.parametrize(("kind", "label"), [(VOICE, "voice"), (PHOTO, "photo"), (MediaKind.VIDEO, "video")])
def test_one_medium_is_taken_out_and_the_words_stay(kind: MediaKind, label: str) -> None:
    talk, _ = given(kind, words="My dog")
    item(talk)
    assert talk.code("n:0").refusal is Refusal.NOT_AN_OPTION
    assert talk.code("n:2").refusal is Refusal.NOT_AN_OPTION
    assert f"🗑️ Take out {label}" in item(talk)
    turn = talk.press(f"Take out {label}")
    answer = talk.answer("big")
    assert answer.words == "My dog"
    assert answer.media == ()
    assert answer.means == {Means.TYPED}
    assert answer.others is None
    assert talk.here[0] == "check"
    assert any(isinstance(effect, Record) for effect in turn.effects)
    assert "“My dog”" in words_of(turn)


def test_a_choice_beside_it_stays_too() -> None:
    talk = at("big")
    talk.press("My idea")
    talk.keep(talk.send_media())
    item(talk)
    talk.press("Take out voice")
    assert talk.answer("big").choices == ("idea",)
    assert talk.answer("big").media == ()


def test_of_several_each_can_be_taken_out_by_its_number() -> None:
    talk, sent = given(PHOTO, VOICE, PHOTO)
    talk.press("No")
    talk.hear(sent[1], "hello")
    labels = item(talk)
    assert [each for each in labels if "Take out" in each] == [
        "🗑️ Take out photo 1",
        "🗑️ Take out voice",
        "🗑️ Take out photo 2",
    ]
    talk.press("photo 1")
    assert talk.answer("big").media == (sent[1], sent[2])
    assert talk.answer("big").others is Others.NO
    item(talk)
    talk.press("voice")
    assert talk.answer("big").media == (sent[2],)
    assert talk.answer("big").transcripts == ()
    assert talk.answer("big").means == {Means.PHOTO}
    item(talk)
    for code in ("n:0", "n:1", "n:2"):
        assert talk.code(code).refusal is Refusal.NOT_AN_OPTION


def test_a_photo_with_somebody_taken_out_asks_about_the_rest() -> None:
    talk, sent = given(PHOTO, PHOTO)
    talk.press("Yes")
    item(talk)
    talk.press("photo 2")
    assert talk.answer("big").media == (sent[0],)
    assert talk.answer("big").others is None
    assert talk.here == ("who_is_in_it", "big", "")
    talk.press("No")
    assert talk.here[0] == "check"


def test_a_confirmed_hearing_of_another_voice_stays() -> None:
    talk, sent = given(VOICE, VOICE)
    for voice, text in zip(sent, ("one", "two"), strict=True):
        talk.hear(voice, text)
    talk.control(Control.MY_ANSWERS)
    talk.press("that is right")
    talk.press("that is right")
    item(talk)
    talk.press("voice 1")
    assert talk.answer("big").transcripts == (Transcript(sent[1].id, "two", confirmed=True),)


def test_ten_photos_fit_the_menu() -> None:
    talk, _ = given(*([PHOTO] * 10))
    assert sum("Take out photo" in label for label in item(talk)) == 10
