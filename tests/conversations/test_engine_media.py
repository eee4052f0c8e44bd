"""Voice, photos and videos, and messages that were changed afterwards."""

from __future__ import annotations

import pytest

from conversations.effects import KeepNote, Record, Refresh, Refusal
from conversations.inputs import Closed, Control, Edited, MediaArrived
from conversations.state import Means, MediaKind, Refused
from tests.conversations.support import Chat, at, chat, replies, words_of


def edit(talk: Chat, text: str, source: str) -> None:
    talk.give(Edited(text, source))


@pytest.mark.parametrize("kind", list(MediaKind))
def test_media_is_received_then_kept_then_the_answer(kind: MediaKind) -> None:
    talk = at("big")
    media = talk.send_media(kind, "My dog")
    assert words_of(talk.last) == "I have got it. I am saving it now."
    assert talk.here == ("question", "big", "")
    talk.keep(media)
    answer = talk.answer("big")
    assert answer.media == (media,)
    assert answer.words == "My dog"
    assert answer.means == {Means(kind.value), Means.TYPED}
    assert talk.here == (("who_is_in_it", "big", "") if kind is MediaKind.PHOTO else ("part_end", "me", ""))
    assert talk.keep(media).effects == ()


def test_the_same_arrival_twice_is_one() -> None:
    talk = at("big")
    media = talk.send_media()
    assert talk.give(MediaArrived(media)).effects == ()
    assert len(talk.state.pending) == 1


def test_media_for_a_question_already_answered_joins_its_answer() -> None:
    talk = at("helper")
    media = talk.send_media(caption="And me")
    talk.press("Just me")
    talk.press("Sport")
    turn = talk.keep(media)
    answer = talk.answer("helper")
    assert answer.choices == ("me",)
    assert answer.media == (media,)
    assert answer.words == "And me"
    assert talk.state.draft.ticks == ("sport",)
    assert any(isinstance(effect, Refresh) for effect in turn.effects)
    talk.press("Done")


def test_media_of_a_question_left_by_back_becomes_its_answer() -> None:
    talk = at("good_at")
    talk.press("Sport")
    talk.press("Done")
    media = talk.send_media()
    talk.control(Control.BACK)
    talk.keep(media)
    assert talk.answer("big").media == (media,)
    assert talk.here == ("question", "good_at", "")


def test_media_never_joins_an_answer_that_was_refused() -> None:
    talk = at("big")
    media = talk.send_media()
    talk.code("r:rather_not")
    talk.keep(media)
    assert talk.answer("big").refused is Refused.RATHER_NOT
    assert talk.notes == [KeepNote("", (media,))]


def test_media_of_a_choose_many_waits_for_done() -> None:
    talk = at("good_at")
    media = talk.send_media(caption="Look")
    assert "Press Done when you are ready." in words_of(talk.keep(media))
    talk.press("Done")
    assert talk.answer("good_at").media == (media,)
    assert talk.answer("good_at").words == "Look"


def test_media_of_a_choose_many_waits_silently_under_a_menu() -> None:
    talk = at("good_at")
    media = talk.send_media()
    talk.control(Control.STOP)
    assert talk.keep(media).effects == ()
    talk.press("Carry on")
    talk.press("Done")
    assert talk.answer("good_at").media == (media,)


def test_media_in_a_draft_is_not_lost_when_the_question_is_left() -> None:
    talk = at("good_at")
    media = talk.send_media()
    talk.keep(media)
    talk.control(Control.BACK)
    assert talk.notes == [KeepNote("", (media,))]


def test_something_else_may_be_spoken() -> None:
    talk = at("big")
    talk.press("My idea")
    talk.keep(talk.send_media())
    assert talk.answer("big").choices == ("idea",)


def test_an_album_is_one_answer_and_one_word() -> None:
    talk = at("big")
    first = talk.send_media(MediaKind.PHOTO, "Home", "a1")
    second = talk.send_media(MediaKind.PHOTO, "", "a1")
    assert talk.last.effects == ()
    talk.keep(first)
    third = talk.send_media(MediaKind.PHOTO, "", "a1")
    assert replies(talk.keep(second)) == replies(talk.last)
    assert "saved" not in words_of(talk.last)
    talk.keep(third)
    assert talk.answer("big").media == (first, second, third)


def test_an_album_beside_the_questions_is_one_note_after_the_other_and_one_word() -> None:
    talk = at("me")
    first = talk.send_media(MediaKind.PHOTO, "", "a1")
    second = talk.send_media(MediaKind.PHOTO, "", "a1")
    assert "I have kept this." in words_of(talk.keep(first))
    assert replies(talk.keep(second)) == []
    assert [note.media for note in talk.notes] == [(first,), (second,)]


def test_media_that_fails_says_so_and_asks_again() -> None:
    talk = at("big")
    turn = talk.fail(talk.send_media(caption="Home"))
    assert words_of(turn).startswith("I could not save that.")
    assert "What comes first?" in words_of(turn)
    assert talk.notes == [KeepNote("Home")]
    assert not talk.state.pending
    assert "too big" in words_of(talk.fail(talk.send_media(), too_big=True))
    media = talk.send_media()
    talk.press("Home")
    assert words_of(talk.fail(media)) == "I could not save that. Please send it again."
    assert talk.fail(media).effects == ()


def test_media_at_agreement_and_while_paused_is_a_note() -> None:
    talk = chat()
    media = talk.send_media()
    talk.keep(media)
    talk.press("Not now")
    other = talk.send_media()
    assert "Shall we carry on?" in words_of(talk.keep(other))
    assert [note.media for note in talk.notes] == [(media,), (other,)]


def test_media_kept_while_paused_joins_its_answer_and_the_pause_stays() -> None:
    talk = at("big")
    media = talk.send_media()
    talk.control(Control.STOP)
    talk.press("For now")
    turn = talk.keep(media)
    assert talk.answer("big").media == (media,)
    assert talk.is_paused()
    assert isinstance(turn.effects[-1], Refresh)
    talk.code("d:resume")
    assert "Before, you said: 🎤 Voice message" in words_of(talk.last)


def test_send_waits_for_what_is_being_saved() -> None:
    talk = at("share")
    media = talk.send_media()
    talk.press("No")
    assert "I am still saving what you sent." in words_of(talk.press("Send"))
    assert not talk.sent
    turn = talk.keep(media)
    assert "Here is what I will send." in words_of(turn)
    talk.press("Send")
    assert talk.sent[0].submission.answers[-1].media == (media,)


def test_media_after_send_or_after_the_end_is_a_note() -> None:
    talk = at("big").to_sent()
    talk.keep(talk.send_media())
    talk.give(Closed())
    talk.keep(talk.send_media())
    assert len(talk.notes) == 2


def test_an_edit_before_send_changes_the_answer() -> None:
    talk = at("big")
    talk.type("A dog", "s1")
    talk.give(Edited("A cat", "s1"))
    assert talk.answer("big").words == "A cat"
    assert "I have changed your answer." in words_of(talk.last)
    edit(talk, "Home", "s1")
    assert talk.answer("big").choices == ("home",)
    edit(talk, "skip", "s1")
    assert talk.answer("big").refused is Refused.SKIP
    edit(talk, "🏠🎉", "s1")
    assert talk.answer("big").words == "🏠🎉"
    assert talk.answer("big").refused is None


def test_an_edit_that_opens_or_closes_questions_moves_on() -> None:
    talk = at("big")
    talk.type("Work", "s1")
    assert talk.here == ("question", "worked", "")
    edit(talk, "Home", "s1")
    assert talk.here == ("part_end", "me", "")


def test_an_edit_after_something_else_changes_the_words_alone() -> None:
    talk = at("big")
    talk.press("My idea")
    talk.type("A dog", "s1")
    edit(talk, "Home", "s1")
    assert talk.answer("big").choices == ("idea",)
    assert talk.answer("big").words == "Home"


def test_a_draft_and_a_caption_can_be_edited() -> None:
    talk = at("good_at")
    talk.type("I sign", "s1")
    assert "kept your words" in words_of(talk.give(Edited("I sing", "s1")))
    talk.control(Control.STOP)
    assert "changed your answer" in words_of(talk.give(Edited("I sing a lot", "s1")))
    talk.press("Carry on")
    talk.press("Done")
    assert talk.answer("good_at").words == "I sing a lot"
    edit(talk, "I dance", "s1")
    assert talk.answer("good_at").words == "I dance"
    media = talk.send_media(caption="Hom")
    edit(talk, "Home", "media1")
    talk.keep(media)
    assert talk.answer("big").words == "Home"


def test_an_edit_of_words_that_are_no_answer_is_kept() -> None:
    talk = at("good_at")
    talk.type("I sing", "s1")
    talk.type("and dance", "s2")
    edit(talk, "and jump", "s2")
    edit(talk, "x", "")
    assert [note.words for note in talk.notes] == ["and jump", "x"]
    assert talk.give(Edited(" ", "s1")).refusal is Refusal.EMPTY


def test_an_edit_after_send_is_kept_and_the_person_told() -> None:
    talk = at("big")
    talk.type("A dog", "s1")
    talk.to_sent()
    turn = talk.give(Edited("A cat", "s1"))
    assert not any(isinstance(effect, Record) for effect in turn.effects)
    assert "press My answers" in words_of(turn)
    talk.give(Edited("A bird", "s7"))
    talk.give(Closed())
    talk.give(Edited("A fish", "s1"))
    assert [note.words for note in talk.notes] == ["A cat", "A bird", "A fish"]
    assert talk.answer("big").words == "A dog"


def test_an_edit_at_the_check_screen_shows_it_anew() -> None:
    talk = at("big")
    talk.type("A dog", "s1")
    talk.to_check()
    assert "“A cat”" in words_of(talk.give(Edited("A cat", "s1")))
