"""Long words that Telegram's apps cut into several messages: one answer, and no answers to the next questions.

Kept in memory for a moment only; after a crash in that moment the rest counts as words of their own.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from bot.telegram.inbound import Words
from bot.telegram.outbound import MAX_TEXT
from bot.telegram.splitting import units

NEARLY_FULL: Final = 4000
"""An app cuts at the last blank before its limit, so a part may be a little shorter than it could be."""
AT_ONCE: Final = timedelta(seconds=3)
_CHATS: Final = 1000


@dataclass(frozen=True, slots=True)
class _Part:
    first: int
    text: str = field(repr=False)
    full: bool
    sent_at: datetime


@dataclass(slots=True)
class Pasting:
    """Knows, for each chat, whether the last words may go on."""

    _parts: OrderedDict[int, _Part] = field(default_factory=OrderedDict, repr=False)

    def continues(self, words: Words) -> tuple[str, int] | None:
        """The whole text so far and the number of its first message, where these words are the rest of earlier ones."""
        if words.sent_at is None:
            return None
        before = self._parts.pop(words.chat_id, None)
        goes_on = before is not None and timedelta(0) <= words.sent_at - before.sent_at <= AT_ONCE
        if before is None or not goes_on:
            self._remember(words, _Part(words.message_id, words.text, _is_full(words.text), words.sent_at))
            return None
        whole = before.text + ("" if before.full else "\n") + words.text
        self._remember(words, replace(before, text=whole, full=_is_full(words.text), sent_at=words.sent_at))
        return whole, before.first

    def _remember(self, words: Words, part: _Part) -> None:
        if units(words.text) < NEARLY_FULL:
            return
        self._parts[words.chat_id] = part
        while len(self._parts) > _CHATS:
            self._parts.popitem(last=False)


def _is_full(text: str) -> bool:
    """Cut at the very limit: no blank was lost between the parts."""
    return units(text) == MAX_TEXT
