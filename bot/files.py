"""Brings the bytes of what the outbox only names: copies of digests. Made when they are sent, never stored."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.digests import copy_of
from bot.documents.digest_pdf import pdf
from bot.telegram.sending import FileId
from conversations.document_words import DocumentWords
from storage.database import Database


@dataclass(frozen=True, slots=True)
class DigestFiles:
    """The outbox's loader."""

    database: Database
    words: DocumentWords

    async def load(self, key: str) -> bytes | FileId | None:
        """The PDF of the copy that `key` names; None where its digest is gone."""
        async with self.database.reading() as work:
            copy = await copy_of(work, key)
        return None if copy is None else await asyncio.to_thread(pdf, copy, self.words)

    async def uploaded(self, key: str, file_id: FileId) -> None:
        """Telegram's name for it is not kept: a document that was withdrawn must not be sent again by it."""
