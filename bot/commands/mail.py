"""`firsthand mail`: what the mail server hands back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.bounces import MOST_BYTES, Bounces, returned
from bot.commands.desk import clock_of, fail, out, work
from bot.notices import Notices
from bot.post import Post
from bot.settings import Settings
from conversations.catalogue import load
from conversations.lines import read_lines
from storage.database import Database

app = typer.Typer(no_args_is_help=True, help="Mail that came back.")


@app.callback()
def mail() -> None:
    """Mail that came back."""


@app.command()
def bounced(
    file: Annotated[Path, typer.Argument(help="The report as it came; - reads it from standard input.")],
) -> None:
    """Take in a report that a digest could not be delivered. Let your mail server pipe them into it."""
    delivery_id = returned(_read(file))
    if delivery_id is None:
        out.print("This is no report of a digest that failed. Nothing was changed.")
        return

    async def task(settings: Settings, database: Database) -> bool:
        post = Post(read_lines(), load(settings.scripts_folder).words, clock_of(settings))
        async with database.work() as unit:
            news = await Bounces(Notices(post)).came_back(unit, delivery_id)
            await unit.commit()
        return news

    out.print("Noted. Staff are told." if work(task) else "This was known, or is no mail of ours. Nothing was changed.")


def _read(file: Path) -> bytes:
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(MOST_BYTES)
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES)
    except OSError as error:
        fail(f"{file.name} cannot be read: {error.strerror}.")
