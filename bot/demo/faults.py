"""What may go wrong on the way to Telegram, ordered in advance by a test."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias, TypeVar, final

from bot.demo.refusals import Refusal

DOWNLOAD = "download"
"""The name under which fetching a file is ordered to fail; it is no method of the Bot API."""


class Moment(StrEnum):
    """When a connection breaks."""

    BEFORE_ACTING = "before acting"
    AFTER_ACTING = "after acting"


@dataclass(frozen=True, slots=True)
class Refuses:
    """The call is refused and nothing happens."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Waits:
    """The call is read, then nothing happens until the event is set."""

    until: asyncio.Event


@dataclass(frozen=True, slots=True)
class Drops:
    """The connection breaks; after acting, the deed is done and the bot never hears of it."""

    when: Moment


@dataclass(frozen=True, slots=True)
class Garbles:
    """The deed is done and the answer is nonsense."""

    body: bytes = field(repr=False)
    status: int


Fault: TypeAlias = Refuses | Waits | Drops | Garbles
_F = TypeVar("_F", bound=Fault)


@dataclass(slots=True)
class _Order:
    method: str | None
    fault: Fault
    times: int


@final
class Faults:
    """Orders for the next calls; each is used up by the first calls that it fits."""

    def __init__(self) -> None:
        self._orders: list[_Order] = []

    def fail(self, refusal: Refusal, method: str | None = None, *, times: int = 1) -> None:
        """Refuse the next `times` calls of `method`, or of any method."""
        self._orders.append(_Order(method, Refuses(refusal), times))

    def slow(self, until: asyncio.Event, method: str | None = None, *, times: int = 1) -> None:
        """Let the next calls wait for an event before they act."""
        self._orders.append(_Order(method, Waits(until), times))

    def drop(self, when: Moment, method: str | None = None, *, times: int = 1) -> None:
        """Break the connection of the next calls."""
        self._orders.append(_Order(method, Drops(when), times))

    def garble(
        self,
        method: str | None = None,
        *,
        times: int = 1,
        body: bytes = b"<html>502 Bad Gateway</html>",
        status: int = 502,
    ) -> None:
        """Answer the next calls with something that is no answer, after acting."""
        self._orders.append(_Order(method, Garbles(body, status), times))

    @property
    def left(self) -> int:
        """How many calls are still ordered to go wrong."""
        return sum(order.times for order in self._orders)

    def clear(self) -> None:
        """Forget every order."""
        self._orders.clear()

    def take(self, method: str, kind: type[_F]) -> _F | None:
        """Use up one order of this kind for a call of `method`, if there is one."""
        for order in self._orders:
            if order.method in {None, method} and isinstance(order.fault, kind):
                order.times -= 1
                if order.times < 1:
                    self._orders.remove(order)
                return order.fault
        return None
