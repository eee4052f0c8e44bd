import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.delivery import GRACE_SECONDS, STUCK
from bot.demo.refusals import bad_request
from storage.errors import DatabaseBusy
from storage.records import OutState
from tests.bot.delivery.stage import Stage, heard, running, until
from tests.bot.telegram.stage import TOKEN


async def test_what_was_sent_is_not_sent_again_while_the_database_is_busy(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await stage.person("Ann")
    await stage.say(ann, "one")
    note = stage.delivery._note
    troubles = iter([DatabaseBusy(), DatabaseBusy()])

    async def busy() -> None:
        if trouble := next(troubles, None):
            raise trouble
        await note()

    monkeypatch.setattr(stage.delivery, "_note", busy)
    async with running(stage):
        await ann.sees("one")
        await until(stage, {OutState.SENT: 1})
    assert heard(ann) == ["one"]


async def test_a_slow_chat_keeps_nobody_waiting(stage: Stage) -> None:
    ann, ben = await stage.person("Ann"), await stage.person("Ben")
    slow = asyncio.Event()
    stage.telegram.faults.slow(slow, "sendMessage")
    async with running(stage) as wake:
        await stage.say(ann, "slow")
        wake.set()
        await stage.telegram.world.pulse.until(lambda: not stage.telegram.faults._orders, within=5)
        for number in range(3):
            await stage.say(ben, f"quick {number}")
            wake.set()
            await ben.sees(f"quick {number}")
        assert heard(ann) == []
        slow.set()
        await ann.sees("slow")
        await until(stage, {OutState.SENT: 4})


async def test_stopping_lets_calls_under_way_end_and_be_noted(stage: Stage) -> None:
    ann = await stage.person("Ann")
    slow = asyncio.Event()
    stage.telegram.faults.slow(slow, "sendMessage")
    await stage.say(ann, "one")
    async with running(stage):
        await stage.telegram.world.pulse.until(lambda: not stage.telegram.faults._orders, within=5)
        asyncio.get_running_loop().call_later(0.05, slow.set)
    assert await stage.counts() == {OutState.SENT: 1}
    assert GRACE_SECONDS > 1


async def test_a_call_that_never_ends_is_given_up_at_the_stop(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.GRACE_SECONDS", 0.01)
    ann = await stage.person("Ann")
    slow = asyncio.Event()
    stage.telegram.faults.slow(slow, "sendMessage")
    await stage.say(ann, "one")
    async with running(stage):
        await stage.telegram.world.pulse.until(lambda: not stage.telegram.faults._orders, within=5)
    assert await stage.counts() == {OutState.SENDING: 1}
    slow.set()


async def test_the_sweep_runs_beside_delivering(stage: Stage) -> None:
    ann, ben = await stage.person("Ann"), await stage.person("Ben")
    await stage.say(ann, "one")
    async with stage.database.work() as work:
        await work.outbox.claim(stage.clock.now(), 5)
        await work.commit()
    async with running(stage) as wake:
        await stage.say(ben, "it runs")
        wake.set()
        await ben.sees("it runs")
        stage.clock.move_by(STUCK + timedelta(seconds=1))
        wake.set()
        await ann.sees("one")
        await until(stage, {OutState.SENT: 2})


async def test_the_sweep_leaves_alone_what_is_under_way_here(stage: Stage) -> None:
    ann = await stage.person("Ann")
    slow = asyncio.Event()
    stage.telegram.faults.slow(slow, "sendMessage")
    await stage.say(ann, "one")
    async with running(stage) as wake:
        await stage.telegram.world.pulse.until(lambda: not stage.telegram.faults._orders, within=5)
        stage.clock.move_by(STUCK * 2)
        assert await stage.delivery.release_stuck() == 0
        wake.set()
        slow.set()
        await until(stage, {OutState.SENT: 1})
    assert heard(ann) == ["one"]


async def test_at_most_so_many_calls_at_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.AT_ONCE", 1)
    ann, ben = await stage.person("Ann"), await stage.person("Ben")
    slow = asyncio.Event()
    stage.telegram.faults.slow(slow, "sendMessage")
    await stage.say(ann, "slow")
    await stage.say(ben, "quick")
    async with running(stage) as wake:
        await stage.telegram.world.pulse.until(lambda: not stage.telegram.faults._orders, within=5)
        wake.set()
        assert await stage.counts() == {OutState.SENDING: 1, OutState.QUEUED: 1}
        slow.set()
        await ben.sees("quick")
        await until(stage, {OutState.SENT: 2})


async def test_no_words_chats_or_tokens_in_the_log(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "bot")
    ann = await stage.person("Ann")
    await stage.say(ann, "between us", "between us two")
    stage.telegram.faults.fail(bad_request("x").refusal, "sendMessage")
    with capture_logs() as logs:
        await stage.delivery.drain()
    for private in ("between us", str(ann.id), TOKEN):
        assert private not in repr(logs) + caplog.text
