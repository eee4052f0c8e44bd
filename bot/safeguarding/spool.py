"""Where calls for help wait while the database cannot be used: one sealed file for each, for its owner alone."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog
from pydantic import TypeAdapter

from storage.errors import StorageError
from storage.ids import new_id
from storage.sealing import Cell, KeyRing, Sealed

_ENDING: Final = ".alert"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody pressed the button: in which chat, when, and whether it is about staff."""

    chat_id: int = field(repr=False)
    at: datetime
    elsewhere: bool


_CALL: Final = TypeAdapter(Call)


@dataclass(frozen=True, slots=True)
class Spool:
    """A folder. What is in it can be read with the safeguarding keys only, and under its own name only."""

    folder: Path
    keys: KeyRing

    def put(self, call: Call) -> str:
        """Keep a call, on the disk when this returns; its name.

        Raises:
            OSError: the folder cannot be written.
        """
        name = new_id()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.folder / f"{name}.new"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(self.keys.seal(_CALL.dump_json(call), _cell(name)))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / f"{name}{_ENDING}")
        return name

    def waiting(self) -> list[tuple[str, Call]]:
        """The calls with their names, the oldest first. A file that does not open stays where it is, and is logged."""
        if not self.folder.is_dir():
            return []
        found = []
        for file in sorted(self.folder.glob(f"*{_ENDING}")):
            try:
                found.append(
                    (file.stem, _CALL.validate_json(self.keys.open(Sealed(file.read_bytes()), _cell(file.stem))))
                )
            except (StorageError, OSError, ValueError) as error:
                log.error("alert_file_unreadable", file=file.stem, error=type(error).__name__)  # noqa: TRY400  no trace
        return found

    def done(self, name: str) -> None:
        """The call stands in the database: its file goes."""
        (self.folder / f"{name}{_ENDING}").unlink(missing_ok=True)


def _cell(name: str) -> Cell:
    return Cell("spool", "call", name)
