"""The methods by which a bot changes or takes away what stands in a chat."""

from collections.abc import Mapping
from dataclasses import replace

from bot.demo.chats import Chat
from bot.demo.limits import DELETABLE_FOR, DICE_DELETABLE_AFTER
from bot.demo.markup import InlineKeyboard, read_inline
from bot.demo.messages import Kind, ShownMessage
from bot.demo.refusals import NOT_MODIFIED, bad_request
from bot.demo.sending import read_caption, read_media, read_text
from bot.demo.wire import Call, JsonObject
from bot.demo.world import World


def edit_message_text(world: World, call: Call) -> JsonObject:
    """`editMessageText`; without a keyboard in the call the old one goes."""
    formatted, markup = read_text(call), read_inline(call)
    chat, old = _editable(world, call)
    if old.attachment is not None:
        raise bad_request("there is no text in the message to edit")
    return _changed(world, chat, replace(old, formatted=formatted, markup=markup))


def edit_message_caption(world: World, call: Call) -> JsonObject:
    """`editMessageCaption`; without a keyboard in the call the old one goes."""
    formatted, markup = read_caption(call), read_inline(call)
    chat, old = _editable(world, call)
    if old.attachment is None:
        raise bad_request("there is no caption in the message to edit")
    return _changed(world, chat, replace(old, formatted=formatted, markup=markup))


def edit_message_media(world: World, call: Call) -> JsonObject:
    """`editMessageMedia`; a message of mere text gets the picture or file too."""
    draft = read_media(world, call, call.structure("media", "can't parse input media JSON object"))
    markup = read_inline(call)
    chat, old = _editable(world, call)
    new = replace(old, formatted=draft.formatted, attachment=draft.attachment, markup=markup)
    return _changed(world, chat, new)


def edit_message_reply_markup(world: World, call: Call) -> JsonObject:
    """`editMessageReplyMarkup`; without a keyboard in the call the old one goes."""
    markup = read_inline(call)
    chat, old = _editable(world, call)
    return _changed(world, chat, replace(old, markup=markup))


def delete_message(world: World, call: Call) -> bool:
    """`deleteMessage`."""
    chat = world.chat(call)
    message = chat.find(call.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(world, message)
    world.remove(chat, message.id)
    return True


def delete_messages(world: World, call: Call) -> bool:
    """`deleteMessages`: 1 to 100 ids; those that are gone already are passed over."""
    ids = call.structure("message_ids", "can't parse message identifiers JSON object")
    if not isinstance(ids, list) or not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    chat = world.chat(call)
    found = [message for number in ids if (message := chat.find(int(number)))]
    for message in found:
        _check_deletable(world, message)
    for message in found:
        world.remove(chat, message.id)
    return True


def _editable(world: World, call: Call) -> tuple[Chat, ShownMessage]:
    chat = world.chat(call)
    message = chat.find(call.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    # Neither a message that carries a reply keyboard nor a forwarded one can ever be edited.
    keyboard = not isinstance(message.markup, InlineKeyboard | None)
    if not message.by_bot or keyboard or message.extra:
        raise bad_request("message can't be edited")
    return chat, message


def _changed(world: World, chat: Chat, new: ShownMessage) -> JsonObject:
    old = chat.find(new.id)
    if old is not None and _looks(old) == _looks(new):
        raise bad_request(NOT_MODIFIED)
    world.show(chat, replace(new, edited_at=world.clock.now()))
    return chat.told(replace(new, edited_at=world.clock.now()))


def _looks(message: ShownMessage) -> Mapping[str, object]:
    attachment = message.attachment
    return {
        "words": message.formatted,
        "kind": attachment.kind if attachment else None,
        "file": attachment.file.unique_id if attachment and attachment.file else None,
        "markup": message.markup,
    }


def _check_deletable(world: World, message: ShownMessage) -> None:
    age = world.clock.now() - message.sent_at
    dice = message.attachment is not None and message.attachment.kind is Kind.DICE
    if age >= DELETABLE_FOR or (dice and age < DICE_DELETABLE_AFTER):
        raise bad_request("message can't be deleted for everyone")
