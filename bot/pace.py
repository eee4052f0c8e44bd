"""How often the bot looks for work, and how long it keeps what is settled. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from bot.telegram.limiter import Limits

TICK: Final = timedelta(seconds=20)
SWEEP: Final = timedelta(seconds=5)
STUCK: Final = timedelta(minutes=1)
TIDY: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the ticks run, and how fast messages go; the demo and the tests are in more of a hurry."""

    tick: timedelta = TICK
    sweep: timedelta = SWEEP
    wait: int = 50
    limits: Limits = field(default_factory=Limits)
