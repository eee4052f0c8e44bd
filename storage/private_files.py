"""Files for their owner's eyes alone: never readable by others for a moment, never half written, never left behind."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

OWNER_ONLY: Final = 0o600
OTHERS: Final = 0o077
_DRAFT: Final = ".firsthand-draft-"


def write_private(path: Path, content: bytes) -> None:
    """Write a new file. What is there already, a link too, is never written over or followed.

    Raises:
        FileExistsError: something of this name is there.
        OSError: it cannot be written; nothing is left of it then.
    """
    _written(path, content)


def replace_private(path: Path, content: bytes) -> None:
    """Write a file in place of an earlier one, in one step: a reader sees the old or the new one, whole.

    Raises:
        OSError: it cannot be written; the old one stands.
    """
    draft = path.with_name(f"{_DRAFT}{secrets.token_hex(8)}")
    _written(draft, content)
    try:
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def remove_drafts(folder: Path) -> int:
    """Delete what a crash left in a folder between writing and renaming. Return how many files."""
    left = [each for each in folder.glob(f"{_DRAFT}*") if each.is_file() and not each.is_symlink()]
    for each in left:
        with suppress(FileNotFoundError):  # another process at its start was quicker
            each.unlink()
    return len(left)


def readable_by_others(paths: Iterable[Path]) -> list[Path]:
    """Return those of these files that somebody besides their owner may read or write."""
    if os.name != "posix":
        return []
    return [path for path in paths if path.exists() and path.stat().st_mode & OTHERS]


def _written(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
