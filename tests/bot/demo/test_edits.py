"""What a bot may change or take away afterwards, and the answers to presses."""

from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.demo.chats import Press
from bot.demo.people import Person
from bot.demo.wire import JsonObject
from tests.bot.demo.conftest import Api, picture

YES = {"inline_keyboard": [[{"text": "✅ Yes", "callback_data": "y"}]]}
NO = {"inline_keyboard": [[{"text": "No", "callback_data": "n"}]]}
UNCHANGED = (
    "Bad Request: message is not modified: specified new message content and reply markup are"
    " exactly the same as a current content and reply markup of the message"
)


async def asked(api: Api, sam: Person) -> int:
    reply = await api("sendMessage", chat_id=sam.id, text="Ready?", reply_markup=YES)
    return int(reply.result["message_id"])


async def test_an_edit_changes_the_message_in_its_place(api: Api, sam: Person, clock: MovableClock) -> None:
    number = await asked(api, sam)
    clock.move_by(timedelta(minutes=1))
    reply = await api("editMessageText", chat_id=sam.id, message_id=number, text="You said yes.")
    assert reply.result["edit_date"] == int(clock.now().timestamp())
    assert sam.last().edited
    assert sam.last().text == "You said yes."
    assert sam.visible_buttons() == []


async def test_an_edit_that_changes_nothing_is_refused(api: Api, sam: Person, png: bytes) -> None:
    number = await asked(api, sam)
    where = {"chat_id": sam.id, "message_id": number}
    same = await api("editMessageText", **where, text=" Ready? ", reply_markup=YES)
    assert (same.status, same.trouble) == (400, UNCHANGED)
    assert (await api("editMessageReplyMarkup", **where, reply_markup=YES)).trouble == UNCHANGED
    assert (await api("editMessageReplyMarkup", **where, reply_markup=NO)).status == 200
    assert (await api("editMessageReplyMarkup", **where)).status == 200
    assert (await api("editMessageReplyMarkup", **where)).trouble == UNCHANGED
    sent = await api.upload("sendPhoto", {"photo": ("p", png)}, chat_id=sam.id, caption="Board")
    where["message_id"] = sent.result["message_id"]
    assert (await api("editMessageCaption", **where, caption="Board")).trouble == UNCHANGED
    media = {"type": "photo", "media": "attach://p", "caption": "Board"}
    again = await api.upload("editMessageMedia", {"p": ("p.png", png)}, **where, media=media)
    assert again.trouble == UNCHANGED


async def test_a_picture_has_a_caption_and_a_text_has_none(api: Api, sam: Person, png: bytes) -> None:
    where = {"chat_id": sam.id, "message_id": await asked(api, sam)}
    no_caption = await api("editMessageCaption", **where, caption="x")
    assert no_caption.trouble == "Bad Request: there is no caption in the message to edit"
    media = {"type": "photo", "media": "attach://p", "caption": "Now with a picture"}
    assert (await api.upload("editMessageMedia", {"p": ("p.png", png)}, **where, media=media)).status == 200
    assert sam.last().content == png
    no_text = await api("editMessageText", **where, text="x")
    assert no_text.trouble == "Bad Request: there is no text in the message to edit"
    assert (await api("editMessageCaption", **where, caption="Other words")).status == 200
    assert sam.last().caption == "Other words"


async def test_a_picture_is_changed_by_upload_or_by_name_and_a_wrong_one_is_refused(
    api: Api, sam: Person, png: bytes
) -> None:
    async def photo(content: bytes) -> JsonObject:
        sent = await api.upload("sendPhoto", {"photo": ("p.png", content)}, chat_id=sam.id)
        return dict(sent.result)

    first, second = await photo(png), await photo(picture(9, 9))
    where = {"chat_id": sam.id, "message_id": second["message_id"]}
    by_name = {"type": "photo", "media": first["photo"][-1]["file_id"], "caption": "x" * 1024}
    assert (await api("editMessageMedia", **where, media=by_name, reply_markup=YES)).status == 200
    assert (sam.last().content, sam.last().caption, sam.visible_buttons()) == (png, "x" * 1024, ["✅ Yes"])
    for media, trouble in (
        ({**by_name, "media": "of-another-bot"}, "wrong file identifier/HTTP URL specified"),
        ({**by_name, "media": "attach://nothing"}, "there is no photo in the request"),
        ({**by_name, "caption": "x" * 1025}, "message caption is too long"),
        ({"type": "photo"}, "can't parse InputMedia: media not found"),
        ({"type": "poem", "media": "x"}, "can't parse InputMedia: type must be non-empty"),
    ):
        assert (await api("editMessageMedia", **where, media=media)).trouble == f"Bad Request: {trouble}"


async def test_only_an_own_message_that_is_there_can_be_edited(api: Api, sam: Person) -> None:
    theirs = await sam.type("Mine")
    reply = await api("editMessageText", chat_id=sam.id, message_id=theirs.id, text="x")
    assert reply.trouble == "Bad Request: message can't be edited"
    reply = await api("editMessageText", chat_id=sam.id, message_id=999, text="x")
    assert reply.trouble == "Bad Request: message to edit not found"


async def test_a_message_that_carries_a_reply_keyboard_cannot_be_edited(api: Api, sam: Person) -> None:
    sent = await api("sendMessage", chat_id=sam.id, text="Hello", reply_markup={"keyboard": [["Back"]]})
    number = sent.result["message_id"]
    reply = await api("editMessageText", chat_id=sam.id, message_id=number, text="x")
    assert reply.trouble == "Bad Request: message can't be edited"


async def test_a_forwarded_message_cannot_be_edited(api: Api, sam: Person) -> None:
    number = await asked(api, sam)
    where = {"chat_id": sam.id, "from_chat_id": sam.id, "message_id": number}
    forwarded = (await api("forwardMessage", **where)).result["message_id"]
    reply = await api("editMessageText", chat_id=sam.id, message_id=forwarded, text="x")
    assert reply.trouble == "Bad Request: message can't be edited"


async def test_an_edit_takes_inline_keyboards_only(api: Api, sam: Person) -> None:
    where = {"chat_id": sam.id, "message_id": await asked(api, sam)}
    markup = {"keyboard": [["Back"]]}
    reply = await api("editMessageText", **where, text="x", reply_markup=markup)
    assert reply.trouble == "Bad Request: inline keyboard expected"


async def test_a_reply_keyboard_stays_until_its_message_goes(api: Api, sam: Person) -> None:
    markup = {"keyboard": [["Back", {"text": "Help"}]], "is_persistent": True}
    sent = await api("sendMessage", chat_id=sam.id, text="Hello", reply_markup=markup)
    await asked(api, sam)
    assert sam.reply_buttons() == ["Back", "Help"]
    await api("deleteMessage", chat_id=sam.id, message_id=sent.result["message_id"])
    assert sam.reply_buttons() == []
    await api("sendMessage", chat_id=sam.id, text="Hello", reply_markup=markup)
    gone = {"remove_keyboard": True}
    await api("sendMessage", chat_id=sam.id, text="Bye", reply_markup=gone)
    assert sam.reply_buttons() == []


async def test_deleting_works_for_two_days_and_not_twice(api: Api, sam: Person, clock: MovableClock) -> None:
    number = await asked(api, sam)
    theirs = await sam.type("Please forget this")
    late = await asked(api, sam)
    clock.move_by(timedelta(hours=47, minutes=59))
    for message_id in (number, theirs.id):
        assert (await api("deleteMessage", chat_id=sam.id, message_id=message_id)).result is True
    again = await api("deleteMessage", chat_id=sam.id, message_id=number)
    assert again.trouble == "Bad Request: message to delete not found"
    clock.move_by(timedelta(minutes=1))
    reply = await api("deleteMessage", chat_id=sam.id, message_id=late)
    assert reply.trouble == "Bad Request: message can't be deleted for everyone"
    reply = await api("deleteMessages", chat_id=sam.id, message_ids=[late])
    assert reply.trouble == "Bad Request: message can't be deleted for everyone"
    assert [message.id for message in sam.chat.deleted] == [number, theirs.id]


async def test_many_can_be_deleted_at_once_and_missing_ones_are_passed_over(api: Api, sam: Person) -> None:
    numbers = [await asked(api, sam) for _ in range(3)]
    reply = await api("deleteMessages", chat_id=sam.id, message_ids=[*numbers, 999])
    assert reply.result is True
    assert not any(message.by_bot for message in sam.messages)
    assert (await api("deleteMessages", chat_id=sam.id, message_ids=[])).status == 400
    assert (await api("deleteMessages", chat_id=sam.id, message_ids=[1] * 101)).status == 400


async def test_a_dice_cannot_be_deleted_on_its_first_day(api: Api, sam: Person, clock: MovableClock) -> None:
    dice = await sam.type("⚽")
    assert (await api("deleteMessage", chat_id=sam.id, message_id=dice.id)).status == 400
    clock.move_by(timedelta(hours=25))
    assert (await api("deleteMessage", chat_id=sam.id, message_id=dice.id)).status == 200


STALE = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def pressed(api: Api, sam: Person) -> str:
    await asked(api, sam)
    press = await sam.press("Yes")
    assert isinstance(press, Press)
    return press.query_id


async def test_a_press_is_answered_once(api: Api, sam: Person) -> None:
    query = await pressed(api, sam)
    first = await api("answerCallbackQuery", callback_query_id=query, text="Saved")
    assert first.result is True
    assert [(toast.text, toast.alert) for toast in sam.toasts] == [("Saved", False)]
    second = await api("answerCallbackQuery", callback_query_id=query)
    assert (second.status, second.trouble) == (400, STALE)


async def test_an_unknown_and_an_old_press_cannot_be_answered(api: Api, sam: Person, clock: MovableClock) -> None:
    assert (await api("answerCallbackQuery", callback_query_id="1")).trouble == STALE
    query = await pressed(api, sam)
    clock.move_by(timedelta(seconds=61))
    assert (await api("answerCallbackQuery", callback_query_id=query)).trouble == STALE
    assert sam.toasts == []


@pytest.mark.parametrize(("length", "status"), [(200, 200), (201, 400)])
async def test_the_answer_to_a_press_is_short(api: Api, sam: Person, length: int, status: int) -> None:
    query = await pressed(api, sam)
    reply = await api("answerCallbackQuery", callback_query_id=query, text="x" * length, show_alert=True)
    assert reply.status == status
