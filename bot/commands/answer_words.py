"""Reads the words of an answer from a file or from standard input, never from the command line, and warns of hard ones.

They are a colleague's own words: the check warns and offers others, and never changes or holds back (decision 7).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from bot.commands.desk import err, fail
from conversations.findings import Place
from conversations.plain import findings

MOST: Final = 3000
"""A message of the chat holds it with what stands around it."""


def written_answer(source: Path) -> str:
    """The words; it ends kindly where there are none, too many, or where they cannot be read."""
    try:
        content = sys.stdin.buffer.read(4 * MOST + 1) if str(source) == "-" else source.read_bytes()
        words = content.decode("utf-8").strip()
    except (OSError, UnicodeError):
        fail("This file cannot be read. It must be plain text, in UTF-8.", 2)
    if not 0 < len(words) <= MOST:
        fail(f"An answer has 1 to {MOST} signs.", 2)
    for each in findings(words, Place("your answer")):
        err.print(f"Hard to read: {each.what}. {each.remedy}", markup=False)
    return words
