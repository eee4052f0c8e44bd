"""What is drawn beside a question says what its words and buttons say, and marks what was chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from conversations.art import Board, Mat
from conversations.boards import WORDS_LETTERS
from conversations.effects import Refresh, Reply, Settle
from conversations.inputs import Control
from conversations.profile import Look, Profile, Shows
from conversations.script import ChooseOne, Flow, Option, Part, Picture, Say, Sort, Step, Tell
from conversations.state import PlanLine
from conversations.wording import shortened
from tests.conversations.small_script import shipped, small_flow
from tests.conversations.support import Chat, at, buttons, chat, facts, replies, showing


def liking(profile: Profile, flow: Flow | None = None, plan_lines: int = 1) -> Chat:
    """A conversation of someone with this profile, who was asked for it not long ago."""
    known = replace(facts(plan_lines), profile=replace(profile, asked_on=date(2026, 12, 1)))
    return Chat(flow or small_flow(), known)


def reply_of(talk: Chat) -> Reply:
    """The present question."""
    return showing(talk.flow, talk.facts, talk.state)


def board_of(talk: Chat) -> Board:
    """The board of the present question."""
    art = reply_of(talk).art
    assert isinstance(art, Board)
    return art


def settled(talk: Chat) -> Board | None:
    """The board under which the last answer was settled."""
    art = next(effect.art for effect in talk.last.effects if isinstance(effect, Settle))
    assert not isinstance(art, Mat)
    return art


def with_step(step: Step) -> Flow:
    """The small script with one more step at its very beginning."""
    opening, *others = small_flow().parts
    first = Part(id=opening.id, title="", opening=True, steps=(step, *opening.steps))
    return replace(small_flow(), parts=(first, *others))


def test_a_board_has_the_question_its_picture_and_the_choices_as_the_buttons_number_them() -> None:
    talk = at("good_at")
    board = board_of(talk)
    assert board.words == "What are you good at?"
    assert board.picture == Picture("1F31F", "A star")
    assert [tile.number for tile in board.tiles] == [1, 2, 3, 4, 5, 6, 8]
    assert board.tiles[5].label == "Sport", "an emoji stands on the button, the picture on the tile"
    assert board.columns == 2
    assert board.reusable
    labels = [button.label for button in buttons(reply_of(talk))]
    assert labels[5:7] == ["6 ⚽ Sport", "8 ✨ Something else"]


def test_another_page_has_its_own_board_and_a_tick_keeps_the_one_that_stands() -> None:
    talk = at("good_at")
    refresh = talk.press("More").effects[0]
    assert isinstance(refresh, Refresh)
    assert isinstance(refresh.reply.art, Board)
    assert [tile.number for tile in refresh.reply.art.tiles] == [7, 8]
    refresh = talk.press("Teaching").effects[0]
    assert isinstance(refresh, Refresh)
    assert refresh.reply.art is None


def test_the_points_of_the_scale_stand_side_by_side_under_the_card() -> None:
    board = board_of(at("going", "lessons"))
    assert board.words == "How is Lessons?"
    assert board.picture == Picture("1F4DA", "Books")
    assert [tile.label for tile in board.tiles] == ["Going well", "Sometimes", "Not going well"]
    assert board.columns == 3
    assert board.reusable, "the label of a card belongs to nobody"


def test_what_was_chosen_is_marked_and_such_a_board_is_never_remembered() -> None:
    talk = at("big")
    talk.press("Home")
    board = settled(talk)
    assert board is not None
    assert [tile.chosen for tile in board.tiles] == [True, False, False]
    assert not board.reusable


def test_ticks_are_marked_when_they_are_done_those_of_another_page_too() -> None:
    talk = at("good_at")
    talk.type("7")
    talk.press("Thing 2")
    talk.press("Done")
    board = settled(talk)
    assert board is not None
    assert [tile.label for tile in board.tiles if tile.chosen] == ["Thing 2", "Teaching"]
    assert [tile.number for tile in board.tiles] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_own_words_mark_something_else_where_it_was_pressed() -> None:
    talk = at("big")
    talk.press("My idea")
    talk.type("A boat")
    board = settled(talk)
    assert board is not None
    assert [tile.label for tile in board.tiles if tile.chosen] == ["My idea"]


@pytest.mark.parametrize("given", ["r:skip", "a boat"])
def test_a_refusal_or_words_alone_mark_nothing(given: str) -> None:
    talk = at("big")
    if given == "r:skip":
        talk.code(given)
    else:
        talk.type(given)
    assert settled(talk) is None


def test_a_question_for_own_words_is_a_card() -> None:
    board = board_of(at("hush"))
    assert board.tiles == ()
    assert board.reusable


def test_things_that_are_listed_by_number_are_no_tiles() -> None:
    talk = liking(Profile(), plan_lines=6).to("lines")
    assert board_of(talk).tiles == ()
    assert board_of(talk).words == "There are 6 lines."
    assert not board_of(talk).reusable


def test_what_belongs_to_one_person_is_never_reusable() -> None:
    talk = at("get_it", "line0")
    assert board_of(talk).words == "Do you get it?"
    assert board_of(talk).reusable, "the last text names nothing"
    named = ChooseOne(id="named", texts=("Is {about} well?",), options=(Option("yes", "Yes"),))
    assert not board_of(liking(Profile(), with_step(named))).reusable


def test_long_words_are_cut_between_sentences_or_words_and_the_text_says_all() -> None:
    item = "This is one sentence of a plan that goes on and on for rather a long time. " * 3
    flow = with_step(ChooseOne(id="long", texts=("word " * 100 + "end?",), options=(Option("yes", "Yes"),)))
    talk = liking(Profile(), flow)
    board = board_of(talk)
    assert len(board.words) <= WORDS_LETTERS
    assert board.words.endswith("word…")
    assert reply_of(talk).texts[0].endswith("end?")
    assert shortened(item, 130).endswith("time. …")
    assert shortened("x" * 20, 10) == "xxxxxxxxx…"
    assert shortened("short", 10) == "short"


def test_a_long_plan_line_leaves_room_for_the_question() -> None:
    line = PlanLine("line0", "Somebody helps you with a long list of things. " * 10, "Ms Okafor")
    flow = shipped().current("young_person")
    assert flow is not None
    known = replace(facts(), plan_lines=(line,))
    talk = Chat(flow, known).to("plan_get", "line0")
    assert board_of(talk).words.endswith("Do you get this help?")
    assert not board_of(talk).reusable


def test_a_note_with_a_picture_is_a_card_and_one_without_is_not() -> None:
    say = Say(id="note", texts=("One.", "Two."), picture=Picture("1F6E1", "A shield"))
    art = replies(liking(Profile(look=Look.DARK), with_step(say)).last)[0].art
    assert art == Board("Two.", say.picture, look=Look.DARK, reusable=True)
    bare = Say(id="note", texts=("One.",))
    assert replies(liking(Profile(), with_step(bare)).last)[0].art is None
    assert replies(liking(Profile(shows=Shows.WORDS), with_step(say)).last)[0].art is None


def test_words_alone_have_no_board_and_no_numbers() -> None:
    talk = liking(Profile(shows=Shows.WORDS)).to("big")
    assert reply_of(talk).art is None
    assert [button.label for button in buttons(reply_of(talk))][:2] == ["🏠 Home", "Work"]
    talk.type("2")
    assert talk.answer("big").choices == ("work",)
    assert settled(talk) is None


def test_mostly_pictures_says_the_question_and_what_names_someone() -> None:
    flow = shipped().current("young_person")
    assert flow is not None
    talk = liking(Profile(shows=Shows.PICTURES), flow).to("good_at")
    assert reply_of(talk).texts == ("What are you good at? What do people like about you?",)
    assert board_of(talk).tiles
    talk.to("plan_get", "line0")
    assert "This is in your plan. A member of staff wrote it." in reply_of(talk).texts
    assert reply_of(talk.to("one_thing")).texts == ("What one thing should be different by next year?",)
    assert "Only Ms Okafor will see this answer." in reply_of(talk.to("not_talk")).texts
    talk.to("share")
    assert len(reply_of(talk).texts) == 2, "what steers the conversation must be read in full"


def test_the_look_and_the_direction_are_the_persons() -> None:
    flow = replace(small_flow(), rtl=True)
    board = board_of(liking(Profile(look=Look.CREAM), flow).to("big"))
    assert (board.look, board.rtl) == (Look.CREAM, True)


def sorted_cards(profile: Profile | None = None) -> Chat:
    """Three cards on the mat, one answered in words, one a matter of safety."""
    talk = liking(profile or Profile()).to("going", "lessons")
    talk.press("Not going well")
    talk.press("Sometimes")
    talk.type("The queue is long")
    talk.press("Not going well")
    talk.control(Control.MY_ANSWERS)
    return talk


def test_the_mat_shows_the_cards_where_they_were_put_and_says_the_same() -> None:
    first, *_ = replies(sorted_cards(Profile(look=Look.DARK)).last)
    assert isinstance(first.art, Mat)
    assert [[card.label for card in column.cards] for column in first.art.columns] == [[], ["Friends"], ["Lessons"]]
    assert first.art.look is Look.DARK
    assert first.texts == (f"{first.art.title}\nSometimes: Friends\nNot going well: Lessons",)
    assert not first.rows


def test_the_mat_never_holds_a_matter_of_safety_nor_words_alone() -> None:
    mat = replies(sorted_cards().last)[0].art
    assert isinstance(mat, Mat)
    shown = {card.label for column in mat.columns for card in column.cards}
    assert shown == {"Lessons", "Friends"}


def test_no_mat_without_a_card_or_for_words_alone_or_for_a_step_of_safety() -> None:
    assert all(reply.art is None for reply in replies(chat().to_check().last))
    assert all(reply.art is None for reply in replies(sorted_cards(Profile(shows=Shows.WORDS)).last))

    def safe(step: Step) -> Step:
        return replace(step, safety=True) if isinstance(step, Sort) else step

    parts = tuple(replace(part, steps=tuple(map(safe, part.steps))) for part in small_flow().parts)
    flow = replace(small_flow(), parts=parts)
    talk = liking(Profile(), flow).to("going", "lessons")
    talk.press("Going well")
    talk.control(Control.MY_ANSWERS)
    assert all(reply.art is None for reply in replies(talk.last))


def test_a_question_for_words_has_its_ideas_only_where_words_are_liked() -> None:
    tell = Tell(id="ideas", texts=("Well?",), prompts=("A thing",))
    assert len(reply_of(liking(Profile(), with_step(tell))).texts) == 3
    assert reply_of(liking(Profile(shows=Shows.PICTURES), with_step(tell))).texts == ("Well?",)
