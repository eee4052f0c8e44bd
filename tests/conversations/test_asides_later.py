"""Photos that come later, at the check screen or into a draft: asked about at the next quiet moment, never lost."""

from __future__ import annotations

import pytest

from conversations.asides import others_with
from conversations.effects import Show
from conversations.inputs import Control
from conversations.state import Answer, Media, MediaId, Others, Place, Refused, Spot
from tests.conversations.support import NOW, Chat, at, buttons, chat, replies, words_of
from tests.conversations.test_asides import ASKED, NEXT, PHOTO, photo, with_photo


def later_photo() -> Chat:
    """A photo that joins the answer before the present question."""
    talk = at("helper")
    media = talk.send_media(PHOTO)
    talk.press("Just me")
    talk.press("Sport")
    talk.keep(media)
    assert talk.here == ("question", "good_at", "")
    return talk


def test_a_photo_for_an_earlier_answer_is_asked_about_at_the_next_quiet_moment() -> None:
    talk = later_photo()
    turn = talk.press("Done")
    assert talk.here == ("who_is_in_it", "helper", "")
    assert "This is about your photo. The question was: Is anyone helping?" in words_of(turn)
    talk.control(Control.BACK)
    assert talk.here == ("question", "big", "")


def test_leaving_it_for_later_keeps_what_is_drafted_there() -> None:
    talk = at("good_at")
    talk.press("Sport")
    talk.press("Done")
    media = talk.send_media(PHOTO)
    talk.press("Home")
    talk.keep(media)
    talk.control(Control.BACK)
    assert talk.here == ("who_is_in_it", "big", "")
    talk.press("No")
    assert talk.here[1] == "big"


def test_a_photo_in_a_draft_is_asked_about_after_done() -> None:
    talk = at("good_at")
    photo(talk)
    assert talk.here == ("question", "good_at", "")
    talk.press("Done")
    assert talk.here == ("who_is_in_it", "good_at", "")
    talk.press("Yes")
    assert talk.here == ("question", "big", "")
    talk.control(Control.BACK)
    talk.press("Done")
    assert talk.answer("good_at").others is Others.YES
    assert talk.here == ("question", "big", "")


def test_a_choose_many_changed_keeps_a_no_until_another_photo_joins() -> None:
    talk = at("good_at")
    photo(talk)
    talk.press("Done")
    talk.press("No")
    talk.control(Control.BACK)
    photo(talk)
    talk.press("Done")
    assert talk.here == ("who_is_in_it", "good_at", "")
    assert talk.answer("good_at").others is None


@pytest.mark.parametrize(
    ("said", "before", "after", "still"),
    [
        (Others.YES, "a", "ab", True),
        (Others.YES, "ab", "a", False),
        (Others.NO, "a", "ab", False),
        (Others.NO, "ab", "a", True),
        (Others.DONT_KNOW, "a", "a", True),
        (Others.DONT_KNOW, "a", "ab", False),
        (Others.DONT_KNOW, "ab", "a", False),
        (Others.NO, "a", "", False),
        (None, "a", "a", False),
    ],
)
def test_what_was_said_holds_only_for_the_photos_it_was_said_of(
    said: Others | None, before: str, after: str, *, still: bool
) -> None:
    earlier = Answer("big", NOW, media=tuple(Media(MediaId(each), PHOTO) for each in before), others=said)
    found = others_with(earlier, tuple(Media(MediaId(each), PHOTO) for each in after))
    assert found is (said if still else None)


def test_a_photo_as_a_note_is_not_asked_about() -> None:
    talk = chat()
    photo(talk)
    assert talk.notes[0].media
    assert talk.here == ("question", "ready", "")


def test_a_photo_kept_at_the_check_screen_is_asked_about_at_once() -> None:
    talk = at("share")
    media = talk.send_media(PHOTO)
    talk.press("No")
    assert talk.here[0] == "check"
    turn = talk.keep(media)
    assert talk.here == ("who_is_in_it", "share", "")
    assert words_of(turn).endswith("Is anyone else in it?")
    talk.press("No")
    assert talk.here[0] == "check"
    talk.press("Send")
    assert talk.sent


def test_send_asks_first_what_was_never_asked() -> None:
    talk = at("share")
    media = talk.send_media(PHOTO)
    talk.press("No")
    talk.press("Wait")
    talk.keep(media)
    assert talk.is_paused()
    talk.control(Control.RESUME)
    assert talk.here[0] == "check"
    talk.press("Send")
    assert not talk.sent
    assert talk.here == ("who_is_in_it", "share", "")
    talk.press("I don't know")
    talk.press("Send")
    assert talk.sent[0].submission.answers[-1].others is Others.DONT_KNOW


def test_another_photo_after_no_is_asked_about_again_and_after_skip_never() -> None:
    talk = with_photo()
    talk.press("No")
    talk.control(Control.BACK)
    photo(talk)
    assert talk.here == ASKED, "the answer was replaced by another photo"
    talk.type("skip")
    talk.to_check()
    assert talk.here[0] == "check"
    assert "👥" not in words_of(talk.last)


def test_yes_still_holds_when_another_photo_joins() -> None:
    talk = with_photo()
    second = talk.send_media(PHOTO)
    talk.press("Yes")
    talk.keep(second)
    assert talk.answer("big").others is Others.YES
    talk.press("Carry on")
    assert talk.here[0] == "question"


def test_a_no_that_another_photo_outdates_is_asked_again() -> None:
    talk = with_photo()
    second = talk.send_media(PHOTO)
    talk.press("No")
    talk.keep(second)
    assert talk.answer("big").others is None
    talk.press("Carry on")
    assert talk.here == ASKED


def test_what_is_said_on_the_way_is_said_before_it() -> None:
    talk = at("share")
    photo(talk)
    assert words_of(talk.last) == "That was all.\nOne thing about your photo. Is anyone else in it?"
    assert "That was all." not in words_of(talk.press("Yes"))


def test_a_photo_beside_a_refusal_is_not_asked_about() -> None:
    talk = at("big")
    media = talk.send_media(PHOTO)
    talk.code("r:rather_not")
    talk.keep(media)
    assert talk.answer("big").refused is Refused.RATHER_NOT
    talk.to_check()


def test_it_is_never_asked_of_what_no_longer_fits_until_that_is_settled() -> None:
    talk = at("big")
    talk.press("Work")
    media = talk.send_media(PHOTO)
    talk.control(Control.BACK)
    talk.keep(media)
    talk.press("Home")
    assert talk.state.place.spot is Spot.ORPHAN
    talk.press("Keep it")
    assert talk.here == ("who_is_in_it", "worked", "")
    talk.press("Yes")
    assert talk.here == NEXT


def test_the_buttons_are_three_and_need_no_reading_beyond_a_line() -> None:
    talk = with_photo()
    reply = replies(talk.last)[-1]
    assert [each.label for each in buttons(reply)] == ["👍 Yes", "👎 No", "🤷 I don't know"]
    assert isinstance(talk.last.effects[-1], Show)


def test_deleting_everything_while_it_is_asked_leaves_nothing_to_ask() -> None:
    talk = with_photo()
    talk.control(Control.START_AGAIN)
    talk.press("Yes, delete all")
    assert not any(answer.media for answer in talk.state.answers)
    talk.to_check()


def test_the_place_under_it_is_where_it_would_have_gone() -> None:
    plain = at("big")
    plain.type("A dog")
    talk = with_photo()
    talk.press("Yes")
    assert talk.state.place == plain.state.place
    assert [each for each in talk.state.trail if each.spot is Spot.WHO_IS_IN_IT] == []
    assert talk.state.trail == plain.state.trail
    assert Place(Spot.QUESTION, "big") in talk.state.trail
