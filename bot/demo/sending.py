"""The methods by which a bot puts something new into a chat."""

from dataclasses import replace

from bot.demo.chats import Chat
from bot.demo.files import StoredFile, photo_sizes, picture_size
from bot.demo.formatting import Formatted, read_formatted
from bot.demo.limits import (
    MAX_CAPTION,
    MAX_PHOTO,
    MAX_TEXT,
    MAX_UPLOAD,
    MAX_VOICE_BY_BOT,
    text_length,
)
from bot.demo.markup import read_markup
from bot.demo.messages import Attachment, Kind, ShownMessage
from bot.demo.refusals import TOO_LARGE, RefusalError, bad_request
from bot.demo.wire import Call, Json, JsonObject
from bot.demo.world import Draft, World

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_MAX_SIDES = 10_000
_MAX_RATIO = 20


def send_message(world: World, call: Call) -> JsonObject:
    """`sendMessage`."""
    return _send(world, call, Draft(formatted=read_text(call)))


def send_photo(world: World, call: Call) -> JsonObject:
    """`sendPhoto`."""
    return _send_file(world, call, Kind.PHOTO)


def send_document(world: World, call: Call) -> JsonObject:
    """`sendDocument`."""
    return _send_file(world, call, Kind.DOCUMENT)


def send_voice(world: World, call: Call) -> JsonObject:
    """`sendVoice`; a voice note that is too long for a bot arrives as a document."""
    return _send_file(world, call, Kind.VOICE)


def send_audio(world: World, call: Call) -> JsonObject:
    """`sendAudio`: what is played as music."""
    return _send_file(world, call, Kind.AUDIO)


def send_video(world: World, call: Call) -> JsonObject:
    """`sendVideo`."""
    return _send_file(world, call, Kind.VIDEO)


def send_video_note(world: World, call: Call) -> JsonObject:
    """`sendVideoNote`."""
    return _send_file(world, call, Kind.VIDEO_NOTE)


def send_media_group(world: World, call: Call) -> list[JsonObject]:
    """`sendMediaGroup`: 2 to 10 photos, or 2 to 10 documents."""
    media = call.structure("media", "can't parse media JSON object")
    if not isinstance(media, list) or not 2 <= len(media) <= 10:
        raise bad_request("there must be from 2 to 10 media in the album")
    drafts = [read_media(world, call, item) for item in media]
    kinds = {draft.attachment.kind for draft in drafts if draft.attachment}
    if len(kinds) > 1:
        raise bad_request("can't use the media of the specified type in the album")
    chat = world.chat(call)
    common = _addressed(chat, call, Draft(album=f"album-{world.number()}"))
    world.spend(chat, len(drafts))
    return [
        chat.told(
            world.post(
                chat,
                world.bot,
                replace(common, formatted=draft.formatted, attachment=draft.attachment),
            )
        )
        for draft in drafts
    ]


def send_chat_action(world: World, call: Call) -> bool:
    """`sendChatAction`; what a person saw is kept in the chat's `actions`."""
    if call.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.chat(call).actions.append(call.text("action"))
    world.pulse.beat()
    return True


def copy_message(world: World, call: Call) -> JsonObject:
    """`copyMessage`."""
    source = _source(world, call)
    draft = Draft(formatted=source.formatted, attachment=source.attachment)
    return {"message_id": _send(world, call, draft)["message_id"]}


def forward_message(world: World, call: Call) -> JsonObject:
    """`forwardMessage`."""
    source = _source(world, call)
    origin = {"type": "user", "date": int(source.sent_at.timestamp()), "sender_user": source.sender}
    draft = Draft(
        formatted=source.formatted,
        attachment=source.attachment,
        extra={"forward_origin": origin},
    )
    return _send(world, call, draft)


def read_text(call: Call) -> Formatted:
    """The text of a call, which must be there and not too long."""
    formatted = read_formatted(call, "text", "entities")
    if not formatted.text:
        raise bad_request("message text is empty")
    if text_length(formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return formatted


def read_caption(call: Call) -> Formatted:
    """The caption of a call, which may be missing."""
    formatted = read_formatted(call, "caption", "caption_entities")
    if text_length(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def read_media(world: World, call: Call, item: Json) -> Draft:
    """One `InputMedia`, with files that came with the call."""
    if not isinstance(item, dict) or item.get("type") not in {Kind.PHOTO, Kind.DOCUMENT, Kind.AUDIO, Kind.VIDEO}:
        raise bad_request("can't parse InputMedia: type must be non-empty")
    if not item.get("media"):
        raise bad_request("can't parse InputMedia: media not found")
    parts = {name: str(value) for name, value in item.items() if isinstance(value, str)}
    caption = read_caption(Call(call.method, parts))
    return Draft(formatted=caption, attachment=_attachment(world, call, Kind(item["type"]), item["media"]))


def _send_file(world: World, call: Call, kind: Kind) -> JsonObject:
    attachment = _attachment(world, call, kind, call.text(kind) or f"attach://{kind}")
    formatted = Formatted("") if kind is Kind.VIDEO_NOTE else read_caption(call)
    return _send(world, call, Draft(formatted=formatted, attachment=attachment))


def _send(world: World, call: Call, draft: Draft) -> JsonObject:
    draft = replace(draft, markup=read_markup(call))
    chat = world.chat(call)
    draft = _addressed(chat, call, draft)
    world.spend(chat)
    return chat.told(world.post(chat, world.bot, draft))


def _addressed(chat: Chat, call: Call, draft: Draft) -> Draft:
    reply = call.structure("reply_parameters", "can't parse reply parameters JSON object") or {}
    wanted = reply.get("message_id") or call.integer("reply_to_message_id") or None
    if wanted is not None and chat.find(int(wanted)) is None:
        if not (reply.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply")):
            raise bad_request("message to be replied not found")
        wanted = None
    return replace(
        draft,
        reply_to=wanted,
        protected=call.flag("protect_content"),
        silent=call.flag("disable_notification"),
    )


def _source(world: World, call: Call) -> ShownMessage:
    deed = "forward" if call.method.lower().startswith("forward") else "copy"
    source = world.chat(call, "from_chat_id").find(call.integer("message_id"))
    if source is None:
        raise bad_request(f"message to {deed} not found")
    if source.protected:
        raise bad_request(f"message can't be {'forwarded' if deed == 'forward' else 'copied'}")
    return source


def _attachment(world: World, call: Call, kind: Kind, reference: str) -> Attachment:
    stored = _uploaded(world, call, kind, reference) or _known(world, kind, reference)
    if kind is Kind.VOICE and stored.size > MAX_VOICE_BY_BOT:
        kind = Kind.DOCUMENT
    return Attachment(kind, _fields(kind, stored, call), stored)


def _known(world: World, kind: Kind, file_id: str) -> StoredFile:
    """A file that was sent before, which keeps the kind as which it was sent."""
    if file_id.startswith("attach://"):
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    stored = world.files.find(file_id)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    was = stored.folder.removesuffix("s")
    if was != kind:
        raise bad_request(f"can't use file of type {was.capitalize()} as {kind.value.capitalize()}")
    return stored


def _uploaded(world: World, call: Call, kind: Kind, reference: str) -> StoredFile | None:
    upload = call.uploads.get(reference.removeprefix("attach://")) or call.uploads.get(kind)
    if upload is None or (reference and not reference.startswith("attach://")):
        return None
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > MAX_UPLOAD:
        raise RefusalError(TOO_LARGE)
    if kind is Kind.PHOTO:
        _check_photo(upload.content)
    return world.files.add(f"{kind}s", upload.content, upload.mime_type, upload.file_name)


def _check_photo(content: bytes) -> None:
    if len(content) > MAX_PHOTO:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
        )
    size = picture_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > _MAX_SIDES or max(size) > _MAX_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _fields(kind: Kind, stored: StoredFile, call: Call) -> JsonObject | list[JsonObject]:
    fields = stored.to_json()
    seconds = call.integer("duration")
    match kind:
        case Kind.PHOTO:
            return photo_sizes(stored)
        case Kind.VOICE | Kind.AUDIO:
            return fields | {"duration": seconds, "mime_type": stored.mime_type}
        case Kind.VIDEO:
            size = {"width": call.integer("width", 320), "height": call.integer("height", 240)}
            return fields | {"duration": seconds, "mime_type": stored.mime_type} | size
        case Kind.VIDEO_NOTE:
            return fields | {"duration": seconds, "length": call.integer("length", 240)}
        case _:
            return fields | {"file_name": stored.file_name, "mime_type": stored.mime_type}
