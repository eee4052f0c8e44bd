"""How many new messages a second Telegram takes. Pure arithmetic: time comes in as seconds of a monotonic clock.

It keeps chat ids in memory only, and forgets a chat that may send freely again. Edits and answers to presses are not
counted by Telegram and must not come here.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import final


@dataclass(frozen=True, slots=True)
class Limits:
    """At most `overall` new messages in any second; per chat `burst` at once, then one each `chat_seconds`."""

    overall: int = 30
    burst: int = 3
    chat_seconds: float = 1.0


_WINDOW = 1.0
_FORGET_FROM = 4096


@final
class Limiter:
    """Hands out moments at which a message may go."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._recent: deque[float] = deque(maxlen=self._limits.overall)
        self._chats: dict[int, float] = {}  # when the chat's whole burst is there again
        self._held: dict[int, float] = {}
        self._held_all = 0.0

    def held(self, chat_id: int, now: float) -> float:
        """Seconds for which Telegram told us to leave this chat, or everybody, alone; 0 where it did not."""
        return max(0.0, self._held.get(chat_id, 0.0) - now, self._held_all - now)

    def in_chat(self, chat_id: int, now: float) -> float:
        """Count one new message of this chat, and say in how many seconds the chat may have it."""
        limits = self._limits
        full_again = max(now, self._chats.get(chat_id, 0.0))
        at = max(now, full_again - (limits.burst - 1) * limits.chat_seconds)
        self._chats[chat_id] = full_again + limits.chat_seconds
        self._forget(now)
        return at - now

    def overall(self, now: float) -> float:
        """Count one new message that its chat may have now, and say in how many seconds it may go."""
        at = now
        if len(self._recent) == self._limits.overall:
            at = max(now, self._recent[0] + _WINDOW)
        self._recent.append(at)
        return at - now

    def obey(self, chat_id: int, seconds: float, now: float) -> None:
        """Telegram said "too many requests" for this chat. While it also holds for another, it holds for all."""
        until = now + seconds
        if any(other != chat_id and held > now for other, held in self._held.items()):
            self._held_all = max(self._held_all, until)
        self._held[chat_id] = max(self._held.get(chat_id, 0.0), until)

    def _forget(self, now: float) -> None:
        if len(self._chats) < _FORGET_FROM:
            return
        self._chats = {chat: free for chat, free in self._chats.items() if free > now}
        self._held = {chat: until for chat, until in self._held.items() if until > now}
