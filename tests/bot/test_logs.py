"""Logs: no token, no trace, no words of an error; whoever writes."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import redact, set_up_logs, without_tokens
from bot.settings import LogFormat

TOKEN = "123456789:AAHfiqksKZ8WmR2zSjiQ7_v4TMcY-0ABCDE"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """The logging of the test run itself stays as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in ("telegram", "aiohttp", "apscheduler")}
    root.handlers.clear()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.raiseExceptions = True
    logging.captureWarnings(capture=False)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def fail() -> None:
    raise ValueError("planted words")


@pytest.mark.parametrize(
    "text",
    [
        TOKEN,
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        f"bot{TOKEN.replace(':', '%3A')}/getMe",
        f"bot{TOKEN.replace(':', '%3a')}/getMe",
        f"('{TOKEN}', 1)",
    ],
)
def test_whatever_looks_like_a_token_is_taken_out(text: str) -> None:
    assert "AAHfiqksKZ8WmR2" not in without_tokens(text)
    assert "<token>" in without_tokens(text)


@pytest.mark.parametrize("text", ["2026-11-02T12:00:00.000000Z", "row=1234:5", "12:30", "sha256:abc", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert without_tokens(text) == text


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (5, 5),
        (None, None),
        (True, True),
        (ValueError("planted words"), "ValueError"),
        ({"url": TOKEN}, "{'url': '<token>'}"),
        ([TOKEN], "['<token>']"),
    ],
)
def test_a_value_of_any_kind_is_made_harmless(value: object, told: object) -> None:
    assert redact(None, "info", {"value": value}) == {"value": told}


@pytest.mark.parametrize("form", list(LogFormat))
def test_a_line_of_ours_has_neither_token_nor_trace(form: LogFormat, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(form)
    log = structlog.get_logger()
    try:
        fail()
    except ValueError as error:
        log.exception("it_failed", url=TOKEN)
        log.warning("it_failed", exc_info=error)
        log.warning("it_failed", exc_info=sys.exc_info())
    log.warning("it_failed", exc_info=True)
    log.debug("too_quiet")
    told = capsys.readouterr()
    assert told.out == ""
    lines = told.err.splitlines()
    assert len(lines) == 4
    assert all("ValueError" in line for line in lines[:3])
    assert "planted" not in told.err
    assert "AAHfiqks" not in told.err
    if form is LogFormat.JSON:
        assert [json.loads(line)["event"] for line in lines] == ["it_failed"] * 4


def test_a_line_of_a_library_has_neither_token_nor_trace(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(LogFormat.CONSOLE)
    set_up_logs(LogFormat.CONSOLE)
    library = logging.getLogger("telegram.ext")
    try:
        fail()
    except ValueError:
        library.exception("calling %s", f"bot{TOKEN}/getMe")
        library.warning("with a stack", stack_info=True)
    library.info("too quiet")
    told = capsys.readouterr().err
    assert told.splitlines() == [
        "ERROR telegram.ext calling bot<token>/getMe (ValueError)",
        "WARNING telegram.ext with a stack",
    ]


async def test_a_task_that_nobody_waited_for_does_not_show_the_words_of_its_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logs(LogFormat.CONSOLE)

    async def fails() -> None:
        fail()

    task = asyncio.ensure_future(fails())
    await asyncio.wait([task])
    del task
    gc.collect()
    assert capsys.readouterr().err.strip() == "ERROR asyncio Task exception was never retrieved (ValueError)"


def test_a_line_that_cannot_be_formed_harms_nobody_and_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(LogFormat.CONSOLE)
    logging.getLogger("library").warning("%d and %d", "planted words", TOKEN)
    assert capsys.readouterr().err == "WARNING library a line that cannot be formed\n"


@pytest.mark.parametrize("where", ["", "in a group", "behind another", "in a thread", "in clean-up"])
def test_a_crash_says_where_and_never_what(where: str) -> None:
    program = {
        "": "fail()",
        "in a group": "raise ExceptionGroup('planted words', [ValueError('planted words')])",
        "behind another": "\ntry:\n    fail()\nexcept ValueError as error:\n    raise KeyError('planted') from error",
        "in a thread": "import threading; threading.Thread(target=fail).start()",
        "in clean-up": "\nclass Odd:\n    def __del__(self):\n        fail()\nOdd()",
    }[where]
    begin = "from bot.crashes import guard\ndef fail():\n    raise ValueError('planted words')\nguard()\n"
    ran = subprocess.run([sys.executable, "-c", begin + program], capture_output=True, text=True, check=False)
    assert "ValueError" in ran.stderr
    # The source of a line is the program's own; what the line raised is not shown.
    shown = [line for line in ran.stderr.splitlines() if "raise " not in line]
    assert "planted" not in "".join(shown)
