"""Whole conversations as anybody can read them. A change of words or order shows here, and is meant or mended."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from conversations.asides import ASIDES, CALM
from conversations.checklist import listed
from conversations.inputs import Transcribed
from conversations.locating import locate
from conversations.player import Player, demo_facts
from conversations.scene import Scene
from conversations.script import ChooseMany, Sort, Tell
from conversations.state import Spot
from tests.conversations.small_script import shipped
from tests.conversations.support import NOW

GOLDEN = Path(__file__).parent.parent / "golden"


class Person:
    """Someone who answers. What is not in `says` is answered with the first option, or with skip."""

    def __init__(self, name: str, says: Mapping[str, str]) -> None:
        flow = shipped().current(name)
        assert flow is not None, shipped().problems
        self.player = Player(flow, demo_facts(flow), NOW)
        self.says = says

    def press(self, ending: str) -> None:
        """The button whose label or code ends so."""
        for number, button in enumerate(self.player.buttons, 1):
            if button.label.endswith(ending) or button.code == ending:
                self.player.hear(str(number))
                return
        raise AssertionError(f"no button {ending!r} among {[button.label for button in self.player.buttons]}")

    def answer(self) -> None:
        """The present place."""
        state = self.player.state
        if state.place.spot is Spot.PART_END:
            self.press("d:carry_on")
            return
        if state.place.spot in ASIDES:
            self.press("d:carry_on" if state.place.spot in CALM else "d:yes")
            return
        step = locate(Scene(self.player.flow, self.player.facts), state, state.place).step
        wanted = self.says.get(f"{state.place.step} {state.place.item}".strip(), "")
        if wanted.startswith(("/", '"')):
            self.player.hear(wanted.strip('"'))
        elif wanted:
            self.press(wanted)
        elif isinstance(step, Tell):
            self.press("r:skip")
        else:
            self.player.hear("2" if isinstance(step, Sort) else "1")
        if isinstance(step, ChooseMany) and self.player.state.place == state.place:
            self.press("d:done")

    def until(self, step: str = "") -> None:
        """Answer until this question, or to the check screen."""
        for _ in range(200):
            place = self.player.state.place
            if place.spot is Spot.CHECK or (step and step in {place.step, f"{place.step} {place.item}"}):
                return
            self.answer()
        raise AssertionError(f"never came to {step or 'the check screen'}")


FULL = {
    "ready": "Full way",
    "good_at": '"Drawing dragons, and I never give up"',
    "going lessons": "Going well",
    "going staff": "Going well",
    "going friends": "Not going well",
    "going places": '"👎🏽"',
    "one_thing": '"I want to go to the canteen without being scared."',
    "must_stay": "/voice",
}
SHORT = {"ready": "Short way", "going friends": "Not going well", "one_thing": "/voice"}
CARER = {
    "ready": "Full way",
    "admire": '"Sam never gives up."',
    "better_help": '"It would help if one person knew the whole plan."',
    "agenda": '"Who helps when the bus is late?"',
}


def full(person: Person) -> None:
    person.until()
    person.press("d:send")


def short(person: Person) -> None:
    person.until()
    person.press("d:send")


def second_thoughts(person: Person) -> None:
    """Back, a change that leaves an answer behind, a stop of two days, a later addition, and all taken back."""
    person.until("going friends")
    person.player.hear("/back")
    person.press("Sometimes")
    person.until("going safe")
    person.player.hear("/stop")
    person.press("d:enough")
    person.player.hear("/wait 2d")
    person.player.hear("I forgot: I like the new timetable.")
    person.press("d:resume")
    person.until()
    number = _number_of(person, "going", "friends")
    person.press(f"n:{number}")
    person.press("d:change")
    person.press("Going well")
    while person.player.state.place.spot is Spot.ORPHAN:
        person.press("d:keep")
    person.press("n:1")
    person.press("d:only")
    person.press("d:send")
    person.player.hear("/wait 30d")
    person.press("d:change")
    person.press(f"n:{_number_of(person, 'going', 'lessons')}")
    person.press("d:change")
    person.player.hear("Lessons are better since the move.")
    person.press("d:send")
    person.press("d:withdraw")
    person.press("d:yes")


def voice_and_photos(person: Person) -> None:
    """Photos that are asked about, a voice that a computer wrote down, all seen again, one taken out."""
    person.until("going lessons")
    person.player.hear("/photo")
    person.player.hear("/photo")
    person.press("d:yes")
    person.until("one_thing")
    person.player.hear("/voice")
    voice = next(answer.media[0] for answer in person.player.state.answers if answer.step == "one_thing")
    person.player.give(Transcribed(voice.id, "I want a quiet place to eat"), "(a computer wrote down the voice)")
    person.until()
    person.press(f"n:{_number_of(person, 'going', 'lessons')}")
    person.press("d:play")
    person.press("n:2")
    person.press("d:no")
    person.press("d:send")
    person.press("d:page")


def not_safe(person: Person) -> None:
    """Feeling safe is not going well: the pause, more for the team alone, and later words without another pause."""
    person.until("going safe")
    person.press("Not going well")
    person.press("d:tell")
    person.player.hear("It is when my stepdad drinks.")
    person.player.hear("/edit It is when my stepdad drinks, at night.")
    person.player.hear("/voice")
    person.press("d:carry_on")
    person.until("one_thing")
    person.player.hear("I don't want to go home.")
    person.until()
    person.press("d:send")


def not_the_people_named(person: Person) -> None:
    """Words in an answer that match, about a member of staff: someone else, then enough for today."""
    person.until("one_thing")
    person.player.hear("I want to move. The bus driver hits me.")
    person.press("d:elsewhere")
    person.player.hear("Ms Okafor knows and does nothing.")
    person.press("d:enough")
    person.player.hear("/wait 1d")
    person.press("d:resume")
    person.until()
    person.press("d:send")


def nobody_there(person: Person) -> None:
    """A carer, at a time when nobody can be told: that is said, with whom to call."""
    person.player.facts = replace(person.player.facts, alert_seen_by=None)
    person.until("better_help")
    person.player.hear("Honestly I can't cope any more and I am scared of my son.")
    person.until()
    person.press("d:send")


def _number_of(person: Person, step: str, item: str) -> int:
    shown = listed(Scene(person.player.flow, person.player.facts), person.player.state)
    number = [(answer.step, answer.item) for answer in shown].index((step, item)) + 1
    while f"n:{number}" not in {button.code for button in person.player.buttons}:
        person.press(next(button.code for button in person.player.buttons if button.code.startswith("p:")))
    return number


STORIES: dict[str, tuple[str, Mapping[str, str], Callable[[Person], None]]] = {
    "young_person_full": ("young_person", FULL, full),
    "young_person_short": ("young_person", SHORT, short),
    "young_person_second_thoughts": ("young_person", SHORT, second_thoughts),
    "young_person_voice_and_photos": ("young_person", SHORT, voice_and_photos),
    "young_person_not_safe": ("young_person", SHORT, not_safe),
    "young_person_not_the_people_named": ("young_person", SHORT, not_the_people_named),
    "carer_nobody_there": ("carer", {"ready": "Short way", "safe_here": "Others see it too"}, nobody_there),
    "carer_full": ("carer", CARER, full),
}


@pytest.mark.parametrize("name", list(STORIES))
def test_the_conversation_reads_as_it_did(name: str, *, update_golden: bool) -> None:
    script, says, story = STORIES[name]
    person = Person(script, says)
    story(person)
    said = "\n".join(person.player.said) + "\n"
    file = GOLDEN / f"{name}.txt"
    if update_golden:
        file.write_text(said, encoding="utf-8")
    assert file.exists(), f"{file.name} is missing: run pytest tests/conversations --update-golden and read it"
    expected = file.read_text(encoding="utf-8")
    difference = "\n".join(difflib.unified_diff(expected.splitlines(), said.splitlines(), lineterm=""))
    assert said == expected, difference


def test_no_transcript_is_left_over() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(STORIES)
