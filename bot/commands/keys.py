"""`firsthand keys`: make a sealing key, and change to a new one."""

from __future__ import annotations

import typer

from bot.commands.desk import err, out, work
from bot.settings import Settings
from storage.database import Database
from storage.reseal import reseal
from storage.sealing import KeyRing

_NEXT = {
    True: " Please run it once more: what a running bot stored meanwhile is found then.",
    False: " Every value is under the first key. You can now take the old key away.",
}

app = typer.Typer(no_args_is_help=True, help="The keys with which everything personal is sealed.")


@app.command()
def new() -> None:
    """Print a new key. Keep it apart from the database; without it nothing can be read again."""
    out.print(KeyRing.generate().reveal(), markup=False)


@app.command()
def rotate() -> None:
    """Seal everything again under the first key of FIRSTHAND_KEYS. The bot may run meanwhile."""

    async def task(_: Settings, database: Database) -> int:
        done = 0
        with err.status("Sealing anew ...") as status:
            async for batch in reseal(database):
                done += batch.values
                status.update(f"Sealing anew: {done} values, now in {batch.table}")
        return done

    done = work(task)
    out.print(f"Sealed anew: {done}." + _NEXT[bool(done)])
