"""Stopping, carrying on, other ways, starting again."""

from __future__ import annotations

import pytest

from conversations.effects import AskStaff, DeleteAnswers, KeepNote, Keyboard, Leave, Leaving, Refusal
from conversations.inputs import Control
from conversations.state import Spot
from tests.conversations.support import at, buttons, chat, replies, showing, words_of


def test_not_now_keeps_the_place_and_a_press_carries_on() -> None:
    talk = chat()
    turn = talk.press("Not now")
    assert talk.is_paused()
    assert "I have kept your place." in words_of(turn)
    turn = talk.code("d:resume")
    assert not talk.is_paused()
    assert replies(turn)[0].texts == ("Welcome back. We carry on where we stopped.",)
    assert replies(turn)[0].keyboard is Keyboard.CONTROLS
    assert replies(turn)[-1] == showing(talk.flow, talk.facts, talk.state)


def test_stop_for_now_keeps_drafts_and_place() -> None:
    talk = at("good_at")
    talk.type("I sing")
    talk.control(Control.STOP)
    assert talk.here == ("stop_menu", "", "")
    assert "How would you like to stop?" in words_of(talk.control(Control.STOP))
    talk.press("For now")
    assert talk.here == ("question", "good_at", "")
    assert talk.is_paused()
    talk.control(Control.RESUME)
    talk.press("Done")
    assert talk.answer("good_at").words == "I sing"


def test_a_press_of_the_right_mark_counts_while_paused_and_a_wrong_one_leaves_the_pause() -> None:
    talk = at("big")
    talk.control(Control.STOP)
    talk.press("For now")
    assert talk.code("o:nothing").refusal is Refusal.NOT_AN_OPTION
    assert talk.is_paused()
    talk.press("Home")
    assert not talk.is_paused()
    assert talk.answer("big").choices == ("home",)


def test_words_while_paused_are_a_note_and_we_ask_to_carry_on() -> None:
    talk = at("big")
    talk.control(Control.STOP)
    talk.press("For now")
    turn = talk.type("Home")
    assert talk.notes == [KeepNote("Home")]
    assert replies(turn)[-1].texts == ("Shall we carry on?",)
    assert [button.code for button in buttons(replies(turn)[-1])] == ["d:resume"]
    assert replies(talk.control(Control.ASK_AGAIN))[-1].texts == ("Shall we carry on?",)
    assert talk.is_paused()


def test_ask_again_changes_nothing() -> None:
    talk = at("big")
    before = talk.state
    turn = talk.control(Control.ASK_AGAIN)
    assert turn.state == before
    assert replies(turn) == [showing(talk.flow, talk.facts, talk.state)]


def test_the_stop_menu_can_be_left_again() -> None:
    talk = at("big")
    for leave in ("press", "back", "resume"):
        talk.control(Control.STOP)
        assert talk.code("d:send").refusal is Refusal.NOT_AN_OPTION
        if leave == "press":
            talk.press("Carry on")
        else:
            talk.control(Control.BACK if leave == "back" else Control.RESUME)
        assert talk.here == ("question", "big", "")


def test_from_one_menu_to_another_still_leads_back_to_the_question() -> None:
    talk = at("big")
    talk.control(Control.STOP)
    talk.control(Control.START_AGAIN)
    assert talk.here == ("confirm_delete", "", "")
    talk.press("No, keep them")
    assert talk.here == ("question", "big", "")


@pytest.mark.parametrize(
    ("label", "how"), [("For this review", Leaving.REVIEW), ("For good, and delete", Leaving.FOR_GOOD)]
)
def test_to_leave_ends_it(label: str, how: Leaving) -> None:
    talk = at("good_at")
    talk.type("I sing")
    talk.control(Control.STOP)
    turn = talk.press(label)
    assert Leave(how) in turn.effects
    assert (DeleteAnswers() in turn.effects) == (how is Leaving.FOR_GOOD)
    assert bool(talk.notes) == (how is Leaving.REVIEW)
    assert talk.state.place.spot is Spot.CLOSED
    assert not any(reply.rows for reply in replies(turn))


def test_to_leave_telegram_keeps_the_place_and_offers_nothing_more() -> None:
    talk = at("good_at")
    talk.control(Control.STOP)
    turn = talk.press("No more Telegram")
    assert Leave(Leaving.TELEGRAM) in turn.effects
    assert not any(reply.rows for reply in replies(turn))
    assert (talk.here[:2], talk.state.paused) == (("question", "good_at"), True)
    assert DeleteAnswers() not in turn.effects


@pytest.mark.parametrize(
    ("label", "way"), [("Talk to someone", "talk"), ("On paper", "paper"), ("Someone helps me", "helper")]
)
def test_another_way_tells_staff_and_waits(label: str, way: str) -> None:
    talk = chat()
    talk.press("I do not want this")
    assert talk.here == ("other_ways", "", "")
    assert talk.code("d:yes").refusal is Refusal.NOT_AN_OPTION
    turn = talk.press(label)
    assert AskStaff(way) in turn.effects
    assert talk.is_paused()
    assert talk.here == ("question", "ready", "")


def test_other_ways_can_be_declined() -> None:
    talk = chat()
    talk.press("I do not want this")
    talk.press("Carry on here")
    assert talk.here == ("question", "ready", "")


def test_start_again_deletes_after_a_question_and_asks_the_first_one_after_the_opening() -> None:
    talk = at("big")
    talk.press("Home")
    talk.control(Control.START_AGAIN)
    assert talk.code("d:send").refusal is Refusal.NOT_AN_OPTION
    turn = talk.press("Yes, delete all")
    assert DeleteAnswers() in turn.effects
    assert {step for step, _ in talk.stored} == {"ready", "way"}
    assert talk.here == ("question", "helper", "")


def test_to_delete_all_keeps_no_words_even_of_the_opening() -> None:
    talk = chat().to("way")
    talk.type("Neither, please")
    talk.to("going", "lessons")
    for _ in range(3):
        talk.press("Not going well")
    talk.press("Going well")
    talk.press("Lessons")
    talk.press("Done")
    talk.to_check().press("Delete all")
    talk.press("Yes, delete all")
    assert set(talk.stored) == {("ready", "")}
    assert talk.here == ("question", "way", "")


def test_to_carry_on_after_enough_goes_straight_to_the_next_part() -> None:
    talk = at("me")
    talk.press("Enough for today")
    talk.control(Control.RESUME)
    assert talk.here == ("question", "going", "lessons")


def test_wait_at_the_check_screen_comes_back_to_it() -> None:
    talk = at("big").to_check()
    talk.press("Wait")
    assert talk.is_paused()
    assert "Here is what I will send." in words_of(talk.control(Control.RESUME))
