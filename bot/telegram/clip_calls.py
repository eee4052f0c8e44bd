"""How a kept voice, photo or video is sent, by what its bytes are. Pure; it sends nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.telegram.calls import Method
from bot.telegram.outbound import Outgoing, document
from conversations.state import MediaKind

MAX_VOICE: Final = 1024 * 1024
"""Over this a voice message of a bot is played as music, from 1 MB on."""
ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "image/jpeg": "jpg",
        "audio/ogg": "ogg",
        "audio/mpeg": "mp3",
        "audio/mp4": "m4a",
        "audio/wav": "wav",
        "audio/flac": "flac",
        "audio/amr": "amr",
        "audio/aac": "aac",
        "video/mp4": "mp4",
        "video/quicktime": "mov",
        "video/webm": "webm",
    }
)
"""How the file of each kind that is kept ends."""
_PLAYERS: Final[Mapping[str, Method]] = MappingProxyType(
    {
        "image/jpeg": Method.PHOTO,
        "audio/ogg": Method.VOICE,
        "audio/mpeg": Method.VOICE,
        "audio/mp4": Method.VOICE,
        "video/mp4": Method.VIDEO,
    }
)


def clip(file: str, kind: MediaKind, mime: str, size: int, caption: str = "") -> Outgoing:
    """A voice message, photo or video whose bytes the loader brings; as a file where Telegram would not play it.

    Raises:
        ValueError: the caption is too long.
    """
    method = _PLAYERS.get(mime, Method.DOCUMENT)
    if method is Method.VOICE and size > MAX_VOICE:
        method = Method.AUDIO
    return replace(document(file, clip_file(kind, mime), caption), method=method)


def clip_file(kind: MediaKind, mime: str, number: int = 0) -> str:
    """What its file is called: never by a name of a person."""
    return f"{kind.value}{f'-{number}' if number else ''}.{ENDINGS.get(mime, 'bin')}"
