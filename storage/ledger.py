"""Who was deleted, by random ids, in a file outside the database: a restored backup brings nobody back (decision 32).

It holds nothing but ids of rows that are gone. It is only ever added to.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ID: Final = re.compile(r"[0-9a-f]{32}")
_OWNER_ONLY: Final = 0o600


@dataclass(frozen=True, slots=True)
class Ledger:
    """One file, for its owner's eyes alone. Keep it out of the backups of the database."""

    path: Path

    def add(self, ids: Sequence[str]) -> None:
        """Add ids. They are on the disk when this returns.

        Raises:
            OSError: the file cannot be written. Then nobody may be told that they are deleted.
        """
        is_new = not self.path.exists()
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _OWNER_ONLY)
        with os.fdopen(descriptor, "a", encoding="ascii") as file:
            # The line break goes first: a line that a power cut tore must not spoil the next one.
            file.write("".join(f"\n{each}\n" for each in ids))
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            _flush_folder(self.path.parent)

    def is_writable(self) -> bool:
        """Say whether a line could be added now, writing none."""
        return os.access(self.path if self.path.exists() else self.path.parent, os.W_OK)

    def ids(self) -> tuple[str, ...]:
        """Return every id once, in the order in which they were added; none where there is no file.

        Raises:
            OSError: the file is there and cannot be read.
        """
        try:
            lines = self.path.read_text("ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return ()
        return tuple(dict.fromkeys(line for line in lines if _ID.fullmatch(line)))


def _flush_folder(folder: Path) -> None:
    """A new file's name is on the disk only when its folder is."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
