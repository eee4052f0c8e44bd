"""Two libraries written by others drive the stand-in and judge everything that it says."""

import json
from collections.abc import AsyncIterator, Iterator

import aiogram
import pytest
import telegram as ptb
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import BufferedInputFile
from pydantic import BaseModel
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from bot.demo.chats import Press
from bot.demo.people import Person
from bot.demo.refusals import Refusal
from bot.demo.telegram_server import DEMO_TOKEN, TelegramStandIn
from bot.demo.wire import Json


@pytest.fixture
async def bot(telegram: TelegramStandIn) -> AsyncIterator[ptb.Bot]:
    started = ptb.Bot(DEMO_TOKEN, base_url=telegram.base_url, base_file_url=telegram.base_file_url)
    async with started:
        yield started


@pytest.fixture
async def gram(telegram: TelegramStandIn) -> AsyncIterator[aiogram.Bot]:
    server = TelegramAPIServer(
        base=telegram.base_url + "{token}/{method}", file=telegram.base_file_url + "{token}/{path}"
    )
    started = aiogram.Bot(DEMO_TOKEN, session=AiohttpSession(api=server))
    yield started
    await started.session.close()


async def everything(sam: Person, telegram: TelegramStandIn, png: bytes) -> list[bytes]:
    """An update of each kind that the people of the stand-in can cause."""
    robin = telegram.person("Robin", username="robin_invented")
    await robin.start("abc")
    words = await sam.type("/help me, please")
    await sam.type("An answer", reply_to=words.id)
    await sam.edit(words.id, "Please help me")
    await sam.send_voice(b"OggS", 3)
    await sam.send_photo(png, "My week")
    await sam.album([png, png])
    await sam.send_video_note(b"video", 5)
    await sam.send_document(b"%PDF", "plan.pdf")
    await sam.send_sticker("😀")
    await sam.type("⚽")
    await sam.send_location()
    await sam.send_contact("Jo", "+440000000000")
    await sam.send_poll("Lunch?", ["Yes", "No"])
    await sam.forward("From elsewhere", "Somebody")
    await sam.press_data(words.id, "data")
    await sam.press_data(999, "data")
    group = telegram.group("Invented class")
    await group.add_bot(sam)
    await group.type(sam, "Hello all")
    await sam.block_bot()
    await sam.unblock_bot()
    return [waiting.body for waiting in telegram.updates.pending]


def unknown_to_ptb(thing: object) -> Iterator[str]:
    """Fields that python-telegram-bot does not know, anywhere within an object."""
    if isinstance(thing, ptb.TelegramObject):
        yield from (f"{type(thing).__name__}.{name}" for name in thing.api_kwargs)
        for name in thing.__slots__:
            yield from unknown_to_ptb(getattr(thing, name, None))
    elif isinstance(thing, list | tuple):
        for item in thing:
            yield from unknown_to_ptb(item)


def unknown_to_aiogram(thing: object) -> Iterator[str]:
    """Fields that aiogram does not know, anywhere within an object."""
    if isinstance(thing, BaseModel):
        yield from (f"{type(thing).__name__}.{name}" for name in thing.model_extra or {})
        for name in type(thing).model_fields:
            yield from unknown_to_aiogram(getattr(thing, name))
    elif isinstance(thing, list | tuple):
        for item in thing:
            yield from unknown_to_aiogram(item)


async def test_both_parsers_know_every_field_of_every_update(
    sam: Person, telegram: TelegramStandIn, png: bytes, bot: ptb.Bot
) -> None:
    bodies = await everything(sam, telegram, png)
    assert len(bodies) == 22
    for body in bodies:
        raw: Json = json.loads(body)
        parsed = ptb.Update.de_json(raw, bot)
        assert list(unknown_to_ptb(parsed)) == []
        judged = aiogram.types.Update.model_validate(raw)
        assert list(unknown_to_aiogram(judged)) == []
        assert judged.event_type == next(name for name in raw if name != "update_id")


async def test_python_telegram_bot_sends_edits_and_deletes(sam: Person, bot: ptb.Bot, png: bytes) -> None:
    yes = ptb.InlineKeyboardMarkup([[ptb.InlineKeyboardButton("Yes", callback_data="y")]])
    asked = await bot.send_message(sam.id, "<b>Ready</b>?", parse_mode="HTML", reply_markup=yes)
    assert asked.text_html == "<b>Ready</b>?"
    assert asked.reply_markup == yes
    edited = await bot.edit_message_text("You said yes.", sam.id, asked.message_id)
    assert isinstance(edited, ptb.Message)
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("You said yes.", sam.id, asked.message_id)
    assert await bot.edit_message_reply_markup(sam.id, asked.message_id, reply_markup=yes)
    photo = await bot.send_photo(sam.id, png, caption="Board")
    assert photo.photo[-1].width == 40
    assert await bot.edit_message_caption(sam.id, photo.message_id, caption="Other")
    media = ptb.InputMediaPhoto(png, caption="Third")
    assert await bot.edit_message_media(media, sam.id, photo.message_id)
    album = await bot.send_media_group(sam.id, [ptb.InputMediaPhoto(png)] * 2)
    assert album[0].media_group_id == album[1].media_group_id
    sent = [
        await bot.send_document(sam.id, b"%PDF", filename="digest.pdf"),
        await bot.send_voice(sam.id, b"OggS", duration=2),
        await bot.send_video_note(sam.id, b"video", duration=2),
        await bot.forward_message(sam.id, sam.id, asked.message_id),
    ]
    assert sent[0].document is not None
    assert sent[0].document.file_name == "digest.pdf"
    assert [list(unknown_to_ptb(message)) for message in [*sent, photo, *album]] == [[]] * 7
    copied = await bot.copy_message(sam.id, sam.id, asked.message_id)
    assert await bot.send_chat_action(sam.id, "typing")
    assert await bot.delete_message(sam.id, asked.message_id)
    assert await bot.delete_messages(sam.id, [photo.message_id, copied.message_id])


async def test_python_telegram_bot_polls_answers_and_downloads(
    sam: Person, bot: ptb.Bot, telegram: TelegramStandIn
) -> None:
    await sam.press_data(1, "y")
    voice = await sam.send_voice(b"OggS words", 3)
    pressed, spoken = await bot.get_updates(timeout=1)
    assert pressed.callback_query is not None
    assert await bot.answer_callback_query(pressed.callback_query.id, "Saved")
    assert [toast.text for toast in sam.toasts] == ["Saved"]
    assert spoken.message is not None
    assert spoken.message.voice is not None
    file = await bot.get_file(spoken.message.voice.file_id)
    assert await file.download_as_bytearray() == b"OggS words"
    assert await bot.get_updates(offset=spoken.update_id + 1) == ()
    assert telegram.updates.pending == ()
    assert voice.content == b"OggS words"


async def test_python_telegram_bot_sets_up_the_bot(bot: ptb.Bot, sam: Person) -> None:
    assert (await bot.get_me()).username == "firsthand_demo_bot"
    scope = ptb.BotCommandScopeChat(sam.id)
    assert await bot.set_my_commands([("help", "Get help"), ("stop", "Stop")], scope)
    assert [command.command for command in await bot.get_my_commands(scope)] == ["help", "stop"]
    assert await bot.get_my_commands() == ()
    assert await bot.delete_my_commands(scope)
    assert await bot.get_my_commands(scope) == ()
    assert await bot.set_my_name("Firsthand")
    assert await bot.set_my_description("What works for you?")
    assert await bot.set_my_short_description("Your words.")
    with pytest.raises(BadRequest):
        await bot.set_my_short_description("x" * 121)
    for command in (("Help!", "Get help"), ("help", "")):
        with pytest.raises(BadRequest):
            await bot.set_my_commands([command])
    assert await bot.set_webhook("http://127.0.0.1:9/hook", secret_token="abc")
    info = await bot.get_webhook_info()
    assert list(unknown_to_ptb(info)) == []
    with pytest.raises(Conflict):
        await bot.get_updates()
    assert await bot.delete_webhook()


async def test_python_telegram_bot_understands_each_refusal(
    bot: ptb.Bot, sam: Person, telegram: TelegramStandIn
) -> None:
    telegram.faults.fail(Refusal(429, "Too Many Requests: retry after 7", 7))
    with pytest.raises(RetryAfter):
        await bot.send_message(sam.id, "Hello")
    await sam.block_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(sam.id, "Hello")
    stranger = ptb.Bot("1000:wrong", base_url=telegram.base_url)
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_aiogram_drives_every_method_that_it_shares(sam: Person, gram: aiogram.Bot, png: bytes) -> None:
    button = aiogram.types.InlineKeyboardButton(text="Yes", callback_data="y", style="primary")
    yes = aiogram.types.InlineKeyboardMarkup(inline_keyboard=[[button]])
    file = BufferedInputFile(png, "board.png")
    asked = await gram.send_message(sam.id, "Ready?", reply_markup=yes, protect_content=True)
    chat, number = sam.id, asked.message_id
    photo = await gram.send_photo(sam.id, file, caption="Board")
    answers: list[object] = [
        await gram.get_me(),
        asked,
        photo,
        await gram.edit_message_text("You said yes.", chat_id=chat, message_id=number),
        await gram.edit_message_reply_markup(chat_id=chat, message_id=number, reply_markup=yes),
        await gram.edit_message_caption(chat_id=sam.id, message_id=photo.message_id, caption="Other"),
        await gram.edit_message_media(
            aiogram.types.InputMediaPhoto(media=file, caption="Third"),
            chat_id=sam.id,
            message_id=photo.message_id,
        ),
        await gram.send_media_group(sam.id, [aiogram.types.InputMediaDocument(media=file)] * 2),
        await gram.send_document(sam.id, BufferedInputFile(b"%PDF", "digest.pdf")),
        await gram.send_voice(sam.id, BufferedInputFile(b"OggS", "v.oga"), duration=2),
        await gram.send_video_note(sam.id, BufferedInputFile(b"video", "v.mp4")),
        await gram.get_webhook_info(),
    ]
    assert list(unknown_to_aiogram(answers)) == []
    assert asked.has_protected_content
    assert await gram.send_chat_action(sam.id, "typing")
    assert await gram.set_my_commands([aiogram.types.BotCommand(command="help", description="Get help")])
    assert await gram.delete_messages(sam.id, [asked.message_id])
    assert await gram.delete_message(sam.id, photo.message_id)


async def test_aiogram_polls_answers_downloads_and_understands_refusals(
    sam: Person, gram: aiogram.Bot, telegram: TelegramStandIn
) -> None:
    press = await sam.press_data(1, "y")
    await sam.send_voice(b"OggS words", 3)
    pressed, spoken = await gram.get_updates(timeout=1)
    assert pressed.callback_query is not None
    assert isinstance(press, Press)
    assert await gram.answer_callback_query(pressed.callback_query.id, "Saved", show_alert=True)
    assert [toast.alert for toast in sam.toasts] == [True]
    assert spoken.message is not None
    assert spoken.message.voice is not None
    downloaded = await gram.download(spoken.message.voice)
    assert downloaded is not None
    assert downloaded.read() == b"OggS words"
    telegram.faults.fail(Refusal(429, "Too Many Requests: retry after 7", 7))
    with pytest.raises(TelegramRetryAfter) as slow_down:
        await gram.send_message(sam.id, "Hello")
    assert slow_down.value.retry_after == 7
    await sam.block_bot()
    with pytest.raises(TelegramForbiddenError):
        await gram.send_message(sam.id, "Hello")
