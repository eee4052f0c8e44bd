"""A counter beside the database: a database that knows a smaller number was put back from an older copy.

The number grows every minute while a bot runs, and with every backup. The file stands beside the list of deletions,
outside the database and its backups; it holds a number and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from storage.private_files import replace_private


@dataclass(frozen=True, slots=True)
class EpochFile:
    """The highest number that a database of this file was known to have."""

    path: Path

    def read(self) -> int:
        """Return the number; 0 where there is no file, or one that a power cut spoiled.

        Raises:
            OSError: the file is there and cannot be read.
        """
        try:
            text = self.path.read_text("ascii", errors="replace").strip()
        except FileNotFoundError:
            return 0
        return int(text) if text.isascii() and text.isdigit() else 0

    def write(self, number: int) -> None:
        """Store a number. It is on the disk when this returns. Raises OSError."""
        replace_private(self.path, f"{number}\n".encode())
