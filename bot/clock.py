"""What time it is: the only place that asks the computer, and the clocks that tests and the demo move.

Nothing else may call `datetime.now`; whoever needs the time is handed an instant or a `Clock`.
"""

import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol, final


class Clock(Protocol):
    """Something that knows the present instant."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""
        ...


@final
class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""
        return datetime.now(UTC)


@final
class MovableClock:
    """A clock that stands still until it is moved, for one process."""

    def __init__(self, start: datetime) -> None:
        self._now = _in_utc(start)

    def now(self) -> datetime:
        """The instant it was last moved to, aware and in UTC."""
        return self._now

    def move_to(self, instant: datetime, *, backwards: bool = False) -> None:
        """Stand at `instant` from now on.

        Raises:
            ValueError: `instant` is naive, or earlier than now while `backwards` is false.
        """
        target = _in_utc(instant)
        if target < self._now and not backwards:
            raise ValueError(f"the clock stands at {self._now.isoformat()}, later than asked for")
        self._now = target

    def move_by(self, step: timedelta, *, backwards: bool = False) -> None:
        """Move by `step`; raises `ValueError` for a negative step unless `backwards` is true."""
        self.move_to(self._now + step, backwards=backwards)


@final
class FileClock:
    """A clock read from a small file, so that one process can move the clock of another."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        """The instant that the file holds at this moment, aware and in UTC.

        Raises:
            FileNotFoundError: nobody has written the file yet.
            ValueError: the file holds something else than one ISO 8601 instant with an offset.
        """
        return _in_utc(datetime.fromisoformat(self._path.read_text(encoding="ascii").strip()))


def write_instant(path: Path, instant: datetime) -> None:
    """Let every `FileClock` on `path` stand at `instant`; a reader never sees half of it.

    Raises:
        ValueError: `instant` is naive.
    """
    text = _in_utc(instant).isoformat()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
    Path(name).replace(path)


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("a clock needs an instant with a time zone")
    return instant.astimezone(UTC)
