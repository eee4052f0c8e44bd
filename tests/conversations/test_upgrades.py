"""A conversation is carried to a newer version of its script on purpose, and nothing that was said is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from conversations import codec, engine
from conversations.effects import KeepNote, Remove, Turn
from conversations.inputs import Closed, Control, Pressed
from conversations.script import ChooseOne, Flow, Repeat, Sort, Step
from conversations.state import Mark, Spot
from conversations.upgrades import upgrade
from tests.conversations.small_script import small_flow
from tests.conversations.support import Chat, at, chat, replies, words_of


def newer(change: Callable[[Step], Step | None]) -> Flow:
    """Version 2 of the small script, every step changed or (None) taken out."""
    flow = small_flow()
    parts = []
    for part in flow.parts:
        changed = (change(step) for step in part.steps)
        parts.append(replace(part, steps=tuple(step for step in changed if step is not None)))
    return replace(flow, version=2, parts=tuple(parts))


def without(name: str) -> Flow:
    return newer(lambda step: None if step.id == name else step)


def same() -> Flow:
    return newer(lambda step: step)


def carry(talk: Chat, flow: Flow) -> Turn:
    turn = upgrade(talk.flow, flow, talk.facts, talk.state, talk.now)
    assert codec.load_state(codec.dump_state(turn.state)) == turn.state
    for effect in turn.effects:
        talk._effect(effect)
    assert {(each.step, each.item): each for each in turn.state.answers} == talk.stored
    talk.flow, talk.state, talk.last = flow, turn.state, turn
    return turn


def test_answers_that_fit_move_over_and_the_place_stays() -> None:
    talk = at("good_at")
    talk.press("Sport")
    talk.type("I sing")
    before = talk.state
    turn = carry(talk, same())
    assert turn.state.version == 2
    assert turn.state.place == before.place
    assert turn.state.answers == before.answers
    assert turn.state.revision == before.revision + 1
    assert talk.notes == [KeepNote("I sing")]
    assert replies(turn)[0].texts == ("These questions have changed a little. I have kept your answers.",)


def test_old_buttons_count_no_more() -> None:
    talk = at("big")
    mark = Mark(talk.state.id, talk.state.revision)
    carry(talk, same())
    turn = engine.advance(talk.flow, talk.facts, talk.state, Pressed(mark, "o:home"), talk.now)
    assert turn.state is talk.state


def test_an_answer_without_its_question_is_kept_as_a_note_with_both() -> None:
    talk = at("big")
    talk.type("My dog")
    turn = carry(talk, without("big"))
    assert Remove("big") in turn.effects
    assert talk.notes == [KeepNote("What comes first?\n“My dog”")]


def test_a_vanished_present_step_gives_way_to_the_first_open_question() -> None:
    talk = at("big")
    media = talk.send_media()
    carry(talk, without("big"))
    assert talk.here == ("question", "going", "lessons")
    talk.keep(media)
    assert talk.notes == [KeepNote("", (media,))]


def test_a_vanished_option_is_asked_anew() -> None:
    talk = at("helper")
    talk.press("Family")

    def fewer(step: Step) -> Step:
        return replace(step, options=step.options[:1]) if isinstance(step, ChooseOne) else step

    carry(talk, newer(fewer))
    assert KeepNote("Is anyone helping?\n👪 Family") in talk.notes
    assert ("helper", "") not in talk.stored


def test_a_vanished_card_is_kept_as_a_note() -> None:
    talk = at("going", "lessons")
    talk.press("Not going well")

    def fewer(step: Step) -> Step:
        return replace(step, cards=step.cards[1:]) if isinstance(step, Sort) else step

    carry(talk, newer(fewer))
    assert talk.notes == [KeepNote("How is Lessons?\n👎 Not going well")]


def test_what_is_asked_no_more_is_put_to_the_person() -> None:
    talk = at("big")
    talk.press("Work")
    talk.type("In a shop")

    def never(step: Step) -> Step:
        return replace(step, ways=frozenset()) if step.id == "worked" else step

    carry(talk, newer(never))
    assert ("worked", "") in talk.stored
    talk.press("Going well")
    assert talk.here == ("orphan", "worked", "")


def test_a_pick_without_its_repeat_goes_without_a_word() -> None:
    talk = at("going", "lessons")
    for _ in range(3):
        talk.press("Not going well")
    talk.press("Going well")
    talk.press("Lessons")
    talk.press("Done")

    def gone(step: Step) -> Step | None:
        return None if isinstance(step, Repeat) and step.id == "would_help" else step

    carry(talk, newer(gone))
    assert talk.notes == []
    assert ("would_help", "") not in talk.stored
    assert ("going", "lessons") in talk.stored


def test_picks_move_over() -> None:
    talk = at("going", "lessons")
    for _ in range(3):
        talk.press("Not going well")
    talk.press("Going well")
    talk.press("Lessons")
    talk.press("Done")
    carry(talk, same())
    assert talk.here == ("question", "help", "lessons")


@pytest.mark.parametrize("spot", ["stop", "check", "item", "sent", "part_end", "paused"])
def test_every_resting_place_is_carried(spot: str) -> None:
    talk = at("big")
    if spot == "part_end":
        talk.press("Home")
    if spot in {"check", "item"}:
        talk.control(Control.MY_ANSWERS)
    if spot == "item":
        talk.code("n:1")
    if spot == "sent":
        talk.to_sent()
    if spot in {"stop", "paused"}:
        talk.control(Control.STOP)
    if spot == "paused":
        talk.press("For now")
    carry(talk, same())
    wanted = {"item": Spot.CHECK, "check": Spot.CHECK, "sent": Spot.SENT}
    assert talk.state.place.spot is wanted.get(spot, Spot.QUESTION)
    assert talk.is_paused() == (spot == "paused")
    assert ("Shall we carry on?" in words_of(talk.last)) == (spot == "paused")


def test_a_closed_conversation_stays_as_it_is() -> None:
    talk = chat()
    talk.give(Closed())
    before = talk.state
    assert carry(talk, same()) == Turn(before)


def test_another_script_is_no_newer_version() -> None:
    talk = chat()
    with pytest.raises(ValueError, match="its own script"):
        upgrade(talk.flow, replace(same(), id="other"), talk.facts, talk.state, talk.now)
    with pytest.raises(ValueError, match="its own script"):
        upgrade(same(), same(), talk.facts, talk.state, talk.now)
