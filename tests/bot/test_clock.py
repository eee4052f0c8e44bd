import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.clock import FileClock, MovableClock, SystemClock, write_instant

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def test_the_system_clock_is_aware_and_moves_on() -> None:
    first, second = SystemClock().now(), SystemClock().now()
    assert first.tzinfo is UTC
    assert first <= second


def test_a_movable_clock_stands_still_until_it_is_moved() -> None:
    clock = MovableClock(NOON)
    assert clock.now() == clock.now() == NOON
    clock.move_by(timedelta(hours=2))
    assert clock.now() == NOON + timedelta(hours=2)
    clock.move_to(NOON + timedelta(days=1))
    assert clock.now() == NOON + timedelta(days=1)


def test_a_movable_clock_goes_back_only_when_told() -> None:
    clock = MovableClock(NOON)
    with pytest.raises(ValueError, match="later than asked for"):
        clock.move_by(-timedelta(seconds=1))
    assert clock.now() == NOON
    clock.move_by(-timedelta(seconds=1), backwards=True)
    assert clock.now() == NOON - timedelta(seconds=1)


def test_an_instant_without_a_zone_is_refused_and_any_zone_becomes_utc() -> None:
    with pytest.raises(ValueError, match="time zone"):
        MovableClock(NOON.replace(tzinfo=None))
    clock = MovableClock(NOON.astimezone(timezone(timedelta(hours=5))))
    assert clock.now().tzinfo is UTC
    assert clock.now() == NOON


def test_a_file_clock_follows_what_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "now"
    with pytest.raises(FileNotFoundError):
        FileClock(path).now()
    write_instant(path, NOON)
    clock = FileClock(path)
    assert clock.now() == NOON
    write_instant(path, NOON + timedelta(days=3, microseconds=5))
    assert clock.now() == NOON + timedelta(days=3, microseconds=5)
    assert [entry.name for entry in tmp_path.iterdir()] == ["now"]


def test_a_file_clock_says_when_the_file_holds_no_instant(tmp_path: Path) -> None:
    path = tmp_path / "now"
    path.write_text("soon")
    with pytest.raises(ValueError, match="soon"):
        FileClock(path).now()
    path.write_text("2026-11-02T12:00:00")
    with pytest.raises(ValueError, match="time zone"):
        FileClock(path).now()


def test_a_reader_never_sees_half_an_instant(tmp_path: Path) -> None:
    path = tmp_path / "now"
    write_instant(path, NOON)

    def write_often() -> None:
        for second in range(300):
            write_instant(path, NOON + timedelta(seconds=second))

    writer = threading.Thread(target=write_often)
    writer.start()
    seen = []
    while writer.is_alive():
        seen.append(FileClock(path).now())
    writer.join()
    assert seen == sorted(seen)
    assert FileClock(path).now() == NOON + timedelta(seconds=299)
