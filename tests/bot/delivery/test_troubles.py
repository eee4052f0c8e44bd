from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.delivery import STUCK
from bot.demo.faults import Moment
from bot.demo.refusals import Refusal, bad_request
from bot.telegram import outbound
from storage.records import Lane, NewMessage, OutState
from tests.bot.delivery.stage import Stage, heard
from tests.bot.telegram.stage import START


@pytest.mark.parametrize("refusal", [Refusal(500, "Internal Server Error"), Refusal(429, "Too Many Requests", 2)])
async def test_a_refused_message_waits_and_those_behind_it_too(stage: Stage, refusal: Refusal) -> None:
    ann, ben = await stage.person("Ann"), await stage.person("Ben")
    await stage.say(ann, "one", "two")
    stage.telegram.faults.fail(refusal, "sendMessage")
    await stage.delivery.drain()
    await stage.say(ben, "hello")
    await stage.delivery.drain()
    assert (heard(ann), heard(ben)) == ([], ["hello"])
    stage.clock.move_by(timedelta(seconds=1))
    assert await stage.delivery.drain() == 0
    stage.clock.move_by(timedelta(seconds=1))
    stage.time.now += 2
    await stage.delivery.drain()
    assert heard(ann) == ["one", "two"]


async def test_too_many_requests_hold_even_edits_of_that_chat(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.say(ann, "one")
    stage.telegram.faults.fail(Refusal(429, "Too Many Requests", 60), "sendMessage")
    await stage.delivery.drain()
    stage.clock.move_by(timedelta(seconds=60))  # the wall clock says it is time, the steady one does not
    await stage.delivery.drain()
    assert heard(ann) == []
    assert len(stage.telegram.calls_of("sendMessage")) == 1
    stage.clock.move_by(timedelta(seconds=60))
    stage.time.now += 60
    await stage.delivery.drain()
    assert heard(ann) == ["one"]


async def test_somebody_who_blocked_us_is_left_alone(stage: Stage) -> None:
    ann, ben = await stage.person("Ann"), await stage.person("Ben")
    await ann.block_bot()
    await stage.say(ann, "one", "two")
    await stage.say(ben, "hello")
    await stage.delivery.drain()
    assert stage.blocked == [stage.accounts[ann.id]]
    assert heard(ben) == ["hello"]
    await stage.say(ann, "three")
    await stage.delivery.drain()
    assert len(stage.telegram.calls_of("sendMessage")) == 2
    assert stage.blocked == [stage.accounts[ann.id]]
    assert await stage.counts() == {OutState.BLOCKED: 2, OutState.CANCELLED: 1, OutState.SENT: 1}


async def test_a_rejected_message_holds_nobody_up(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.say(ann, "bad", "good")
    stage.telegram.faults.fail(bad_request("something we did wrong").refusal, "sendMessage")
    with capture_logs() as logs:
        await stage.delivery.drain()
    assert heard(ann) == ["good"]
    assert await stage.counts() == {OutState.REJECTED: 1, OutState.SENT: 1}
    assert [line["why"] for line in logs if line["event"] == "message_given_up"] == ["rejected"]


async def test_a_strange_row_is_set_aside(stage: Stage) -> None:
    ann = await stage.person("Ann")
    strange = NewMessage(stage.accounts[ann.id], None, Lane.CONVERSATION, outbound.plain("x")[0].kind, b"?", "k", START)
    async with stage.database.work() as work:
        await work.outbox.add(strange)
        await work.commit()
    await stage.say(ann, "good")
    await stage.delivery.drain()
    assert heard(ann) == ["good"]
    assert await stage.counts() == {OutState.REJECTED: 1, OutState.SENT: 1}


@pytest.mark.parametrize(("moment", "times"), [(Moment.BEFORE_ACTING, 1), (Moment.AFTER_ACTING, 2)])
async def test_a_broken_connection_loses_nothing_and_repeats_at_most_once(
    stage: Stage, moment: Moment, times: int
) -> None:
    ann = await stage.person("Ann")
    await stage.say(ann, "one", "two")
    stage.telegram.faults.drop(moment, "sendMessage")
    await stage.delivery.drain()
    stage.clock.move_by(timedelta(seconds=2))
    await stage.delivery.drain()
    assert heard(ann) == ["one"] * times + ["two"]


async def test_a_crash_before_the_note_repeats_a_message_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = await stage.person("Ann")
    await stage.say(ann, "one", "two")

    async def power_cut() -> None:
        raise SystemError

    monkeypatch.setattr(stage.delivery, "_note", power_cut)
    with pytest.raises(SystemError):
        await stage.delivery.run_once()
    anew = stage.another()
    assert await anew.drain() == 0  # still claimed
    stage.clock.move_by(STUCK - timedelta(seconds=1))
    assert await anew.release_stuck() == 0
    stage.clock.move_by(timedelta(seconds=2))
    assert await anew.release_stuck() == 1
    await anew.drain()
    assert heard(ann) == ["one", "one", "two"]


async def test_alone_everything_claimed_is_released_at_once(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.say(ann, "one")
    async with stage.database.work() as work:
        await work.outbox.claim(stage.clock.now(), 5)
        await work.commit()
    assert await stage.delivery.release_stuck(everything=True) == 1
    await stage.delivery.drain()
    assert heard(ann) == ["one"]
