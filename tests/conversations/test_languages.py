"""A whole conversation in another language: nothing is left in English, and nothing but the words is changed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from conversations import codec, engine
from conversations.catalogue import load
from conversations.directions import BEGIN, END, isolated, without_isolates
from conversations.document_words import Family, load_document_words
from conversations.effects import AskLanguage, Refusal, Reply, Settle, Show, Turn
from conversations.inputs import Control, Controlled, Input, MediaArrived, MediaKept, Pressed, Typed
from conversations.languages import Language, translated
from conversations.lines import Line, read_lines
from conversations.messages import is_for_staff, messages
from conversations.player import demo_facts
from conversations.retelling import Kind
from conversations.script import Flow
from conversations.sources import all_messages, sources_of
from conversations.state import ConversationId, ConversationState, Media, MediaId, MediaKind, Refused, ReviewFacts
from tests.conversations.pseudo import CODE, pseudo, pseudo_catalogue, strings, unmarked
from tests.conversations.support import all_flows

NOW = datetime(2027, 1, 11, 16, tzinfo=UTC)
IDS = frozenset(
    {"id", "name", "code", "mark", "emoji", "kind", "step", "item", "sections", "heading", "pathway", "options", "over"}
)
OWN = ("Sam", "Jo", "Ms Okafor", "Mr Lee", "my very own words")


class Chat:
    """One conversation in one language; keeps every text that was shown."""

    def __init__(self, flow: Flow, known: ReviewFacts) -> None:
        self.flow, self.known = flow, known
        self.shown: list[str] = []
        turn = engine.start(flow, known, ConversationId("demo"), NOW)
        self.state = turn.state
        self.take(turn)

    def take(self, turn: Turn) -> None:
        self.state = codec.load_state(codec.dump_state(turn.state))
        for effect in turn.effects:
            if isinstance(effect, Show):
                self.hear(effect.reply)
            elif isinstance(effect, Settle):
                self.shown.append(effect.text)
            elif hasattr(effect, "reply"):
                self.hear(effect.reply)
        if turn.refusal is not None:
            self.shown.append(self.flow.words[f"refusal_{turn.refusal.value}"])

    def hear(self, reply: Reply) -> None:
        self.shown += [text for name, text in strings(reply, frozenset({"mark", "code", "name", "keyboard", "look"}))]

    def give(self, event: Input) -> None:
        self.take(engine.advance(self.flow, self.known, self.state, event, NOW))

    def present(self) -> Reply:
        return engine.present(self.flow, self.known, self.state)


def wander(chat: Chat, seed: int, steps: int) -> None:
    """Press, type, speak and pick controls, as it comes."""
    chance = random.Random(seed)
    for number in range(steps):
        present = chat.present()
        chat.hear(present)
        buttons = [button for row in present.rows for button in row]
        kind = chance.random()
        if buttons and present.mark and kind < 0.8:
            chat.give(Pressed(present.mark, chance.choice(buttons).code))
        elif kind < 0.88:
            chat.give(Typed("my very own words", str(number)))
        elif kind < 0.91:
            media = Media(MediaId(f"m{number}"), chance.choice(list(MediaKind)))
            chat.give(MediaArrived(media, source=str(number)))
            chat.give(MediaKept(media.id))
        else:
            chat.give(Controlled(chance.choice(list(Control))))


@pytest.mark.parametrize("script", ["young_person", "carer"])
@pytest.mark.parametrize("seed", range(12))
def test_nothing_that_is_shown_in_a_conversation_is_left_in_english(script: str, seed: int) -> None:
    flow = pseudo_catalogue().current(script, CODE)
    assert flow is not None
    known = demo_facts(flow)
    chat = Chat(flow, known)
    wander(chat, seed, 120)
    own = (*OWN, *(line.text for line in (*known.plan_lines, *known.goals)))
    left = {text: found for text in chat.shown if (found := unmarked(text, own))}
    assert not left
    assert len(chat.shown) > 200


@pytest.mark.parametrize("flow", all_flows(), ids=lambda flow: flow.id)
def test_every_text_of_a_script_is_a_message(flow: Flow) -> None:
    sources = replace(sources_of(load()), flows=(flow,), words=flow.words)
    language = Language(CODE, CODE, translations={(m.context, m.english): "‹›" for m in messages(sources)})
    told = translated(flow, language)
    left = {
        text for name, text in strings(told, IDS | {"language", "role", "words", "phrases"}) if text and text != "‹›"
    }
    # What is left are ids in places of their own: parts, options that conditions name, and values of enums.
    assert not [text for text in left if " " in text or text[:1].isupper()]
    assert all(text == "‹›" for text in told.words.values())
    assert all(key == text == "‹›" for key, text in told.glossary.items())


def test_ids_order_and_conditions_are_the_same_in_every_language() -> None:
    for english in load().flows.values():
        told = translated(english, pseudo())
        assert told.language == CODE

        def structure(flow: Flow) -> list[tuple[str, object]]:
            return [
                (step.id, (step.when, step.ways, type(step), [each.id for each in getattr(step, "options", ())]))
                for part in flow.parts
                for step in part.steps
            ]

        assert structure(told) == structure(english)


def test_a_conversation_keeps_its_place_and_answers_when_the_language_changes() -> None:
    catalogue = pseudo_catalogue()
    english, other = catalogue.current("young_person"), catalogue.current("young_person", CODE)
    assert english is not None
    assert other is not None
    known = demo_facts(english)
    for seed in range(6):
        chat = Chat(english, known)
        wander(chat, seed, 30)
        before = chat.state
        again = engine.present(other, known, before)
        assert again.mark == chat.present().mark
        assert [b.code for row in again.rows for b in row] == [b.code for row in chat.present().rows for b in row]
        switched = Chat(other, known)
        switched.state = before
        wander(switched, seed, 20)
        wander(chat, seed, 20)
        assert _ids(switched.state) == _ids(chat.state)


def _ids(state: ConversationState) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(answer.step, answer.item, answer.choices) for answer in state.answers]


def test_lines_and_documents_are_told_too() -> None:
    language = pseudo()
    for line, text in read_lines(language).items():
        if not is_for_staff(Kind.LINE, line):
            assert not unmarked(text), line
    words = load_document_words(language)
    assert words.language == CODE
    assert not unmarked(words.day(date(2027, 1, 5)))
    assert not unmarked(words.of(Family.REFUSED, Refused.SKIP))


def test_staff_are_spoken_to_in_english() -> None:
    assert not [m for m in all_messages(load()) if m.context.startswith(("line.staff_", "line.join_staff"))]
    assert read_lines(pseudo())[Line.STAFF_OUTAGE] == read_lines()[Line.STAFF_OUTAGE]


def test_the_same_label_is_translated_once() -> None:
    found = [each for each in all_messages(load()) if each.english == "Something else" and each.context == "label"]
    assert len(found) == 1
    assert len(found[0].places) > 15


def test_a_sentence_without_a_translation_is_said_in_english() -> None:
    language = Language("ur", "اردو", rtl=True, translations={("label", "Yes"): "ہاں"})
    flow = load().current("young_person")
    assert flow is not None
    told = translated(flow, language)
    labels = {text for name, text in strings(told) if name == "label"}
    assert {"ہاں", "Something else"} <= labels
    assert "Yes" not in labels
    assert (told.language, told.rtl) == ("ur", True)


def test_names_inside_a_sentence_that_runs_from_right_to_left_stand_apart() -> None:
    flow = pseudo_catalogue(rtl=True).current("young_person", CODE)
    assert flow is not None
    first = engine.start(flow, demo_facts(flow), ConversationId("demo"), NOW).effects[0]
    assert isinstance(first, Show)
    assert f"{BEGIN}Ms Okafor{END}" in "".join(first.reply.texts)


def test_each_line_stands_apart_by_itself() -> None:
    assert isolated("a\nb") == f"{BEGIN}a{END}\n{BEGIN}b{END}"
    assert isolated("") == ""
    assert without_isolates(isolated("a\n\nb")) == "a\n\nb"
    ours = f"{isolated('Sam')} کی میٹنگ"
    assert isolated(f"{ours}\nb") == f"{ours}\n{BEGIN}b{END}"


@pytest.mark.parametrize("offered", [True, False])
def test_the_card_of_how_to_ask_offers_languages_only_where_there_is_a_choice(*, offered: bool) -> None:
    flow = load().current("young_person")
    assert flow is not None
    chat = Chat(flow, replace(demo_facts(flow), languages=offered))
    chat.give(Controlled(Control.MY_WAY))
    card = chat.present()
    assert card.mark is not None
    assert ("d:language" in [button.code for row in card.rows for button in row]) is offered
    turn = engine.advance(flow, chat.known, chat.state, Pressed(card.mark, "d:language"), NOW)
    assert turn.state == chat.state
    assert turn.effects == ((AskLanguage(),) if offered else ())
    assert turn.refusal is (None if offered else Refusal.NOT_AN_OPTION)
