"""Somebody may not be safe: the team is told with exactly what was said, the answer stays, and the flow pauses once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations import codec, sheet
from conversations.alerts import safe_to_write
from conversations.asked import Asked
from conversations.effects import AlertRoute, RaiseAlert, Turn
from conversations.inputs import Control, Edited
from conversations.path import items_of
from conversations.safety import Phrases, matched
from conversations.safety_file import read_phrases
from conversations.scene import Scene
from conversations.script import Repeat, Sort
from conversations.state import Answer, Calm, ConversationState, MediaKind, Spot
from tests.conversations.small_script import shipped
from tests.conversations.support import Chat, buttons, facts, replies

WORDS = "He hits me and I want to die."
SEEN = datetime(2026, 12, 2, 16, 0, tzinfo=UTC)


def begun(script: str = "young_person", *, seen: datetime | None = SEEN) -> Chat:
    flow = shipped().current(script)
    assert flow is not None
    return Chat(flow, replace(facts(2, 1), alert_seen_by=seen))


def raised(turn: Turn) -> list[RaiseAlert]:
    return [effect for effect in turn.effects if isinstance(effect, RaiseAlert)]


def said(turn: Turn) -> str:
    return "\n".join(text for reply in replies(turn) for text in reply.texts)


def is_paused(chat: Chat) -> bool:
    return chat.state.place.spot is Spot.CALM


def full(chat: Chat) -> Chat:
    chat.to("ready").code("o:full")
    return chat


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
