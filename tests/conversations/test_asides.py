"""Is anyone else in it? Asked once for the photos of an answer, calmly, and never in the way."""

from __future__ import annotations

import pytest

from conversations.effects import Refresh, Refusal, Settle
from conversations.inputs import Control, Edited
from conversations.state import Means, Media, MediaKind, Others
from tests.conversations.support import Chat, at, replies, words_of

PHOTO = MediaKind.PHOTO
ASKED = ("who_is_in_it", "big", "")
NEXT = ("part_end", "me", "")


def photo(talk: Chat, caption: str = "", group: str = "") -> Media:
    media = talk.send_media(PHOTO, caption, group)
    talk.keep(media)
    return media


def with_photo() -> Chat:
    talk = at("big")
    photo(talk)
    assert talk.here == ASKED
    return talk


@pytest.mark.parametrize(
    ("label", "others", "line"),
    [
        ("Yes", Others.YES, "👥 Is anyone else in it? Yes"),
        ("No", Others.NO, "👥 Is anyone else in it? No"),
        ("know", Others.DONT_KNOW, "👥 Is anyone else in it? I don't know"),
    ],
)
def test_it_is_asked_after_a_photo_kept_and_shown_before_send(label: str, others: Others, line: str) -> None:
    talk = with_photo()
    assert words_of(talk.last).endswith("Is anyone else in it?")
    turn = talk.press(label)
    assert talk.answer("big").others is others
    assert talk.here == NEXT
    assert any(isinstance(each, Settle) and label in each.text for each in turn.effects)
    talk.to_check()
    assert f"📷 Photo\n{line}" in words_of(talk.last)
    talk.press("Send")
    assert [answer.others for answer in talk.sent[0].submission.answers if answer.media] == [others]


@pytest.mark.parametrize("kind", [MediaKind.VOICE, MediaKind.VIDEO])
def test_it_is_asked_of_photos_alone(kind: MediaKind) -> None:
    talk = at("big")
    talk.keep(talk.send_media(kind))
    assert talk.here == NEXT


@pytest.mark.parametrize(
    ("typed", "others"),
    [("yes", Others.YES), ("2", Others.NO), ("👍🏽", Others.YES), ("I don’t know", Others.DONT_KNOW), ("skip", None)],
)
def test_it_can_be_typed(typed: str, others: Others | None) -> None:
    talk = with_photo()
    talk.type(typed)
    assert talk.answer("big").others is others
    assert talk.here == NEXT
    assert not talk.notes


@pytest.mark.parametrize("typed", ["My brother", "👍🎉", "👍👎"])
def test_other_words_are_kept_for_a_person_and_it_goes_on(typed: str) -> None:
    talk = with_photo()
    turn = talk.type(typed)
    assert [note.words for note in talk.notes] == [typed]
    assert "I have kept this." in words_of(turn)
    assert talk.here == NEXT
    assert talk.answer("big").others is None
    assert talk.answer("big").words == ""


@pytest.mark.parametrize("code", ["d:send", "r:skip", "o:home", "n:1", "x", "d:back"])
def test_a_forged_press_does_nothing(code: str) -> None:
    talk = with_photo()
    assert talk.code(code).refusal is Refusal.NOT_AN_OPTION


def test_any_control_goes_on_and_it_is_not_asked_again() -> None:
    talk = with_photo()
    talk.control(Control.STOP)
    assert talk.here[0] == "stop_menu"
    talk.press("Carry on")
    assert talk.here == NEXT
    talk.to_check()
    assert talk.answer("big").others is None
    talk.press("Send")
    assert talk.sent


def test_explain_shows_it_again_and_loses_nothing() -> None:
    talk = with_photo()
    assert "Is anyone else in it?" in words_of(talk.control(Control.EXPLAIN))
    assert "Is anyone else in it?" in words_of(talk.control(Control.ASK_AGAIN))
    assert talk.here == ASKED
    talk.press("Yes")
    assert talk.here == NEXT


def test_back_goes_to_the_question_of_the_photo() -> None:
    talk = with_photo()
    turn = talk.control(Control.BACK)
    assert talk.here == ("question", "big", "")
    assert "Before, you said: 📷 Photo" in words_of(turn)
    talk.press("Keep my answer")
    assert talk.here == NEXT


def test_back_twice_goes_two_questions_back() -> None:
    talk = with_photo()
    talk.control(Control.BACK)
    talk.control(Control.BACK)
    assert talk.here == ("question", "good_at", "")


def test_my_answers_leads_to_the_check_screen() -> None:
    talk = with_photo()
    talk.control(Control.MY_ANSWERS)
    assert talk.here[0] == "check"
    talk.control(Control.BACK)
    assert talk.here == NEXT


def test_an_album_is_asked_about_once() -> None:
    talk = at("big")
    sent = [talk.send_media(PHOTO, "", "a1") for _ in range(3)]
    talk.keep(sent[0])
    assert talk.here == ASKED
    before = talk.state.revision
    turn = talk.keep(sent[1])
    assert replies(turn) == []
    assert isinstance(turn.effects[-1], Refresh)
    assert talk.state.revision == before + 1
    talk.press("No")
    turn = talk.keep(sent[2])
    assert talk.here == NEXT
    assert talk.answer("big").media == tuple(sent)
    assert talk.answer("big").others is Others.NO
    talk.to_check()


def test_a_second_photo_meanwhile_joins_the_same_answer() -> None:
    talk = with_photo()
    second = photo(talk, "And this")
    assert talk.here == ASKED
    assert "I have saved that." in words_of(talk.last)
    assert isinstance(talk.last.effects[-1], Refresh)
    assert talk.answer("big").media[-1] == second
    assert talk.answer("big").words == "And this"
    assert not talk.notes
    talk.press("Yes")
    assert talk.here == NEXT
    talk.to_check()
    assert talk.here[0] == "check"
    assert "📷 Photo 1\n📷 Photo 2\n👥" in words_of(talk.last)


def test_a_voice_meanwhile_joins_it_too() -> None:
    talk = with_photo()
    talk.keep(talk.send_media(MediaKind.VOICE))
    assert talk.answer("big").means == {Means.PHOTO, Means.VOICE}
    assert talk.here == ASKED


def test_a_caption_edited_meanwhile_changes_and_it_stays() -> None:
    talk = at("big")
    media = talk.send_media(PHOTO, "Hom")
    talk.keep(media)
    turn = talk.give(Edited("Home", "media1"))
    assert talk.answer("big").words == "Home"
    assert talk.here == ASKED
    assert isinstance(turn.effects[-1], Refresh)
    talk.press("No")
    assert talk.here == NEXT
