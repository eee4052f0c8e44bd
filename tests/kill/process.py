"""`python -m bot` as the operator starts it: a process of its own, that can be killed."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import bot

ROOT = Path(bot.__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it said on standard error."""

    code: int
    said: str


class BotProcess:
    """The live bot. `settings` are the names of its settings without their prefix."""

    def __init__(self, settings: Mapping[str, str], folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._log = folder / "bot.log"
        self._process: asyncio.subprocess.Process | None = None
        self.starts = 0

    async def start(self) -> None:
        """Start it; it has not called anybody yet when this returns."""
        with self._log.open("ab") as log:
            self._process = await launched(self._settings, self._folder, "run", stderr=log.fileno())
        self.starts += 1

    async def kill(self) -> None:
        """SIGKILL: nothing can be tidied up. Fails where the process had ended by itself."""
        process = self._process
        assert process is not None
        assert process.returncode is None, self.last_words()
        process.kill()
        await process.wait()
        self._process = None

    async def take_away(self) -> None:
        """Kill it if it runs, whatever happened before."""
        if self._process is not None and self._process.returncode is None:
            await self.kill()

    def log(self) -> str:
        """What it has said in all its lives."""
        return self._log.read_text("utf-8", "replace") if self._log.exists() else ""

    def last_words(self) -> str:
        """The end of its log, for whoever reads a failure."""
        return self.log()[-4000:]


async def launched(
    settings: Mapping[str, str], folder: Path, *command: str, stderr: int | None = None
) -> asyncio.subprocess.Process:
    """Start one command in a folder without a `.env`, with these settings and nothing of this machine's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FIRSTHAND_")}
    ours = {f"FIRSTHAND_{name}": value for name, value in settings.items()}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *command,
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | ours,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE if stderr is None else stderr,
    )


async def ended(settings: Mapping[str, str], folder: Path, *command: str) -> Ended:
    """Run a command until it ends by itself."""
    process = await launched(settings, folder, *command)
    _, said = await process.communicate()
    assert process.returncode is not None
    return Ended(process.returncode, said.decode())
