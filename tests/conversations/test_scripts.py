"""Reading scripts: a good file becomes a Flow; anything else becomes a list of problems, never an exception."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conversations import scripts
from conversations.problems import Problem
from conversations.reading import MAX_BYTES, decode
from conversations.script import (
    ChooseMany,
    ChooseOne,
    Chose,
    Does,
    Flagged,
    Flow,
    Heading,
    Pathway,
    Records,
    Repeat,
    Role,
    Say,
    Sort,
    Sorted,
    Source,
    Tell,
    Way,
)

BAD = Path(__file__).parent / "bad_scripts"

GOOD = """
id: talk
version: 12
role: carer
title: Our talk
scale:
  - {id: yes, label: Yes, emoji: "👍", picture: 1F44D, alt: A thumb up}
  - {id: no, label: No}
parts:
  - id: opening
    opening: true
    steps:
      - say: hello
        text: Hello {name}.
  - id: one
    title: One
    steps:
      - choose_one: colour
        text: ["First.", "Second?"]
        explain: "More."
        picture: 1F3A8
        alt: Paint
        heading: admire
        sections: AB
        pathway: health
        options:
          - {id: on, label: On, emoji: "🟢", does: words, pathway: employment}
          - {id: off, label: "Off"}
      - choose_many: many
        ways: [full]
        text: Which?
        at_most: 2
        options: scale
        when:
          - {step: colour, chose: [on]}
          - {step: colour, not: [off]}
          - {flag: acting_in_place}
      - sort: cards
        text: "{item}?"
        cards:
          - {id: work, label: Work, ways: [full]}
          - {id: safe, label: Feeling safe, safety: true}
      - say: note
        safety: true
        when: [{step: cards, card: safe, chose: [no]}]
        text: Note.
      - repeat: rounds
        over: {sort: cards, point: no}
        at_most: {full: 3, short: 1}
        pick: ["{count}?"]
        steps:
          - choose_one: inner
            text: "{item}?"
            options: scale
          - tell: deeper
            text: "{item}?"
            when: [{step: inner, chose: [no]}]
            prompts: [One, Two]
      - repeat: lines
        over: plan_lines
        at_most: 2
        ways: full
        when: [{flag: x}]
        pick: Which?
        steps:
          - tell: line
            text: "{item} {by}"
            records: help_kind
"""


def read(text: str) -> Flow:
    found = scripts.read(text, "good.yaml", {"a": "b"})
    assert isinstance(found, Flow), found
    return found


def problems(text: str) -> tuple[Problem, ...]:
    found = scripts.read(text, "bad.yaml", {})
    assert isinstance(found, tuple)
    return found


def test_every_broken_script_names_file_line_what_and_remedy() -> None:
    told: list[str] = []
    for path in sorted(BAD.glob("*.yaml")):
        text = decode(path.read_bytes(), path.name)
        found = (text,) if isinstance(text, Problem) else scripts.read(text, path.name, {})
        assert isinstance(found, tuple), f"{path.name} loads"
        assert found
        told += [problem.told() for problem in found]
    assert "\n".join(told) + "\n" == (BAD / "expected.txt").read_text("utf-8")


def test_a_script_becomes_frozen_values() -> None:
    flow = read(GOOD)
    assert (flow.id, flow.version, flow.role, flow.title) == ("talk", 12, Role.CARER, "Our talk")
    assert flow.words == {"a": "b"}
    opening, one = flow.parts
    assert opening.opening
    assert opening.title == ""
    assert opening.steps == (Say(id="hello", texts=("Hello {name}.",)),)
    colour, many, cards, note, rounds, lines = one.steps
    assert isinstance(colour, ChooseOne)
    assert colour.texts == ("First.", "Second?")
    assert colour.explain == ("More.",)
    assert colour.picture is not None
    assert (colour.picture.name, colour.picture.alt) == ("1F3A8", "Paint")
    assert (colour.feeds.heading, colour.feeds.sections, colour.feeds.pathway) == (Heading.ADMIRE, "AB", Pathway.HEALTH)
    assert colour.options[0].does is Does.WORDS
    assert colour.options[0].pathway is Pathway.EMPLOYMENT
    assert isinstance(many, ChooseMany)
    assert many.at_most == 2
    assert many.ways == {Way.FULL}
    assert many.options == flow.scale
    assert many.when == (
        Chose("colour", frozenset({"on"})),
        Chose("colour", frozenset({"off"}), negate=True),
        Flagged("acting_in_place"),
    )
    assert isinstance(cards, Sort)
    assert [card.safety for card in cards.cards] == [False, True]
    assert cards.cards[0].ways == {Way.FULL}
    assert note.when == (Chose("cards", frozenset({"no"}), "safe"),)
    assert isinstance(rounds, Repeat)
    assert rounds.over == Sorted("cards", "no")
    assert rounds.at_most == {Way.FULL: 3, Way.SHORT: 1}
    assert isinstance(rounds.steps[1], Tell)
    assert rounds.steps[1].prompts == ("One", "Two")
    assert isinstance(lines, Repeat)
    assert lines.over is Source.PLAN_LINES
    assert lines.at_most == {Way.FULL: 2, Way.SHORT: 2}
    assert lines.ways == {Way.FULL}
    inner = lines.steps[0]
    assert isinstance(inner, Tell)
    assert inner.records is Records.HELP_KIND


def test_words_of_yaml_that_look_like_truth_stay_words() -> None:
    flow = read(GOOD)
    assert [point.id for point in flow.scale] == ["yes", "no"]
    assert [point.label for point in flow.scale] == ["Yes", "No"]
    colour = flow.parts[1].steps[0]
    assert isinstance(colour, ChooseOne)
    assert [option.id for option in colour.options] == ["on", "off"]


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    broken = GOOD.replace("version: 12", "version: 0").replace("heading: admire", "heading: adm")
    found = problems(broken.replace("step: inner", "step: outer"))
    assert [problem.line for problem in found] == [3, 23, 57]


def test_a_repeat_is_looked_back_at_only_from_inside() -> None:
    later = GOOD.replace("when: [{flag: x}]", "when: [{step: inner, chose: [no]}]")
    assert "once for each item of 'rounds'" in problems(later)[0].what


def test_a_byte_order_mark_is_no_problem() -> None:
    text = decode(b"\xef\xbb\xbf" + GOOD.encode(), "good.yaml")
    assert isinstance(text, str)
    read(text)


def test_a_file_over_the_limit_is_refused_unread() -> None:
    large = "#" * MAX_BYTES + "\n" + GOOD
    assert "512 KiB" in problems(large)[0].what
    found = decode(large.encode(), "large.yaml")
    assert isinstance(found, Problem)
    assert "512 KiB" in found.what


@pytest.mark.timeout(20)
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "'", '"', "&a ", "*", "!", "%", "|\n", "a: [" * 2])
def test_a_flood_of_one_sign_is_answered_soon(opening: str) -> None:
    assert problems(opening * (100_000 // len(opening)))


@settings(deadline=None)
@given(st.text())
@example("\x00")
@example("a: \ud800")
@example("a: ''\n\x85b: c")
@example("- \u2028- x")
def test_any_text_is_answered(text: str) -> None:
    assert problems(text)


SHIPPED = [
    each.read_text("utf-8")
    for each in (files("conversations") / "scripts").iterdir()
    if each.name.endswith(".yaml") and not each.name.endswith("words.yaml")
]


@settings(deadline=None, max_examples=40)  # a whole script takes a tenth of a second to read
@given(st.data())
def test_a_shipped_script_with_anything_done_to_it_loads_or_is_refused(data: st.DataObject) -> None:
    lines = [GOOD, *SHIPPED][data.draw(st.integers(0, len(SHIPPED)))].split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "double", "cut", "indent", "insert"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "cut":
                lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
            case "indent":
                lines[at] = "  " + lines[at]
            case _:
                lines.insert(at, data.draw(st.text(max_size=20)))
    found = scripts.read("\n".join(lines), "any.yaml", {})
    if isinstance(found, tuple):
        assert found
        assert all(problem.file == "any.yaml" and problem.what and problem.remedy for problem in found)
