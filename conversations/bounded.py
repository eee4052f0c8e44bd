"""Read a file that somebody else wrote, and no more of it than it may be long."""

from __future__ import annotations

from importlib.resources.abc import Traversable


def read_at_most(file: Traversable, most: int) -> bytes:
    """The file's bytes; of a longer one the first `most` and one more, by which its reader knows it for too long.

    A file without an end, such as a device, is no trap either.

    Raises:
        OSError: there is no such file, or it may not be opened.
    """
    with file.open("rb") as opened:
        return opened.read(most + 1)
