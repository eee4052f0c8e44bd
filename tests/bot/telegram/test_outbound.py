from typing import Any

import orjson
import pytest

from bot.telegram import outbound
from bot.telegram.calls import Method
from bot.telegram.forms import other_forms
from bot.telegram.inbound import read
from bot.telegram.incoming import Press, Pressed
from bot.telegram.outbound import Outgoing
from conversations.art import Board, Column, Mat, Tile
from conversations.effects import Button, Keyboard, Reply
from conversations.profile import Look
from conversations.script import Picture
from conversations.state import ConversationId, Mark
from storage.records import OutKind
from tests.bot.telegram.stage import spotless
from tests.bot.telegram.updates import press

MARK = Mark(ConversationId("kX3f_9Qa-b"), 3)
ROWS = ((Button("👍 Well", "c.well"), Button("👎 Badly", "c.badly")), (Button("Skip", "r.skip"),))
STAR = Picture("1F31F", "a star")
BOARD = Board("How is it?", STAR, (Tile("Well", STAR, 1), Tile("Badly", None, 2)), look=Look.CREAM, reusable=True)
MARKED = Board("How is it?", STAR, (Tile("Well", STAR, 1), Tile("Badly", None, 2, chosen=True)), rtl=True)
MAT = Mat("Your cards", (Column(Tile("Good", STAR), (Tile("Sport"),)), Column(Tile("Bad"), ())), Look.DARK)
CONTROLS = (("◀️ Back", "🔍 Explain"), ("🆘 Help now",))


def markup(outgoing: Outgoing) -> Any:  # noqa: ANN401 - JSON of any shape
    return outgoing.parameters.get("reply_markup")


def test_progress_bubbles_and_buttons_make_one_plain_message() -> None:
    (sent,) = outbound.message(Reply(("How *is* it?", "<b>Take</b> your time."), ROWS, MARK, progress="Part 2 of 5"))
    assert sent.method is Method.SEND
    assert sent.parameters["text"] == "Part 2 of 5\n\nHow *is* it?\n\n<b>Take</b> your time."
    assert "parse_mode" not in sent.parameters
    assert sent.parameters["link_preview_options"] == {"is_disabled": True}
    assert markup(sent)["inline_keyboard"][0][1] == {"text": "👎 Badly", "callback_data": "kX3f_9Qa-b:3:c.badly"}
    assert [len(row) for row in markup(sent)["inline_keyboard"]] == [2, 1]


def test_a_button_comes_back_as_the_press_it_was_made_of() -> None:
    (sent,) = outbound.message(Reply(("?",), ((Button("A", "t.on.food"),),), MARK))
    found = read(press(markup(sent)["inline_keyboard"][0][0]["callback_data"]))
    assert isinstance(found, Pressed)
    assert found.data == Press(MARK, "t.on.food")


def test_without_buttons_there_is_no_markup() -> None:
    (sent,) = outbound.message(Reply(("Hello.",), ((),)))
    assert "reply_markup" not in sent.parameters


def test_controls_are_a_lasting_keyboard() -> None:
    (sent,) = outbound.message(Reply(("Hello.",), keyboard=Keyboard.CONTROLS), CONTROLS)
    assert markup(sent) == {
        "keyboard": [[{"text": "◀️ Back"}, {"text": "🔍 Explain"}], [{"text": "🆘 Help now"}]],
        "is_persistent": True,
        "resize_keyboard": True,
    }


def test_controls_are_left_alone_where_not_asked_for() -> None:
    (sent,) = outbound.message(Reply(("Hello.",)), CONTROLS)
    assert markup(sent) is None
    (none,) = outbound.message(Reply(("Hello.",), keyboard=Keyboard.CONTROLS))
    assert markup(none) is None


def test_controls_and_buttons_together_take_two_messages() -> None:
    first, last = outbound.message(Reply(("Hello.", "Ready?"), ROWS, MARK, keyboard=Keyboard.CONTROLS), CONTROLS)
    assert (first.parameters["text"], last.parameters["text"]) == ("Hello.", "Ready?")
    assert "keyboard" in markup(first)
    assert "inline_keyboard" in markup(last)


def test_with_one_bubble_only_the_buttons_come_first() -> None:
    (only,) = outbound.message(Reply(("Ready?",), ROWS, MARK, keyboard=Keyboard.CONTROLS), CONTROLS)
    assert "inline_keyboard" in markup(only)


def test_long_words_are_split_with_the_buttons_on_the_last() -> None:
    words = " ".join(["understanding"] * 700)
    parts = outbound.message(Reply((words,), ROWS, MARK, keyboard=Keyboard.CONTROLS), CONTROLS)
    assert len(parts) == 3
    assert " ".join(str(part.parameters["text"]) for part in parts) == words
    assert [next(iter(markup(part) or {"none": 0})) for part in parts] == ["keyboard", "none", "inline_keyboard"]


@pytest.mark.parametrize("reply", [Reply(()), Reply(("", " \n")), Reply((), ROWS, MARK)])
def test_a_message_needs_words(reply: Reply) -> None:
    with pytest.raises(ValueError, match="words"):
        outbound.message(reply)


@pytest.mark.parametrize(
    "button", [Button("A", "x" * 52), Button("A", "é" * 26), Button(" ", "x")], ids=["long", "bytes", "label"]
)
def test_a_button_that_telegram_would_refuse(button: Button) -> None:
    with pytest.raises(ValueError, match="button"):
        outbound.message(Reply(("?",), ((button,),), MARK))


def test_data_of_exactly_64_bytes_is_sent() -> None:
    outbound.message(Reply(("?",), ((Button("A", "x" * 51),),), MARK))
    with pytest.raises(ValueError, match="button"):
        outbound.plain("?", ((Button("A", ""),),))


def test_buttons_of_no_conversation_keep_their_data() -> None:
    (sent,) = outbound.plain("Sure?", ((Button("Yes", "desk:yes"),),))
    assert markup(sent)["inline_keyboard"] == [[{"text": "Yes", "callback_data": "desk:yes"}]]


def test_a_board_carries_the_words_as_its_caption() -> None:
    (sent,) = outbound.message(Reply(("How is it?",), ROWS, MARK, art=BOARD))
    assert (sent.method, sent.art, sent.parameters["caption"]) == (Method.PHOTO, BOARD, "How is it?")
    assert "inline_keyboard" in markup(sent)
    assert sent.kind is OutKind.SEND


def test_a_board_whose_words_are_too_long_stands_before_them() -> None:
    photo, words = outbound.message(Reply(("😀" * 513,), ROWS, MARK, art=BOARD))
    assert (photo.method, photo.parameters) == (Method.PHOTO, {})
    assert "inline_keyboard" in markup(words)


def test_a_caption_of_exactly_1024_units_stays_under_its_picture() -> None:
    assert len(outbound.message(Reply(("😀" * 512,), ROWS, MARK, art=BOARD))) == 1


def test_a_board_without_its_picture_is_its_words() -> None:
    (sent,) = outbound.message(Reply(("How is it?",), ROWS, MARK, art=BOARD))
    (plain,) = outbound.message(Reply(("How is it?",), ROWS, MARK))
    assert other_forms(sent) == (plain,)
    assert other_forms(plain) == ()
    assert other_forms(outbound.message(Reply(("x" * 1025,), art=BOARD))[0]) == ()


def test_an_edit_with_a_board_changes_picture_words_and_buttons() -> None:
    changed = outbound.edit(Reply(("Page two",), ROWS, MARK, art=BOARD), "key", 9)
    assert (changed.method, changed.art, changed.kind) == (Method.EDIT_MEDIA, BOARD, OutKind.EDIT)
    assert changed.parameters["media"] == {"type": "photo", "caption": "Page two"}
    assert "inline_keyboard" in markup(changed)
    caption, text = other_forms(changed)
    assert (caption.method, caption.parameters["caption"], caption.art) == (Method.EDIT_CAPTION, "Page two", None)
    assert (text.method, text.parameters["text"]) == (Method.EDIT, "Page two")
    assert "inline_keyboard" in markup(caption)
    assert markup(caption) == markup(text)
    assert outbound.edit(Reply(("x" * 1025,), art=BOARD), "key").method is Method.EDIT


def test_settling_marks_the_choice_on_the_board() -> None:
    reply = Reply(("How is it?",), ROWS, MARK, art=BOARD)
    changed = outbound.settle(reply, "You chose: Badly", "key", 9, MARKED)
    assert (changed.method, changed.art, markup(changed)) == (Method.EDIT_MEDIA, MARKED, None)
    assert changed.parameters["media"] == {"type": "photo", "caption": "How is it?\n\nYou chose: Badly"}
    long = outbound.settle(Reply(("x" * 1020,), ROWS, MARK, art=BOARD), "You chose: Badly", "key", 9, MARKED)
    assert long.parameters["media"] == {"type": "photo", "caption": "x" * 1020}


def test_settling_without_a_marked_board_changes_the_caption() -> None:
    reply = Reply(("How is it?",), ROWS, MARK, art=BOARD)
    changed = outbound.settle(reply, "Skipped", "key", 9)
    assert changed == Outgoing(Method.EDIT_CAPTION, {"caption": "How is it?\n\nSkipped", "message_id": 9}, "key")
    long = outbound.settle(Reply(("x" * 1020,), ROWS, MARK, art=BOARD), "Skipped", "key", 9)
    assert long == Outgoing(Method.EDIT_BUTTONS, {"message_id": 9}, "key")
    below = outbound.settle(Reply(("x" * 1030,), ROWS, MARK, art=BOARD), "Skipped", "key", 9, MARKED)
    assert below.method is Method.EDIT


def test_an_edit_shows_the_last_part_and_its_buttons() -> None:
    changed = outbound.edit(Reply(("an " * 2000, "End?"), ROWS, MARK), "mark:a:1")
    assert (changed.method, changed.original, changed.kind) == (Method.EDIT, "mark:a:1", OutKind.EDIT)
    assert str(changed.parameters["text"]).endswith("an \n\nEnd?")
    assert "message_id" not in changed.parameters
    assert "inline_keyboard" in markup(changed)
    assert outbound.edit(Reply(("x",)), message_id=5).parameters["message_id"] == 5


def test_settling_adds_the_choice_and_takes_the_buttons() -> None:
    reply = Reply(("How is it?",), ROWS, MARK)
    changed = outbound.settle(reply, "You chose: 👎 Badly", "key", 9)
    assert changed.parameters["text"] == "How is it?\n\nYou chose: 👎 Badly"
    assert (markup(changed), changed.parameters["message_id"]) == (None, 9)
    assert outbound.settle(reply, "").parameters["text"] == "How is it?"


def test_settling_cuts_no_question_off() -> None:
    changed = outbound.settle(Reply(("x" * 4090,), ROWS, MARK), "You chose: A", "key", 9)
    assert (changed.method, dict(changed.parameters), changed.kind) == (
        Method.EDIT_BUTTONS, {"message_id": 9}, OutKind.EDIT,
    )  # fmt: skip


def test_stripping_takes_only_the_buttons() -> None:
    stripped = outbound.strip("key", 9)
    assert (stripped.method, stripped.kind, dict(stripped.parameters)) == (
        Method.EDIT_BUTTONS, OutKind.EDIT, {"message_id": 9},
    )  # fmt: skip


def test_a_change_of_text_can_become_one_of_a_caption_and_back() -> None:
    changed = outbound.settle(Reply(("How is it?",), ROWS, MARK), "Chosen", "key", 9)
    (other,) = other_forms(changed)
    assert other == Outgoing(Method.EDIT_CAPTION, {"caption": "How is it?\n\nChosen", "message_id": 9}, "key")
    assert other_forms(other) == (changed,)
    (long,) = other_forms(outbound.edit(Reply(("x" * 1025,)), "key", 9))
    assert long == Outgoing(Method.EDIT_BUTTONS, {"message_id": 9}, "key")
    assert other_forms(outbound.delete("key")) == ()


def test_deleting_and_documents() -> None:
    gone = outbound.delete("key", 9)
    assert (gone.method, gone.kind, gone.parameters) == (Method.DELETE, OutKind.DELETE, {"message_id": 9})
    paper = outbound.document("d1/pro", "Review.pdf", "Here it is.", ((Button("Read", "desk:read"),),))
    assert (paper.method, paper.kind, paper.file, paper.file_name) == (
        Method.DOCUMENT, OutKind.DOCUMENT, "d1/pro", "Review.pdf",
    )  # fmt: skip
    assert paper.parameters["caption"] == "Here it is."
    assert outbound.document("d", "n").parameters == {}
    with pytest.raises(ValueError, match="caption"):
        outbound.document("d", "n", "x" * 1025)


def test_protection_is_added() -> None:
    (sent,) = outbound.plain("Frozen words.")
    assert outbound.protected(sent).parameters["protect_content"] is True


@pytest.mark.parametrize(
    "outgoing",
    [
        *outbound.message(Reply(("How 😀?",), ROWS, MARK, art=BOARD)),
        *outbound.message(Reply(("Your cards",), art=MAT)),
        outbound.settle(Reply(("x",), art=BOARD), "y", "key", art=MARKED),
        outbound.edit(Reply(("x",)), "key"),
        outbound.document("d", "n.pdf", "c"),
        outbound.delete(message_id=4),
    ],
)
def test_what_is_dumped_is_loaded(outgoing: Outgoing) -> None:
    assert outbound.load(outbound.dump(outgoing)) == outgoing


@pytest.mark.parametrize(
    "payload",
    [
        *(b"", b"[]", b'{"v":3}', b'{"v":2}', b'{"v":1}'),
        b'{"v":1,"method":"ban"}',
        b'{"v":1,"method":"sendMessage","parameters":5}',
    ],
)
def test_a_strange_payload_is_said(payload: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        outbound.load(payload)


def test_words_are_not_in_reprs_nor_in_errors() -> None:
    assert "secret" not in repr(outbound.message(Reply(("secret",), art=Board("secret", tiles=(Tile("secret"),)))))
    value = orjson.loads(outbound.dump(outbound.message(Reply(("x",), art=BOARD))[0]))
    with pytest.raises(ValueError, match="damaged") as caught:
        outbound.load(orjson.dumps({**value, "art": {"words": ["secret"]}}))
    spotless(caught.value)
    assert "secret" not in repr(caught.value.__context__)


def test_an_older_program_leaves_a_row_with_a_board_alone() -> None:
    (sent,) = outbound.message(Reply(("x",), art=BOARD))
    assert orjson.loads(outbound.dump(sent))["v"] == 2
    assert orjson.loads(outbound.dump(outbound.plain("x")[0]))["v"] == 1
    del (row := orjson.loads(outbound.dump(outbound.plain("x")[0])))["art"]
    assert outbound.load(orjson.dumps(row)) == outbound.plain("x")[0]
