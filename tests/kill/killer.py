"""Kills the bot at chosen moments, told by what Telegram and the mailbox see of it, and starts it again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from random import Random

from bot.clock import FileClock, write_instant
from bot.demo.faults import Moment as Breaks
from bot.demo.mailbox import Mailbox
from bot.demo.telegram_server import TelegramStandIn
from tests.kill.process import BotProcess

WITHIN = 120.0  # seconds of real time until something must have happened
POLL = "getUpdates"
AGAIN = 5
AT_START = frozenset({"getMe", "setMyCommands", "deleteWebhook"})
PROMPT_LATER = timedelta(minutes=6)  # longer than a prompt stays claimed by a process that died
MAIL_LATER = timedelta(minutes=11)  # and longer than a mail does


class Kind(StrEnum):
    """What the world sees in the moment of the kill."""

    UNHEARD = "a call was sent, and never reached Telegram"
    UNANSWERED = "Telegram has done what a call asked, and its answer is on the way"
    HANDED_OUT = "updates were handed out, and are perhaps stored, perhaps not, perhaps worked"
    MAILED = "the mail server has taken a mail, and its answer is on the way"


@dataclass(frozen=True, slots=True)
class Moment:
    """`after` so many calls (or mails), the next call of this method is the one. `later` is how long nobody notices."""

    kind: Kind
    method: str
    after: int
    later: timedelta


@dataclass(frozen=True, slots=True)
class Fire:
    """How often, and at what, the bot is killed in one scene; `most` calls or mails pass at most before each."""

    times: int
    kinds: tuple[Kind, ...]
    methods: tuple[str, ...]
    most: int
    later: timedelta = PROMPT_LATER

    def moments(self, random: Random) -> list[Moment]:
        """As many moments as this scene has."""
        return [self._moment(random) for _ in range(self.times)]

    def _moment(self, random: Random) -> Moment:
        method = random.choice(self.methods)
        after = 0 if method in AT_START else random.randint(0, self.most)
        return Moment(random.choice(self.kinds), method, after, self.later)


@dataclass(slots=True)
class Killer:
    """One story's killer. `strikes` are the moments that came as planned, `idle` those for which nothing was left."""

    process: BotProcess
    telegram: TelegramStandIn
    mailbox: Mailbox
    clock: Path
    random: Random
    strikes: int = 0
    idle: int = 0

    async def strike(self, moment: Moment, over: asyncio.Task[None]) -> None:
        """Wait for the moment, kill, let time pass, start again. When all is `over`, an idle moment does.

        Telegram then shows the last updates once more, as if it had not heard that they were taken.
        """
        match moment.kind:
            case Kind.MAILED:
                known = len(self.mailbox.messages)
                await self._until(lambda: len(self.mailbox.messages) > known + moment.after or over.done())
                self._count(over)
                await self.process.kill()
            case Kind.HANDED_OUT:
                await self._at_hand_out(over)
            case Kind.UNHEARD | Kind.UNANSWERED:
                await self._at_call(moment, over)
        write_instant(self.clock, FileClock(self.clock).now() + moment.later)
        for old in self.telegram.updates.acknowledged[-AGAIN:]:
            self.telegram.updates.replay(old.update_id)
        await self.process.start()

    async def _at_call(self, moment: Moment, over: asyncio.Task[None]) -> None:
        begun, faults = len(self.telegram.calls), self.telegram.faults
        await self._until(lambda: len(self.telegram.calls) >= begun + moment.after or over.done())
        hold = await self._held(moment, over)
        await self.process.kill()
        hold.set()
        await self._until(lambda: not faults.left)

    async def _held(self, moment: Moment, over: asyncio.Task[None]) -> asyncio.Event:
        """Hold the next call of the method, or where all is over, the next question for updates."""
        hold, faults, method = asyncio.Event(), self.telegram.faults, moment.method
        faults.slow(hold, method)
        await self._until(lambda: not faults.left or over.done())
        if faults.left:
            faults.clear()
            method = POLL
            faults.slow(hold, method)
            await self._until(lambda: not faults.left)
        self._count(over)
        if moment.kind is Kind.UNHEARD:
            faults.drop(Breaks.BEFORE_ACTING, method)
        return hold

    async def _at_hand_out(self, over: asyncio.Task[None]) -> None:
        """Let people write while a question for updates is held; then answer it, and kill soon after."""
        hold, polls = asyncio.Event(), self.telegram.polling.polls
        self.telegram.faults.slow(hold, POLL)
        await self._until(lambda: not self.telegram.faults.left)
        await self._until(lambda: self.telegram.updates.pending or over.done())
        self._count(over)
        hold.set()
        await self._until(lambda: self.telegram.polling.polls > polls)
        for _ in range(self.random.randint(0, 600)):
            await asyncio.sleep(0)  # turns of the loop, not time: the bot reads and stores meanwhile, or does not yet
        await self.process.kill()

    def _count(self, over: asyncio.Task[None]) -> None:
        self.strikes += not over.done()
        self.idle += over.done()

    async def _until(self, condition: Callable[[], object]) -> None:
        try:
            await self.telegram.world.pulse.until(condition, within=WITHIN)
        except TimeoutError:
            raise AssertionError(self.process.last_words()) from None
