"""The deployer's command: a real process that gets the sound, and nothing of ours, and is over when its time is."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.hearing import MOST_LETTERS, Command, HearingFault

SOUND = bytes(range(256)) * 8000


def program(tmp_path: Path, text: str, seconds: float = 20) -> Command:
    """A transcriber of these lines of Python."""
    file = tmp_path / "hears it.py"
    file.write_text(f"import os, sys, time\n{text}\n", "utf-8")
    command = Command.parse(f"'{sys.executable}' '{file}' --language 'en GB'")
    assert command is not None
    return Command(command.words, seconds)


async def test_it_gets_the_sound_and_its_arguments_and_gives_text(tmp_path: Path) -> None:
    told = "sound = sys.stdin.buffer.read(); print(len(sound), sum(sound), sys.argv[2], '¿qué? 你好')"
    text = await program(tmp_path, told).hears(SOUND)
    assert text == f"{len(SOUND)} {sum(SOUND)} en GB ¿qué? 你好"


async def test_it_gets_nothing_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTHAND_TOKEN", "123456:planted")
    monkeypatch.setenv("FIRSTHAND_KEYS", "planted")
    text = await program(tmp_path, "print(' '.join(sorted(os.environ)), file=sys.stdout)").hears(SOUND)
    assert isinstance(text, str)
    assert not any(name.startswith("FIRSTHAND") for name in text.split())


async def test_no_shell_is_between(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    command = Command.parse(f"'{sys.executable}' -c 'import sys; print(sys.argv[1:])' ; touch '{trap}'")
    assert command is not None
    assert await command.hears(b"x") == f"[';', 'touch', '{trap}']"
    assert not trap.exists()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("print('half'); sys.exit(3)", HearingFault.FAILED),
        ("os.kill(os.getpid(), 9)", HearingFault.FAILED),
        ("sys.stdout.buffer.write(b'caf\\xe9')", HearingFault.NOT_TEXT),
        ("print('a\\x00b')", HearingFault.NOT_TEXT),
        ("print('\\x1b[31mred')", HearingFault.NOT_TEXT),
        ("print('  \\n ')", HearingFault.NOTHING_HEARD),
        ("pass", HearingFault.NOTHING_HEARD),
        (f"print('x' * {MOST_LETTERS + 1})", HearingFault.TOO_LONG),
        ("\nwhile True: print('for ever')", HearingFault.TOO_LONG),
    ],
)
async def test_whatever_else_it_does_is_a_reason_and_no_text(tmp_path: Path, text: str, fault: HearingFault) -> None:
    assert await program(tmp_path, text).hears(SOUND) is fault


async def test_one_that_never_stops_talking_leaves_no_line_open(tmp_path: Path) -> None:
    endless = program(tmp_path, "\nwhile True: print('for ever')")
    await endless.hears(SOUND)  # the loop opens lines of its own with the first program
    before = len(os.listdir("/dev/fd"))  # noqa: PTH208  pathlib would open one more
    for _ in range(3):
        assert await endless.hears(SOUND) is HearingFault.TOO_LONG
    await asyncio.sleep(0)
    assert len(os.listdir("/dev/fd")) == before  # noqa: PTH208  as above


async def test_as_many_letters_as_are_taken_are_taken(tmp_path: Path) -> None:
    text = await program(tmp_path, f"print('é' * {MOST_LETTERS})").hears(b"x")
    assert text == "é" * MOST_LETTERS


async def test_one_that_reads_nothing_may_still_speak(tmp_path: Path) -> None:
    assert await program(tmp_path, "sys.stdin.close(); print('Well.')").hears(SOUND) == "Well."


async def test_one_that_takes_too_long_is_ended_with_all_it_began(tmp_path: Path) -> None:
    pipe, over = tmp_path / "pipe", asyncio.Event()
    os.mkfifo(pipe)
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    # The program and its child both hold the other end: the pipe is over when neither is there any more.
    asyncio.get_running_loop().add_reader(end, over.set)
    text = f"held = open({str(pipe)!r}, 'w')\nos.fork()\ntime.sleep(600)"
    try:
        assert await program(tmp_path, text, seconds=1.5).hears(SOUND) is HearingFault.TOO_SLOW
        await asyncio.wait_for(over.wait(), 5)
    finally:
        asyncio.get_running_loop().remove_reader(end)
        os.close(end)


async def test_a_command_that_is_not_there_is_a_reason() -> None:
    assert await Command(("/nowhere/at/all",)).hears(b"x") is HearingFault.NO_COMMAND


def test_an_empty_line_is_no_command_and_an_open_quotation_is_a_mistake() -> None:
    assert Command.parse("  ") is None
    with pytest.raises(ValueError, match="quotation"):
        Command.parse("say 'hello")
