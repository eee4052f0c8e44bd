"""What the way out does when Telegram says that an account has blocked the bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.clock import Clock
from bot.doors import Doors
from storage.database import Database


def on_blocked(database: Database, doors: Doors, clock: Clock) -> Callable[[str], Awaitable[None]]:
    """Ends the queue and the prompts of an account, in a unit of work of its own."""

    async def end(account_id: str) -> None:
        async with database.work() as work:
            account = await work.accounts.get(account_id)
            if account is not None:
                await doors.blocked(work, account, clock.now())
            await work.commit()

    return end
