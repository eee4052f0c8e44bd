"""An invite as it is handed over: a link, and a printable letter. The second secret is in neither."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.documents.letter import Invitation as LetterInvitation
from bot.documents.letter import letter
from bot.documents.pictures import OPENMOJI, Images
from bot.facts import NoSuchReviewError, circle
from bot.reviewing import Invitation
from conversations.document_words import load_document_words
from conversations.languages import ENGLISH, Language
from conversations.timetable import Stage
from storage.database import Database
from storage.private_files import replace_private
from storage.records import Review
from storage.unit_of_work import UnitOfWork

NOT_KNOWN_YET: Final = "your_bot"


@dataclass(frozen=True, slots=True)
class Manner:
    """In which language a letter is, and with which pictures."""

    language: Language = ENGLISH
    images: Images = OPENMOJI


PLAIN: Final = Manner()


async def link_for(work: UnitOfWork, token: str) -> str:
    """The deep link: it opens the real bot, once."""
    return f"https://t.me/{await bot_name(work)}?start={token}"


async def bot_name(work: UnitOfWork) -> str:
    """The bot's user name as Telegram told it; a stand-in word before the first start."""
    return await work.meta.get("bot_username") or NOT_KNOWN_YET


async def as_letter(work: UnitOfWork, review: Review, made: Invitation) -> LetterInvitation:
    """What the letter to this person says.

    Raises:
        NoSuchReviewError: the review or the person is not stored.
    """
    around = await circle(work, review.id, made.participant_id)
    return LetterInvitation(
        role=made.role,
        about=around.about.first_name,
        name=made.name,
        professional=around.professional.name,
        professional_title=around.professional.title,
        setting=around.setting.name,
        contact=around.professional.email,
        meeting=review.meeting,
        answer_by=around.stage(Stage.CLOSE),
        expires=made.expires_at.astimezone(ZoneInfo(around.setting.zone)).date(),
        bot=await bot_name(work),
        link=await link_for(work, made.token),
        made_at=review.planned_at,
    )


async def write_letter(
    database: Database, review: Review, made: Invitation, folder: Path, manner: Manner = PLAIN
) -> Path:
    """The printable letter, in this folder and manner, under a name that holds no person's name.

    Raises:
        NoSuchReviewError: the review or the person is not stored.
        OSError: the folder cannot be written.
    """
    async with database.reading() as work:
        said = await as_letter(work, review, made)
    content = await asyncio.to_thread(letter, said, load_document_words(manner.language), manner.images)
    path = folder / f"letter-{made.role.value}-{made.participant_id[-6:]}.pdf"
    await asyncio.to_thread(_write, path, content)
    return path


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_private(path, content)  # it holds a link that opens once


__all__ = ["Manner", "NoSuchReviewError", "as_letter", "bot_name", "link_for", "write_letter"]
