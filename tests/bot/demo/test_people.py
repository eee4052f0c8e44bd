"""What the people of the stand-in can do, and what their chats show."""

import asyncio
import json
from typing import Any

import pytest

from bot.demo.chats import Press
from bot.demo.people import Person
from bot.demo.telegram_server import TelegramStandIn
from tests.bot.demo.conftest import Api

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "😀 Well", "callback_data": "w", "style": "success"}],
        [{"text": "Badly", "callback_data": "b"}],
    ]
}


def arrived(telegram: TelegramStandIn) -> list[dict[str, Any]]:
    return [json.loads(waiting.body) for waiting in telegram.updates.pending]


async def test_start_carries_its_payload(telegram: TelegramStandIn) -> None:
    sam = telegram.person("Sam", language="cy", username="sam_invented")
    await sam.start("abc_123-X")
    (update,) = arrived(telegram)
    assert update["message"]["text"] == "/start abc_123-X"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert update["message"]["from"]["language_code"] == "cy"
    assert update["message"]["chat"]["type"] == "private"
    for bad in ("x" * 65, "a b"):
        with pytest.raises(ValueError, match="deep link"):
            await sam.start(bad)


async def test_buttons_are_found_by_label_with_or_without_emoji_or_by_rule(
    api: Api, sam: Person, telegram: TelegramStandIn
) -> None:
    await api("sendMessage", chat_id=sam.id, text="How was it?", reply_markup=KEYBOARD)
    assert sam.visible_buttons() == ["😀 Well", "Badly"]
    for wanted in ("😀 Well", "Well", lambda button: button.style == "success"):
        await sam.press(wanted)
    queries = [update["callback_query"] for update in arrived(telegram)]
    assert [query["data"] for query in queries] == ["w", "w", "w"]
    assert len({query["id"] for query in queries}) == 3
    assert queries[0]["message"]["text"] == "How was it?"
    with pytest.raises(LookupError, match="Badly"):
        await sam.press("Great")


async def test_a_press_on_a_message_that_is_gone_still_arrives(sam: Person, telegram: TelegramStandIn) -> None:
    assert isinstance(await sam.press_data(77, "old"), Press)
    message = arrived(telegram)[0]["callback_query"]["message"]
    assert (message["message_id"], message["date"]) == (77, 0)


async def test_a_reply_button_types_its_label(api: Api, sam: Person, telegram: TelegramStandIn) -> None:
    markup = {"keyboard": [["⬅️ Back", "Help"]]}
    await api("sendMessage", chat_id=sam.id, text="Hello", reply_markup=markup)
    await sam.press("Back")
    assert arrived(telegram)[0]["message"]["text"] == "⬅️ Back"


@pytest.mark.parametrize("emoji", ["🎲", "🎯", "🏀", "⚽", "⚽️", "🎳", "🎰"])
async def test_a_dice_emoji_alone_arrives_as_a_dice(sam: Person, telegram: TelegramStandIn, emoji: str) -> None:
    await sam.type(f" {emoji} ")
    await sam.type(f"{emoji} is my favourite")
    alone, within = (update["message"] for update in arrived(telegram))
    assert alone["dice"]["emoji"] == emoji
    assert "text" not in alone
    assert within["text"].startswith(emoji)


async def test_very_long_words_arrive_as_several_messages(sam: Person, telegram: TelegramStandIn) -> None:
    await sam.type("x" * 5000)
    assert [len(update["message"]["text"]) for update in arrived(telegram)] == [4096, 904]


async def test_an_edit_arrives_as_an_edit_of_an_own_message(api: Api, sam: Person, telegram: TelegramStandIn) -> None:
    mine = await sam.type("Frist")
    await sam.edit(mine.id, "First")
    edited = arrived(telegram)[1]["edited_message"]
    assert (edited["message_id"], edited["text"]) == (mine.id, "First")
    assert "edit_date" in edited
    theirs = (await api("sendMessage", chat_id=sam.id, text="Hello")).result["message_id"]
    with pytest.raises(LookupError):
        await sam.edit(theirs, "Not mine")


async def test_a_reply_shows_what_it_replies_to_until_that_is_deleted(sam: Person, telegram: TelegramStandIn) -> None:
    first = await sam.type("First")
    await sam.type("Second", reply_to=first.id)
    assert arrived(telegram)[1]["message"]["reply_to_message"]["text"] == "First"
    await sam.delete(first.id)
    assert first not in sam.messages
    assert len(arrived(telegram)) == 2


async def test_an_album_is_several_messages_of_one_group(sam: Person, telegram: TelegramStandIn, png: bytes) -> None:
    await sam.album([png, png], caption="My week")
    first, second = (update["message"] for update in arrived(telegram))
    assert first["media_group_id"] == second["media_group_id"]
    assert (first.get("caption"), second.get("caption")) == ("My week", None)


async def test_blocking_and_unblocking_are_told_to_the_bot(sam: Person, telegram: TelegramStandIn) -> None:
    await sam.block_bot()
    with pytest.raises(LookupError, match="unblock"):
        await sam.type("Hello")
    await sam.unblock_bot()
    await sam.unblock_bot()
    changes = [update["my_chat_member"] for update in arrived(telegram)]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]
    await sam.type("Hello")


async def test_a_group_hears_the_bot_come_and_go(api: Api, sam: Person, telegram: TelegramStandIn) -> None:
    group = telegram.group("Invented class")
    await group.type(sam, "Before the bot came")
    await group.add_bot(sam)
    await group.type(sam, "With the bot")
    joined, heard = arrived(telegram)
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert heard["message"]["chat"]["type"] == "group"
    assert (await api("leaveChat", chat_id=group.chat.id)).result is True
    assert not group.has_bot
    refused = await api("sendMessage", chat_id=group.chat.id, text="Hello")
    assert refused.trouble == "Forbidden: bot is not a member of the group chat"
    assert (await api("leaveChat", chat_id=sam.id)).status == 400


async def test_waiting_for_the_bot_ends_with_its_message_or_in_time(api: Api, sam: Person) -> None:
    waiting = asyncio.create_task(sam.sees("ready"))
    await api("sendMessage", chat_id=sam.id, text="Hello")
    await api("sendMessage", chat_id=sam.id, text="I am ready")
    assert (await waiting).text == "I am ready"
    with pytest.raises(TimeoutError):
        await sam.until(lambda person: person.toasts, within=0.01)


async def test_nothing_a_person_wrote_shows_in_a_repr(api: Api, sam: Person) -> None:
    message = await sam.type("a secret thing")
    await api("sendMessage", chat_id=sam.id, text="a secret thing", reply_markup=KEYBOARD)
    seen = repr((message, sam.messages, api.telegram.calls, api.telegram.updates.pending))
    assert "secret" not in seen
    assert "Well" not in seen


async def test_the_last_message_of_a_silent_bot_is_missing(sam: Person) -> None:
    with pytest.raises(LookupError):
        sam.last()
