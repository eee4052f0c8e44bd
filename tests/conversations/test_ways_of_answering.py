"""One who only speaks, one who only sends photos, one who only sends emoji: each comes to Send with the same steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from conversations.locating import locate, options_of
from conversations.scene import scene_of
from conversations.script import ChooseMany, Flow
from conversations.state import Means, MediaKind, Spot
from tests.conversations.small_script import shipped
from tests.conversations.support import Chat, all_flows, buttons, facts, showing

Answering: TypeAlias = Callable[[Chat], None]


def speaks(talk: Chat) -> None:
    """A voice message, and what a machine hears in it."""
    voice = talk.send_media()
    talk.keep(voice)
    talk.hear(voice, "What I said")


def sends_photos(talk: Chat) -> None:
    talk.keep(talk.send_media(MediaKind.PHOTO))


def sends_videos(talk: Chat) -> None:
    talk.keep(talk.send_media(MediaKind.VIDEO))


def sends_stickers(talk: Chat) -> None:
    """A sticker comes as its emoji; most mean no option."""
    talk.type("🦖")


def skips(talk: Chat) -> None:
    talk.code("r:skip")


def types(talk: Chat) -> None:
    talk.type("These are my own words")


def taps(talk: Chat) -> None:
    """The first option; in a question without one, skip."""
    scene = scene_of(talk.flow, talk.facts, talk.state)
    options = options_of(scene, locate(scene, talk.state, talk.state.place).step)
    if options:
        talk.press(options[0].label)
    else:
        talk.code("r:skip")


WAYS: dict[str, tuple[Answering, Means | None]] = {
    "voice": (speaks, Means.VOICE),
    "photos": (sends_photos, Means.PHOTO),
    "videos": (sends_videos, Means.VIDEO),
    "stickers": (sends_stickers, Means.EMOJI),
    "typing": (types, Means.TYPED),
}


def walk(flow: Flow, answering: Answering) -> tuple[Chat, list[tuple[str, str]]]:
    """To Send, answering every question of the full way so that can be; the questions met, in order."""
    talk = Chat(flow, facts(2, 1))
    met: list[tuple[str, str]] = []
    for _ in range(400):
        place = talk.state.place
        if place.spot is Spot.SENT:
            return talk, met
        if place.spot is Spot.QUESTION:
            met.append((place.step, place.item))
            _answer(talk, answering)
        elif place.spot is Spot.CHECK:
            talk.code("d:send")
        else:
            talk.onward()
    raise AssertionError("never came to Send")


def _answer(talk: Chat, answering: Answering) -> None:
    """Agreement, the way and what others depend on take a press, as they do for everybody."""
    place = talk.state.place
    scene = scene_of(talk.flow, talk.facts, talk.state)
    step = locate(scene, talk.state, place).step
    codes = [each.code for each in buttons(showing(talk.flow, talk.facts, talk.state))]
    if "o:full" in codes:
        talk.code("o:full")
    elif "r:skip" not in codes:
        talk.code(codes[0])
    else:
        answering(talk)
        if isinstance(step, ChooseMany) and talk.state.place == place:
            talk.code("d:done")


@pytest.mark.parametrize("way", list(WAYS))
@pytest.mark.parametrize("flow", all_flows(), ids=lambda flow: f"{flow.id}-{flow.version}")
def test_each_comes_to_send_with_the_same_steps(flow: Flow, way: str) -> None:
    answering, means = WAYS[way]
    talk, met = walk(flow, answering)
    _, skipped = walk(flow, skips)
    assert met == skipped
    sent = {(answer.step, answer.item): answer for answer in talk.sent[0].submission.answers}
    assert set(met) == set(sent)
    asked = [answer for answer in sent.values() if means in answer.means]
    assert len(asked) > len(sent) // 2
    for answer in asked:
        assert answer.words or answer.media
        assert not answer.choices
        assert means is not Means.VOICE or [each.confirmed for each in answer.transcripts] == [True]
        assert means is not Means.PHOTO or answer.others is not None


@pytest.mark.parametrize("name", ["young_person", "carer"])
def test_who_taps_answers_the_same_questions_first(name: str) -> None:
    flow = shipped().current(name)
    assert flow is not None
    talk, _ = walk(flow, taps)
    assert talk.sent


def test_speech_that_is_empty_or_endless_is_an_answer_all_the_same() -> None:
    """How long it is, the engine does not ask: what was kept is the answer, and what failed is asked again."""
    flow = shipped().current("young_person")
    assert flow is not None
    talk = Chat(flow, facts()).to("one_thing")
    silent = talk.send_media()
    talk.fail(silent)
    assert talk.here[1] == "one_thing"
    long = talk.send_media()
    talk.keep(long)
    assert talk.answer("one_thing").media == (long,)
    talk.hear(long, "")
    talk.to_check().code("d:send")
    assert any(answer.media == (long,) for answer in talk.sent[0].submission.answers)


def test_whoever_copies_a_button_as_it_stands_means_that_button() -> None:
    flow = shipped().current("young_person")
    assert flow is not None
    talk = Chat(flow, facts()).to("good_at")
    talk.type("2 💻 Computers")
    ticked = buttons(showing(flow, talk.facts, talk.state))[1].label
    assert ticked == "✓ 2 💻 Computers"
    talk.type(ticked)
    assert (talk.state.draft.ticks, talk.state.draft.words) == (("computers",), "")
    talk.type("✅ Done")
    assert (talk.answer("good_at").choices, talk.answer("good_at").words) == (("computers",), "")


@pytest.mark.parametrize("text", ["2", "۲", "٢", "2️⃣"])
def test_a_number_counts_in_the_digits_that_somebody_writes(text: str) -> None:
    flow = shipped().current("young_person")
    assert flow is not None
    talk = Chat(flow, facts()).to("going", "lessons")
    talk.type(text)
    assert talk.answer("going", "lessons").choices == ("sometimes",)
    talk.to_check().type(text)
    assert talk.state.place.spot is Spot.CHECK_ITEM
