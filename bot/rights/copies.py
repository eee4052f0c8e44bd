"""The copy on its way to its owner: queued for their own chat, gathered and made at the moment when it is sent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from bot.clock import Clock
from bot.documents.own_data import own_data_pdf
from bot.documents.pictures import OPENMOJI, Images
from bot.media_files import media_name
from bot.post import Post, To
from bot.rights.erasing import NOT_IN_YET
from bot.rights.gathering import gathered, own_media
from bot.rights.own_json import as_json
from bot.telegram.clip_calls import clip
from bot.telegram.outbound import document
from bot.telegram.sending import FileId
from conversations.catalogue import Catalogue
from conversations.document_words import load_document_words
from conversations.lines import Line
from conversations.state import MediaId
from storage.database import Database
from storage.records import Lane
from storage.unit_of_work import UnitOfWork

COPY: Final = "mydata:"
_PAGE: Final = f"{COPY}page:"
_FILE: Final = f"{COPY}file:"
PAGE_FILE: Final = "my-data.pdf"
JSON_FILE: Final = "my-data.json"


async def give_copy(work: UnitOfWork, post: Post, account_id: str, cause: str) -> None:
    """Queue that it is on its way, then both files. Their names tell nobody whose they are."""
    await post.say(work, To(account_id), f"{cause}:making", post.line(Line.MYDATA_MAKING))
    to = To(account_id, lane=Lane.DOCUMENT)
    page = document(_PAGE + account_id, PAGE_FILE, post.line(Line.MYDATA_PAGE))
    file = document(_FILE + account_id, JSON_FILE, post.line(Line.MYDATA_FILE))
    await post.document(work, to, page, f"{cause}:page")
    await post.document(work, to, file, f"{cause}:file")


async def play_all(work: UnitOfWork, post: Post, account_id: str, cause: str) -> None:
    """Queue every voice message, photo and video of this person, under the names that the copy gives them."""
    to, number = To(account_id, lane=Lane.DOCUMENT), 0
    for person in await work.participants.of_account(account_id):
        media = () if person.state in NOT_IN_YET else await own_media(work, person.id)
        for each in media:
            if each.kept:
                number += 1
                outgoing = clip(media_name(MediaId(each.id)), each.kind, each.mime, each.size, each.name)
                await post.document(work, to, outgoing, f"{cause}:play{number}")
    if not number:
        await post.say(work, To(account_id), f"{cause}:nothing", post.line(Line.MYDATA_NOTHING))


@dataclass(frozen=True, slots=True)
class Copies:
    """The outbox's loader of copies: it opens what belongs to the chat that the file goes to, and nothing else."""

    database: Database
    catalogue: Catalogue
    clock: Clock
    images: Images = OPENMOJI

    async def load(self, key: str) -> bytes | FileId | None:
        """The PDF or the JSON; None where nothing is kept any more."""
        account_id = key.removeprefix(_PAGE).removeprefix(_FILE)
        async with self.database.reading() as work:
            data = await gathered(work, self.catalogue, account_id, self.clock.now())
        if data is None:
            return None
        if key.startswith(_FILE):
            return as_json(data)
        words = load_document_words(self.catalogue.languages.of(data.parts[0].language))
        return await asyncio.to_thread(own_data_pdf, data, words, self.images)

    async def uploaded(self, key: str, file_id: FileId) -> None:
        """Telegram's name for it is not kept: each copy is made anew."""
