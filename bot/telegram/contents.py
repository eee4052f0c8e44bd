"""What a message holds: words, media, or something that is not taken. Pure and total; it serves `inbound`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TypeAlias

from bot.telegram.fields import Fields, amount, part, text
from bot.telegram.incoming import Attachment, Ignored, Malformed, Trouble, Unused, UnwantedKind
from conversations.state import MediaKind


@dataclass(frozen=True, slots=True)
class Media:
    """A file in a message, and the words under it."""

    kind: MediaKind
    file: Fields = field(repr=False)
    caption: str = field(repr=False)
    group: str

    def attachment(self, *, chat_id: int, message_id: int, sent_at: datetime | None) -> Attachment:
        """The same, with where it came from."""
        return Attachment(
            chat_id=chat_id,
            message_id=message_id,
            sent_at=sent_at,
            kind=self.kind,
            file_id=text(self.file, "file_id"),
            file_unique_id=text(self.file, "file_unique_id"),
            size=amount(self.file, "file_size"),
            seconds=amount(self.file, "duration"),
            mime=mime if _MIME.fullmatch(mime := text(self.file, "mime_type")) else "",
            caption=self.caption,
            group=self.group,
        )


Content: TypeAlias = str | Media | UnwantedKind | Ignored | Malformed

_MIME = re.compile(r"[\w.+-]{1,64}/[\w.+-]{1,64}", re.ASCII)
_FORWARDED = ("forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name")
# The order counts: a venue also holds a location, and an animation a document.
_UNWANTED: Mapping[str, UnwantedKind] = MappingProxyType(
    {
        "location": UnwantedKind.LOCATION,
        "venue": UnwantedKind.LOCATION,
        "contact": UnwantedKind.CONTACT,
        "poll": UnwantedKind.POLL,
        "game": UnwantedKind.GAME,
        "animation": UnwantedKind.ANIMATION,
        "document": UnwantedKind.DOCUMENT,
    }
)
# A recording sent as a music file is a voice all the same.
_MEDIA: Mapping[str, MediaKind] = MappingProxyType(
    {
        "voice": MediaKind.VOICE,
        "audio": MediaKind.VOICE,
        "video_note": MediaKind.VIDEO,
        "video": MediaKind.VIDEO,
    }
)
# Sent "as a file", a photo or a recording is still one. Other pictures (moving ones, raw ones) are not taken.
_FILES: Mapping[str, MediaKind] = MappingProxyType(
    {
        "image/jpeg": MediaKind.PHOTO,
        "image/png": MediaKind.PHOTO,
        "image/webp": MediaKind.PHOTO,
        "audio": MediaKind.VOICE,
        "video": MediaKind.VIDEO,
    }
)
# What says something about a message, rather than being what it says.
_AROUND = frozenset({
    "message_id", "message_thread_id", "direct_messages_topic", "from", "sender_chat", "sender_boost_count",
    "sender_business_bot", "sender_tag", "date", "business_connection_id", "chat", "is_topic_message",
    "is_automatic_forward", "reply_to_message", "external_reply", "quote", "reply_to_story",
    "reply_to_checklist_task_id", "reply_to_poll_option_id", "via_bot", "edit_date", "has_protected_content",
    "is_from_offline", "is_paid_post", "media_group_id", "author_signature", "paid_star_count", "text", "entities",
    "link_preview_options", "suggested_post_info", "effect_id", "caption", "caption_entities",
    "show_caption_above_media", "has_media_spoiler", "reply_markup",
})  # fmt: skip
# What Telegram tells of by itself in a private chat. Whatever is in neither list is taken for something sent, so that
# a kind of message that is newer than this list gets an answer.
_EVENTS = frozenset({
    "pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "connected_website", "users_shared",
    "user_shared", "chat_shared", "successful_payment", "refunded_payment", "proximity_alert_triggered",
    "chat_background_set", "web_app_data", "gift", "unique_gift", "gift_upgrade_sent", "boost_added",
    "giveaway_created", "giveaway_winners", "giveaway_completed", "checklist_tasks_done", "checklist_tasks_added",
    "paid_message_price_changed", "direct_message_price_changed", "poll_option_added", "poll_option_deleted",
    "suggested_post_approved", "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid",
    "suggested_post_refunded", "managed_bot_created", "forum_topic_created", "forum_topic_edited",
})  # fmt: skip


def content(message: Fields) -> Content:
    """What one private message holds; the first that is found counts."""
    if any(message.get(key) is not None for key in _FORWARDED):
        return UnwantedKind.FORWARDED
    for key in ("text", "caption"):
        if message.get(key) is not None and not isinstance(message[key], str):
            return Malformed(Trouble.NO_WORDS)
    said = text(message, "text")
    if said:
        return said
    return _emoji(message) or _media(message) or _unwanted(message) or _left_over(message)


def _emoji(message: Fields) -> str:
    return text(part(message, "sticker"), "emoji") or text(part(message, "dice"), "emoji")


def _media(message: Fields) -> Media | Malformed | None:
    found = _photo(message)
    for key, kind in _MEDIA.items():
        if found is None and isinstance(message.get(key), dict):
            found = kind, part(message, key)
    found = found or _file(message)
    if found is None:
        return None
    kind, file = found
    if not text(file, "file_id"):
        return Malformed(Trouble.NO_FILE)
    return Media(kind, file, text(message, "caption"), text(message, "media_group_id"))


def _photo(message: Fields) -> tuple[MediaKind, Fields] | None:
    """The largest of the sizes in which Telegram offers a photo."""
    sizes = message.get("photo")
    if not isinstance(sizes, list):
        return None
    offered = [size for size in sizes if isinstance(size, dict)]
    largest = max(offered, key=lambda size: (amount(size, "width") or 0) * (amount(size, "height") or 0), default={})
    return MediaKind.PHOTO, largest


def _file(message: Fields) -> tuple[MediaKind, Fields] | None:
    """A document that is a photo, a recording or a video by the kind that Telegram gives it; its bytes are checked."""
    if message.get("animation") is not None:
        return None
    mime = text(part(message, "document"), "mime_type").lower()
    kind = _FILES.get(mime) or _FILES.get(mime.partition("/")[0])
    return None if kind is None else (kind, part(message, "document"))


def _unwanted(message: Fields) -> UnwantedKind | None:
    return next((kind for key, kind in _UNWANTED.items() if message.get(key) is not None), None)


def _left_over(message: Fields) -> UnwantedKind | Ignored:
    rest = {key for key, value in message.items() if value is not None} - _AROUND
    if not rest:
        return Ignored(Unused.EMPTY)
    return Ignored(Unused.SERVICE) if rest <= _EVENTS else UnwantedKind.OTHER
