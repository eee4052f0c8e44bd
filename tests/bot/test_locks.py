"""One lock per chat: in order within a chat, never between chats, and forgotten when nobody needs it."""

from __future__ import annotations

import asyncio

import pytest

from bot.locks import ChatLocks


async def test_within_a_chat_everyone_waits_for_their_turn_in_order() -> None:
    locks, seen = ChatLocks(), list[str]()

    async def work(name: str) -> None:
        async with locks.of("a"):
            seen.append(f"{name} begins")
            await asyncio.sleep(0)
            seen.append(f"{name} ends")

    await asyncio.gather(*(work(name) for name in "123"))
    assert seen == ["1 begins", "1 ends", "2 begins", "2 ends", "3 begins", "3 ends"]


async def test_another_chat_never_waits() -> None:
    locks, go = ChatLocks(), asyncio.Event()

    async def slow() -> None:
        async with locks.of("a"):
            await go.wait()

    held = asyncio.create_task(slow())
    await asyncio.sleep(0)
    async with asyncio.timeout(1), locks.of("b"):
        go.set()
    await held


async def test_a_lock_that_nobody_needs_is_forgotten() -> None:
    locks = ChatLocks()
    async with locks.of("a"):
        waiting = asyncio.create_task(_hold(locks, "a"))
        await asyncio.sleep(0)
        assert list(locks._held) == ["a"]
    await waiting
    assert locks._held == {}


async def test_an_error_or_a_cancelled_wait_leaves_the_chat_free() -> None:
    locks = ChatLocks()
    with pytest.raises(LookupError):
        await _fail_while_another_waits(locks)
    assert locks._held == {}
    async with asyncio.timeout(1), locks.of("a"):
        pass


async def _fail_while_another_waits(locks: ChatLocks) -> None:
    async with locks.of("a"):
        waiting = asyncio.create_task(_hold(locks, "a"))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        raise LookupError


async def _hold(locks: ChatLocks, chat: str) -> None:
    async with locks.of(chat):
        pass
