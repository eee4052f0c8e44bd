"""`firsthand demo`: the main job on this machine alone, with invented people."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.desk import out
from bot.demo.shell import talk
from bot.demo.stage import stage
from bot.demo.story import STARTS, tell
from bot.logs import set_up_logs
from bot.settings import LogFormat

_LOUD = "DEMO. Everyone in it is invented. Nothing leaves this machine, and nothing of it is kept but the documents."


def demo(
    *,
    story: Annotated[bool, typer.Option("--story", help="Play the story and end.")] = False,
    folder: Annotated[Path, typer.Option(help="Where the documents go.")] = Path("demo-output"),
) -> None:
    """Play the story; then, where there is a terminal, talk to the bot as any of its people."""
    set_up_logs(LogFormat.CONSOLE, level=40)
    folder.mkdir(parents=True, exist_ok=True)
    stays = not story and sys.stdin.isatty()
    try:
        asyncio.run(_play(folder, stays=stays))
    except KeyboardInterrupt:
        out.print("\nGoodbye.")


async def _play(folder: Path, *, stays: bool) -> None:
    out.print(f"[bold]{_LOUD}[/bold]")
    async with stage(STARTS) as set_up:
        people = await tell(set_up, folder, lambda line: out.print(line, markup=False))
        _name_documents(folder)
        if stays:
            await talk(set_up, people)


def _name_documents(folder: Path) -> None:
    out.print(f"\nThe documents are in {folder.resolve()}:", markup=False)
    for path in sorted(folder.iterdir()):
        out.print(f"  {path.name}", markup=False)
