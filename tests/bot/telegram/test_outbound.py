from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import outbound
from bot.telegram.calls import Method
from bot.telegram.inbound import read
from bot.telegram.incoming import Press, Pressed
from bot.telegram.outbound import Outgoing
from bot.telegram.splitting import split, units
from conversations.effects import Button, Keyboard, Reply
from conversations.state import ConversationId, Mark
from storage.records import OutKind
from tests.bot.telegram.updates import press

MARK = Mark(ConversationId("kX3f_9Qa-b"), 3)
ROWS = ((Button("👍 Well", "c.well"), Button("👎 Badly", "c.badly")), (Button("Skip", "r.skip"),))
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
    (sent,) = outbound.message(Reply(("How is it?",), ROWS, MARK), board="b1")
    assert (sent.method, sent.file, sent.parameters["caption"]) == (Method.PHOTO, "b1", "How is it?")
    assert "inline_keyboard" in markup(sent)
    assert sent.kind is OutKind.SEND


def test_a_board_whose_words_are_too_long_stands_before_them() -> None:
    photo, words = outbound.message(Reply(("😀" * 513,), ROWS, MARK), board="b1")
    assert (photo.method, photo.parameters) == (Method.PHOTO, {})
    assert "inline_keyboard" in markup(words)


def test_a_board_without_its_picture_is_its_words() -> None:
    (sent,) = outbound.message(Reply(("How is it?",), ROWS, MARK), board="b1")
    (plain,) = outbound.message(Reply(("How is it?",), ROWS, MARK))
    assert outbound.in_words(sent) == plain
    assert outbound.in_words(plain) is None
    assert outbound.in_words(outbound.message(Reply(("x" * 1025,)), board="b1")[0]) is None


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


def test_a_change_of_text_can_become_one_of_a_caption() -> None:
    changed = outbound.settle(Reply(("How is it?",), ROWS, MARK), "Chosen", "key", 9)
    other = outbound.other_form(changed)
    assert other == Outgoing(Method.EDIT_CAPTION, {"caption": "How is it?\n\nChosen", "message_id": 9}, "key")
    long = outbound.other_form(outbound.edit(Reply(("x" * 1025,)), "key", 9))
    assert long == Outgoing(Method.EDIT_BUTTONS, {"message_id": 9}, "key")
    assert outbound.other_form(outbound.delete("key")) is None


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
        *outbound.message(Reply(("How 😀?",), ROWS, MARK), board="b1"),
        outbound.edit(Reply(("x",)), "key"),
        outbound.document("d", "n.pdf", "c"),
        outbound.delete(message_id=4),
    ],
)
def test_what_is_dumped_is_loaded(outgoing: Outgoing) -> None:
    assert outbound.load(outbound.dump(outgoing)) == outgoing


@pytest.mark.parametrize(
    "payload",
    [b"", b"[]", b'{"v":2}', b'{"v":1}', b'{"v":1,"method":"ban"}', b'{"v":1,"method":"sendMessage","parameters":5}'],
)
def test_a_strange_payload_is_said(payload: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        outbound.load(payload)


def test_words_are_not_in_reprs() -> None:
    assert "secret" not in repr(outbound.message(Reply(("secret",))))


WORDS = st.text(st.sampled_from("ab \n😀👩\u200d🏽é\u0301"), max_size=120)


@given(WORDS, st.integers(8, 40))
def test_no_part_is_over_the_limit_and_only_blanks_are_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(part.split()) for part in parts) == "".join(text.split())


@given(st.text(max_size=60))
def test_units_count_as_telegram_does(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_the_best_break_is_taken() -> None:
    assert split("one two\nthree four\n\nfive six", 22) == ("one two\nthree four", "five six")
    assert split("one two\nthree four five", 20) == ("one two", "three four five")
    assert split("one two three", 9) == ("one two", "three")
    assert split("onetwothree", 6) == ("onetwo", "three")
    assert split("  ", 5) == ()


@pytest.mark.parametrize("cluster", ["👩🏽‍🎓", "e\u0301\u0302", "👍🏿"])
def test_no_emoji_or_accent_is_cut_apart(cluster: str) -> None:
    for before in range(1, 9):
        parts = split("x" * before + cluster * 4, 10)
        assert "".join(parts) == "x" * before + cluster * 4
        assert all(part.count(cluster) * len(cluster) == len(part.lstrip("x")) for part in parts)


def test_an_endless_cluster_is_cut_all_the_same() -> None:
    parts = split("e" + "\u0301" * 300, 100)
    assert [units(part) for part in parts] == [100, 100, 100, 1]
