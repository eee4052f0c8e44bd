"""Brings the bytes of what the outbox only names or describes: digests, recordings, boards. Made when they are sent."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol, assert_never

import structlog

from bot.clock import Clock
from bot.digests import Form, copy_of, form_of
from bot.documents.digest_docx import docx_of
from bot.documents.digest_pdf import pdf
from bot.documents.layout import lay_out
from bot.documents.pictures import OPENMOJI, Images
from bot.documents.plan_order import by_section
from bot.own_copies import OwnCopies
from bot.pictures.drawer import Drawer
from bot.telegram.sending import FileId
from conversations.art import Art, Board
from conversations.digest import Digest
from conversations.document_words import DocumentWords
from storage.database import Database
from storage.errors import StorageError

log = structlog.get_logger(__name__)


class Source(Protocol):
    """Brings files of one kind."""

    async def load(self, key: str) -> bytes | FileId | None:
        """The bytes, or Telegram's name for them, or `None` where they are gone for good."""
        ...

    async def uploaded(self, key: str, file_id: FileId) -> None:
        """Telegram has it now, under this name; an empty name: it no longer takes the one it gave."""
        ...


@dataclass(frozen=True, slots=True)
class DigestFiles:
    """Copies of digests, whose keys have no prefix."""

    database: Database
    words: DocumentWords
    own: OwnCopies | None = None
    images: Images = OPENMOJI

    async def load(self, key: str) -> bytes | FileId | None:
        """The copy that `key` names, in its form; None where its digest is gone."""
        words = self.words
        async with self.database.reading() as work:
            copy = await copy_of(work, key)
            if copy is not None and self.own is not None:
                copy, words = await self.own.spoken(work, copy, key, words)
        return None if copy is None else await asyncio.to_thread(self._made, copy, words, form_of(key))

    def _made(self, copy: Digest, words: DocumentWords, form: Form) -> bytes:
        match form:
            case Form.PDF:
                return pdf(copy, words, self.images)
            case Form.WORD:
                return docx_of(lay_out(copy, words), words)
            case Form.WORD_BY_SECTION:
                return docx_of(by_section(copy, words), words)
            case _:
                assert_never(form)

    async def uploaded(self, key: str, file_id: FileId) -> None:
        """Telegram's name for it is not kept: a document that was withdrawn must not be sent again by it."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """The outbox's loader. `by_prefix` brings what is named `prefix...`, `digests` everything else."""

    digests: Source
    by_prefix: Mapping[str, Source] = field(default_factory=lambda: MappingProxyType({}))

    async def load(self, key: str, *, fresh: bool = False) -> bytes | FileId | None:
        """As `Source.load`; with `fresh` the name that Telegram refused is given up first."""
        source = self._source(key)
        if fresh:
            await source.uploaded(key, FileId(""))
        return await source.load(key)

    async def uploaded(self, key: str, file_id: FileId) -> None:
        """As `Source.uploaded`. Trouble with the database is logged: the message itself has gone."""
        try:
            await self._source(key).uploaded(key, file_id)
        except StorageError as error:
            log.warning("file_name_not_kept", kind=type(error).__name__)

    def _source(self, key: str) -> Source:
        prefix, colon, _ = key.partition(":")
        return self.by_prefix.get(f"{prefix}{colon}", self.digests)


@dataclass(frozen=True, slots=True)
class DrawnBoards:
    """Draws boards, and remembers Telegram's names for those that belong to nobody."""

    database: Database
    drawer: Drawer
    clock: Clock

    async def draw(self, art: Art, *, fresh: bool = False) -> bytes | FileId | None:
        """Telegram's name for it where one is remembered, else a PNG; None where it cannot be drawn.

        With `fresh` the name that Telegram refused is forgotten.
        """
        if isinstance(art, Board) and art.reusable:
            if fresh:
                await self._forget(art)
            elif (name := await self._name(art)) is not None:
                return name
        return await self.drawer.draw(art)

    async def drawn(self, art: Art, file_id: FileId) -> None:
        """Remember Telegram's name for it, unless it is about one person."""
        if not isinstance(art, Board) or not art.reusable:
            return
        try:
            async with self.database.work() as work:
                await work.pictures.remember(self.drawer.key(art), file_id, self.clock.now())
                await work.commit()
        except StorageError as error:  # it is drawn again next time; the message itself has gone
            log.warning("file_name_not_kept", kind=type(error).__name__)

    async def _name(self, art: Board) -> FileId | None:
        async with self.database.reading() as work:
            found = await work.pictures.file_id(self.drawer.key(art))
        return None if found is None else FileId(found)

    async def _forget(self, art: Board) -> None:
        async with self.database.work() as work:
            await work.pictures.forget(self.drawer.key(art))
            await work.commit()
