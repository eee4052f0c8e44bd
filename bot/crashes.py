"""What is told when the program falls over: where, and by which kind of error. Never its words: they can be a person's.

Python prints the text of an error, and of every error behind it. A text can quote a message, a name or an address.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Iterator


def told(error: BaseException) -> str:
    """The lines of the program that the error passed through, and its kind; then those of the errors behind it."""
    return "".join(part for each in _all_of(error, set()) for part in _one(each))


def guard() -> None:
    """From now on, whatever nobody caught is told this way: in the program, its threads and its clean-up."""
    sys.excepthook = lambda _kind, error, _trace: _say(error)
    threading.excepthook = lambda args: _say(args.exc_value)
    sys.unraisablehook = lambda args: _say(args.exc_value)


def _say(error: BaseException | None) -> None:
    if isinstance(error, KeyboardInterrupt):
        return
    sys.stderr.write(told(error) if error is not None else "An error without a kind.\n")


def _one(error: BaseException) -> Iterator[str]:
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}\n"


def _all_of(error: BaseException, seen: set[int]) -> Iterator[BaseException]:
    if id(error) in seen:
        return
    seen.add(id(error))
    yield error
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for each in (*inner, error.__cause__, error.__context__):
        if each is not None:
            yield from _all_of(each, seen)
