"""Telegram's limits, and the counting of messages per second that leads to "too many requests"."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import final

MIB = 1024 * 1024
MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_ANSWER = 200
MAX_CALLBACK_DATA_BYTES = 64
MAX_INLINE_BUTTONS = 100
MAX_INLINE_ROW = 8  # what every client shows without squeezing
MAX_PHOTO = 10 * MIB
MAX_UPLOAD = 50 * MIB
MAX_DOWNLOAD = 20 * MIB
MAX_VOICE_BY_BOT = MIB
FORM_ALLOWANCE = 64 * 1024  # what a multipart body holds beside the file itself

UPDATES_KEPT = timedelta(hours=24)
DELETABLE_FOR = timedelta(hours=48)
DICE_DELETABLE_AFTER = timedelta(hours=24)
CALLBACK_QUERY_LIFETIME = timedelta(seconds=60)
DOWNLOAD_LINK_LIFETIME = timedelta(hours=1)

_OVERALL_PER_SECOND = 30.0
_CHAT_PER_SECOND = 1.0
_CHAT_BURST = 3.0
_TOLERANCE = 0.1  # a sender that counts as we do must not trip over a few milliseconds of travel


def text_length(text: str) -> int:
    """Length in UTF-16 units, the stricter of the two ways in which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(slots=True)
class _Bucket:
    level: float
    filled_at: float


@final
class RateLimits:
    """Counts new messages: 30 a second overall, and 1 a second per chat after a burst of 3."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._overall = _Bucket(_OVERALL_PER_SECOND, monotonic())
        self._chats: dict[int, _Bucket] = {}

    def take(self, chat_id: int, messages: int = 1) -> int | None:
        """Count `messages` to a chat; or count none, and say how many whole seconds to wait."""
        now = self._monotonic()
        chat = self._chats.setdefault(chat_id, _Bucket(_CHAT_BURST, now))
        _fill(self._overall, _OVERALL_PER_SECOND, _OVERALL_PER_SECOND, now)
        _fill(chat, _CHAT_PER_SECOND, _CHAT_BURST, now)
        # An album is longer than the burst: it needs a full bucket, no more than that.
        weight = min(messages, _CHAT_BURST)
        overall_short, chat_short = messages - self._overall.level, weight - chat.level
        if max(overall_short, chat_short) > _TOLERANCE:
            wait = max(overall_short / _OVERALL_PER_SECOND, chat_short / _CHAT_PER_SECOND)
            return max(1, math.ceil(wait))
        self._overall.level -= messages
        chat.level -= weight
        return None


def _fill(bucket: _Bucket, rate: float, most: float, now: float) -> None:
    bucket.level = min(most, bucket.level + (now - bucket.filled_at) * rate)
    bucket.filled_at = now
