"""Nobody is worn out: so many messages before the first question, so many taps in each way, and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from conversations.locating import locate
from conversations.path import route
from conversations.scene import Scene
from conversations.script import ChooseMany, Does, Flow, Option, Records, Role, Sort, Tell
from conversations.state import Answer, Place, Spot
from tests.conversations.small_script import shipped
from tests.conversations.support import NOW, Chat, facts, replies

MESSAGES_BEFORE_A_QUESTION = 6
SHORT_TAPS = 15
FULL_TAPS = 45
PART_TAPS = 12  # "about ten"

FLOWS = [pytest.param(flow, id=flow.id) for flow in shipped().flows.values()]


@dataclass
class Taps:
    """Plays a script to Send, and counts presses by part."""

    chat: Chat
    choose: Callable[[Chat, tuple[Option, ...]], Option]
    types: bool
    parts: Counter[str] = field(default_factory=Counter)
    pauses: int = 0

    def play(self) -> int:
        while self.chat.state.place.spot is not Spot.CHECK:
            self._one()
        self._press("d:send", "send")
        return self.parts.total()

    def _one(self) -> None:
        place = self.chat.state.place
        if place.spot is Spot.PART_END:
            self._press("d:carry_on", place.step)
            return
        if place.spot is Spot.CALM:
            self.chat.code("d:carry_on")  # no tap of the script: only who said that they are not safe comes here
            self.pauses += 1
            return
        point = locate(Scene(self.chat.flow, self.chat.facts), self.chat.state, place)
        match point.step:
            case Tell() if self.types:
                self.chat.type("Own words.")
            case Tell():
                self._press("r:skip", point.part.id)
            case ChooseMany(options=options):
                self._press(f"+:{self.choose(self.chat, options).id}", point.part.id)
                self._press("d:done", point.part.id)
            case Sort():
                self._press(f"o:{self.choose(self.chat, self.chat.flow.scale).id}", point.part.id)
            case step:
                assert step is not None
                self._press(f"o:{self.choose(self.chat, getattr(step, 'options', ())).id}", point.part.id)

    def _press(self, code: str, part: str) -> None:
        turn = self.chat.code(code)
        assert turn.refusal is None, (code, self.chat.here)
        self.parts[part] += 1


def answers(options: tuple[Option, ...]) -> list[Option]:
    """The options that are answers of their own."""
    return [option for option in options if option.does is None]


def costliest(way: str) -> Callable[[Chat, tuple[Option, ...]], Option]:
    """All cards not well, and else what leads to the most questions."""

    def choose(chat: Chat, options: tuple[Option, ...]) -> Option:
        wanted = [option for option in answers(options) if option.id == way]
        if isinstance(locate(Scene(chat.flow, chat.facts), chat.state, chat.state.place).step, Sort):
            wanted = [option for option in options if option.id == "not_well"]
        return wanted[0] if wanted else max(answers(options), key=lambda option: _length(chat, option))

    return choose


def _length(chat: Chat, option: Option) -> int:
    place = chat.state.place
    answer = Answer(place.step, NOW, place.item, choices=(option.id,))
    scene = Scene(chat.flow, chat.facts)
    return sum(point.rests for point in route(scene, chat.state.way, (*chat.state.answers, answer)))


def reference(chat: Chat, options: tuple[Option, ...]) -> Option:
    """First option; of the cards two not well, two well, the rest sometimes; the full way."""
    step = locate(Scene(chat.flow, chat.facts), chat.state, chat.state.place).step
    by_id = {option.id: option for option in options}
    if step is not None and step.records is Records.WAY:
        return by_id["full"]
    if not isinstance(step, Sort):
        return answers(options)[0]
    done = sum(answer.step == step.id for answer in chat.state.answers)
    return by_id["not_well" if done < 2 else "well" if done < 4 else "sometimes"]


@pytest.mark.parametrize("flow", FLOWS)
def test_six_messages_at_most_come_before_the_first_question(flow: Flow) -> None:
    chat = Chat(flow, facts(6, 4, frozenset({"acting_in_place"})))
    assert len(replies(chat.last)) <= MESSAGES_BEFORE_A_QUESTION
    asked = [point for point in route(Scene(flow, chat.facts), chat.state.way, ()) if point.rests]
    assert chat.state.place == asked[0].place


@pytest.mark.parametrize("flow", FLOWS)
def test_what_they_must_know_comes_in_six_messages_before_they_agree(flow: Flow) -> None:
    chat = Chat(flow, facts(6, 4))
    told = len(replies(chat.last))
    while (step := locate(Scene(flow, chat.facts), chat.state, chat.state.place).step) is None or (
        step.records is not Records.AGREEMENT
    ):
        chat.code("o:full")
        told += len(replies(chat.last))
    assert told <= MESSAGES_BEFORE_A_QUESTION


@pytest.mark.parametrize("flow", FLOWS)
def test_no_answer_is_followed_by_more_than_six_messages(flow: Flow) -> None:
    chat = Chat(flow, facts(6, 4))
    while chat.state.place.spot is not Spot.CHECK:
        chat.onward()
        assert len(replies(chat.last)) <= MESSAGES_BEFORE_A_QUESTION


@pytest.mark.parametrize("flow", FLOWS)
def test_the_short_way_takes_fifteen_taps_in_the_worst_case(flow: Flow) -> None:
    taps = Taps(Chat(flow, facts(6, 4, frozenset({"acting_in_place"}))), costliest("short"), types=False)
    assert taps.play() <= SHORT_TAPS, dict(taps.parts)
    assert taps.pauses == (flow.role is Role.YOUNG_PERSON), "the calm pause comes once, and costs one press"


@pytest.mark.parametrize("flow", FLOWS)
def test_the_full_way_takes_forty_five_taps_in_blocks_of_about_ten(flow: Flow) -> None:
    worst = Taps(Chat(flow, facts(6, 4, frozenset({"acting_in_place"}))), costliest("full"), types=False)
    worst.play()
    taps = Taps(Chat(flow, facts(2, 1)), reference, types=True)
    told = f"{dict(taps.parts)}; the worst case is {worst.parts.total()}: {dict(worst.parts)}"
    assert taps.play() <= FULL_TAPS, told
    told = f"{dict(taps.parts)}; the worst case is {worst.parts.total()}: {dict(worst.parts)}"
    assert max(taps.parts.values()) <= PART_TAPS, told


@pytest.mark.parametrize("flow", FLOWS)
def test_something_else_and_all_refusals_stand_on_every_question_of_views(flow: Flow) -> None:
    chat = Chat(flow, facts(2, 1))
    while chat.state.place.spot is not Spot.CHECK:
        place = chat.state.place
        if place.spot is Spot.QUESTION:
            _stands(chat, place)
        chat.onward()


def _stands(chat: Chat, place: Place) -> None:
    step = locate(Scene(chat.flow, chat.facts), chat.state, place).step
    assert step is not None
    codes = {button.code for reply in replies(chat.last)[-1:] for row in reply.rows for button in row}
    if step.records is not Records.AGREEMENT:
        assert {"r:dont_know", "r:skip", "r:rather_not"} <= codes
    for option in getattr(step, "options", ()):
        if option.does is Does.WORDS:
            assert f"o:{option.id}" in codes
