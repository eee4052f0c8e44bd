"""The check screen, one answer, answers that no longer fit, Send and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations import engine
from conversations.checklist import listed
from conversations.codec import dump_submission
from conversations.effects import KeepNote, Record, Refresh, Refusal, Remove, Settle, Submit, Withdraw
from conversations.inputs import Closed, Control, Pressed
from conversations.scene import Scene
from conversations.state import Audience, Mark, Refused, Spot
from tests.conversations.small_script import small_flow
from tests.conversations.support import Chat, at, buttons, chat, facts, replies, showing, words_of


def checking() -> Chat:
    """Everything answered in the small script, at the check screen."""
    talk = at("helper")
    talk.press("Just me")
    talk.press("Sport")
    talk.type("I sing")
    talk.press("Done")
    talk.press("Work")
    talk.type("In a shop", "s1")
    return talk.to_check()


def labels(talk: Chat) -> list[str]:
    return [button.label for button in buttons(showing(talk.flow, talk.facts, talk.state))]


def test_all_answers_are_shown_by_part_numbered_and_verbatim() -> None:
    talk = checking()
    text = words_of(talk.last)
    assert "That was all.\n" in text
    assert "2. What are you good at?\n⚽ Sport\n“I sing”" in text
    assert "4. What about work?\n“In a shop”" in text
    assert "How it is going\n\n5. How is Lessons?\n⏭️ Skip" in text
    assert "Is that OK?" not in text
    assert labels(talk)[:7] == ["1", "2", "3", "4", "5", "6", "➡️ More"]
    assert isinstance(talk.press("More").effects[0], Refresh)
    assert labels(talk)[:4] == ["7", "8", "9", "10"]
    assert talk.code("p:1").effects == ()
    assert talk.code("p:9").refusal is Refusal.NOT_AN_OPTION
    talk.press("More")
    assert talk.state.page == 0


def test_back_from_one_answer_leads_to_all_of_them() -> None:
    talk = checking()
    talk.press("2")
    assert talk.state.place.spot is Spot.CHECK_ITEM
    before = talk.state.answers
    talk.press("Back")
    assert (talk.state.place.spot, talk.state.answers) == (Spot.CHECK, before)


def test_nothing_said_yet_can_neither_be_sent_nor_deleted() -> None:
    talk = chat()
    talk.control(Control.MY_ANSWERS)
    assert "You have no answers yet." in words_of(talk.last)
    assert labels(talk) == ["▶️ Carry on", "⏸️ Wait"]
    assert talk.code("d:send").refusal is Refusal.NOT_AN_OPTION
    assert talk.code("d:delete").refusal is Refusal.NOT_AN_OPTION
    talk.press("Carry on")
    assert talk.here == ("question", "ready", "")


def test_long_answers_fill_several_messages_and_nothing_is_cut() -> None:
    talk = at("big")
    long = "word " * 818 + "end"
    talk.type(long)
    talk.to_check()
    shown = replies(talk.last)
    assert len(shown) > 2
    assert not any(reply.rows for reply in shown[:-1])
    assert long.replace(" ", "") in "".join(text for reply in shown for text in reply.texts).replace(" ", "")
    talk.code("n:3")
    assert len(replies(talk.last)) == 2
    assert engine.showing(talk.flow, talk.facts, talk.state) == tuple(replies(talk.last))


def test_one_answer_can_be_changed_and_leads_back() -> None:
    talk = checking()
    talk.press("2")
    assert talk.here == ("check_item", "good_at", "")
    talk.press("Back")
    talk.press("2")
    talk.control(Control.BACK)
    assert talk.here == ("check", "", "")
    talk.press("2")
    talk.press("Change")
    talk.control(Control.BACK)
    assert talk.here == ("check", "", "")
    assert talk.state.return_to is None
    talk.press("2")
    talk.press("Change")
    talk.code("r:rather_not")
    assert talk.here == ("check", "", "")
    assert talk.answer("good_at").refused is Refused.RATHER_NOT


def test_questions_that_a_change_opens_are_asked_first() -> None:
    talk = checking()
    talk.code("n:5")
    talk.press("Change")
    talk.press("Not going well")
    assert talk.here == ("question", "help", "lessons")
    talk.press("More time")
    assert talk.here == ("question", "how", "lessons")
    talk.type("With my friend")
    assert talk.here == ("check", "", "")


def test_a_change_does_not_ask_what_was_never_reached() -> None:
    talk = at("going", "lessons")
    talk.control(Control.MY_ANSWERS)
    talk.code("n:1")
    talk.press("Change")
    talk.press("Family")
    assert talk.here == ("check", "", "")
    assert "Carry on" in str(labels(talk))
    talk.press("Carry on")
    assert talk.here == ("question", "going", "lessons")


def test_carry_on_goes_to_the_first_open_question_when_none_was_left_open() -> None:
    talk = checking()
    talk.code("n:1")
    talk.press("Take it out")
    assert talk.here == ("check", "", "")
    talk.press("Carry on")
    assert talk.here == ("question", "helper", "")
    talk.press("Family")
    assert talk.code("d:carry_on").refusal is Refusal.NOT_AN_OPTION


def test_carry_on_after_send_asks_what_was_taken_out() -> None:
    talk = checking()
    talk.press("Send")
    talk.press("Change")
    talk.type("1")
    talk.press("Take it out")
    talk.press("Carry on")
    assert talk.here == ("question", "helper", "")
    talk.control(Control.BACK)
    assert talk.here == ("check", "", "")


def test_what_no_longer_fits_is_kept_only_if_wanted() -> None:
    talk = checking()
    talk.code("n:3")
    talk.press("Change")
    turn = talk.press("Home")
    assert talk.here == ("orphan", "worked", "")
    assert "this no longer fits:" in words_of(turn)
    assert "What about work?\n“In a shop”" in words_of(turn)
    assert talk.code("d:send").refusal is Refusal.NOT_AN_OPTION
    assert "Home it is." in words_of(talk.press("Keep it"))
    assert "Kept, though the question no longer fits" in words_of(talk.last)
    submission = talk.press("Send").effects
    sent = next(effect.submission for effect in submission if isinstance(effect, Submit))
    assert sent.answers[-1].step == "worked"


def test_a_kept_answer_can_still_be_changed_and_taken_out() -> None:
    talk = checking()
    talk.code("n:3")
    talk.press("Change")
    talk.press("Home")
    talk.press("Keep it")
    last = max(int(label) for label in labels(talk) if label.isdigit())
    talk.press("More")
    last = max(int(label) for label in labels(talk) if label.isdigit())
    talk.code(f"n:{last}")
    talk.press("Change")
    talk.type("In two shops")
    assert talk.answer("worked").words == "In two shops"
    talk.code(f"n:{last}")
    turn = talk.press("Take it out")
    assert Remove("worked", "") in turn.effects
    assert talk.state.kept_orphans == ()


def test_one_answer_can_be_for_the_named_professional_only() -> None:
    talk = checking()
    talk.press("2")
    assert talk.code("d:everyone").refusal is Refusal.NOT_AN_OPTION
    turn = talk.press("Only Ms Okafor")
    assert talk.answer("good_at").audience is Audience.ONLY_PROFESSIONAL
    assert "🙈 Only for Ms Okafor" in words_of(turn)
    talk.press("2")
    assert talk.code("d:only").refusal is Refusal.NOT_AN_OPTION
    talk.press("For everyone again")
    assert talk.answer("good_at").audience is Audience.EVERYONE


def test_back_never_leads_to_a_question_that_is_asked_no_more() -> None:
    talk = at("going", "friends")
    talk.control(Control.MY_ANSWERS)
    talk.type("3")
    talk.press("Change")
    talk.press("Work")
    talk.press("Skip")
    talk.type("3")
    talk.press("Change")
    talk.press("Home")
    talk.press("Take it out")
    seen = []
    while talk.control(Control.BACK).refusal is None:
        seen.append(talk.state.place.step)
    assert "big" in seen
    assert "worked" not in seen


def test_a_pick_that_is_needed_no_more_is_never_asked_about() -> None:
    talk = at("going", "lessons")
    for _ in range(3):
        talk.press("Not going well")
    talk.press("Going well")
    talk.press("Lessons")
    talk.press("Food")
    talk.press("Done")
    talk.to_check().type("4")
    talk.press("Change")
    talk.press("Going well")
    assert talk.here == ("orphan", "help", "lessons")
    talk.press("Take it out")
    assert talk.here == ("question", "help", "friends")
    assert ("would_help", "") in talk.stored


def test_what_only_the_named_professional_ever_reads_says_so_and_stays_so() -> None:
    talk = checking()
    number = next(
        n for n, each in enumerate(listed(Scene(talk.flow, talk.facts), talk.state), 1) if each.step == "hush"
    )
    turn = talk.type(str(number))
    assert talk.here == ("check_item", "hush", "")
    assert "🙈 Only for Ms Okafor" in words_of(turn)
    assert "🙈 Only Ms Okafor" not in labels(talk)
    assert talk.code("d:only").refusal is Refusal.NOT_AN_OPTION


def test_a_typed_number_opens_its_answer_and_any_other_is_a_note() -> None:
    talk = checking()
    talk.type("2️⃣")
    assert talk.here == ("check_item", "good_at", "")
    talk.press("Back")
    talk.type("0")
    talk.type("9" * 4000)
    assert [note.words for note in talk.notes] == ["0", "9" * 4000]
    talk.press("Wait")
    talk.type("2")
    assert talk.notes[-1].words == "2"


def test_send_freezes_all_answers_but_picks() -> None:
    talk = checking()
    turn = talk.press("Send")
    assert [type(effect) for effect in turn.effects] == [Settle, Submit]
    assert talk.here == ("sent", "", "")
    sent = talk.sent[0].submission
    assert [answer.step for answer in sent.answers][:5] == ["ready", "way", "helper", "good_at", "big"]
    assert sent.number == 1
    assert sent.share is False
    assert not sent.late
    reply = engine.receipt(talk.flow, talk.facts, talk.state, "7Q4")
    assert reply.texts[0] == "You have sent your views to Ms Okafor. Receipt 7Q4."
    assert "Friday 29 January 2027, 12 noon" in reply.texts[1]
    assert [button.label for button in buttons(reply)] == ["✏️ Change", "↩️ Take it all back", "📄 My page"]


def test_the_end_of_a_part_leads_to_the_check_screen_and_takes_nothing_else() -> None:
    talk = at("big")
    talk.press("Home")
    assert talk.here == ("part_end", "me", "")
    assert talk.code("d:send").refusal is Refusal.NOT_AN_OPTION
    talk.press("Send what I have")
    assert talk.here == ("check", "", "")


def test_equal_submissions_have_equal_bytes() -> None:
    one, other = checking(), checking()
    one.press("Send")
    other.press("Send")
    assert dump_submission(one.sent[0].submission) == dump_submission(other.sent[0].submission)


@pytest.mark.parametrize(("pressed", "share"), [("Yes", True), ("No", False), ("Skip", False)])
def test_a_copy_is_shared_only_after_a_yes(pressed: str, *, share: bool) -> None:
    talk = at("share")
    talk.press(pressed)
    talk.press("Send")
    assert talk.sent[0].submission.share is share


def test_a_script_that_never_asks_about_sharing_says_so() -> None:
    flow = small_flow()
    talk = Chat(replace(flow, parts=flow.parts[:3]), facts()).to_sent()
    assert talk.sent[0].submission.share is None


def test_picks_are_no_views() -> None:
    talk = at("going", "lessons")
    for _ in range(3):
        talk.press("Not going well")
    talk.press("Going well")
    talk.press("Lessons")
    talk.press("Done")
    talk.to_sent()
    assert ("would_help", "") in talk.stored
    assert "would_help" not in {answer.step for answer in talk.sent[0].submission.answers}


def test_after_the_cut_off_it_is_added_later() -> None:
    talk = checking()
    talk.press("Send")
    talk.now = talk.facts.cut_off + timedelta(seconds=1)
    talk.press("Change")
    talk.press("2")
    talk.press("Change")
    talk.type("And swim")
    talk.press("Done")
    talk.control(Control.BACK)
    talk.control(Control.BACK)
    assert talk.here == ("sent", "", "")
    assert "You have changes that are not sent." in words_of(talk.last)
    talk.press("Change")
    talk.press("Send")
    assert talk.sent[1].submission.late
    assert talk.sent[1].submission.number == 2
    assert not talk.state.unsent
    assert "added later" in engine.receipt(talk.flow, talk.facts, talk.state, "7Q4").texts[1]
    assert talk.control(Control.BACK).refusal is Refusal.NO_EARLIER


def test_my_answers_leads_to_the_sent_screen_once_sent() -> None:
    talk = checking()
    assert "Here is what I will send." in words_of(talk.control(Control.MY_ANSWERS))
    talk.press("Send")
    assert "You have sent your views to Ms Okafor." in words_of(talk.control(Control.MY_ANSWERS))
    talk.control(Control.STOP)
    talk.control(Control.MY_ANSWERS)
    assert talk.here == ("sent", "", "")
    assert talk.code("d:send").refusal is Refusal.NOT_AN_OPTION
    talk.press("Change")
    talk.press("2")
    talk.press("Change")
    talk.control(Control.MY_ANSWERS)
    assert talk.here == ("check", "", "")


def test_what_was_sent_can_be_taken_back_after_a_question() -> None:
    talk = checking()
    talk.press("Send")
    talk.press("Take it all back")
    assert "I cannot get a copy back." in words_of(talk.last)
    talk.press("No, leave it")
    assert talk.here == ("sent", "", "")
    talk.press("Take it all back")
    assert talk.code("d:send").refusal is Refusal.NOT_AN_OPTION
    turn = talk.press("Yes, take it back")
    assert Withdraw() in turn.effects
    assert talk.state.place.spot is Spot.CLOSED


@pytest.mark.parametrize("place", ["check", "sent", "part_end", "stop", "delete", "withdraw", "orphan", "other ways"])
def test_words_beside_the_questions_are_kept_and_the_buttons_shown_again(place: str) -> None:
    talk = _at_spot(place)
    before = talk.state
    turn = talk.type("One more thing")
    assert talk.notes == [KeepNote("One more thing")]
    assert talk.state == before
    assert replies(turn)[-1] == showing(talk.flow, talk.facts, talk.state)


def _at_spot(place: str) -> Chat:
    if place == "other ways":
        talk = chat()
        talk.press("I do not want this")
        return talk
    talk = at("me") if place == "part_end" else checking()
    if place in {"sent", "withdraw"}:
        talk.press("Send")
    if place == "withdraw":
        talk.press("Take it all back")
    if place == "stop":
        talk.control(Control.STOP)
    if place == "delete":
        talk.press("Delete all")
    if place == "orphan":
        talk.code("n:3")
        talk.press("Change")
        talk.press("Home")
    return talk


def test_an_old_mark_never_counts() -> None:
    talk = at("big")
    before = talk.state
    for mark in (Mark(before.id, before.revision - 1), Mark(before.id, before.revision + 1)):
        turn = engine.advance(talk.flow, talk.facts, before, Pressed(mark, "o:home"), talk.now)
        assert turn.refusal is Refusal.STALE
        assert turn.state is before


def test_once_closed_only_words_are_kept() -> None:
    talk = at("big")
    talk.give(Closed())
    assert talk.state.place.spot is Spot.CLOSED
    assert engine.present(talk.flow, talk.facts, talk.state).texts == (
        "This has ended. I will not ask you anything more.",
    )
    assert talk.code("o:home").refusal is Refusal.CLOSED
    assert talk.control(Control.RESUME).refusal is Refusal.CLOSED
    assert talk.give(Closed()).effects == ()
    turn = talk.type("But wait")
    assert talk.notes == [KeepNote("But wait")]
    assert len(replies(turn)) == 1


def test_to_change_an_answer_of_the_way_says_no_record_twice() -> None:
    talk = checking()
    talk.press("2")
    talk.press("Change")
    turn = talk.press("Done")
    assert sum(isinstance(effect, Record) for effect in turn.effects) == 1
