"""Everything by which one person could be found in a database, and the bytes in which to look for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy import text

from storage.models import Base
from tests.storage.samples import raw

_THEIRS: Final = frozenset(
    {
        "account", "answer", "conversation", "complaint", "hearing", "inbox", "invite", "media", "media_bytes", "note",
        "outbox", "participant", "prompt", "submission",
    }
)  # fmt: skip
_LINKS: Final = ("id", "participant_id", "conversation_id", "account_id", "chat")
_NAMES: Final = ("id", "chat", "slot", "code", "token", "key")
_SHORTEST: Final = 10


@dataclass(frozen=True, slots=True)
class Traces:
    """Ids, hashes, the blind index and the ciphertexts of one person, as they lie in the database."""

    ids: frozenset[bytes]
    ciphertexts: frozenset[bytes]

    def besides(self, known: str) -> Traces:
        """The same without this id."""
        return replace(self, ids=self.ids - {known.encode()})

    def found_in(self, content: bytes) -> list[bytes]:
        """Those that are there."""
        return [trace for trace in (*self.ids, *self.ciphertexts) if trace in content]


async def traces_of(url: str, participant_id: str, blind: str) -> Traces:
    """Read them from the database while they are there; `blind` is the blind index of the person's chat."""
    rows = [(table, row) for table, row in await _rows(url) if table in _THEIRS]
    ids, theirs = {participant_id, blind}, list[Mapping[str, object]]()
    while True:
        theirs = [row for _, row in rows if any(row.get(link) in ids for link in _LINKS)]
        more = {str(row["id"]) for row in theirs if len(str(row["id"])) >= _SHORTEST}
        more |= {str(row["account_id"]) for row in theirs if "wrong_tries" in row}
        if more <= ids:
            break
        ids |= more
    names = {str(row[name]) for row in theirs for name in _NAMES if len(str(row.get(name) or "")) >= _SHORTEST}
    sealed = {bytes(value) for row in theirs for value in row.values() if isinstance(value, bytes | memoryview)}
    stored = (each if url.startswith("sqlite") else each.hex().encode() for each in sealed)
    return Traces(frozenset(each.encode() for each in names | ids), frozenset(stored))


async def everything(url: str) -> bytes:
    """All that a thief of the database gets: the files of SQLite with its log, or every row of PostgreSQL."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))
    rows: list[bytes] = []
    async with raw(url) as connection:
        for table in Base.metadata.sorted_tables:
            found = await connection.execute(text(f'SELECT t::text FROM "{table.name}" t'))
            rows += [row.encode() for row in found.scalars()]
    return b"\n".join(rows)


async def _rows(url: str) -> list[tuple[str, Mapping[str, object]]]:
    found: list[tuple[str, Mapping[str, object]]] = []
    async with raw(url) as connection:
        for table in Base.metadata.sorted_tables:
            rows = await connection.execute(text(f'SELECT * FROM "{table.name}"'))
            found += [(table.name, dict(row)) for row in rows.mappings()]
    return found
