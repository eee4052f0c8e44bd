"""When a message is taken out of a chat: a day after it is safely stored, and before the messenger forbids it.

Telegram lets a bot delete messages of a private chat for 48 hours (Bot API, deleteMessage).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

AFTER: Final = timedelta(hours=24)
BEFORE: Final = timedelta(hours=47)
TOO_LATE: Final = timedelta(hours=48)


def tidy_from(sent: datetime, stored: datetime) -> datetime:
    """From when a message may be deleted: a day after storing, or an hour before the last moment if that is sooner.

    What came long after it was sent, because the bot was off, would otherwise never be deleted.
    """
    return max(stored, min(stored + AFTER, sent + BEFORE - timedelta(hours=1)))


def is_too_late(sent: datetime, now: datetime) -> bool:
    """Whether it is not tried any more: an hour is left for clocks that differ and for a slow line."""
    return now >= sent + BEFORE
