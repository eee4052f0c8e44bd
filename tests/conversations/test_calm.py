"""Somebody may not be safe: the team is told with exactly what was said, the answer stays, and the flow pauses once."""

from __future__ import annotations

import pytest

from conversations.effects import AlertRoute, RaiseAlert
from conversations.inputs import Control, Edited
from conversations.state import MediaKind, Spot
from tests.conversations.calm_chat import WORDS, begun, full, is_paused, raised, said
from tests.conversations.support import buttons, replies


def test_words_in_an_answer_are_told_as_they_are_kept_as_the_answer_and_the_flow_pauses() -> None:
    chat = begun().to("one_thing")
    turn = chat.type(WORDS, "7")
    assert raised(turn) == [RaiseAlert(AlertRoute.PHRASE, ("abuse", "suicide"), "one_thing", words=WORDS)]
    assert chat.answer("one_thing").words == WORDS
    assert is_paused(chat)
    assert "Thank you for telling me." in said(turn)
    assert "by Wednesday 2 December 2026, 4 pm" in said(turn)
    assert len(replies(turn)) == 1, "the next question waits"
    assert [each.code for each in buttons(replies(turn)[-1])] == ["d:carry_on", "d:enough", "d:tell", "d:elsewhere"]
    assert chat.code("d:carry_on").state.place.step == "must_stay"


def test_feeling_unsafe_and_feeling_mostly_hard_are_told_and_nothing_is_said_twice() -> None:
    chat = full(begun()).to("going", "safe")
    turn = chat.code("o:not_well")
    assert raised(turn) == [RaiseAlert(AlertRoute.ANSWER, (), "going", "safe", ("not_well",))]
    assert said(turn).count("Thank you for telling me.") == 1
    assert "I need help now" not in said(turn), "what the script says about it is left out"
    chat.code("d:carry_on")
    hard = chat.to("feeling").code("o:mostly_hard")
    assert [each.step for each in raised(hard)] == ["feeling"]
    assert not is_paused(chat), "once"
    assert said(hard).count("Thank you for telling me.") == 1, "now the script says it"


def test_a_good_answer_and_an_answer_given_again_tell_nobody() -> None:
    chat = full(begun()).to("going", "safe")
    assert not raised(chat.code("o:well"))
    chat.control(Control.BACK)
    assert raised(chat.code("o:not_well"))
    chat.code("d:carry_on")
    chat.control(Control.BACK)
    assert chat.here[2] == "safe"
    assert not raised(chat.code("o:not_well")), "nothing new was said"


def test_with_nobody_to_tell_it_says_so_and_whom_to_call() -> None:
    turn = begun(seen=None).to("one_thing").type(WORDS)
    assert "Nobody here can read it now." in said(turn)
    assert "call 999" in said(turn)
    assert "85258" in said(turn)


def test_later_words_are_told_without_a_pause() -> None:
    chat = begun().to("one_thing")
    chat.type(WORDS, "7")
    chat.code("d:carry_on")
    turn = chat.type("My dad hits me", "8")
    assert [each.topics for each in raised(turn)] == [("abuse", "carer_violence")]
    assert not is_paused(chat)
    assert chat.answer("must_stay").words == "My dad hits me"


def test_what_is_told_at_the_pause_is_no_answer_and_no_note_and_goes_nowhere_else() -> None:
    chat = begun().to("one_thing")
    chat.type(WORDS, "7")
    turn = chat.code("d:tell")
    assert "only to" in said(turn)
    kept, notes = dict(chat.stored), list(chat.notes)
    more = chat.type("It was in the park.", "8")
    assert raised(more) == [RaiseAlert(AlertRoute.MORE, (), words="It was in the park.")]
    again = chat.give(Edited("It was in the park, he hits me.", "8"))
    assert raised(again) == [RaiseAlert(AlertRoute.MORE, ("abuse",), words="It was in the park, he hits me.")]
    photo = chat.send_media(MediaKind.PHOTO, caption="my arm")
    assert raised(chat.last) == [RaiseAlert(AlertRoute.MORE, (), words="my arm")]
    assert raised(chat.keep(photo)) == [RaiseAlert(AlertRoute.MORE, media=(photo,))]
    assert (chat.stored, chat.notes) == (kept, notes)
    chat.code("d:carry_on")
    assert raised(chat.give(Edited("It was in the street.", "8")))[0].route is AlertRoute.MORE, "after the pause too"
    assert (chat.stored, chat.notes) == (kept, notes)
    assert chat.here[1] == "must_stay"


def test_words_at_the_pause_itself_go_to_the_team_and_a_button_can_be_typed() -> None:
    chat = begun().to("one_thing")
    chat.type(WORDS)
    assert [each.route for each in raised(chat.type("He does it at night."))] == [AlertRoute.MORE]
    assert is_paused(chat)
    chat.type("Stop for now")
    assert chat.is_paused()
    assert chat.here[1] == "must_stay"
    assert chat.code("d:resume").state.place.step == "must_stay"


def test_not_the_people_named_holds_for_all_that_follows() -> None:
    chat = begun().to("one_thing")
    chat.type(WORDS, "7")
    turn = chat.code("d:elsewhere")
    assert raised(turn) == [RaiseAlert(AlertRoute.ASKED, elsewhere=True)]
    assert chat.here[0] == "tell_more"
    assert raised(chat.type("It is a teacher."))[0].elsewhere
    voice = chat.send_media(MediaKind.VOICE)
    assert raised(chat.keep(voice))[0].elsewhere
    chat.code("d:carry_on")
    assert raised(chat.type("She hits me", "9"))[0].elsewhere


def test_an_edit_is_read_again_and_the_same_words_alert_once() -> None:
    chat = begun().to("one_thing")
    chat.type("I like art.", "7")
    turn = chat.give(Edited(WORDS, "7"))
    assert [each.words for each in raised(turn)] == [WORDS]
    assert is_paused(chat)
    assert chat.answer("one_thing").words == WORDS
    assert not raised(chat.give(Edited(WORDS, "7")))
    assert raised(chat.give(Edited(f"{WORDS} Please read this.", "7")))


@pytest.mark.parametrize("kept", [True, False])
def test_a_caption_is_told_when_it_comes_and_once(kept: bool) -> None:
    chat = begun().to("one_thing")
    photo = chat.send_media(MediaKind.PHOTO, caption=WORDS)
    assert [each.words for each in raised(chat.last)] == [WORDS]
    assert is_paused(chat)
    assert not raised(chat.keep(photo) if kept else chat.fail(photo))
    if kept:
        assert chat.answer("one_thing").words == WORDS
    else:
        assert [note.words for note in chat.notes] == [WORDS]


def test_an_album_goes_on_to_its_answer_though_its_caption_brought_the_pause() -> None:
    chat = begun().to("one_thing")
    first = chat.send_media(MediaKind.PHOTO, caption=WORDS, group="g")
    second = chat.send_media(MediaKind.PHOTO, group="g")
    assert not raised(chat.keep(first))
    assert not raised(chat.keep(second))
    assert chat.answer("one_thing").media == (first, second)
    third = chat.send_media(MediaKind.PHOTO, group="h")
    fourth = chat.send_media(MediaKind.PHOTO, group="h")
    assert [raised(chat.keep(each))[0].media for each in (third, fourth)] == [(third,), (fourth,)]


def test_a_transcript_counts_once_the_person_says_that_it_is_right() -> None:
    chat = begun().to("one_thing")
    voice = chat.send_media(MediaKind.VOICE)
    chat.keep(voice)
    assert not raised(chat.hear(voice, WORDS))
    while chat.here[0] != "heard":
        chat.onward()
    turn = chat.code("d:yes")
    (alert,) = raised(turn)
    assert (alert.route, alert.words, alert.media) == (AlertRoute.PHRASE, WORDS, (voice,))
    assert is_paused(chat)
    assert chat.code("d:carry_on").state.place.spot is Spot.CHECK
