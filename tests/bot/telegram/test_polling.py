import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.clock import MovableClock
from bot.demo.faults import Moment
from bot.demo.refusals import OTHER_POLLER, UNAUTHORIZED, Refusal
from bot.demo.telegram_server import TelegramStandIn
from bot.telegram.batch import RawUpdate, UnreadableBatchError
from bot.telegram.calls import Calls
from bot.telegram.errors import WrongTokenError
from bot.telegram.inbound import decode
from bot.telegram.incoming import Malformed, Words
from bot.telegram.polling import LONGEST_PAUSE, OTHER_POLLER_PAUSE, Poller
from bot.telegram.transport import Inlet, Position
from storage.database import Database
from storage.errors import DatabaseFull
from tests.bot.telegram.updates import private


class StopError(Exception):
    """Ends `Poller.run` in a test."""


class Pauses:
    """Takes the place of waiting; ends the run after so many."""

    def __init__(self, most: int = 1) -> None:
        self.seconds: list[float] = []
        self._most = most

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        if len(self.seconds) == self._most:
            raise StopError


class FailingInlet:
    """Receives, and does not commit: a full disk, or a power cut."""

    def __init__(self, inlet: Inlet, error: Exception) -> None:
        self._inlet = inlet
        self.error: Exception | None = error

    async def keep(self, updates: Sequence[RawUpdate]) -> Position | None:
        if self.error is not None:
            raise self.error
        return await self._inlet.keep(updates)


@pytest.fixture
def woken() -> asyncio.Event:
    return asyncio.Event()


@pytest.fixture
def inlet(database: Database, clock: MovableClock, woken: asyncio.Event) -> Inlet:
    return Inlet(database, clock, woken.set)


def poller(calls: Calls, inlet: Inlet, pause: Pauses | None = None) -> Poller:
    return Poller(calls, inlet, wait=0, pause=pause or Pauses())


async def stored(database: Database) -> list[str]:
    async with database.reading() as work:
        found = [decode(row.raw) for row in await work.inbox.waiting(100)]
    return [update.text if isinstance(update, Words) else type(update).__name__ for update in found]


async def test_updates_are_on_disk_before_they_are_acknowledged(
    telegram: TelegramStandIn, calls: Calls, inlet: Inlet, database: Database, woken: asyncio.Event
) -> None:
    ann = telegram.person("Ann")
    for text in ("one", "two"):
        await ann.type(text)
    polling = poller(calls, inlet)
    assert await polling.poll_once() == 2
    assert await stored(database) == ["one", "two"]
    assert woken.is_set()
    waiting = len(telegram.updates.pending)
    assert waiting == 2  # not yet acknowledged: the next question does that
    await ann.type("three")
    assert await polling.poll_once() == 1
    assert await polling.poll_once() == 0
    assert not telegram.updates.pending
    assert await stored(database) == ["one", "two", "three"]


async def test_after_a_crash_before_the_commit_the_updates_come_again(
    telegram: TelegramStandIn, calls: Calls, inlet: Inlet, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = telegram.person("Ann")
    await ann.type("kept")
    failing = FailingInlet(inlet, DatabaseFull())
    first = poller(calls, inlet)
    monkeypatch.setattr(first, "_inlet", _Joined(inlet, failing))
    for _ in range(2):
        with pytest.raises(DatabaseFull):
            await first.poll_once()
    assert await stored(database) == []
    assert len(telegram.updates.pending) == 1
    again = poller(calls, inlet)
    assert await again.poll_once() == 1
    assert await stored(database) == ["kept"]


class _Joined:
    """The real inlet, but for keeping."""

    def __init__(self, inlet: Inlet, failing: FailingInlet) -> None:
        self.keep = failing.keep
        self.position = inlet.position
        self.now = inlet.now


async def test_a_full_disk_is_waited_out(
    telegram: TelegramStandIn, calls: Calls, inlet: Inlet, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await telegram.person("Ann").type("kept")
    failing = FailingInlet(inlet, DatabaseFull())
    pauses = Pauses(2)
    polling = poller(calls, inlet, pauses)
    monkeypatch.setattr(polling, "_inlet", _Joined(inlet, failing))
    with pytest.raises(StopError):
        await polling.run()
    assert pauses.seconds == [1, 2]
    failing.error = None
    assert await polling.poll_once() == 1
    assert await stored(database) == ["kept"]


async def test_a_restart_goes_on_where_it_was(
    telegram: TelegramStandIn, calls: Calls, inlet: Inlet, database: Database
) -> None:
    ann = telegram.person("Ann")
    await ann.type("one")
    await poller(calls, inlet).poll_once()
    await ann.type("two")
    assert await poller(calls, inlet).poll_once() == 1  # "one" was acknowledged by the stored position
    assert await stored(database) == ["one", "two"]


async def test_repeated_and_reordered_updates_are_stored_once(
    telegram: TelegramStandIn, calls: Calls, inlet: Inlet, database: Database
) -> None:
    ann = telegram.person("Ann")
    telegram.updates.duplicate_next()
    await ann.type("one")
    telegram.updates.reverse_next(2)
    await ann.type("two")
    await ann.type("three")
    polling = poller(calls, inlet)
    while await polling.poll_once():
        pass
    telegram.updates.replay(telegram.updates.acknowledged[0].update_id)
    await polling.poll_once()
    await ann.type("four")
    while await polling.poll_once():
        pass
    assert sorted(await stored(database)) == ["four", "one", "three", "two"]
    assert not telegram.updates.pending


async def test_ids_may_begin_anew_after_a_quiet_week(
    telegram: TelegramStandIn, calls: Calls, inlet: Inlet, database: Database, clock: MovableClock
) -> None:
    ann = telegram.person("Ann")
    await ann.type("one")
    polling = poller(calls, inlet)
    await polling.poll_once()
    await polling.poll_once()
    clock.move_by(timedelta(days=7))
    telegram.updates.restart_at(telegram.updates.acknowledged[-1].update_id - 5)
    await ann.type("much later")
    assert await polling.poll_once() == 1
    assert await stored(database) == ["one", "much later"]
    assert await polling.poll_once() == 0
    assert not telegram.updates.pending


async def test_broken_updates_are_stored_with_the_rest(
    telegram: TelegramStandIn, calls: Calls, inlet: Inlet, database: Database
) -> None:
    ann = telegram.person("Ann")
    await ann.type("before")
    telegram.updates.inject({"message": "no id, no sense"}, as_it_is=True)
    telegram.updates.inject(b'{"update_id":900000000,"message":{"x":' + b"[" * 9999 + b"]" * 9999 + b"}}")
    await ann.type("after")
    assert await poller(calls, inlet).poll_once() == 4
    assert await stored(database) == ["before", Malformed.__name__, Malformed.__name__, "after"]


async def test_only_updates_without_an_id_are_stored_and_waited_upon(
    telegram: TelegramStandIn, calls: Calls, inlet: Inlet, database: Database
) -> None:
    telegram.updates.inject(private(text="kept") | {"update_id": None}, as_it_is=True)
    polling = poller(calls, inlet)
    for _ in range(2):
        with pytest.raises(UnreadableBatchError):
            await polling.poll_once()
    assert await stored(database) == ["kept"]


async def test_a_webhook_in_the_way_is_removed_first(telegram: TelegramStandIn, calls: Calls, inlet: Inlet) -> None:
    await poller(calls, inlet).poll_once()
    assert len(telegram.calls_of("deleteWebhook")) == 1


@pytest.mark.parametrize("moment", list(Moment))
async def test_an_unanswered_question_loses_nothing(
    telegram: TelegramStandIn, calls: Calls, inlet: Inlet, database: Database, moment: Moment
) -> None:
    await telegram.person("Ann").type("kept")
    telegram.faults.drop(moment, "getUpdates", times=2)
    pauses = Pauses(2)
    polling = poller(calls, inlet, pauses)
    with capture_logs() as logs, pytest.raises(StopError):
        await polling.run()
    assert pauses.seconds == [1, 2]
    assert [line["event"] for line in logs] == ["polling_trouble"] * 2
    assert await polling.poll_once() == 1
    assert await stored(database) == ["kept"]


async def test_pauses_grow_to_a_minute(telegram: TelegramStandIn, calls: Calls, inlet: Inlet) -> None:
    telegram.faults.garble("getUpdates", times=20)
    pauses = Pauses(12)
    with pytest.raises(StopError):
        await poller(calls, inlet, pauses).run()
    assert pauses.seconds == [1, 2, 4, 8, 16, 32] + [LONGEST_PAUSE] * 6


async def test_another_poller_is_told_of_once(telegram: TelegramStandIn, calls: Calls, inlet: Inlet) -> None:
    telegram.faults.fail(Refusal(409, OTHER_POLLER), "getUpdates", times=3)
    pauses = Pauses(3)
    with capture_logs() as logs, pytest.raises(StopError):
        await poller(calls, inlet, pauses).run()
    assert pauses.seconds == [OTHER_POLLER_PAUSE] * 3
    assert [line["event"] for line in logs] == ["another_poller"]


async def test_too_many_questions_are_answered_with_patience(
    telegram: TelegramStandIn, calls: Calls, inlet: Inlet
) -> None:
    telegram.faults.fail(Refusal(429, "Too Many Requests", 17), "getUpdates")
    pauses = Pauses()
    with pytest.raises(StopError):
        await poller(calls, inlet, pauses).run()
    assert pauses.seconds == [17]


async def test_a_wrong_token_ends_it(telegram: TelegramStandIn, calls: Calls, inlet: Inlet) -> None:
    telegram.faults.fail(UNAUTHORIZED, "getUpdates")
    with pytest.raises(WrongTokenError):
        await poller(calls, inlet).run()


async def test_after_trouble_the_pauses_begin_anew(
    telegram: TelegramStandIn, calls: Calls, inlet: Inlet, database: Database
) -> None:
    telegram.faults.garble("getUpdates")
    polling = poller(calls, inlet, Pauses(2))
    running = asyncio.create_task(polling.run())
    await telegram.person("Ann").type("kept")
    await telegram.settled()
    assert await stored(database) == ["kept"]
    telegram.faults.garble("getUpdates")
    with pytest.raises(StopError):
        await running


async def test_nothing_of_an_update_is_logged(
    telegram: TelegramStandIn, calls: Calls, inlet: Inlet, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await telegram.person("Ann").type("between us")
    with capture_logs() as logs:
        await poller(calls, inlet).poll_once()
    assert "between us" not in caplog.text + repr(logs)
