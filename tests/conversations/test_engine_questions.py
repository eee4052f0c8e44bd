"""What presses and words do at a question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations import engine
from conversations.effects import KeepNote, Keyboard, Record, Refresh, Refusal, Settle, Show
from conversations.inputs import Closed, Control
from conversations.path import path
from conversations.script import Part, Way
from conversations.state import Audience, Means, Refused, Spot
from tests.conversations.small_script import small_flow
from tests.conversations.support import CHAT, NOW, Chat, at, buttons, chat, facts, question, replies, showing, words_of


def labels(talk: Chat) -> list[str]:
    return [button.label for button in buttons(showing(talk.flow, talk.facts, talk.state))]


def test_it_begins_with_what_is_said_and_the_first_question() -> None:
    turn = chat().last
    first, second = replies(turn)
    assert first.texts == ("Hello Sam.", "Your review is on Monday 15 February 2027.")
    assert first.keyboard is Keyboard.CONTROLS
    assert not first.rows
    assert second.texts == ("Is that OK?",)
    assert second.rows


def test_a_question_that_comes_first_gets_a_message_before_it_for_the_controls() -> None:
    flow = small_flow()
    opening = replace(flow.parts[0], steps=flow.parts[0].steps[1:])
    turn = engine.start(replace(flow, parts=(opening, *flow.parts[1:])), facts(), CHAT, NOW)
    first, second = replies(turn)
    assert first.keyboard is Keyboard.CONTROLS
    assert not first.rows
    assert second.rows


def test_a_press_is_recorded_shown_and_followed_by_the_next_question() -> None:
    talk = at("helper")
    turn = talk.press("Just me")
    kinds = [type(effect) for effect in turn.effects]
    assert kinds == [Record, Settle, Show]
    assert talk.answer("helper").choices == ("me",)
    assert talk.answer("helper").means == {Means.TAPPED}
    assert "You chose: Just me" in str(turn.effects[1].text if isinstance(turn.effects[1], Settle) else "")
    assert talk.here == ("question", "good_at", "")


def test_who_helps_stands_on_every_later_answer() -> None:
    talk = at("helper")
    talk.press("Family")
    talk.to("big").press("Home")
    assert talk.answer("helper").helped == ()
    assert talk.answer("big").helped == ("family",)


@pytest.mark.parametrize("said", ["Home", "home", "🏠 Home", "🏠", "1", "1️⃣", " HOME "])
def test_words_that_are_exactly_an_option_choose_it(said: str) -> None:
    talk = at("big")
    talk.type(said, "s1")
    answer = talk.answer("big")
    assert answer.choices == ("home",)
    assert answer.words == ""
    assert answer.source == "s1"


@pytest.mark.parametrize("said", ["Home is where my dog is", "0", "99", "😀", "🏠 is good"])
def test_all_else_are_own_words(said: str) -> None:
    talk = at("big")
    turn = talk.type(said)
    assert talk.answer("big").words == said
    assert talk.answer("big").choices == ()
    assert any(isinstance(effect, Settle) and effect.text == "I have saved that." for effect in turn.effects)


def test_another_emoji_beside_the_one_that_names_an_option_is_kept() -> None:
    talk = at("going", "lessons")
    talk.type("👍🏽🎉")
    answer = talk.answer("going", "lessons")
    assert answer.choices == ("well",)
    assert answer.words == "👍🏽🎉"
    assert answer.means == {Means.EMOJI}


def test_two_options_at_once_are_asked_about() -> None:
    talk = at("going", "lessons")
    assert talk.type("👍👎").refusal is Refusal.WHICH_ONE
    assert talk.here == ("question", "going", "lessons")


@pytest.mark.parametrize(("said", "refused"), [("skip", Refused.SKIP), ("🤷 I don’t know", Refused.DONT_KNOW)])
def test_a_typed_refusal_is_that_refusal(said: str, refused: Refused) -> None:
    talk = at("big")
    talk.type(said)
    assert talk.answer("big").refused is refused


@pytest.mark.parametrize("refused", list(Refused))
def test_the_three_refusals_are_three_answers(refused: Refused) -> None:
    talk = at("big")
    talk.code(f"r:{refused}")
    assert talk.answer("big").refused is refused


def test_blank_words_are_refused() -> None:
    assert at("big").type(" \n ").refusal is Refusal.EMPTY


def test_half_a_character_can_be_stored() -> None:
    talk = at("big")
    talk.type("a\ud800b \ud83d\ude00")
    assert talk.answer("big").words == "a�b 😀"


def test_something_else_asks_for_own_words_in_the_same_question() -> None:
    talk = at("big")
    turn = talk.press("My idea")
    assert "your own words" in words_of(turn)
    assert talk.state.draft.wants_words
    talk.type("Home")
    answer = talk.answer("big")
    assert answer.choices == ("idea",)
    assert answer.words == "Home"


def test_something_else_can_be_left_again() -> None:
    talk = at("big")
    talk.press("My idea")
    revision = talk.state.revision
    assert "What comes first?" in words_of(talk.code("d:back"))
    assert not talk.state.draft.wants_words
    assert talk.state.revision == revision
    assert talk.code("d:back").refusal is Refusal.NOT_AN_OPTION


@pytest.mark.parametrize(
    "code", ["o:sport", "o:nothing", "+:home", "p:1", "n:1", "d:done", "d:keep_answer", "junk", "r:no", "p:x"]
)
def test_a_forged_code_does_nothing(code: str) -> None:
    talk = at("big")
    assert talk.code(code).refusal is Refusal.NOT_AN_OPTION


def test_explain_shows_easier_words_and_leaves_the_question() -> None:
    talk = chat()
    before = talk.state
    turn = talk.press("What is a review?")
    assert "meeting about you" in words_of(turn)
    assert talk.state == before
    assert "meeting about you" in words_of(talk.control(Control.EXPLAIN))
    talk.to("big")
    assert "You can answer, or press Skip." in words_of(talk.control(Control.EXPLAIN))
    talk.to_check()
    assert "Here is what I will send." in words_of(talk.control(Control.EXPLAIN))


def test_to_agree_takes_no_refusal_and_keeps_words_as_a_note() -> None:
    talk = chat()
    assert "⏭️ Skip" not in labels(talk)
    assert talk.code("r:skip").refusal is Refusal.NOT_AN_OPTION
    turn = talk.type("OK")
    assert talk.notes == [KeepNote("OK")]
    assert "Ms Okafor will read it by Monday 25 January 2027" in words_of(turn)
    assert talk.here == ("question", "ready", "")


def test_the_way_that_was_chosen_is_taken() -> None:
    talk = chat().to("way")
    talk.press("Short")
    assert talk.state.way == "short"
    talk.control(Control.BACK)
    talk.press("Full")
    assert talk.state.way == "full"


def test_to_change_to_the_short_way_puts_no_answer_in_doubt() -> None:
    talk = at("going", "safe")
    talk.control(Control.MY_ANSWERS)
    talk.state = replace(talk.state, place=question("way"), return_to=talk.state.place)
    talk.press("Short")
    assert talk.here == ("check", "", "")
    assert ("going", "food") in talk.stored


def test_ticks_wait_for_done() -> None:
    talk = at("good_at")
    revision = talk.state.revision
    turn = talk.press("Sport")
    assert isinstance(turn.effects[0], Refresh)
    assert "✓ 6 ⚽ Sport" in labels(talk)
    assert talk.code("+:sport").effects == ()
    talk.press("Thing 1")
    talk.press("✓ 1 Thing 1")
    assert talk.state.revision == revision
    talk.press("Done")
    assert talk.answer("good_at").choices == ("sport",)


def test_done_without_anything_is_asked_again() -> None:
    assert at("good_at").press("Done").refusal is Refusal.PICK_FIRST


def test_typed_labels_tick_and_other_words_wait_for_done() -> None:
    talk = at("good_at")
    assert "You chose: ⚽ Sport" in words_of(talk.type("sport"))
    talk.type("⚽🧑🏽‍🏫🎉")
    assert "kept your words" in words_of(talk.type("I sing"))
    talk.type("and dance", "s9")
    assert "Your words so far: ⚽🧑🏽‍🏫🎉\nI sing\nand dance" in showing(talk.flow, talk.facts, talk.state).texts
    talk.press("Done")
    answer = talk.answer("good_at")
    assert answer.choices == ("sport", "teach")
    assert answer.words == "⚽🧑🏽‍🏫🎉\nI sing\nand dance"
    assert answer.source == ""
    assert answer.means == {Means.EMOJI, Means.TYPED}


def test_something_else_of_many_ticks_itself_with_the_words() -> None:
    talk = at("good_at")
    talk.type("Something else")
    assert talk.state.draft.ticks == ()
    talk.type("Baking")
    talk.press("Done")
    assert talk.answer("good_at").choices == ("else",)
    assert talk.answer("good_at").words == "Baking"


def test_words_alone_answer_a_choose_many() -> None:
    talk = at("good_at")
    talk.type("Baking", "s1")
    turn = talk.press("Done")
    assert talk.answer("good_at").source == "s1"
    assert any(isinstance(effect, Settle) and effect.text == "I have saved that." for effect in turn.effects)


def test_drafted_words_are_kept_as_a_note_when_the_question_is_left() -> None:
    for leave in ("back", "refuse", "answers", "stop for good is the only exception"):
        talk = at("good_at")
        talk.type("I sing")
        if leave == "back":
            talk.control(Control.BACK)
        elif leave == "refuse":
            talk.code("r:rather_not")
        elif leave == "answers":
            talk.control(Control.MY_ANSWERS)
        else:
            talk.give(Closed())
        assert talk.notes == [KeepNote("I sing")]


def test_more_than_six_options_come_in_pages() -> None:
    talk = at("good_at")
    assert "7 🧑‍🏫 Teaching" not in labels(talk)
    assert "8 ✨ Something else" in labels(talk)
    revision = talk.state.revision
    assert isinstance(talk.press("More").effects[0], Refresh)
    assert labels(talk) == [
        "7 🧑‍🏫 Teaching", "8 ✨ Something else", "➡️ More", "✅ Done",
        "🤷 I don't know", "⏭️ Skip", "🔒 I don't want to say",
    ]  # fmt: skip
    assert talk.code("p:1").effects == ()
    talk.press("More")
    assert talk.state.page == 0
    assert talk.state.revision == revision


def test_a_question_asked_again_shows_what_was_said_and_can_keep_it() -> None:
    talk = at("good_at")
    talk.press("Sport")
    talk.type("I swim", "s1")
    talk.press("Done")
    talk.press("Home")
    talk.control(Control.BACK)
    assert "Before, you said: 🏠 Home" in words_of(talk.last)
    talk.control(Control.BACK)
    assert "Before, you said: ⚽ Sport, “I swim”" in words_of(talk.last)
    assert talk.state.draft.ticks == ("sport",)
    talk.press("Keep my answer")
    assert talk.answer("good_at").words == "I swim"
    assert talk.here == ("part_end", "me", "")
    assert not talk.notes


def test_to_answer_again_replaces_and_adds() -> None:
    talk = at("good_at")
    talk.press("Sport")
    talk.press("Done")
    talk.control(Control.BACK)
    talk.press("Thing 2")
    talk.type("I swim")
    assert "Your words so far: I swim" in showing(talk.flow, talk.facts, talk.state).texts
    talk.press("Done")
    assert talk.answer("good_at").choices == ("thing2", "sport")


def test_back_from_the_first_question_is_refused() -> None:
    assert chat().control(Control.BACK).refusal is Refusal.NO_EARLIER


def test_back_skips_questions_that_are_asked_no_more() -> None:
    talk = at("big")
    talk.press("Work")
    talk.type("In a shop")
    talk.control(Control.BACK)
    talk.control(Control.BACK)
    talk.press("Home")
    assert talk.here == ("orphan", "worked", "")
    talk.press("Take it out")
    assert ("worked", "") not in talk.stored
    assert talk.here == ("part_end", "me", "")
    talk.control(Control.BACK)
    assert talk.here == ("question", "big", "")


def test_what_follows_an_answer_is_said_before_the_next_question() -> None:
    talk = at("big")
    turn = talk.press("Home")
    assert words_of(turn).startswith("Home it is.\n")
    talk.to("going", "safe")
    assert "Thank you for telling me." in words_of(talk.press("Not going well"))


def test_a_safety_card_is_never_gone_over() -> None:
    talk = at("going", "safe")
    talk.press("Not going well")
    assert all(place.step != "help" for place in path(talk.flow, talk.facts, Way.FULL, talk.state.answers))


def test_more_things_than_wanted_are_picked_from() -> None:
    talk = at("going", "lessons")
    for _ in range(3):
        talk.press("Not going well")
    talk.press("Going well")
    assert talk.here == ("pick", "would_help", "")
    assert "You said 3 are not going well." in words_of(talk.last)
    talk.press("Friends")
    talk.press("Food")
    assert talk.press("Lessons").refusal is Refusal.TOO_MANY
    assert talk.type("lessons").refusal is Refusal.TOO_MANY
    talk.type("Something about the bus")
    assert talk.notes == [KeepNote("Something about the bus")]
    turn = talk.press("Done")
    assert "About Friends." in words_of(turn)
    assert talk.here == ("question", "help", "friends")
    talk.press("More time")
    assert talk.here == ("question", "how", "friends")
    talk.control(Control.BACK)
    talk.control(Control.BACK)
    assert "Before, you said: Friends, Food" in words_of(talk.last)


def test_a_pick_can_be_refused() -> None:
    talk = at("going", "lessons")
    for _ in range(3):
        talk.press("Not going well")
    talk.press("Going well")
    talk.press("Skip")
    assert talk.here[0] == "part_end"
    talk.control(Control.BACK)
    assert "Before, you said: ⏭️ Skip" in words_of(talk.last)


def test_of_one_thing_to_pick_one_press_is_enough() -> None:
    talk = chat(plan_lines=2).to("way")
    talk.press("Short")
    talk.to("lines")
    assert "1. “Someone helps you with number 0, each day." not in words_of(talk.last)
    assert "1. Someone helps you with number 0, each day.\n2. “Someone helps you with number 1" in words_of(talk.last)
    talk.press("2")
    assert talk.here == ("question", "get_it", "line1")
    assert "Your plan says: Someone helps you with number 1, each day. (Ms Okafor)" in words_of(talk.last)


def test_many_lines_are_picked_in_pages() -> None:
    talk = chat(plan_lines=8).to("lines")
    assert "7. " not in words_of(talk.last)
    talk.press("More")
    reply = showing(talk.flow, talk.facts, talk.state)
    assert "7. Someone" in reply.texts[-1]
    talk.press("7")
    talk.press("Done")
    assert talk.here == ("question", "get_it", "line6")


def test_a_pick_whose_things_are_gone_is_asked_anew() -> None:
    talk = at("going", "lessons")
    for _ in range(3):
        talk.press("Not going well")
    talk.press("Going well")
    talk.press("Lessons")
    talk.press("Done")
    gone = replace(talk.answer("would_help"), choices=("gone",))
    answers = tuple(gone if each.step == "would_help" else each for each in talk.state.answers)
    places = path(talk.flow, talk.facts, Way.FULL, answers)
    assert all(place.step != "help" for place in places)
    talk.state = replace(talk.state, answers=answers, place=question("going", "safe"), trail=())
    talk.stored["would_help", ""] = gone
    talk.press("Sometimes")
    assert talk.here == ("pick", "would_help", "")


def test_progress_counts_parts_of_the_full_way() -> None:
    talk = at("big")
    assert showing(talk.flow, talk.facts, talk.state).progress == "Part 1 of 3: Me"
    talk.to("get_it", "line0")
    assert showing(talk.flow, talk.facts, talk.state).progress == "Part 3 of 3: My plan"
    short = chat().to("way")
    short.press("Short")
    assert showing(short.flow, short.facts, short.state).progress == ""
    flow = small_flow()
    lone = Chat(replace(flow, parts=flow.parts[:2]), facts()).to("big")
    assert showing(lone.flow, lone.facts, lone.state).progress == ""


def test_a_part_that_asks_nothing_has_no_end() -> None:
    flow = small_flow()
    quiet = Part(id="quiet", title="Quiet", steps=flow.parts[0].steps[:1])
    parts = (*flow.parts[:2], quiet, *flow.parts[2:])
    places = path(replace(flow, parts=parts), facts(), Way.FULL, ())
    assert [place.step for place in places if place.spot is Spot.PART_END] == ["me", "going_part"]


def test_flags_and_what_was_not_chosen_open_questions() -> None:
    plain = path(small_flow(), facts(goals=1), Way.FULL, ())
    flagged = path(small_flow(), facts(flags=frozenset({"acting_in_place"})), Way.FULL, ())
    assert question("acting") not in plain
    assert question("acting") in flagged
    assert question("goal_now", "goal0") in plain


def test_who_may_read_an_answer_stays_when_it_is_changed() -> None:
    talk = at("big")
    talk.press("Home")
    talk.to_check().code("n:3")
    talk.press("Only Ms Okafor")
    talk.code("n:3")
    talk.press("Change")
    talk.press("My idea")
    talk.type("Both")
    assert talk.answer("big").audience is Audience.ONLY_PROFESSIONAL


def test_the_end_of_a_part_can_be_carried_on_stopped_or_sent() -> None:
    talk = at("me")
    assert talk.state.place.spot is Spot.PART_END
    assert talk.code("n:1").refusal is Refusal.NOT_AN_OPTION
    talk.press("Enough for today")
    assert talk.is_paused()
    talk.press("Carry on")
    assert talk.here == ("question", "going", "lessons")
    talk.control(Control.BACK)
    talk.press("Keep my answer")
    talk.press("Send what I have")
    assert talk.here == ("check", "", "")
