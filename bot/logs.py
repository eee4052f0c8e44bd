"""Logs: event names and ids only. A filter takes out anything that looks like a bot token, whoever wrote it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog
from typing_extensions import override

from bot.settings import LogFormat

_TOKEN = re.compile(r"\d{4,}(?::|%3A)[A-Za-z0-9_-]{10,}", re.IGNORECASE)
_SHOW_ERRORS = frozenset({"asyncio", "py.warnings"})
_QUIET = ("apscheduler", "aiosqlite", "httpx", "httpcore", "telegram", "uvicorn", "mail.log", "aiohttp")


def set_up_logs(form: LogFormat, *, level: int = logging.INFO) -> None:
    """Send every log line of this process to standard error, in this form."""
    render: structlog.types.Processor = (
        structlog.processors.JSONRenderer() if form is LogFormat.JSON else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            redact,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick skipped while it still runs is as meant
    logging.raiseExceptions = False  # a line that cannot be formed would be printed with all its values
    logging.captureWarnings(capture=True)
    for handler in logging.getLogger().handlers:
        handler.addFilter(_Redaction())


@contextmanager
def logs_aside() -> Iterator[None]:
    """Let log lines go to standard error meanwhile: what a command prints may be read by a script."""
    before = structlog.get_config()
    structlog.configure(logger_factory=_to_stderr)
    try:
        yield
    finally:
        structlog.configure(**before)


def _to_stderr(*_: object) -> structlog.PrintLogger:
    return structlog.PrintLogger(sys.stderr)  # as it is now: whoever runs a command may have put another in its place


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: no value of a log line keeps a bot token, and of an error only its kind is told."""
    error = event.pop("exc_info", None)
    if error:
        event["error"] = _kind(error)
    return {key: _safe(value) for key, value in event.items()}


def without_tokens(text: str) -> str:
    """The text with every bot token replaced."""
    return _TOKEN.sub("<token>", text)


def _safe(value: object) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case BaseException():
            return type(value).__name__
        case _:
            return without_tokens(str(value))


def _kind(error: object) -> str:
    """The class of an error as `exc_info` names it: itself, a triple, or true for the present one."""
    match error:
        case BaseException():
            return type(error).__name__
        case (type() as kind, *_):
            return kind.__name__
        case _:
            present = sys.exc_info()[0]
            return present.__name__ if present else "error"


def _said(record: logging.LogRecord) -> str:
    """The line. Behind the first one asyncio shows what failed, with the words of its error."""
    try:
        whole = record.getMessage()
    except (TypeError, ValueError, KeyError):  # a library's slip must not become an error in whoever called it
        return "a line that cannot be formed"
    return whole.partition("\n")[0] if record.name in _SHOW_ERRORS else whole


class _Redaction(logging.Filter):
    """The same for libraries that log by the standard module; traces are dropped, they can hold words."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_tokens(_said(record)), None
        if record.exc_info:
            record.msg += f" ({_kind(record.exc_info)})"
        record.exc_info = record.exc_text = record.stack_info = None
        return True
