"""The calm pause wherever words come in, what it never feeds, and that it loses nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations import codec, sheet
from conversations.alerts import safe_to_write
from conversations.asked import Asked
from conversations.effects import AlertRoute, RaiseAlert
from conversations.inputs import Control, Edited
from conversations.path import items_of
from conversations.safety import Phrases, matched
from conversations.safety_file import read_phrases
from conversations.scene import Scene
from conversations.script import Repeat, Sort
from conversations.state import Answer, Calm, ConversationState, MediaKind
from tests.conversations.calm_chat import SEEN, WORDS, begun, full, is_paused, raised, said
from tests.conversations.small_script import shipped
from tests.conversations.support import Chat, buttons, replies


@pytest.mark.parametrize("where", ["paused", "menu", "sent", "check", "aside"])
def test_wherever_words_come_they_are_a_note_and_told_and_the_place_waits(where: str) -> None:
    chat = begun()
    match where:
        case "paused":
            chat.to("one_thing").control(Control.STOP)
            chat.code("d:enough")
        case "menu":
            chat.to("one_thing").control(Control.STOP)
        case "sent":
            chat.to_sent()
        case "check":
            chat.to_check()
        case _:
            photo = chat.to("one_thing").send_media(MediaKind.PHOTO)
            chat.keep(photo)
            assert chat.here[0] == "who_is_in_it"
    under = chat.state.trail[-1] if where == "menu" else chat.state.place
    turn = chat.type(WORDS, "70")
    assert [each.words for each in raised(turn)] == [WORDS]
    assert [note.words for note in chat.notes] == [WORDS]
    assert is_paused(chat)
    assert "will read it by" not in said(turn), "one answer to what was said is enough"
    chat.code("d:carry_on")
    assert chat.state.place == (chat.state.place if where == "aside" else under)
    assert not is_paused(chat)


def test_a_caption_beside_a_question_about_a_photo_lets_that_question_come_after() -> None:
    chat = begun().to("one_thing")
    chat.keep(chat.send_media(MediaKind.PHOTO))
    chat.send_media(MediaKind.PHOTO, caption=WORDS)
    assert is_paused(chat)
    chat.code("d:carry_on")
    assert chat.here[0] == "who_is_in_it"


def test_who_has_left_is_told_what_happens_and_asked_nothing() -> None:
    chat = begun().to("one_thing")
    chat.control(Control.STOP)
    chat.code("d:leave_review")
    turn = chat.type(WORDS)
    assert [each.words for each in raised(turn)] == [WORDS]
    assert "Thank you for telling me." in said(turn)
    assert not buttons(replies(turn)[-1])
    assert "Thank you for telling me." not in said(chat.type("My dad hits me", "9"))


def test_voice_for_the_team_arrives_though_the_person_left_or_deleted_meanwhile() -> None:
    for leave in ("d:leave_review", "d:leave_for_good"):
        chat = begun().to("one_thing")
        chat.type(WORDS)
        voice = chat.send_media(MediaKind.VOICE)
        chat.control(Control.STOP)
        chat.code(leave)
        turn = chat.keep(voice)
        assert raised(turn) == [RaiseAlert(AlertRoute.MORE, media=(voice,))]
        assert not replies(turn)


def test_voice_for_the_team_holds_up_no_sending() -> None:
    chat = begun().to_check()
    chat.type(WORDS)
    voice = chat.send_media(MediaKind.VOICE)
    chat.code("d:carry_on")
    chat.code("d:send")
    assert chat.here[0] == "sent"
    assert raised(chat.keep(voice))[0].route is AlertRoute.MORE


def test_drafted_words_are_told_at_once_and_stay_drafted() -> None:
    chat = full(begun()).to("good_at")
    chat.code("+:sport")
    turn = chat.type(WORDS, "7")
    assert raised(turn)[0].step == "good_at"
    assert is_paused(chat)
    chat.code("d:carry_on")
    chat.code("d:done")
    answer = chat.answer("good_at")
    assert (answer.choices, answer.words) == (("sport",), WORDS)
    assert not raised(chat.last), "told before"


def test_back_and_a_forged_button_at_the_pause() -> None:
    chat = begun().to("one_thing")
    chat.type(WORDS)
    assert chat.code("d:yes").refusal is not None
    chat.control(Control.BACK)
    assert chat.here[1] == "must_stay"


def test_words_that_match_are_never_refused() -> None:
    chat = begun()
    phrases = read_phrases("local:\n  phrases: ['👍 👎']\n", "own.yaml")
    assert isinstance(phrases, Phrases)
    chat.flow = replace(chat.flow, phrases=phrases)
    turn = chat.to("going", "lessons").type("👍👎")
    assert turn.refusal is None
    assert raised(turn)[0].words == chat.notes[0].words == "👍👎"
    assert is_paused(chat)


def test_a_carer_says_whether_it_is_safe_to_write_here() -> None:
    chat = begun("carer").to("safe_here")
    assert safe_to_write(chat.flow, chat.state.answers) is None
    turn = chat.code("o:no")
    assert "nobody asks you about safety in this chat" in said(turn)
    assert not raised(turn)
    assert safe_to_write(chat.flow, chat.state.answers) is False
    turn = chat.to("better_help").type("My son hits me and I cannot cope any more.")
    assert raised(turn)[0].topics == ("abuse", "carer_violence")


def test_whether_it_is_safe_to_write_stands_in_no_copy_and_on_no_paper() -> None:
    chat = begun("carer")
    assert Asked(chat.flow, chat.facts).is_hidden("safe_here", "")
    assert "safe_here" not in {line.where for line in sheet.lines(chat.flow, chat.facts) if not line.steers}


@pytest.mark.parametrize("name", ["young_person", "carer"])
def test_no_card_that_raises_an_alert_feeds_a_repeat_a_mat_or_a_copy(name: str) -> None:
    chat = begun(name)
    asked = Asked(chat.flow, chat.facts)
    steps = [step for part in chat.flow.parts for step in part.steps]
    marked = [(step.id, card.id) for step in steps if isinstance(step, Sort) for card in step.cards if card.alert]
    over = [step.over for step in steps if isinstance(step, Repeat)]
    assert all(asked.is_hidden(*each) for each in marked)
    for step, item in marked:
        points = [Answer(step, SEEN, item, choices=(point.id,)) for point in chat.flow.scale]
        scene = Scene(chat.flow, chat.facts)
        fed = [each for repeat in steps if isinstance(repeat, Repeat) for each in items_of(scene, repeat, points)]
        assert item not in {each.id for each in fed}
    assert over


def test_a_state_from_before_the_pause_loads_and_pauses() -> None:
    chat = begun().to("one_thing")
    bare = codec.dump_state(chat.state)
    for name in (b'"alerted":[],', b'"calm":"not_yet",', b'"elsewhere":false,', b'"told":[],'):
        assert name in bare
        bare = bare.replace(name, b"")
    chat.state = codec.load_state(bare)
    assert chat.state.calm is Calm.NOT_YET
    chat.type(WORDS)
    assert is_paused(chat)


SAID = st.sampled_from([WORDS, "kms", "I like art.", "My dad hits me", "skip", "2", "👍", "I want to run away"])
SPOKEN = st.lists(st.tuples(SAID, st.booleans()), min_size=1, max_size=8)


def without_phrases(chat: Chat) -> Chat:
    flow = shipped().current("young_person")
    assert flow is not None
    return Chat(replace(flow, phrases=type(flow.phrases)()), chat.facts)


def on(chat: Chat) -> None:
    if is_paused(chat):
        chat.code("d:carry_on")


@settings(max_examples=25, deadline=None)
@given(SPOKEN)
def test_an_alert_loses_no_answer_and_no_words_of_one_version_alert_twice(spoken: list[tuple[str, bool]]) -> None:
    """The same person in the same script with an empty list: the same answers and notes, but for what is told."""
    chat = full(begun())
    plain = full(without_phrases(chat))
    told: list[tuple[str, str]] = []
    for number, (words, edit) in enumerate(spoken):
        for each in (chat, plain):
            each.type(words, str(number))
            told += [(str(number), alert.words) for alert in raised(each.last)]
            on(each)
            if edit:
                each.give(Edited(words, str(number)))
                told += [(str(number), alert.words) for alert in raised(each.last)]
                on(each)
    assert _answers(chat.state) == _answers(plain.state)
    assert [note.words for note in chat.notes] == [note.words for note in plain.notes]
    assert len(told) == len(set(told))
    by_words = {words for words, _ in spoken if matched(words, chat.flow.phrases)}
    assert by_words <= {words for _, words in told} | {"2"}


def _answers(state: ConversationState) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(each.step, each.item, each.choices, each.words) for each in state.answers]
