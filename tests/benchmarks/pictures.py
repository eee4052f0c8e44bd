"""What boards cost: drawn cold and warm, from memory, by Telegram's name; whether the loop runs on; what memory grows.

`make bench` runs it and writes `docs/benchmarks/pictures.md`. It ends with 1 where the event loop was held too long.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bot.clock import MovableClock
from bot.demo.telegram_server import TelegramStandIn
from bot.files import DrawnBoards
from bot.pictures.drawer import MOST_BYTES, Drawer, drawer_for
from bot.pictures.sets import open_set
from bot.telegram.calls import Calls
from bot.telegram.limiter import Limiter, Limits
from bot.telegram.outbound import message
from bot.telegram.sending import Arrived, NoFiles, Sender
from conversations.art import Board
from conversations.document_words import load_document_words
from conversations.effects import Reply
from tests.benchmarks.samples import board, card
from tests.bot.telegram.stage import START, TOKEN, bot_on, database_in

LOOP_HELD_AT_MOST = 20.0  # milliseconds, while 50 boards are drawn
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks" / "pictures.md"
AT_ONCE, GAP_RUNS, MANY = 50, 3, 500
TICK = 0.001
KINDS: tuple[tuple[str, Callable[[int], Board]], ...] = (("card", card), ("board of six", board))


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of several runs of one thing, and the bytes that it moves."""

    what: str
    kind: str
    runs: tuple[float, ...]
    size: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.runs)


async def timed(what: str, kind: str, runs: int, do: Callable[[int], Awaitable[int]]) -> Cost:
    """`do` gets the number of the run, and says how many bytes it moved."""
    spent, size = [], 0
    for number in range(runs):
        began = time.perf_counter()
        size = await do(number)
        spent.append((time.perf_counter() - began) * 1000)
    return Cost(what, kind, tuple(spent), size)


def cold(kind: str) -> float:
    """Milliseconds of the first drawing of a process that has just begun: all fonts are opened for it."""
    began = time.perf_counter()
    drawer = drawer_for(open_set(None), load_document_words())
    asyncio.run(drawer.draw(dict(KINDS)[kind](0)))
    drawer.close()
    return (time.perf_counter() - began) * 1000


def costs_cold(runs: int) -> list[Cost]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        return [Cost("cold: the first of a process", kind, tuple(pool.map(cold, [kind] * runs))) for kind, _ in KINDS]


async def costs_of_drawing(drawer: Drawer, runs: int) -> list[Cost]:
    """Warm: fonts and pictures are there, the words are new; then the very same again."""
    costs = []
    for kind, made in KINDS:

        async def warm(number: int, made: Callable[[int], Board] = made) -> int:
            return len(await drawer.draw(made(number)) or b"")

        costs.append(await timed("warm: new words", kind, runs, warm))
        costs.append(await timed("from memory: drawn before", kind, runs, warm))
    return costs


async def costs_of_sending(drawer: Drawer, runs: int) -> list[Cost]:
    """The real way out over HTTP to the stand-in: first drawn and uploaded, then by Telegram's name for it."""
    clock = MovableClock(START)
    with tempfile.TemporaryDirectory() as place:
        async with (
            TelegramStandIn(TOKEN, clock, limits=False) as telegram,
            bot_on(telegram) as bot,
            database_in(Path(place)) as database,
        ):
            person = telegram.person("Sam")
            await person.start()
            boards = DrawnBoards(database, drawer, clock)
            free = Limiter(Limits(10**6, 10**6, 0.0))
            sender = Sender(Calls(bot), free, NoFiles(), time.monotonic, asyncio.sleep, boards)
            costs = []
            for kind, made in KINDS:

                async def send(number: int, made: Callable[[int], Board] = made) -> int:
                    art = made(number + 10_000)
                    outcome = await sender.send(person.id, message(Reply((art.words,), art=art))[0], 1)
                    assert isinstance(outcome, Arrived)
                    uploads = telegram.calls[-1].call.uploads.values()
                    return sum(len(each.content) for each in uploads)

                costs.append(await timed("sent: drawn and uploaded", kind, runs, send))
                costs.append(await timed("sent: by Telegram's name", kind, runs, send))
    return costs


async def largest_gap(work: Awaitable[object]) -> float:
    """Milliseconds for which a ticker of 1 ms had to wait most while this was done."""
    loop = asyncio.get_running_loop()
    worst, last, running = 0.0, time.perf_counter(), True

    def tick() -> None:
        nonlocal worst, last
        now = time.perf_counter()
        worst, last = max(worst, now - last), now
        if running:
            loop.call_later(TICK, tick)

    loop.call_later(TICK, tick)
    await work
    running = False
    return worst * 1000


async def fifty(drawer: Drawer, run: int) -> None:
    """50 boards with words of their own, asked for at once."""
    await asyncio.gather(*(drawer.draw(board(1000 * (run + 1) + number)) for number in range(AT_ONCE)))


async def nothing() -> None:
    """A second in which nothing is drawn: what is waited then is the machine's doing."""
    done = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(1.0, done.set_result, None)
    await done


async def grown(drawer: Drawer) -> tuple[float, float]:
    """Megabytes of this process before and after 500 boards with words of their own."""
    before = resident()
    for number in range(MANY):
        await drawer.draw(board(50_000 + number))
    return before, resident()


def resident() -> float:
    """Megabytes of memory that this process holds; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def told(costs: list[Cost], gaps: list[float], idle: float, memory: tuple[float, float]) -> str:
    """The page: a table, and two sentences."""
    warm = {cost.kind: cost.median for cost in costs if cost.what.startswith("warm")}
    rows = [
        f"| {cost.what} | {cost.kind} | {cost.median:.3f} | {min(cost.runs):.3f} to {max(cost.runs):.3f} "
        f"| {cost.median / warm[cost.kind]:.3g} | {f'{cost.size:,}' if cost.size else ''} | {len(cost.runs)} |"
        for cost in costs
    ]
    shown = ", ".join(f"{gap:.1f}" for gap in gaps)
    return "\n".join(
        [
            "# What pictures cost",
            "",
            (
                "Made by `make bench` on two cores. Times are in milliseconds. "
                "A process imports its modules before it is timed. "
                "What is sent goes over HTTP to a stand-in for Telegram in the same process, with the database on disk."
            ),
            "",
            "| What | Kind | Median | Spread | Times a warm one | Bytes | Runs |",
            "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
            *rows,
            "",
            f"While {AT_ONCE} boards are drawn at once, the event loop waits at most "
            f"{statistics.median(gaps):.1f} ms (the median of {len(gaps)} runs: {shown}). "
            f"It may wait at most {LOOP_HELD_AT_MOST:.0f} ms. In a second without drawing it waited {idle:.1f} ms.",
            "",
            f"After {MANY} more boards the process holds {memory[1] - memory[0]:.0f} MB more than before "
            f"({memory[0]:.0f} MB). Up to {MOST_BYTES // 1_000_000} MB of that are kept drawings.",
            "",
        ]
    )


async def measured(runs: int) -> tuple[list[Cost], list[float], float, tuple[float, float]]:
    drawer = drawer_for(open_set(None), load_document_words())
    await drawer.warm()
    costs = await costs_of_drawing(drawer, runs)
    costs += await costs_of_sending(drawer, runs)
    gaps = [await largest_gap(fifty(drawer, run)) for run in range(GAP_RUNS)]
    idle = await largest_gap(nothing())
    memory = await grown(drawer)
    drawer.close()
    return costs, gaps, idle, memory


def main() -> int:
    """Measure, print, write the page. 1 where the loop was held longer than promised."""
    first = costs_cold(3)
    costs, gaps, idle, memory = asyncio.run(measured(30))
    page = told(first + costs, gaps, idle, memory)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page, "utf-8")
    sys.stdout.write(page)
    return int(statistics.median(gaps) > LOOP_HELD_AT_MOST)


if __name__ == "__main__":
    sys.exit(main())
