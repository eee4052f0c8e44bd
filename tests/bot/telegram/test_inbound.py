from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from bot.telegram.inbound import chat_of, decode, read
from bot.telegram.incoming import (
    Attachment,
    BlockedUs,
    ChatKind,
    CommandGiven,
    EditedWords,
    Ignored,
    Malformed,
    NotOurs,
    NotPrivate,
    Press,
    Pressed,
    Reading,
    Start,
    Trouble,
    UnblockedUs,
    Unused,
    Unwanted,
    UnwantedKind,
    Words,
)
from conversations.state import ConversationId, Mark, MediaKind
from tests.bot.telegram.updates import CHAT, member, message, press, private

AT = datetime(2025, 1, 19, 8, 56, 40, tzinfo=UTC)
GROUP = {"id": -100, "type": "supergroup", "title": "Team"}
VOICE = {"file_id": "AwAC", "file_unique_id": "u1", "duration": 5, "mime_type": "audio/ogg", "file_size": 23000}


def test_words_carry_where_when_and_what_they_answer() -> None:
    found = read(private(text="It is *too* loud_", reply_to_message={"message_id": 12}))
    assert found == Words(chat_id=CHAT, message_id=31, sent_at=AT, text="It is *too* loud_", reply_to=12)


@pytest.mark.parametrize(
    "text",
    [" ", "  two  spaces\n\n", "שלום", "👩🏽‍🎓⚽️", "e\u0301", "\u202eright to left", "<b>&amp;</b>", "a" * 100_000],
)
def test_words_stay_as_they_were_typed(text: str) -> None:
    found = read(private(text=text))
    assert isinstance(found, Words)
    assert found.text == text


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (rb"x\ud83dy", "x\ufffdy"),
        (rb"\ude00", "\ufffd"),
        (rb"a\u0000b", "a\u2400b"),
        (rb"\ud83d\ude00\ud83d", "😀\ufffd"),
    ],
)
def test_only_what_cannot_be_stored_is_replaced(raw: bytes, kept: str) -> None:
    body = orjson.dumps(private(text="WORDS")).replace(b"WORDS", raw)
    found = decode(body)
    assert isinstance(found, Words)
    assert found.text == kept
    assert found.text.encode()


@pytest.mark.parametrize("key", ["sticker", "dice"])
def test_a_sticker_or_dice_counts_as_its_emoji(key: str) -> None:
    found = read(private(**{key: {"emoji": "⚽", "value": 3, "thumbnail": "broken"}}))
    assert isinstance(found, Words)
    assert found.text == "⚽"


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/help", "help", ""),
        ("/Help@Firsthand_bot", "help", ""),
        ("/who is it\nabout ", "who", "is it\nabout"),
        ("/stop\n", "stop", ""),
    ],
)
def test_commands(text: str, name: str, argument: str) -> None:
    found = read(private(text=text))
    assert found == CommandGiven(chat_id=CHAT, message_id=31, sent_at=AT, name=name, argument=argument, text=text)


@pytest.mark.parametrize("text", ["/", "/ help", " /help", "//", "/hé", "5/10", "/" + "a" * 33])
def test_words_with_a_slash_are_no_command(text: str) -> None:
    assert isinstance(read(private(text=text)), Words)


@pytest.mark.parametrize(
    ("text", "payload"), [("/start", ""), ("/start AbC-_9", "AbC-_9"), ("/START x y", "x y"), ("/start@b_bot q", "q")]
)
def test_start_with_its_payload(text: str, payload: str) -> None:
    # Telegram's own marking of the command is broken on purpose: it is not relied upon.
    found = read(private(text=text, entities={"type": "bot_command"}))
    assert found == Start(chat_id=CHAT, message_id=31, sent_at=AT, payload=payload)


def test_a_press_in_our_form() -> None:
    found = read(press())
    data = Press(Mark(ConversationId("kX3f_9Qa-b"), 3), "c.badly")
    assert found == Pressed(chat_id=CHAT, message_id=30, sent_at=AT, callback_id="4200000000000000001", data=data)


@pytest.mark.parametrize(
    "data",
    [
        None, "", "help:hide", "a:b", "kX3f_9Qa:03:x", "kX3f_9Qa:-1:x", "kX3f_9Qa:1:", ":1:x", "kX3f_9Qa:1: x",
        "kX3f_9Qa:1:é", "kX3f_9Qa:٣:x", "kX3f_9Qa:1:x\n", "a\0b\x1b", f"kX3f_9Qa:1:{'x' * 41}", "kX3f:9999999999:x",
    ],
)  # fmt: skip
def test_any_other_data_is_not_ours(data: str | None) -> None:
    found = read(press(data))
    assert isinstance(found, Pressed)
    assert isinstance(found.data, NotOurs)


def test_the_shells_own_buttons_come_through_whole() -> None:
    found = read(press("help:hide"))
    assert isinstance(found, Pressed)
    assert found.data == NotOurs("help:hide")


def test_a_press_on_a_message_that_is_gone() -> None:
    gone = {"message_id": 12, "date": 0, "chat": {"id": CHAT, "type": "private"}}
    found = read(press(message=gone))
    assert isinstance(found, Pressed)
    assert (found.message_id, found.sent_at) == (12, None)
    nowhere = read(press(message=None))
    assert isinstance(nowhere, Pressed)
    assert (nowhere.chat_id, nowhere.message_id) == (CHAT, 0)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("voice", MediaKind.VOICE),
        ("audio", MediaKind.VOICE),
        ("video_note", MediaKind.VIDEO),
        ("video", MediaKind.VIDEO),
    ],
)
def test_recordings(key: str, kind: MediaKind) -> None:
    found = read(private(**{key: VOICE}, caption="me", media_group_id="g1"))
    assert found == Attachment(
        chat_id=CHAT, message_id=31, sent_at=AT, kind=kind, file_id="AwAC", file_unique_id="u1", size=23000,
        seconds=5, mime="audio/ogg", caption="me", group="g1",
    )  # fmt: skip


def test_the_largest_size_of_a_photo_is_taken() -> None:
    sizes = [
        {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 90},
        {"file_id": "large", "file_unique_id": "l", "width": 1280, "height": 960},
        {"file_id": "middle", "file_unique_id": "m", "width": 320, "height": 240},
        "no size",
    ]
    found = read(private(photo=sizes))
    assert isinstance(found, Attachment)
    assert (found.kind, found.file_id, found.size) == (MediaKind.PHOTO, "large", None)


def test_odd_sizes_and_types_of_a_file_are_forgotten() -> None:
    odd = VOICE | {"file_size": -1, "duration": 10**30, "mime_type": "a/b\r\nX-Injected: 1"}
    found = read(private(voice=odd))
    assert isinstance(found, Attachment)
    assert (found.size, found.seconds, found.mime) == (None, None, "")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"location": {"latitude": 1.0}}, UnwantedKind.LOCATION),
        ({"venue": {"location": {}}, "location": {}}, UnwantedKind.LOCATION),
        ({"contact": {"phone_number": "0"}}, UnwantedKind.CONTACT),
        ({"poll": {}}, UnwantedKind.POLL),
        ({"game": {}}, UnwantedKind.GAME),
        ({"document": {"file_id": "x"}}, UnwantedKind.DOCUMENT),
        ({"animation": {}, "document": {}}, UnwantedKind.ANIMATION),
        ({"text": "hers", "forward_origin": {"type": "user"}}, UnwantedKind.FORWARDED),
        ({"voice": VOICE, "forward_date": 1}, UnwantedKind.FORWARDED),
        ({"sticker": {"file_id": "x"}}, UnwantedKind.OTHER),
        ({"story": {}}, UnwantedKind.OTHER),
        ({"hologram_of_next_year": {}}, UnwantedKind.OTHER),
    ],
)
def test_unwanted_things(fields: Mapping[str, Any], kind: UnwantedKind) -> None:
    found = read(private(**fields))
    assert found == Unwanted(chat_id=CHAT, message_id=31, sent_at=AT, kind=kind)
    assert isinstance(found, Unwanted)
    assert found.deletes == (kind in {UnwantedKind.LOCATION, UnwantedKind.CONTACT})


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (private(pinned_message=message()), Ignored(Unused.SERVICE)),
        (private(message_auto_delete_timer_changed={}), Ignored(Unused.SERVICE)),
        (private(), Ignored(Unused.EMPTY)),
        (private(text=None), Ignored(Unused.EMPTY)),
        (private(text=""), Ignored(Unused.EMPTY)),
        ({"update_id": 1, "edited_message": message(location={})}, Ignored(Unused.EDIT_WITHOUT_WORDS)),
        ({"update_id": 1, "message_reaction": {}}, Ignored(Unused.NOT_ASKED_FOR)),
        ({}, Ignored(Unused.NOT_ASKED_FOR)),
        (member("restricted"), Ignored(Unused.MEMBERSHIP)),
        (member("left", GROUP), Ignored(Unused.MEMBERSHIP)),
        (private(text=5), Malformed(Trouble.NO_WORDS)),
        (private(photo=[], caption={}), Malformed(Trouble.NO_WORDS)),
        (private(photo=[]), Malformed(Trouble.NO_FILE)),
        (private(voice={"file_id": ""}), Malformed(Trouble.NO_FILE)),
        (private(text="x", message_id=None), Malformed(Trouble.NO_MESSAGE_ID)),
        (private(text="x", message_id=True), Malformed(Trouble.NO_MESSAGE_ID)),
        (private(text="x", message_id=2**63), Malformed(Trouble.NO_MESSAGE_ID)),
        (private(text="x", chat=None), Malformed(Trouble.NO_CHAT)),
        (private(text="x", chat={"id": 1, "type": "hologram"}), Malformed(Trouble.NO_CHAT)),
        (private(text="x", chat={"id": 1, "type": ["private"]}), Malformed(Trouble.NO_CHAT)),
        ({"message": "hello"}, Malformed(Trouble.WRONG_SHAPE)),
        (press(id=None), Malformed(Trouble.NO_PRESS_ID)),
        (press(message=None, **{"from": None}), Malformed(Trouble.NO_CHAT)),
        (member("kicked", {"type": "private"}), Malformed(Trouble.NO_CHAT)),
    ],
)
def test_what_needs_nothing_and_what_is_broken(update: Mapping[str, Any], expected: Reading) -> None:
    assert read(update) == expected


def test_edits_of_words_and_captions() -> None:
    for key in ("text", "caption"):
        found = read({"update_id": 1, "edited_message": message(**{key: "better"}, edit_date=5)})
        assert found == EditedWords(chat_id=CHAT, message_id=31, sent_at=AT, text="better")


def test_the_persons_standing_with_us() -> None:
    where = {"chat_id": CHAT, "message_id": 31, "sent_at": AT}
    assert read(member("kicked")) == BlockedUs(**where)  # type: ignore[arg-type]  # one dict for two types
    assert read(member("member")) == UnblockedUs(**where)  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("kind", list(ChatKind))
def test_only_private_chats_count(kind: ChatKind) -> None:
    chat = {"id": -5, "type": kind.value}
    for update in (private(text="x", chat=chat), press(message=message(chat=chat)), member("administrator", chat)):
        found = read(update)
        assert isinstance(found, NotPrivate)
        assert (found.chat_id, found.kind) == (-5, kind)


def test_nothing_personal_in_reprs() -> None:
    updates = [private(text="secret words"), private(text="/start secret"), press("secret"), private(voice=VOICE)]
    shown = " ".join(repr(read(update)) for update in updates)
    assert "secret" not in shown
    assert "AwAC" not in shown
    assert str(CHAT) not in shown


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        (private(), CHAT),
        (press(), CHAT),
        (press(message=None), CHAT),
        (member("kicked"), CHAT),
        ({"inline_query": {"from": {"id": 5}}}, None),
        ({"message": {"chat": {"id": 10**30}}}, None),
    ],
)
def test_the_chat_of_an_update(update: Mapping[str, Any], chat: int | None) -> None:
    assert chat_of(update) == chat
