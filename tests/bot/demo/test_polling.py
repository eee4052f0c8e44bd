"""How updates wait, are fetched, acknowledged and forgotten."""

import asyncio
import json
from datetime import timedelta

import aiohttp
import pytest

from bot.clock import MovableClock
from bot.demo.people import Person
from bot.demo.telegram_server import DEMO_TOKEN, TelegramStandIn
from bot.demo.updates import FIRST_UPDATE_ID
from tests.bot.demo.conftest import Api, Reply


async def ids(api: Api, **params: object) -> list[int]:
    return [update["update_id"] for update in (await api("getUpdates", **params)).result]


async def written(sam: Person, count: int) -> None:
    for number in range(count):
        await sam.type(f"Message {number}")


async def test_updates_stay_until_a_higher_offset_acknowledges_them(
    api: Api, sam: Person, telegram: TelegramStandIn
) -> None:
    await written(sam, 3)
    first = await ids(api)
    assert first == await ids(api) == [first[0], first[0] + 1, first[0] + 2]
    assert await ids(api, offset=first[1]) == first[1:]
    assert await ids(api) == first[1:]
    assert await ids(api, offset=first[2] + 1) == []
    assert [waiting.update_id for waiting in telegram.updates.acknowledged] == first


async def test_limit_and_negative_offset_choose_from_the_two_ends(api: Api, sam: Person) -> None:
    await written(sam, 4)
    everything = await ids(api)
    assert await ids(api, limit=2) == everything[:2]
    assert await ids(api, offset=-1) == everything[-1:]
    assert await ids(api) == everything[-1:]


async def test_a_long_poll_ends_as_soon_as_something_comes(api: Api, sam: Person) -> None:
    poll = asyncio.create_task(ids(api, timeout=30))
    await sam.until(lambda _: True)
    await sam.type("Hello")
    assert len(await asyncio.wait_for(poll, 5)) == 1


async def test_a_poll_without_timeout_returns_at_once(api: Api, sam: Person) -> None:
    assert await ids(api, timeout=0) == []
    assert sam.messages


async def test_updates_are_kept_for_a_day_only(api: Api, sam: Person, clock: MovableClock) -> None:
    await sam.type("Early")
    clock.move_by(timedelta(hours=23, minutes=59))
    assert len(await ids(api)) == 1
    clock.move_by(timedelta(minutes=1))
    assert await ids(api) == []


async def test_only_wanted_kinds_of_update_arrive(api: Api, sam: Person) -> None:
    await ids(api, allowed_updates=["callback_query"])
    await sam.type("Unwanted")
    await sam.press_data(1, "x")
    assert [list(u)[1] for u in (await api("getUpdates")).result] == ["callback_query"]
    await api("getUpdates", allowed_updates=[])
    await sam.type("Wanted again")
    assert len(await ids(api)) == 2


async def test_a_second_poller_ends_the_first(api: Api, sam: Person) -> None:
    older = asyncio.create_task(api("getUpdates", timeout=30))
    await _started(api)
    newer = asyncio.create_task(api("getUpdates", timeout=30))
    reply = await asyncio.wait_for(older, 5)
    assert reply.status == 409
    assert reply.trouble.startswith("Conflict: terminated by other getUpdates request")
    await sam.type("Hello")
    assert len((await asyncio.wait_for(newer, 5)).result) == 1


async def test_polling_is_refused_while_a_webhook_is_set(api: Api) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await _started(api)
    await api("setWebhook", url="http://127.0.0.1:9/hook")
    waiting: Reply = await asyncio.wait_for(poll, 5)
    assert waiting.trouble == (await api("getUpdates")).trouble
    assert waiting.trouble == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await api("deleteWebhook", drop_pending_updates=True)
    assert (await api("getUpdates")).result == []


async def _started(api: Api) -> None:
    """Returns when the stand-in has begun to answer a poll that was just sent."""
    polls = api.telegram.polling
    seen = polls.polls
    await api.telegram.world.pulse.until(lambda: polls.polls > seen, within=5)


@pytest.mark.parametrize("kind", ["sent", "injected"])
async def test_ids_may_start_anew_and_an_old_high_offset_hides_nothing(
    api: Api, sam: Person, telegram: TelegramStandIn, kind: str
) -> None:
    await sam.type("Before the quiet week")
    offset = (await ids(api))[0] + 1
    assert await ids(api, offset=offset) == []
    if kind == "sent":
        telegram.updates.restart_at(12)
        await sam.type("After it")
    else:
        telegram.updates.inject({"update_id": 12, "poll": {}})
    assert await ids(api, offset=offset) == [12]
    assert await ids(api, offset=13) == []


async def test_anything_can_be_injected_and_is_acknowledged_like_the_rest(api: Api, telegram: TelegramStandIn) -> None:
    numbers = [
        telegram.updates.inject({"message": 7}),
        telegram.updates.inject({}, as_it_is=True),
        telegram.updates.inject(b'{"update_id": "high"}'),
        telegram.updates.inject({"update_id": 900_000_000, "poll": None}),
    ]
    assert numbers == [FIRST_UPDATE_ID, FIRST_UPDATE_ID + 1, FIRST_UPDATE_ID + 2, 900_000_000]
    assert (await api("getUpdates")).result == [
        {"update_id": FIRST_UPDATE_ID, "message": 7},
        {},
        {"update_id": "high"},
        {"update_id": 900_000_000, "poll": None},
    ]
    assert (await api("getUpdates", offset=FIRST_UPDATE_ID + 3)).result == [{"update_id": 900_000_000, "poll": None}]


async def test_bytes_that_are_no_json_reach_the_bot_as_they_are(
    telegram: TelegramStandIn,
) -> None:
    telegram.updates.inject(b"\xff{not json")
    url = f"{telegram.base_url}{DEMO_TOKEN}/getUpdates"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert b"\xff{not json" in await response.read()


async def test_updates_may_come_twice_or_in_another_order(api: Api, sam: Person, telegram: TelegramStandIn) -> None:
    telegram.updates.duplicate_next()
    await written(sam, 1)
    twice = await ids(api)
    assert twice == [twice[0], twice[0]]
    assert await ids(api, offset=twice[0] + 1) == []
    telegram.updates.replay(twice[0])
    assert await ids(api, offset=twice[0] + 1) == [twice[0]]
    assert await ids(api, offset=twice[0] + 1) == []
    telegram.updates.reverse_next(2)
    await written(sam, 1)
    assert await ids(api) == []
    await written(sam, 1)
    assert await ids(api) == [twice[0] + 2, twice[0] + 1]
    with pytest.raises(LookupError):
        telegram.updates.replay(5)


async def test_settled_waits_until_everything_is_fetched_and_answered(
    api: Api, sam: Person, telegram: TelegramStandIn
) -> None:
    async def bot() -> None:
        offset = 0
        for _ in range(3):
            for update in (await api("getUpdates", offset=offset, timeout=5)).result:
                offset = update["update_id"] + 1
                await api("sendMessage", chat_id=sam.id, text="Thank you.")

    await written(sam, 2)
    with pytest.raises(TimeoutError):
        await telegram.settled(within=0.05)
    running = asyncio.create_task(bot())
    await telegram.settled()
    assert len([message for message in sam.messages if message.by_bot]) == 2
    assert [json.loads(w.body)["update_id"] for w in telegram.updates.pending] == []
    running.cancel()
