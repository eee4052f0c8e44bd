from collections.abc import Sequence
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.clock import MovableClock
from bot.telegram.batch import RawUpdate
from bot.telegram.transport import Inlet, Position
from storage.database import Database
from storage.errors import DatabaseFull
from tests.bot.telegram.stage import START


def test_the_position_holds_for_six_quiet_days() -> None:
    position = Position(8, START)
    assert position.offset(START + timedelta(days=6, seconds=-1)) == 8
    assert position.offset(START + timedelta(days=6)) is None


async def test_the_position_follows_the_last_id_not_the_highest(database: Database, clock: MovableClock) -> None:
    inlet = Inlet(database, clock, lambda: None)
    assert await inlet.position() is None
    updates = [RawUpdate(number, 1, b"{}") for number in (9, 3)]
    assert await inlet.keep(updates) == Position(4, START)
    assert await inlet.position() == Position(4, START)


async def test_updates_are_shown_before_a_disk_that_is_full(
    database: Database, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[RawUpdate] = []

    async def look(updates: Sequence[RawUpdate]) -> None:
        shown.extend(updates)

    def full() -> None:
        raise DatabaseFull

    monkeypatch.setattr(database, "work", full)
    with pytest.raises(DatabaseFull):
        await Inlet(database, clock, lambda: None, look).keep([RawUpdate(1, 1, b"{}")])
    assert shown == [RawUpdate(1, 1, b"{}")]


async def test_whatever_fails_at_the_first_look_the_updates_are_stored(database: Database, clock: MovableClock) -> None:
    async def look(_updates: Sequence[RawUpdate]) -> None:
        raise KeyError("somebody's words")

    with capture_logs() as logs:
        await Inlet(database, clock, lambda: None, look).keep([RawUpdate(1, 1, b"{}")])
    async with database.reading() as work:
        assert len(await work.inbox.waiting(5)) == 1
    assert "somebody" not in repr(logs)
