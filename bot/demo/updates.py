"""The queue of updates that wait for the bot, with every trick that the real one plays."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, final

from bot.clock import Clock
from bot.demo.limits import UPDATES_KEPT
from bot.demo.pulse import Pulse
from bot.demo.wire import JsonObject

FIRST_UPDATE_ID = 700_000_001
_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_MUCH_TOO_HIGH = 10  # an offset further than this above the newest id is taken as no offset


@dataclass(frozen=True, slots=True)
class Waiting:
    """One update as the bot will read it; a `replay` is shown once whatever the offset."""

    update_id: int
    since: datetime
    body: bytes = field(repr=False)
    chat_id: int | None = None
    replay: bool = False


@final
class UpdateQueue:
    """Updates in the order of their arrival, kept until acknowledged or a day old."""

    def __init__(self, clock: Clock, pulse: Pulse) -> None:
        self._clock = clock
        self._pulse = pulse
        self._waiting: list[Waiting] = []
        self._held: list[Waiting] = []
        self._next_id = FIRST_UPDATE_ID
        self._twice = 0
        self._hold = 0
        self.allowed: tuple[str, ...] = ()
        self.acknowledged: list[Waiting] = []

    @property
    def pending(self) -> tuple[Waiting, ...]:
        """What the bot has not acknowledged and could still fetch."""
        self._forget_old()
        return tuple(self._waiting)

    def put(self, kind: str, payload: JsonObject, chat_id: int | None = None) -> int | None:
        """Queue an update of a kind that the bot wants; its id, or `None` if it is not wanted."""
        if not (kind in self.allowed if self.allowed else kind not in _NOT_BY_DEFAULT):
            return None
        body = json.dumps({"update_id": self._next_id, kind: payload}).encode()
        return self._arrive(self._next_id, body, chat_id)

    def inject(self, raw: Mapping[str, Any] | bytes, *, as_it_is: bool = False) -> int:
        """Queue anything at all, also what no parser takes; the id under which it waits.

        A mapping without `update_id` gets the next one unless `as_it_is`; bytes go out unchanged.
        """
        if isinstance(raw, bytes):
            return self._arrive(self._next_id, raw, None)
        given = raw.get("update_id")
        number = given if type(given) is int else self._next_id
        fields = dict(raw) if as_it_is or "update_id" in raw else {"update_id": number, **raw}
        return self._arrive(number, json.dumps(fields).encode(), None)

    def get(self, offset: int, limit: int) -> tuple[Waiting, ...]:
        """Drop what lies below `offset`, then show at most `limit` updates.

        A negative offset drops all but the last so many. One far above the newest id counts as
        none, so that a bot is not deaf when ids start anew.
        """
        self._forget_old()
        if offset < 0:
            self._acknowledge(self._waiting[:offset])
        elif 0 < offset <= self._next_id + _MUCH_TOO_HIGH:
            self._acknowledge([w for w in self._waiting if w.update_id < offset and not w.replay])
        shown = tuple(self._waiting[: max(1, min(limit, 100))])
        self._waiting = [w for w in self._waiting if not (w.replay and w in shown)]
        return shown

    def taken(self, waiting: Waiting) -> None:
        """Drop one update that a webhook took."""
        self._acknowledge([waiting])

    def clear(self) -> None:
        """Drop everything unseen, as `drop_pending_updates` does."""
        self._waiting.clear()
        self._pulse.beat()

    def restart_at(self, update_id: int) -> None:
        """Give the next update this id, perhaps a lower one, as after a quiet week."""
        self._next_id = update_id

    def duplicate_next(self, count: int = 1) -> None:
        """Let each of the next `count` updates arrive twice under the same id."""
        self._twice += count

    def reverse_next(self, count: int) -> None:
        """Hold the next `count` updates back, then let them arrive the other way round."""
        self._hold = count

    def replay(self, update_id: int) -> None:
        """Show an acknowledged update once more, as after a lost acknowledgement.

        Raises:
            LookupError: no acknowledged update has this id.
        """
        for old in reversed(self.acknowledged):
            if old.update_id == update_id:
                self._waiting.append(replace(old, replay=True))
                return self._pulse.beat()
        raise LookupError(f"update {update_id} was never acknowledged")

    def _arrive(self, update_id: int, body: bytes, chat_id: int | None) -> int:
        waiting = Waiting(update_id, self._clock.now(), body, chat_id)
        self._next_id = update_id + 1
        self._held.append(waiting)
        if self._twice:
            self._twice -= 1
            self._held.append(replace(waiting))
        self._hold = max(0, self._hold - 1)
        if not self._hold:
            self._release()
        return update_id

    def _release(self) -> None:
        different_ids = len({waiting.update_id for waiting in self._held}) > 1
        self._waiting += reversed(self._held) if different_ids else self._held
        self._held.clear()
        self._pulse.beat()

    def _acknowledge(self, gone: list[Waiting]) -> None:
        if gone:
            self.acknowledged += gone
            gone_ids = {id(waiting) for waiting in gone}
            self._waiting = [w for w in self._waiting if id(w) not in gone_ids]
            self._pulse.beat()

    def _forget_old(self) -> None:
        oldest = self._clock.now() - UPDATES_KEPT
        self._waiting = [waiting for waiting in self._waiting if waiting.since > oldest]
