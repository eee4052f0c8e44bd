"""A young person who said something for their own page is offered it after Send; nobody else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations.effects import GivePage, Refusal
from conversations.own_page import HEADINGS
from conversations.script import ChooseOne, Feeds, Heading, Role, Sort, Step
from tests.conversations.small_script import small_flow
from tests.conversations.support import Chat, at, buttons, chat, facts, replies, showing

PAGE = "📄 My page"


def labels(talk: Chat) -> list[str]:
    return [each.label for each in buttons(showing(talk.flow, talk.facts, talk.state))]


def test_who_said_something_for_it_is_offered_the_page_and_may_ask_twice() -> None:
    talk = at("big")
    talk.press("Home")
    talk.to_sent()
    assert PAGE in labels(talk)
    before = talk.state
    assert talk.press("My page").effects == (GivePage(),)
    assert talk.press("My page").effects == (GivePage(),)
    assert talk.state == before


def test_the_receipt_offers_it_too() -> None:
    talk = at("big")
    talk.type("A dog")
    talk.to_sent()
    assert PAGE in [each.label for each in buttons(showing(talk.flow, talk.facts, talk.state))]


@pytest.mark.parametrize("code", ["r:skip", "r:rather_not"])
def test_a_refusal_is_nothing_for_a_page(code: str) -> None:
    talk = at("big")
    talk.code(code)
    talk.to_sent()
    assert PAGE not in labels(talk)
    assert talk.code("d:page").refusal is Refusal.NOT_AN_OPTION


def test_what_is_only_for_one_reader_stands_on_no_page() -> None:
    talk = at("big")
    talk.press("Home")
    talk.to_check()
    number = next(
        each.label for each in buttons(replies(talk.last)[-1]) if each.label.isdigit() and _is_big(talk, each.code)
    )
    talk.code(f"n:{number}")
    talk.press("Only Ms Okafor")
    talk.press("Send")
    assert PAGE not in labels(talk)


def _is_big(talk: Chat, code: str) -> bool:
    other = Chat(talk.flow, talk.facts)
    other.state = talk.state
    other.stored = dict(talk.stored)
    other.code(code)
    return other.here[1] == "big"


@pytest.mark.parametrize(("card", "offered"), [("lessons", True), ("safe", False)])
def test_a_card_of_safety_stands_on_no_page(card: str, *, offered: bool) -> None:
    flow = small_flow()
    parts = tuple(replace(part, steps=tuple(_admired(step) for step in part.steps)) for part in flow.parts)
    talk = Chat(replace(flow, parts=parts), facts(1)).to("going", card)
    talk.press("Going well")
    talk.to_sent()
    assert (PAGE in labels(talk)) is offered


def _admired(step: Step) -> Step:
    return replace(step, feeds=Feeds(heading=Heading.ADMIRE)) if isinstance(step, Sort) else step


@pytest.mark.parametrize("heading", [each for headings in HEADINGS.values() for each in headings])
def test_every_heading_of_the_page_is_enough_to_be_offered_it(heading: Heading) -> None:
    flow = small_flow()
    parts = tuple(replace(part, steps=tuple(_under(step, heading) for step in part.steps)) for part in flow.parts)
    talk = Chat(replace(flow, parts=parts), facts(1)).to("going", "lessons")
    talk.press("Going well")
    talk.to_sent()
    assert PAGE in labels(talk)


def _under(step: Step, heading: Heading) -> Step:
    return replace(step, feeds=Feeds(heading=heading)) if isinstance(step, Sort) else step


def test_a_voice_that_nobody_put_into_words_cannot_stand_on_a_page() -> None:
    talk = at("big")
    talk.keep(talk.send_media())
    talk.to_sent()
    assert PAGE not in labels(talk)


def test_other_headings_and_safety_are_not_enough() -> None:
    talk = at("going", "lessons")
    for label in ("Going well", "Going well", "Going well", "Not going well"):
        talk.press(label)
    talk.to_sent()
    assert PAGE not in labels(talk)


def _of_safety(step: Step) -> Step:
    return replace(step, safety=True) if isinstance(step, ChooseOne) and step.id == "big" else step


def test_a_step_of_safety_stands_on_no_page() -> None:
    flow = small_flow()
    parts = tuple(replace(part, steps=tuple(_of_safety(step) for step in part.steps)) for part in flow.parts)
    talk = Chat(replace(flow, parts=parts), facts(1)).to("big")
    talk.press("Home")
    talk.to_sent()
    assert PAGE not in labels(talk)


def test_a_carer_is_offered_none() -> None:
    talk = Chat(replace(small_flow(), role=Role.CARER), facts(1)).to("big")
    talk.press("Home")
    talk.to_sent()
    assert PAGE not in labels(talk)
    assert chat().code("d:page").refusal is Refusal.NOT_AN_OPTION
