"""`firsthand keys`: make a sealing key, and change to a new one."""

from __future__ import annotations

from typing import Final

import typer

from bot.commands.desk import clock_of, err, fail, out, work
from bot.key_renewal import is_unknown_to_bot
from bot.settings import Settings
from storage.database import Database
from storage.reseal import reseal
from storage.sealing import KeyRing

_PASSES: Final = 5
"""What a running bot stores behind the first pass is found by the next; with all keys known, two are enough."""
_UNKNOWN: Final = (
    "The running bot does not know the new key yet. With a key file it reads it within a minute: try again then. "
    "With FIRSTHAND_KEYS, start the bot again first."
)

app = typer.Typer(no_args_is_help=True, help="The keys with which everything personal is sealed.")


@app.command()
def new() -> None:
    """Print a new key. Keep it apart from the database; without it nothing can be read again."""
    out.print(KeyRing.generate().reveal(), markup=False)


@app.command()
def rotate() -> None:
    """Seal everything again under the first key of FIRSTHAND_KEYS. The bot may run meanwhile."""

    async def task(settings: Settings, database: Database) -> tuple[int, int]:
        async with database.reading() as unit:
            if await is_unknown_to_bot(unit, database.vault.ring.current, clock_of(settings).now()):
                fail(_UNKNOWN)
        done = last = 0
        with err.status("Sealing anew ...") as status:
            for _ in range(_PASSES):
                last = 0
                async for batch in reseal(database):
                    last += batch.values
                    status.update(f"Sealing anew: {done + last} values, now in {batch.table}")
                done += last
                if not last:
                    break
        return done, last

    done, last = work(task)
    out.print(f"Sealed anew: {done}.")
    if last:
        out.print("A program with the old key alone still stores something. Start it again, and run this once more.")
        raise typer.Exit(1)
    out.print("Every value is under the first key. You can now take the old key away.")
