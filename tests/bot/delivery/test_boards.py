"""Boards on their way: drawn, sent once and then by name, marked, and always with their words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.demo.files import picture_words
from bot.demo.people import Person
from bot.demo.refusals import bad_request
from bot.telegram import outbound
from bot.telegram.sending import FileId, NoFiles
from conversations.art import Board, Column, Mat, Tile
from conversations.effects import Button, Reply
from conversations.script import Picture
from conversations.state import ConversationId, Mark
from storage.records import OutState
from tests.bot.delivery.stage import Stage, heard

STAR = Picture("1F31F", "a star")
ART = Board("How is it?", STAR, (Tile("Well", STAR, 1), Tile("Badly", STAR, 2)), reusable=True)
CHOSEN = replace(ART, tiles=(replace(ART.tiles[0], chosen=True), ART.tiles[1]), reusable=False)
ROWS = ((Button("Well", "c.well"),),)
MARK = Mark(ConversationId("kX3f_9Qa"), 1)
ASKED = Reply(("How is it?",), ROWS, MARK, art=ART)


def shown(person: Person) -> str:
    """What the newest picture says of itself."""
    return picture_words(person.last().content)


async def test_a_board_is_sent_with_its_words_and_the_choice_is_marked_on_it(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.queue(ann, *outbound.message(ASKED), key="k")
    await stage.delivery.drain()
    assert ann.last().caption == "How is it?"
    assert shown(ann) == "How is it?; 1 Well; 2 Badly"
    await stage.queue(ann, outbound.settle(ASKED, "You chose: Well", "k", art=CHOSEN))
    await stage.delivery.drain()
    assert ann.last().caption == "How is it?\n\nYou chose: Well"
    assert shown(ann) == "How is it?; 1 Well ✓; 2 Badly"
    assert ann.visible_buttons() == []
    assert len(heard(ann)) == 1


async def test_a_board_is_settled_after_a_restart_too(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.queue(ann, *outbound.message(ASKED), key="mark:kX3f_9Qa:1:0")
    await stage.delivery.drain()
    stage.delivery = stage.another()
    await stage.queue(ann, outbound.settle(ASKED, "You chose: Well", "mark:kX3f_9Qa:1:0", art=CHOSEN))
    await stage.delivery.drain()
    assert (ann.last().caption, shown(ann)) == ("How is it?\n\nYou chose: Well", "How is it?; 1 Well ✓; 2 Badly")


async def test_settling_without_a_marked_board_leaves_the_picture(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.queue(ann, *outbound.message(ASKED), key="k")
    await stage.queue(ann, outbound.settle(ASKED, "You chose: Well", "k"))
    await stage.delivery.drain()
    assert (ann.last().caption, shown(ann)) == ("How is it?\n\nYou chose: Well", "How is it?; 1 Well; 2 Badly")


async def test_a_page_turned_shows_the_tiles_of_that_page(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.queue(ann, *outbound.message(ASKED), key="k")
    other = replace(ART, tiles=(Tile("Later", STAR, 3),))
    await stage.queue(ann, outbound.edit(replace(ASKED, art=other), "k"))
    await stage.delivery.drain()
    assert shown(ann) == "How is it?; 3 Later"
    assert ann.visible_buttons() == ["Well"]
    await stage.queue(ann, outbound.edit(replace(ASKED, art=other), "k"))
    await stage.delivery.drain()  # the same once more: Telegram refuses it, and it counts as done
    assert await stage.counts() == {OutState.SENT: 3}


async def test_a_board_of_nobody_is_uploaded_once_and_then_sent_by_name(stage: Stage) -> None:
    ann, ben = await stage.person("Ann"), await stage.person("Ben")
    for person in (ann, ben):
        await stage.queue(person, *outbound.message(ASKED))
        await stage.delivery.drain()
    first, second = (person.last().attachment for person in (ann, ben))
    assert first is not None
    assert second is not None
    assert first.file is second.file  # no second upload
    another = replace(ASKED, art=replace(ART, rtl=True))
    await stage.queue(ben, *outbound.message(another))
    await stage.delivery.drain()
    assert ben.last().attachment != second


async def test_what_belongs_to_one_person_is_never_remembered(stage: Stage) -> None:
    ann = await stage.person("Ann")
    mat = Mat("Your cards", (Column(Tile("Good", STAR), (Tile("Sport", STAR),)), Column(Tile("Bad", STAR), ())))
    for art in (replace(ART, reusable=False), mat):
        await stage.queue(ann, *outbound.message(replace(ASKED, art=art)))
        await stage.delivery.drain()
        async with stage.database.reading() as work:
            assert await work.pictures.file_id(stage.drawer.key(art)) is None
    assert shown(ann) == "Your cards; Good: Sport; Bad:"


async def test_a_name_that_telegram_refuses_is_forgotten_and_drawn_anew(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.boards.drawn(ART, FileId("of-another-bot"))
    await stage.queue(ann, *outbound.message(ASKED), key="k")
    await stage.delivery.drain()
    assert shown(ann) == "How is it?; 1 Well; 2 Badly"
    async with stage.database.reading() as work:
        assert await work.pictures.file_id(stage.drawer.key(ART)) not in {None, "of-another-bot"}
    assert await stage.counts() == {OutState.SENT: 1}


async def test_a_marked_board_by_a_refused_name_is_drawn_anew(stage: Stage) -> None:
    ann = await stage.person("Ann")
    marked = replace(CHOSEN, reusable=True)
    await stage.queue(ann, *outbound.message(ASKED), key="k")
    await stage.boards.drawn(marked, FileId("of-another-bot"))
    await stage.queue(ann, outbound.settle(ASKED, "You chose: Well", "k", art=marked))
    await stage.delivery.drain()
    assert shown(ann) == "How is it?; 1 Well ✓; 2 Badly"


async def test_a_picture_that_fails_twice_goes_as_words_and_is_settled_all_the_same(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.queue(ann, *outbound.message(ASKED), key="k")
    stage.telegram.faults.fail(bad_request("IMAGE_PROCESS_FAILED").refusal, "sendPhoto", times=2)
    await stage.delivery.drain()
    assert heard(ann) == []
    stage.clock.move_by(timedelta(seconds=2))
    with capture_logs() as logs:
        await stage.delivery.drain()
    assert [log["event"] for log in logs] == ["picture_left_out"]
    assert heard(ann) == ["How is it?"]
    assert ann.visible_buttons() == ["Well"]
    await stage.queue(ann, outbound.settle(ASKED, "You chose: Well", "k"))
    await stage.delivery.drain()
    assert heard(ann) == ["How is it?\n\nYou chose: Well"]


@pytest.mark.parametrize("texts", [("How is it?",), ("x" * 1025,)])
async def test_what_cannot_be_drawn_goes_as_words_at_once(stage: Stage, texts: tuple[str, ...]) -> None:
    stage.sender = replace(stage.sender, boards=NoFiles())
    stage.delivery = stage.another()
    ann = await stage.person("Ann")
    await stage.queue(ann, *outbound.message(replace(ASKED, texts=texts)))
    await stage.delivery.drain()
    assert heard(ann) == [*texts]
    assert ann.visible_buttons() == ["Well"]


async def test_a_mark_that_cannot_be_drawn_is_said_in_the_caption(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.queue(ann, *outbound.message(ASKED), key="k")
    await stage.delivery.drain()
    stage.sender = replace(stage.sender, boards=NoFiles())
    stage.delivery = stage.another()
    await stage.queue(ann, outbound.settle(ASKED, "You chose: Well", "k", art=CHOSEN))
    await stage.delivery.drain()
    assert (ann.last().caption, ann.visible_buttons()) == ("How is it?\n\nYou chose: Well", [])


async def test_a_mark_that_telegram_takes_in_no_form_but_text_is_said_as_text(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.say(ann, "How is it?")
    await stage.delivery.drain()
    refusal = bad_request("there is no media in the message to edit").refusal
    stage.telegram.faults.fail(refusal, "editMessageMedia")
    await stage.queue(ann, replace(outbound.settle(ASKED, "Well", "", ann.last().id, CHOSEN)))
    await stage.delivery.drain()
    assert heard(ann) == ["How is it?\n\nWell"]


async def test_long_words_follow_their_picture_and_carry_the_buttons(stage: Stage) -> None:
    ann = await stage.person("Ann")
    long = replace(ASKED, texts=("x" * 1030,))
    parts = outbound.message(long)
    await stage.queue(ann, parts[0], key="k#1")
    await stage.queue(ann, parts[1], key="k")
    await stage.queue(ann, outbound.settle(long, "You chose: Well", "k", art=CHOSEN))
    await stage.delivery.drain()
    picture, words = [message for message in ann.messages if message.by_bot]
    assert (picture.caption, picture.buttons) == ("", ())
    assert words.text == "x" * 1030 + "\n\nYou chose: Well"


async def test_no_log_line_holds_a_word_of_a_board(stage: Stage) -> None:
    ann = await stage.person("Ann")
    secret = Board("secretwords", None, tuple(Tile("secretwords" * 9, None, number) for number in range(200)))
    with capture_logs() as logs:
        await stage.queue(ann, *outbound.message(replace(ASKED, art=secret)))
        await stage.delivery.drain()
    assert heard(ann) == ["How is it?"]
    assert {log["event"] for log in logs} == {"picture_not_drawn", "picture_left_out"}
    assert "secretwords" not in repr(logs)
