"""The table of methods, and those that concern the bot itself, its presses, files and webhook."""

import json
import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from bot.demo import editing, sending
from bot.demo.chats import Standing, Toast
from bot.demo.limits import CALLBACK_QUERY_LIFETIME, MAX_CALLBACK_ANSWER, text_length
from bot.demo.refusals import NO_METHOD, STALE_QUERY, RefusalError, bad_request
from bot.demo.webhooks import WebhookSettings, on_loopback
from bot.demo.wire import Call, JsonObject
from bot.demo.world import World

Result: TypeAlias = bool | JsonObject | list[JsonObject]
Method: TypeAlias = Callable[[World, Call], Result]

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


def perform(world: World, call: Call) -> Result:
    """Carry out a call; raises `RefusalError` where Telegram would say no."""
    method = METHODS.get(call.method.lower())
    if method is None:
        raise RefusalError(NO_METHOD)
    return method(world, call)


def _get_me(world: World, _call: Call) -> JsonObject:
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def _answer_callback_query(world: World, call: Call) -> bool:
    press = world.presses.get(call.text("callback_query_id"))
    if press is None or press.answered:
        raise bad_request(STALE_QUERY)
    if world.clock.now() - press.pressed_at > CALLBACK_QUERY_LIFETIME:
        raise bad_request(STALE_QUERY)
    if text_length(call.text("text")) > MAX_CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answered = True
    toast = Toast(press.query_id, call.text("text"), alert=call.flag("show_alert"))
    world.toast(world.chats[press.chat_id], toast)
    return True


def _get_file(world: World, call: Call) -> JsonObject:
    if not call.text("file_id"):
        raise bad_request("file_id not specified")
    return world.files.link(call.text("file_id"), world.clock.now())


def _set_my_commands(world: World, call: Call) -> bool:
    commands = call.structure("commands", "can't parse commands JSON object")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad_request("can't parse list of bot commands")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(call)] = commands
    return True


def _get_my_commands(world: World, call: Call) -> list[JsonObject]:
    return world.commands.get(_scope(call), [])


def _delete_my_commands(world: World, call: Call) -> bool:
    world.commands.pop(_scope(call), None)
    return True


def _scope(call: Call) -> str:
    scope = call.structure("scope", "can't parse BotCommandScope JSON object")
    chosen = scope or {"type": "default"}
    return json.dumps([chosen, call.text("language_code")], sort_keys=True)


def _profile_setter(name: str, most: int) -> Method:
    def set_profile(world: World, call: Call) -> bool:
        if len(call.text(name)) > most:
            raise bad_request(f"BOT_{name.upper()}_INVALID")
        world.profile[name] = call.text(name)
        world.pulse.beat()
        return True

    return set_profile


def _leave_chat(world: World, call: Call) -> bool:
    chat = world.chat(call)
    if chat.description["type"] == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.standing = Standing.LEFT
    world.membership(chat, world.bot, ("member", "left"))
    return True


def _set_webhook(world: World, call: Call) -> bool:
    url = call.text("url")
    if url and not on_loopback(url):
        raise bad_request("bad webhook: the stand-in posts to loopback addresses only")
    if not _SECRET.fullmatch(call.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    connections = call.integer("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    keep_allowed_updates(world, call)
    if call.flag("drop_pending_updates"):
        world.updates.clear()
    settings = WebhookSettings(url, call.text("secret_token"), connections) if url else None
    world.webhook.set(settings)
    return True


def _delete_webhook(world: World, call: Call) -> bool:
    if call.flag("drop_pending_updates"):
        world.updates.clear()
    world.webhook.set(None)
    return True


def _get_webhook_info(world: World, _call: Call) -> JsonObject:
    settings = world.webhook.settings
    info: JsonObject = {
        "url": settings.url if settings else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if settings:
        info |= {"max_connections": settings.max_connections, "ip_address": "127.0.0.1"}
    if world.webhook.last_error:
        info |= {
            "last_error_date": int(world.clock.now().timestamp()),
            "last_error_message": world.webhook.last_error,
        }
    if world.updates.allowed:
        info["allowed_updates"] = list(world.updates.allowed)
    return info


def keep_allowed_updates(world: World, call: Call) -> None:
    """Remember which kinds of update the bot wants, if the call says so."""
    wanted = call.structure("allowed_updates", "can't parse allowed updates JSON object")
    if wanted is not None:
        world.updates.allowed = tuple(str(kind) for kind in wanted)


METHODS: Mapping[str, Method] = {
    "getme": _get_me,
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": _get_webhook_info,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendvoice": sending.send_voice,
    "sendaudio": sending.send_audio,
    "sendvideo": sending.send_video,
    "sendvideonote": sending.send_video_note,
    "sendmediagroup": sending.send_media_group,
    "sendchataction": sending.send_chat_action,
    "copymessage": sending.copy_message,
    "forwardmessage": sending.forward_message,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagemedia": editing.edit_message_media,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "deletemessages": editing.delete_messages,
    "answercallbackquery": _answer_callback_query,
    "getfile": _get_file,
    "setmycommands": _set_my_commands,
    "getmycommands": _get_my_commands,
    "deletemycommands": _delete_my_commands,
    "setmyname": _profile_setter("name", 64),
    "setmydescription": _profile_setter("description", 512),
    "setmyshortdescription": _profile_setter("short_description", 120),
    "leavechat": _leave_chat,
}
