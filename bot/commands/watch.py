"""`firsthand watch`: tells somebody when the bot or its database is off. It runs apart from the bot."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.commands.desk import clock_of, fail, out, settings_or_fail
from bot.logs import set_up_logs
from bot.post import Post
from bot.safeguarding.watch import Look, Watch
from conversations.catalogue import load
from conversations.lines import read_lines

EVERY = 60.0
"""Seconds between two looks."""


def watch(
    *, once: Annotated[bool, typer.Option("--once", help="Look once and end, for a timer of your own.")] = False
) -> None:
    """Look every minute whether the bot lives. Exit code 4 with --once, while it does not."""
    settings = settings_or_fail()
    if not settings.mail_host or not settings.watch_contact:
        fail("A watcher needs a mail server and FIRSTHAND_WATCH_CONTACT.", 2)
    set_up_logs(settings.log_format)
    clock, catalogue = clock_of(settings), load(settings.scripts_folder)
    watcher = Watch(settings, clock, Post(read_lines(), catalogue.words, clock), catalogue)
    if once:
        found = asyncio.run(watcher.look())
        out.print(found.value.replace("_", " "))
        raise typer.Exit(0 if found is Look.WELL else 4)
    try:
        asyncio.run(_for_ever(watcher))
    except KeyboardInterrupt:
        out.print("Stopped. Nobody watches now.")


async def _for_ever(watcher: Watch) -> None:
    while True:
        await watcher.look()
        await asyncio.sleep(EVERY)
