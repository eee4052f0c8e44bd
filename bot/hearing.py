"""Runs the deployer's own command that turns a voice message into text. It knows nothing of conversations.

The command gets the sound and nothing else: no name, no id, none of this program's settings.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SECONDS: Final = 300.0
MOST_LETTERS: Final = 20_000
_END_SECONDS: Final = 2.0
_MOST_BYTES: Final = MOST_LETTERS * 4
_HANDED_ON: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


class HearingFault(StrEnum):
    """Why there is no text: a code for the log. The voice message stays the answer."""

    NO_COMMAND = "no_command"
    FAILED = "failed"
    TOO_SLOW = "too_slow"
    TOO_LONG = "too_long"
    NOT_TEXT = "not_text"
    NOTHING_HEARD = "nothing_heard"


@dataclass(frozen=True, slots=True)
class Command:
    """A program and its arguments; no shell is between. `seconds` is all the time it has."""

    words: tuple[str, ...]
    seconds: float = SECONDS

    @classmethod
    def parse(cls, line: str) -> Command | None:
        """The command that a line names, quoted as in a shell; None for an empty line.

        Raises:
            ValueError: a quotation mark is not closed.
        """
        words = tuple(shlex.split(line))
        return cls(words) if words else None

    @property
    def is_there(self) -> bool:
        """Whether its program can be found."""
        return shutil.which(self.words[0]) is not None

    async def hears(self, sound: bytes) -> str | HearingFault:
        """The text that the command makes of this sound. Whatever the command does, it is over afterwards."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self.words, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_surroundings(), start_new_session=True
            )
        except (OSError, ValueError):
            return HearingFault.NO_COMMAND
        try:
            async with asyncio.timeout(self.seconds):
                return await _text_of(process, sound)
        except TimeoutError:
            return HearingFault.TOO_SLOW
        finally:
            _end(process)
            with suppress(TimeoutError):  # what it set apart from itself may hold its pipes open; nobody waits for that
                async with asyncio.timeout(_END_SECONDS):
                    await _emptied(process)
                    await process.wait()


async def _text_of(process: Process, sound: bytes) -> str | HearingFault:
    given, read = asyncio.create_task(_give(process, sound)), asyncio.create_task(_read(process))
    try:
        out = await read
        if len(out) > _MOST_BYTES:
            return HearingFault.TOO_LONG
        if await process.wait() != 0:
            return HearingFault.FAILED
    finally:
        given.cancel()
        read.cancel()
    try:
        text = out.decode().strip()
    except UnicodeDecodeError:
        return HearingFault.NOT_TEXT
    if len(text) > MOST_LETTERS:
        return HearingFault.TOO_LONG
    if any(ord(letter) < ord(" ") and letter not in "\n\r\t" for letter in text):
        return HearingFault.NOT_TEXT
    return text or HearingFault.NOTHING_HEARD


async def _give(process: Process, sound: bytes) -> None:
    """A command that reads no further has heard enough."""
    if process.stdin is None:
        return
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(sound)
        await process.stdin.drain()
    process.stdin.close()


async def _read(process: Process) -> bytes:
    """What it says, up to a little more than is taken."""
    parts: list[bytes] = []
    while process.stdout is not None and sum(map(len, parts)) <= _MOST_BYTES:
        part = await process.stdout.read(64 * 1024)
        if not part:
            break
        parts.append(part)
    return b"".join(parts)


async def _emptied(process: Process) -> None:
    """What it still had to say is thrown away: a pipe that nobody reads stays open for ever."""
    while process.stdout is not None and await process.stdout.read(64 * 1024):
        pass


def _end(process: Process) -> None:
    """The command and whatever it has begun."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _surroundings() -> dict[str, str]:
    """Few variables: the token and the sealing keys stand in the others."""
    return {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
