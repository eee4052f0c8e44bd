"""Every rule about what a bot may send, each with Telegram's own words for no."""

import io
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.demo.methods import perform
from bot.demo.people import Person
from bot.demo.refusals import RefusalError
from bot.demo.telegram_server import DEMO_TOKEN, TelegramStandIn
from bot.demo.wire import Call, Upload
from tests.bot.demo.conftest import Api, Reply, picture


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(label: str = "Yes", data: str = "y") -> dict[str, Any]:
    return {"text": label, "callback_data": data}


async def test_an_unknown_method_and_a_wrong_token_are_told_apart(api: Api) -> None:
    unknown = await api("sendRumour")
    assert (unknown.status, unknown.trouble) == (404, "Not Found: method not found")
    async with api.session.get(f"{api.telegram.base_url}1000:wrong/getMe") as wrong:
        assert wrong.status == 401
        assert (await wrong.json())["description"] == "Unauthorized"
    assert (await api("getme")).result["is_bot"] is True


async def test_a_path_that_is_no_method_is_not_found(api: Api) -> None:
    async with api.session.get(f"{api.telegram.origin}/elsewhere") as response:
        assert response.status == 404


async def test_a_chat_is_closed_to_a_bot_until_its_person_writes(api: Api, telegram: TelegramStandIn) -> None:
    stranger = telegram.person("Alex")
    for chat_id in (stranger.id, 42, "@nobody"):
        reply = await api("sendMessage", chat_id=chat_id, text="Hello")
        assert (reply.status, reply.trouble) == (400, "Bad Request: chat not found")
    assert (await api("sendMessage", text="x")).trouble == "Bad Request: chat_id is empty"
    await stranger.start()
    assert (await api("sendMessage", chat_id=stranger.id, text="Hello")).status == 200


async def test_a_blocked_bot_is_forbidden_to_write_until_it_is_unblocked(api: Api, sam: Person) -> None:
    await sam.block_bot()
    reply = await api("sendMessage", chat_id=sam.id, text="Hello")
    assert (reply.status, reply.trouble) == (403, "Forbidden: bot was blocked by the user")
    await sam.start()
    assert (await api("sendMessage", chat_id=sam.id, text="Hello")).status == 200


async def test_a_deleted_account_is_forbidden(api: Api, sam: Person) -> None:
    await sam.leave_telegram()
    reply = await api("sendMessage", chat_id=sam.id, text="Hello")
    assert (reply.status, reply.trouble) == (403, "Forbidden: user is deactivated")


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
)
async def test_a_text_must_be_there_and_not_too_long(api: Api, sam: Person, text: str, trouble: str) -> None:
    reply = await api("sendMessage", chat_id=sam.id, text=text)
    assert (reply.status, reply.trouble) == (400, f"Bad Request: {trouble}")


async def test_the_longest_text_and_caption_are_taken(api: Api, sam: Person, png: bytes) -> None:
    assert (await api("sendMessage", chat_id=sam.id, text="x" * 4096)).status == 200
    photo = {"photo": ("p.png", png)}
    fits = await api.upload("sendPhoto", photo, chat_id=sam.id, caption="x" * 1024)
    assert fits.status == 200
    over = await api.upload("sendPhoto", photo, chat_id=sam.id, caption="x" * 1025)
    assert over.trouble == "Bad Request: message caption is too long"


async def test_text_that_is_not_unicode_is_refused(api: Api, sam: Person) -> None:
    reply = await api("sendMessage", chat_id=sam.id, text="\ud800")
    assert reply.trouble == "Bad Request: strings must be encoded in UTF-8"


@pytest.mark.parametrize(
    ("markup", "trouble"),
    [
        (inline([button(data="x" * 65)]), "BUTTON_DATA_INVALID"),
        (inline([button(data="ü" * 33)]), "BUTTON_DATA_INVALID"),
        (inline([button(data="")]), "BUTTON_DATA_INVALID"),
        (inline(*[[button()] for _ in range(101)]), "reply markup is too long"),
        (inline([button()] * 9), "reply markup is too long"),
        (
            {"inline_keyboard": None},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"inline_keyboard": [button()]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (inline([{"text": "Yes"}]), "text buttons are unallowed in the inline keyboard"),
        (
            inline([{"callback_data": "y"}]),
            "can't parse inline keyboard button: can't find field \"text\"",
        ),
        (
            inline([button() | {"style": "rainbow"}]),
            "can't parse inline keyboard button: invalid button style specified",
        ),
        (inline([{"text": "Go", "url": "no address"}]), "BUTTON_URL_INVALID"),
        (inline(["Yes"]), "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),  # type: ignore[list-item]  # on purpose not what a keyboard holds
        ([], "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
        (
            {"keyboard": [[""]]},
            "can't parse keyboard button: text must be non-empty",
        ),
        (
            {"keyboard": None},
            'field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays',
        ),
        ({"keyboard": [["a"] * 13]}, "reply markup is too long"),
    ],
)
async def test_a_keyboard_that_telegram_would_not_take_is_refused(
    api: Api, sam: Person, markup: object, trouble: str
) -> None:
    reply = await api("sendMessage", chat_id=sam.id, text="Ready?", reply_markup=markup)
    assert (reply.status, reply.trouble) == (400, f"Bad Request: {trouble}")


async def test_the_largest_inline_keyboard_is_taken(api: Api, sam: Person) -> None:
    rows = [[button(data="x" * 64)] * 8 for _ in range(12)] + [[button()] * 4]
    reply = await api("sendMessage", chat_id=sam.id, text="Ready?", reply_markup=inline(*rows))
    assert reply.status == 200
    assert len(sam.last().buttons) == 100


async def test_a_reply_needs_a_message_that_is_there(api: Api, sam: Person) -> None:
    where = {"message_id": 999}
    reply = await api("sendMessage", chat_id=sam.id, text="Yes", reply_parameters=where)
    assert reply.trouble == "Bad Request: message to be replied not found"
    where["allow_sending_without_reply"] = True
    reply = await api("sendMessage", chat_id=sam.id, text="Yes", reply_parameters=where)
    assert "reply_to_message" not in reply.result
    there = {"message_id": reply.result["message_id"]}
    reply = await api("sendMessage", chat_id=sam.id, text="No", reply_parameters=there)
    assert reply.result["reply_to_message"]["text"] == "Yes"


@pytest.mark.parametrize(
    ("html", "trouble"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<x>", 'Unsupported start tag "x" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b>x</i>",
            'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<span>x</span>", 'Unsupported start tag "span" at byte offset 0'),
    ],
)
async def test_html_that_cannot_be_parsed_is_refused(api: Api, sam: Person, html: str, trouble: str) -> None:
    reply = await api("sendMessage", chat_id=sam.id, text=html, parse_mode="HTML")
    assert reply.trouble == f"Bad Request: can't parse entities: {trouble}"


async def test_html_becomes_text_and_entities_counted_in_utf_16(api: Api, sam: Person) -> None:
    html = ' 😀 <b>Bold <i>&amp; more</i></b> <a href="https://example.org/?a=1&amp;b=2">here</a> '
    reply = await api("sendMessage", chat_id=sam.id, text=html, parse_mode="HTML")
    assert reply.result["text"] == "😀 Bold & more here"
    assert reply.result["entities"] == [
        {"type": "bold", "offset": 3, "length": 11},
        {"type": "italic", "offset": 8, "length": 6},
        {
            "type": "text_link",
            "offset": 15,
            "length": 4,
            "url": "https://example.org/?a=1&b=2",
        },
    ]


async def test_given_entities_must_lie_within_the_text(api: Api, sam: Person) -> None:
    def bold(offset: int, length: int) -> list[dict[str, Any]]:
        return [{"type": "bold", "offset": offset, "length": length}]

    sent = await api("sendMessage", chat_id=sam.id, text="Hello", entities=bold(0, 5))
    assert sent.result["entities"] == bold(0, 5)
    over = await api("sendMessage", chat_id=sam.id, text="Hello", entities=bold(3, 5))
    assert over.trouble == "Bad Request: ENTITY_BOUNDS_INVALID"
    wrongs: list[tuple[object, str]] = [
        ({"type": "bold"}, "expected an Array of MessageEntity"),
        ([{"type": "bold"}], "MessageEntity must have type, offset and length"),
    ]
    for wrong, trouble in wrongs:
        reply = await api("sendMessage", chat_id=sam.id, text="Hello", entities=wrong)
        assert reply.trouble == f"Bad Request: can't parse entities: {trouble}"
    unknown = await api("sendMessage", chat_id=sam.id, text="Hello", parse_mode="Wiki")
    assert unknown.trouble == "Bad Request: unsupported parse_mode"


async def test_protected_and_silent_messages_are_marked(api: Api, sam: Person) -> None:
    reply = await api(
        "sendMessage",
        chat_id=sam.id,
        text="Private",
        protect_content=True,
        disable_notification=True,
    )
    assert reply.result["has_protected_content"] is True
    assert sam.last().protected
    assert sam.last().silent
    for method in ("copyMessage", "forwardMessage"):
        again = await api(method, chat_id=sam.id, from_chat_id=sam.id, message_id=reply.result["message_id"])
        assert again.status == 400


async def test_messages_can_be_copied_and_forwarded(api: Api, sam: Person) -> None:
    first = (await api("sendMessage", chat_id=sam.id, text="Once")).result["message_id"]
    where = {"chat_id": sam.id, "from_chat_id": sam.id}
    copied = (await api("copyMessage", **where, message_id=first)).result["message_id"]
    assert copied > first
    forwarded = (await api("forwardMessage", **where, message_id=first)).result
    assert forwarded["forward_origin"]["type"] == "user"
    assert [message.text for message in sam.messages if message.by_bot] == ["Once"] * 3
    missing = await api("forwardMessage", **where, message_id=999)
    assert missing.trouble == "Bad Request: message to forward not found"


async def test_photos_are_limited_in_bytes_sides_and_kind(api: Api, sam: Person) -> None:
    async def photo(content: bytes) -> str:
        files = {"photo": ("p.png", content)}
        return (await api.upload("sendPhoto", files, chat_id=sam.id)).trouble

    assert "is too big for a photo" in await photo(bytes(10 * 1024 * 1024 + 1))
    assert await photo(b"no picture") == "Bad Request: IMAGE_PROCESS_FAILED"
    assert await photo(picture(1, 21)) == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    assert await photo(picture(9000, 1001)) == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    assert await photo(b"") == "Bad Request: file must be non-empty"
    missing = await api("sendPhoto", chat_id=sam.id)
    assert missing.trouble == "Bad Request: there is no photo in the request"


async def test_an_upload_of_more_than_fifty_megabytes_is_refused(api: Api, sam: Person) -> None:
    just_over = Upload("d.pdf", "application/pdf", bytes(50 * 1024 * 1024 + 1))
    call = Call("sendDocument", {"chat_id": str(sam.id)}, {"document": just_over})
    with pytest.raises(RefusalError, match="Request Entity Too Large"):
        perform(api.telegram.world, call)
    url = f"{api.telegram.base_url}{DEMO_TOKEN}/sendDocument"
    anything = io.BytesIO(bytes(51 * 1024 * 1024))
    async with api.session.post(url, data=anything) as response:
        assert response.status == 413
        assert (await response.json())["description"] == "Request Entity Too Large"


async def test_a_long_voice_note_of_a_bot_arrives_as_a_document(api: Api, sam: Person) -> None:
    short = {"voice": ("v.oga", bytes(1024 * 1024))}
    reply = await api.upload("sendVoice", short, chat_id=sam.id, duration=3)
    assert reply.result["voice"]["duration"] == 3
    long = {"voice": ("v.oga", bytes(1024 * 1024 + 1))}
    reply = await api.upload("sendVoice", long, chat_id=sam.id, duration=3)
    assert "voice" not in reply.result
    assert reply.result["document"]["file_name"] == "v.oga"


async def test_an_album_holds_two_to_ten_of_one_kind(api: Api, sam: Person, png: bytes) -> None:
    def media(*kinds: str) -> list[dict[str, str]]:
        return [{"type": kind, "media": "attach://file"} for kind in kinds]

    files = {"file": ("f.png", png)}

    async def album(*kinds: str) -> Reply:
        return await api.upload("sendMediaGroup", files, chat_id=sam.id, media=media(*kinds))

    assert (await album("photo")).status == 400
    assert (await album(*["photo"] * 11)).status == 400
    assert "album" in (await album("photo", "document")).trouble
    assert (await album("photo", "poem")).status == 400
    sent = (await album("photo", "photo")).result
    assert len({item["media_group_id"] for item in sent}) == 1
    assert [message.content for message in sam.messages[-2:]] == [png, png]


async def test_chat_actions_are_kept_and_unknown_ones_refused(api: Api, sam: Person) -> None:
    assert (await api("sendChatAction", chat_id=sam.id, action="typing")).result is True
    assert sam.chat.actions == ["typing"]
    assert (await api("sendChatAction", chat_id=sam.id, action="dancing")).status == 400


async def test_a_file_can_be_sent_again_by_its_id(api: Api, sam: Person, png: bytes) -> None:
    sent = await api.upload("sendPhoto", {"photo": ("p.png", png)}, chat_id=sam.id)
    file_id = sent.result["photo"][-1]["file_id"]
    again = await api("sendPhoto", chat_id=sam.id, photo=file_id, caption="Again")
    assert again.result["photo"][-1]["file_id"] == file_id
    assert sam.last().content == png
    assert (await api("sendPhoto", chat_id=sam.id, photo="F-unknown")).status == 400


async def test_a_file_that_is_named_must_be_known_and_of_that_kind(api: Api, sam: Person, png: bytes) -> None:
    photo = (await api.upload("sendPhoto", {"photo": ("p.png", png)}, chat_id=sam.id)).result
    file_id = photo["photo"][-1]["file_id"]
    assert (await api("sendPhoto", chat_id=sam.id, photo=file_id)).status == 200
    for method, kind in (("sendVoice", "voice"), ("sendDocument", "document"), ("sendAudio", "audio")):
        refused = await api(method, **{"chat_id": sam.id, kind: file_id})
        assert refused.trouble == f"Bad Request: can't use file of type Photo as {kind.capitalize()}"
    for kind, method in (("photo", "sendPhoto"), ("video_note", "sendVideoNote"), ("video", "sendVideo")):
        refused = await api(method, **{"chat_id": sam.id, kind: "of-another-bot"})
        assert refused.trouble == "Bad Request: wrong file identifier/HTTP URL specified"
    missing = await api("sendPhoto", chat_id=sam.id, photo="attach://nothing")
    assert missing.trouble == "Bad Request: there is no photo in the request"


async def test_a_download_is_limited_in_size_and_time(api: Api, sam: Person, clock: MovableClock) -> None:
    voice = (await sam.send_voice(b"OggS words", 4)).attachment
    assert voice is not None
    assert voice.file is not None
    found = (await api("getFile", file_id=voice.file.file_id)).result
    assert await api.download(found["file_path"]) == (200, b"OggS words")
    clock.move_by(timedelta(hours=1))
    assert (await api.download(found["file_path"]))[0] == 404
    long = (await sam.send_voice(bytes(20 * 1024 * 1024 + 1), 900)).attachment
    assert long is not None
    assert long.file is not None
    reply = await api("getFile", file_id=long.file.file_id)
    assert reply.trouble == "Bad Request: file is too big"
    assert (await api("getFile", file_id="no")).trouble == "Bad Request: invalid file_id"
    assert (await api("getFile")).trouble == "Bad Request: file_id not specified"


async def test_a_download_needs_the_token(api: Api) -> None:
    async with api.session.get(f"{api.telegram.base_file_url}1:x/voice/file_1.oga") as response:
        assert response.status == 401
