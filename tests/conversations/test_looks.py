"""However a question looks, it is the same question: the same steps, the same answers, the same numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import emoji
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.art import Board
from conversations.boards import WORDS_LETTERS
from conversations.effects import Button, ReadAloud, Refresh, Refusal, Reply, Show
from conversations.inputs import Control
from conversations.profile import CHOICES, Look, Profile, Shows
from conversations.script import ChooseMany, ChooseOne, Does, Flow, Option, Part, Step
from conversations.state import Means, ReviewFacts, Spot
from conversations.transcript import lines_of
from tests.conversations.small_script import shipped, small_flow
from tests.conversations.support import Chat, all_flows, at, buttons, facts, replies, showing, words_of

ASKED_ON = date(2026, 12, 1)
PROFILES = st.builds(
    Profile,
    shows=st.sampled_from(Shows),
    emoji=st.booleans(),
    choices=st.sampled_from(CHOICES),
    look=st.sampled_from(Look),
    reading_help=st.booleans(),
    voice=st.booleans(),
    asked_on=st.just(ASKED_ON),
)
ANSWERS = ("o:", "+:", "-:", "r:", "d:done", "d:carry_on", "d:keep")


def known(profile: Profile, **more: object) -> ReviewFacts:
    """Facts of someone who was asked for this profile not long ago."""
    return replace(facts(6, 3), profile=replace(profile, asked_on=ASKED_ON), **more)  # type: ignore[arg-type]  # tests name the fields


def shown(talk: Chat) -> Reply:
    """The present place."""
    return showing(talk.flow, talk.facts, talk.state)


def labels(talk: Chat) -> list[str]:
    """The labels of the present place."""
    return [button.label for button in buttons(shown(talk))]


def pressed(talk: Chat, code: str) -> None:
    """A press, as the messenger would bring it."""
    talk.code(code)
    for effect in talk.last.effects:
        if isinstance(effect, Show | Refresh):
            agrees(effect.reply)


def agrees(reply: Reply) -> None:
    """The tiles and the buttons of one message have the same numbers, in the same order."""
    if not isinstance(reply.art, Board):
        return
    assert len(reply.art.words) <= WORDS_LETTERS
    tiles = [tile for tile in reply.art.tiles if tile.number]
    told = [button for button in buttons(reply) if _is_option(button)]
    if not tiles:
        return
    assert len(tiles) == len(told)
    for tile, button in zip(tiles, told, strict=True):
        assert button.label.removeprefix("✓ ").startswith(f"{tile.number} ")
        assert button.label.endswith(tile.label)


def _is_option(button: Button) -> bool:
    return button.code.startswith(("o:", "+:", "-:"))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), one=PROFILES, other=PROFILES)
@pytest.mark.parametrize("flow", all_flows(), ids=lambda flow: flow.id)
def test_the_same_answers_lead_the_same_way_whatever_the_profile(
    flow: Flow, data: st.DataObject, one: Profile, other: Profile
) -> None:
    first, second = Chat(flow, known(one)), Chat(flow, known(other))
    for _ in range(25):
        if first.state.place.spot in {Spot.CHECK, Spot.OTHER_WAYS}:
            break
        codes = {button.code for button in buttons(shown(first))} | {button.code for button in buttons(shown(second))}
        code = data.draw(st.sampled_from(sorted(each for each in codes if each.startswith(ANSWERS))))
        pressed(first, code)
        pressed(second, code)
        assert first.state.place == second.state.place
        assert first.stored == second.stored
        assert first.state.trail == second.state.trail


@pytest.mark.parametrize("flow", list(shipped().flows.values()), ids=lambda flow: flow.id)
@pytest.mark.parametrize("shows", list(Shows))
def test_without_emoji_none_of_ours_is_left_anywhere(flow: Flow, shows: Shows) -> None:
    talk = Chat(flow, known(Profile(emoji=False, shows=shows)))
    while talk.state.place.spot is not Spot.SENT:
        _has_no_emoji(talk)
        talk.control(Control.EXPLAIN)
        _has_no_emoji(talk)
        if talk.state.place.spot is Spot.CHECK:
            talk.code("n:1")
            _has_no_emoji(talk)
            talk.code("d:back")
            talk.code("d:send")
        else:
            _answer_something(talk)
    _has_no_emoji(talk)
    for control in (Control.STOP, Control.MY_WAY, Control.START_AGAIN):
        talk.control(control)
        _has_no_emoji(talk)


def _answer_something(talk: Chat) -> None:
    """The first option, ticked and done where many can be."""
    code = buttons(shown(talk))[0].code
    talk.code(code)
    _has_no_emoji(talk)
    if code.startswith("+:"):
        talk.code("d:done")


def _has_no_emoji(talk: Chat) -> None:
    for reply in [*replies(talk.last), shown(talk)]:
        for text in [*reply.texts, reply.progress, *(button.label for button in buttons(reply))]:
            assert not emoji.emoji_count(text), text
            assert text == text.strip()
            assert "  " not in text


def test_a_persons_own_emoji_are_theirs() -> None:
    talk = Chat(small_flow(), known(Profile(emoji=False))).to("big")
    talk.type("My dog 🐕 and me")
    talk.control(Control.MY_ANSWERS)
    assert "“My dog 🐕 and me”" in words_of(talk.last)


def test_a_typed_emoji_counts_for_who_is_shown_none() -> None:
    talk = Chat(small_flow(), known(Profile(emoji=False))).to("big")
    talk.type("🏠")
    assert talk.answer("big").choices == ("home",)
    assert talk.answer("big").means == {Means.EMOJI}


def forty(kind: type[ChooseOne | ChooseMany]) -> Flow:
    """The small script, begun with a question of forty options and "Something else"."""
    options = (
        *(Option(f"thing{number}", f"Thing {number}", "⚽" if number == 33 else "") for number in range(1, 41)),
        Option("else", "Something else", does=Does.WORDS),
    )
    step: Step = kind(id="forty", texts=("Which?",), options=options)
    opening, *others = small_flow().parts
    return replace(small_flow(), parts=(Part(id="o", title="", opening=True, steps=(step, *opening.steps)), *others))


@pytest.mark.parametrize("choices", CHOICES)
@pytest.mark.parametrize("kind", [ChooseOne, ChooseMany])
def test_forty_options_come_in_pages_of_the_persons_size(kind: type[ChooseOne | ChooseMany], choices: int) -> None:
    talk = Chat(forty(kind), known(Profile(choices=choices)))
    met: list[str] = []
    for page in range(-(-40 // choices)):
        assert talk.state.page == page
        agrees(shown(talk))
        here = [each for each in buttons(shown(talk)) if _is_option(each)]
        assert len(here) <= choices + 1
        assert here[-1].label == "41 Something else"
        assert {"r:dont_know", "r:skip", "r:rather_not"} <= {each.code for each in buttons(shown(talk))}
        met += [each.label for each in here[:-1]]
        talk.press("More")
    assert talk.state.page == 0
    assert [label.removesuffix(" ⚽") for label in met] == [
        f"{number} ⚽ Thing {number}" if number == 33 else f"{number} Thing {number}" for number in range(1, 41)
    ]


@pytest.mark.parametrize("text", ["33", "Thing 33", "33 ⚽ Thing 33", "⚽", "⚽︎", "3️⃣3️⃣"])
def test_any_of_forty_can_be_typed_from_the_first_page(text: str) -> None:
    talk = Chat(forty(ChooseOne), known(Profile(choices=3)))
    talk.type(text)
    assert talk.answer("forty").choices == ("thing33",)


def test_the_check_screen_has_as_many_numbers_as_the_person_likes() -> None:
    talk = Chat(small_flow(), known(Profile(choices=3))).to_check()
    assert labels(talk)[:4] == ["1", "2", "3", "➡️ More"]
    talk.press("More")
    assert labels(talk)[:3] == ["4", "5", "6"]
    assert talk.code("p:99").refusal is Refusal.NOT_AN_OPTION


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("⚽", ("sport",)),
        ("⚽︎", ("sport",)),
        ("🧑🏿‍🏫", ("teach",)),
        ("👩‍🏫", ("teach",)),
        ("⚽🧑‍🏫", ("sport", "teach")),
        ("6️⃣ 7️⃣", ("sport", "teach")),
        ("6️⃣", ("sport",)),
    ],
)
def test_emoji_however_they_come_name_their_options(text: str, choices: tuple[str, ...]) -> None:
    talk = at("good_at")
    talk.type(text)
    talk.press("Done")
    assert talk.answer("good_at").choices == choices
    assert talk.answer("good_at").words == ""


@pytest.mark.parametrize("text", ["🦄", "🏳️‍🌈", "\U0001faff", "🇬🇧", "🎲", "♟︎"])
def test_an_emoji_that_names_nothing_is_kept_as_own_words(text: str) -> None:
    talk = at("big")
    talk.type(text)
    assert talk.answer("big").words == text
    assert talk.answer("big").means == {Means.EMOJI}
    assert talk.here[1] != "big"


def test_what_names_nothing_beside_what_does_is_kept_too() -> None:
    talk = at("good_at")
    talk.type("⚽\U0001faff")
    talk.press("Done")
    assert talk.answer("good_at").choices == ("sport",)
    assert talk.answer("good_at").words == "⚽\U0001faff"


def test_an_option_that_the_question_does_not_have_is_refused() -> None:
    talk = at("good_at")
    for code in ("+:home", "o:home", "+:else", "o:sport", "p:2"):
        assert talk.code(code).refusal is Refusal.NOT_AN_OPTION


def test_two_options_at_once_are_asked_about_where_one_is_wanted() -> None:
    assert at("big").type("1 2").refusal is Refusal.WHICH_ONE


def heard(profile: Profile, *recorded: str) -> Chat:
    """A conversation in which these steps were read aloud by someone."""
    return Chat(small_flow(), known(profile, read_aloud=frozenset(recorded)))


def test_a_recording_is_sent_on_a_press_and_nothing_else_happens() -> None:
    talk = heard(Profile(), "big").to("big")
    assert labels(talk)[-1] == "🔊 Read to me"
    before = talk.state
    turn = talk.code("d:read")
    assert turn.effects == (ReadAloud("big"),)
    assert list(lines_of(turn.effects[0])) == ["     (read aloud: big)"]
    assert talk.state == before


def test_a_card_can_have_a_recording_of_its_own() -> None:
    talk = heard(Profile(reading_help=True), "going", "going.friends").to("going", "lessons")
    assert talk.code("d:read").effects == (ReadAloud("going"),)
    talk.to("going", "friends")
    assert labels(talk)[0] == "🔊 Read to me", "it comes first for who likes to be read to"
    assert talk.code("d:read").effects == (ReadAloud("going", "friends"),)
    assert list(lines_of(talk.last.effects[0])) == ["     (read aloud: going, friends)"]


def test_without_a_recording_there_is_no_button() -> None:
    talk = heard(Profile(reading_help=True), "big").to("going", "lessons")
    assert "🔊 Read to me" not in labels(talk)
    assert talk.code("d:read").refusal is Refusal.NOT_AN_OPTION


def test_to_explain_says_what_the_hard_words_of_the_step_mean() -> None:
    glossary = {"review": "A review is a meeting.", "copy": "A copy is the same again.", "art": "Art is fun."}
    flow = replace(small_flow(), glossary=glossary)
    talk = Chat(flow, known(Profile()))
    turn = talk.control(Control.EXPLAIN)
    assert replies(turn)[0].texts == ("A review is a meeting about you.", "💡 A review is a meeting.")
    assert replies(talk.to("hush").control(Control.EXPLAIN))[0].texts[-1] == "You can answer, or press Skip."
    turn = talk.to("share").control(Control.EXPLAIN)
    assert replies(turn)[0].texts[-1] == "💡 A copy is the same again."
