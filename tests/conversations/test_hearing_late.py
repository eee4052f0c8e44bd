"""What a machine heard comes late, long or with odd letters: it is asked about at the next look, and never lost."""

from __future__ import annotations

from conversations.checklist import MOST_LETTERS
from conversations.inputs import Control
from conversations.state import MediaKind
from tests.conversations.support import at, replies, words_of
from tests.conversations.test_hearing import ASKED, HEARD, shown_back, spoken


def test_one_that_comes_at_the_check_screen_is_asked_about_at_send() -> None:
    talk, voice = spoken("share")
    assert talk.here[0] == "check"
    assert talk.hear(voice, HEARD).effects[1:] == ()
    assert talk.here[0] == "check"
    talk.press("Send")
    assert talk.here == ("heard", "share", "")
    assert not talk.sent
    talk.press("that is right")
    talk.press("Send")
    assert talk.sent[0].submission.answers[-1].transcripts[0].confirmed


def test_after_send_it_changes_nothing_that_was_sent_and_is_asked_on_reopening() -> None:
    talk, voice = spoken()
    talk.to_sent()
    sent, revision = talk.sent[0].submission, talk.state.revision
    turn = talk.hear(voice, HEARD)
    assert replies(turn) == []
    assert talk.state.revision == revision
    assert not talk.state.unsent
    assert talk.here[0] == "sent"
    talk.press("Change")
    assert talk.here == ASKED
    turn = talk.press("that is right")
    assert turn.state.unsent
    talk.press("Send")
    assert sent.answers == talk.sent[0].submission.answers
    assert talk.sent[1].submission != sent


def test_twenty_minutes_of_speech_are_shown_back_whole() -> None:
    talk, voice = spoken()
    long = "and then we went on talking " * 700
    talk.hear(voice, long)
    talk.control(Control.MY_ANSWERS)
    pieces = [text for reply in replies(talk.last) for text in reply.texts]
    assert all(len(piece) <= MOST_LETTERS for piece in pieces)
    assert long.strip() in "".join(pieces)
    talk.press("that is right")
    assert long.strip() in "".join(text for reply in replies(talk.last) for text in reply.texts)


def test_braces_and_odd_letters_are_only_letters() -> None:
    talk, voice = spoken()
    talk.hear(voice, "{contact} \ud800 {0}")
    talk.control(Control.MY_ANSWERS)
    assert "“{contact} \ufffd {0}”" in words_of(talk.last)


def test_a_photo_is_asked_about_before_a_voice() -> None:
    talk = at("big")
    voice, photo = talk.send_media(), talk.send_media(MediaKind.PHOTO)
    talk.keep(voice)
    talk.keep(photo)
    talk.hear(voice, HEARD)
    talk.control(Control.MY_ANSWERS)
    assert talk.here == ("who_is_in_it", "big", "")
    talk.press("No")
    assert talk.here == ASKED
    talk.press("that is right")
    assert talk.here[0] == "check"


def test_a_photo_sent_meanwhile_joins_the_voice_and_is_asked_about_next() -> None:
    talk, _ = shown_back()
    photo = talk.send_media(MediaKind.PHOTO)
    talk.keep(photo)
    assert talk.here == ASKED
    talk.press("that is right")
    assert talk.here == ("who_is_in_it", "big", "")
    assert talk.answer("big").media[-1] == photo
    talk.press("Yes")
    assert talk.here[0] == "check"
