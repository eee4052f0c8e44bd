"""Keep the key ring in a file that only its owner can read. The database never holds a key."""

from __future__ import annotations

import os
from pathlib import Path

from storage.errors import KeyFileUnsafe, KeyMissing
from storage.sealing import KeyRing

_OTHERS = 0o077
_MOST_LETTERS = 64 * 1024
"""A thousand keys. Whatever is longer is no key file, and what is cut off in the middle is no key."""


def read_key_file(path: Path) -> KeyRing:
    """Read a key ring.

    Raises:
        KeyMissing: there is no such file, or no key in it.
        KeyFileUnsafe: others than the owner may read it.
        KeyWrong: a key has the wrong form.
    """
    try:
        if os.name == "posix" and path.stat().st_mode & _OTHERS:
            raise KeyFileUnsafe
        with path.open(encoding="ascii") as file:
            return KeyRing.parse(file.read(_MOST_LETTERS))
    except FileNotFoundError:
        raise KeyMissing("The key file is not there. Make one with: firsthand keys new.") from None


def write_key_file(path: Path, ring: KeyRing) -> None:
    """Write a key ring for its owner's eyes alone. An older file is replaced in one step, after a flush to disk."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(ring.reveal().replace(",", "\n") + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
