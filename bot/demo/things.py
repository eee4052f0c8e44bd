"""What people send beside words, with the fields that Telegram gives it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.demo.files import FileStore, photo_sizes
from bot.demo.formatting import Formatted
from bot.demo.messages import Attachment, Kind, ShownMessage

DICE = frozenset({"🎲", "🎯", "🏀", "⚽", "⚽️", "🎳", "🎰"})
"""Emojis that arrive as a dice when they are sent alone."""

_STICKER_SIDE = 512
_VIDEO_NOTE_SIDE = 384


def voice(files: FileStore, content: bytes, seconds: int) -> Attachment:
    """A voice note."""
    stored = files.add("voice", content, "audio/ogg")
    fields = stored.to_json() | {"duration": seconds, "mime_type": stored.mime_type}
    return Attachment(Kind.VOICE, fields, stored)


def photo(files: FileStore, content: bytes) -> Attachment:
    """A photo; bytes that are no picture are taken as one of a usual size."""
    stored = files.add("photos", content, "image/jpeg")
    return Attachment(Kind.PHOTO, photo_sizes(stored), stored)


def video_note(files: FileStore, content: bytes, seconds: int) -> Attachment:
    """A round video."""
    stored = files.add("video_notes", content, "video/mp4")
    fields = stored.to_json() | {"duration": seconds, "length": _VIDEO_NOTE_SIDE}
    return Attachment(Kind.VIDEO_NOTE, fields, stored)


def document(files: FileStore, content: bytes, name: str, mime_type: str) -> Attachment:
    """A file."""
    stored = files.add("documents", content, mime_type, name)
    fields = stored.to_json() | {"file_name": name, "mime_type": mime_type}
    return Attachment(Kind.DOCUMENT, fields, stored)


def sticker(files: FileStore, emoji: str) -> Attachment:
    """A sticker that stands for an emoji."""
    stored = files.add("stickers", emoji.encode(), "image/webp")
    fields = stored.to_json() | {
        "type": "regular",
        "width": _STICKER_SIDE,
        "height": _STICKER_SIDE,
        "is_animated": False,
        "is_video": False,
        "emoji": emoji,
    }
    return Attachment(Kind.STICKER, fields, stored)


def poll(number: int, question: str, options: Sequence[str]) -> Attachment:
    """A poll in which nobody has voted."""
    fields = {
        "id": f"poll-{number}",
        "question": question,
        "options": [
            {"text": option, "voter_count": 0, "persistent_id": str(place)} for place, option in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
    return Attachment(Kind.POLL, fields)


def edited(message: ShownMessage, formatted: Formatted, now: datetime) -> ShownMessage:
    """The message with other words."""
    return replace(message, formatted=formatted, edited_at=now)
