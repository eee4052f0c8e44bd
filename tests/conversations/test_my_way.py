"""How a person likes to be asked: asked once, changed with one press at any time, and never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from conversations.access import VALUES, Part
from conversations.art import Board
from conversations.effects import KeepProfile, Keyboard, Record, Refresh, Refusal, Reply
from conversations.inputs import Control
from conversations.profile import Look, Profile, Shows
from conversations.script import ChooseMany, ChooseOne, Flow, Option, Picture, Records, Say, Way
from conversations.state import Means
from tests.conversations.small_script import shipped, small_flow
from tests.conversations.support import Chat, buttons, facts, replies, showing

TODAY = date(2027, 1, 11)
FRESH = date(2026, 2, 1)
STALE = date(2026, 1, 11)


def flow_of(name: str) -> Flow:
    """A script that ships."""
    flow = shipped().current(name)
    assert flow is not None
    return flow


def young(profile: Profile | None = None) -> Chat:
    """The young person's script, begun with this profile."""
    return Chat(flow_of("young_person"), replace(facts(2, 1), profile=profile or Profile()))


def reply_of(talk: Chat) -> Reply:
    """The present place."""
    return showing(talk.flow, talk.facts, talk.state)


def labels(talk: Chat) -> list[str]:
    """The labels of the present place."""
    return [button.label for button in buttons(reply_of(talk))]


@pytest.mark.parametrize("way", ["short", "full"])
@pytest.mark.parametrize("name", ["young_person", "carer"])
def test_everyone_is_asked_once_in_either_way(name: str, way: str) -> None:
    talk = Chat(flow_of(name), facts())
    talk.code(f"o:{way}")
    talk.code("o:understand")
    if name == "carer":
        talk.code("o:yes")
    assert talk.here == ("question", "access", "")


@pytest.mark.parametrize(("asked_on", "is_asked"), [(None, True), (STALE, True), (FRESH, False)])
def test_it_is_asked_again_after_a_year(asked_on: date | None, *, is_asked: bool) -> None:
    talk = young(Profile(look=Look.DARK, asked_on=asked_on))
    talk.code("o:full")
    talk.code("o:understand")
    assert (talk.here == ("question", "access", "")) is is_asked
    board = reply_of(talk).art
    assert isinstance(board, Board)
    assert board.look is Look.DARK, "what was chosen counts until it is chosen anew"


def test_who_was_asked_lately_meets_every_other_step() -> None:
    asked, known = young(), young(Profile(asked_on=FRESH))
    assert {(step, item) for step, item in asked.to_check().stored} == {("access", "")} | {
        (step, item) for step, item in known.to_check().stored
    }


@pytest.mark.parametrize(
    ("option", "profile"),
    [
        ("both", Profile()),
        ("pictures", Profile(shows=Shows.PICTURES)),
        ("words", Profile(shows=Shows.WORDS)),
        ("voice", Profile(voice=True)),
    ],
)
def test_the_answer_is_kept_and_the_next_question_follows_it(option: str, profile: Profile) -> None:
    talk = young().to("access")
    turn = talk.code(f"o:{option}")
    wanted = replace(profile, asked_on=TODAY, way=talk.state.profile.way)
    assert turn.effects[0] == KeepProfile(wanted)
    assert talk.state.profile == wanted
    assert (reply_of(talk).art is None) is (option == "words")


def test_what_is_said_right_after_the_answer_follows_it_too() -> None:
    small = small_flow()
    ask = ChooseOne(id="access", texts=("How?",), options=(Option("words", "Words"),), records=Records.ACCESS)
    note = Say(id="note", texts=("Fine ⚽.",), picture=Picture("26BD", "A football"))
    opening, *others = small.parts
    flow = replace(small, parts=(replace(opening, steps=(ask, note, *opening.steps)), *others))
    turn = Chat(flow, facts()).code("o:words")
    assert "Fine ⚽." in replies(turn)[0].texts
    assert {reply.art for reply in replies(turn)} == {None}


def test_a_refusal_leaves_it_to_be_asked_next_time_and_own_words_do_not() -> None:
    talk = young().to("access")
    talk.code("r:skip")
    assert talk.state.profile.asked_on is None
    talk = young().to("access")
    talk.type("Very slowly please")
    assert talk.state.profile == Profile(asked_on=TODAY, way=talk.state.profile.way)


def test_the_way_is_part_of_it() -> None:
    talk = young()
    talk.code("o:short")
    assert talk.state.profile.way is Way.SHORT


def test_who_may_read_an_answer_changes_nothing_of_it() -> None:
    talk = young().to("access")
    talk.code("o:both")
    talk.control(Control.MY_WAY)
    talk.code("s:shows=words")
    talk.code("d:back")
    talk.control(Control.MY_ANSWERS)
    talk.code("n:1")
    turn = talk.code("d:only")
    assert [type(effect) for effect in turn.effects[:3]] != [KeepProfile]
    assert talk.state.profile.shows is Shows.WORDS


def test_what_is_sent_says_how_the_person_likes_to_be_asked() -> None:
    talk = young().to("access")
    talk.code("o:pictures")
    talk.to_sent()
    assert talk.sent[0].submission.profile == talk.state.profile


def test_the_card_says_what_is_set_and_each_press_sets_one_thing() -> None:
    talk = young().to("good_at")
    talk.control(Control.MY_WAY)
    assert talk.here == ("my_way", "", "")
    reply = reply_of(talk)
    assert "• 🔢 6 choices" in reply.texts[1]
    assert "🔢 3 choices" in labels(talk)
    assert "🔢 6 choices" not in labels(talk)
    assert len(reply.rows) <= 8
    assert isinstance(reply.art, Board)


@pytest.mark.parametrize(("part", "value"), [(part, value) for part in Part for value in VALUES[part]])
def test_every_value_can_be_set_and_set_again(part: Part, value: str) -> None:
    talk = Chat(small_flow(), facts(1)).to("good_at")
    talk.control(Control.MY_WAY)
    before = talk.state
    turn = talk.code(f"s:{part}={value}")
    assert isinstance(turn.effects[-1], Refresh)
    assert f"s:{part}={value}" not in {button.code for button in buttons(turn.effects[-1].reply)}
    assert talk.state.revision == before.revision
    assert talk.state.profile.asked_on == TODAY
    once = talk.state
    talk.code(f"s:{part}={value}")
    assert talk.state == once


def test_the_question_afterwards_is_asked_in_the_new_way() -> None:
    talk = young().to("good_at")
    talk.code("+:music")
    talk.control(Control.MY_WAY)
    for code in ("s:shows=words", "s:choices=3", "s:emoji=off"):
        kept = talk.code(code).effects[0]
        assert kept == KeepProfile(talk.state.profile)
    turn = talk.code("d:back")
    assert replies(turn)[0].keyboard is Keyboard.CONTROLS
    assert talk.here == ("question", "good_at", "")
    assert reply_of(talk).art is None
    assert labels(talk)[:5] == ["Making things", "Computers", "Sport", "Something else", "More"]
    assert talk.state.draft.ticks == ("music",), "what was ticked waits"


def test_the_way_changes_as_its_own_question_changes_it() -> None:
    talk = young().to("good_at")
    talk.control(Control.MY_WAY)
    talk.code("s:way=short")
    assert talk.state.way is Way.SHORT
    talk.code("d:back")
    assert talk.here == ("question", "good_at", "")
    talk.code("r:skip")
    assert talk.here == ("question", "going", "lessons")


def test_a_longer_way_chosen_amid_a_change_asks_what_it_opens() -> None:
    talk = young()
    talk.code("o:short")
    talk.to_check()
    talk.code("n:1")
    talk.code("d:change")
    talk.control(Control.MY_WAY)
    talk.code("s:way=full")
    talk.code("d:back")
    talk.code("r:skip")
    assert talk.here == ("question", "good_at", "")


def test_a_value_that_is_none_of_ours_changes_nothing() -> None:
    talk = young().to("good_at")
    for code in ("s:shows=words", "s:choices=3"):
        assert talk.code(code).refusal is Refusal.NOT_AN_OPTION, "the card is not open"
    talk.control(Control.MY_WAY)
    for code in ("s:shows=film", "s:choices=5", "s:helper=me", "s:=", "s:look", "d:send", "o:both", "n:1"):
        assert talk.code(code).refusal is Refusal.NOT_AN_OPTION


def test_the_question_about_it_opens_the_card_and_closing_that_is_the_answer() -> None:
    talk = young().to("access")
    talk.press("I choose each part")
    assert talk.here == ("my_way", "", "")
    talk.code("s:look=dark")
    turn = talk.code("d:back")
    assert any(isinstance(effect, Record) for effect in turn.effects)
    assert talk.answer("access").choices == ("each_part",)
    assert talk.answer("access").means == {Means.TAPPED}
    assert talk.here == ("question", "helper", "")
    talk.control(Control.BACK)
    talk.press("I choose each part")
    talk.code("d:back")
    assert talk.here == ("question", "access", ""), "what was answered is not answered again unasked"


def test_the_card_opened_over_that_question_by_its_control_answers_it_too() -> None:
    talk = young().to("access")
    talk.control(Control.MY_WAY)
    talk.control(Control.BACK)
    assert talk.here == ("question", "access", "")
    talk.control(Control.MY_WAY)
    talk.press("That is fine")
    assert talk.here == ("question", "helper", "")


@pytest.mark.parametrize("spot", ["check", "sent", "stop_menu", "paused"])
def test_it_opens_anywhere_and_leads_back(spot: str) -> None:
    talk = Chat(small_flow(), facts(1))
    match spot:
        case "check":
            talk.to_check()
        case "sent":
            talk.to_sent()
        case "stop_menu":
            talk.to("big").control(Control.STOP)
        case _:
            talk.to("big").control(Control.STOP)
            talk.code("d:enough")
    talk.control(Control.MY_WAY)
    assert talk.here[0] == "my_way"
    talk.type("I forgot to say")
    assert talk.notes[-1].words == "I forgot to say"
    assert talk.here[0] == "my_way"
    talk.control(Control.EXPLAIN)
    talk.code("d:back")
    assert talk.here[0] == {"check": "check", "sent": "sent"}.get(spot, "question")


def test_the_small_script_without_the_question_can_be_changed_all_the_same() -> None:
    talk = Chat(small_flow(), facts(1)).to("big")
    talk.control(Control.MY_WAY)
    talk.code("s:look=cream")
    talk.press("That is fine")
    assert talk.here == ("question", "big", "")


def test_words_that_waited_in_that_question_are_kept_when_the_card_answers_it() -> None:
    flow = flow_of("young_person")
    opening, *others = flow.parts
    many = (
        ChooseMany(id=step.id, texts=step.texts, options=step.options, records=step.records)
        if isinstance(step, ChooseOne) and step.records is Records.ACCESS
        else step
        for step in opening.steps
    )
    talk = Chat(replace(flow, parts=(replace(opening, steps=tuple(many)), *others)), facts()).to("access")
    talk.type("Please go slowly")
    talk.press("I choose each part")
    talk.code("d:back")
    assert talk.answer("access").choices == ("each_part",)
    assert [note.words for note in talk.notes] == ["Please go slowly"]
