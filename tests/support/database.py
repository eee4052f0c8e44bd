"""A migrated SQLite in a test's own folder, with a fixed key: quick, since the migrated file is made only once."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from storage.database import Database, open_database
from storage.migrate import migrate
from storage.sealing import KeyRing

TEST_KEYS: Final = "k1:" + "dGVzdCBrZXkgb2YgdGhlIHRlc3RzLCBub3Qgc2VjcmU="
_template: dict[str, bytes] = {}


def fixed_keyring() -> KeyRing:
    """The ring of every test database."""
    return KeyRing.parse(TEST_KEYS)


async def new_database_url(folder: Path, name: str = "firsthand.db") -> str:
    """Put a migrated, empty database into a folder. Returns its address."""
    if not _template:
        with tempfile.TemporaryDirectory() as scratch:
            original = Path(scratch) / "template.db"
            await migrate(f"sqlite:///{original}")
            async with await open_database(f"sqlite:///{original}", fixed_keyring()):
                pass  # makes the root secret, under the fixed key
            _template["sqlite"] = original.read_bytes()
    (folder / name).write_bytes(_template["sqlite"])
    (folder / name).chmod(0o600)  # as the program makes it
    return f"sqlite:///{folder / name}"


async def open_test_database(folder: Path, name: str = "firsthand.db", wait: float = 5.0) -> Database:
    """Open a fresh, migrated SQLite database in this folder. Close it, or use it as a context."""
    return await open_database(await new_database_url(folder, name), fixed_keyring(), wait)
