"""Voices, photos and videos that go with a digest's mail, as far as there is room; the mail says what stays behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import Final

from bot.mail import DigestMail, Enclosure
from bot.telegram.clip_calls import clip_file
from conversations.digest import Digest
from conversations.digest_media import media_of
from conversations.document_words import DocumentWords, Phrase
from storage.records import MediaState
from storage.unit_of_work import UnitOfWork

MEGABYTE: Final = 1024 * 1024
_HEAD: Final = 512
"""Lines of each part of a mail."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What goes with a mail, and the numbers of what has no room in it."""

    files: tuple[Enclosure, ...] = ()
    left_out: tuple[int, ...] = ()


async def enclosed(work: UnitOfWork, digest: Digest, mail: DigestMail, limit_mb: int) -> Enclosed:
    """The media of this copy in their order, as many as fit beside what `mail` holds already."""
    room = limit_mb * MEGABYTE - size_of(mail)
    files: list[Enclosure] = []
    left_out: list[int] = []
    for number, media in enumerate(media_of(digest), start=1):
        kept = await work.media.get(media.id)
        if kept is None or kept.state is not MediaState.KEPT:
            continue  # taken back since
        if in_mail(kept.size) > room:
            left_out.append(number)
            continue
        room -= in_mail(kept.size)
        content = await work.media.data(media.id)
        files.append(Enclosure(clip_file(kept.kind, kept.mime, number), kept.mime, content))
    return Enclosed(tuple(files), tuple(left_out))


def with_media(mail: DigestMail, found: Enclosed, words: DocumentWords) -> DigestMail:
    """The same mail with its media, and a sentence about those that stay behind."""
    if not found.left_out:
        return replace(mail, media=found.files)
    said = words.say(Phrase.MAIL_LEFT_OUT, numbers=", ".join(map(str, found.left_out)))
    html = mail.html.replace("</body>", f"<p>{escape(said)}</p></body>")
    return replace(mail, media=found.files, text=f"{mail.text.rstrip()}\n\n{said}\n", html=html)


def size_of(mail: DigestMail) -> int:
    """About how many bytes of a mail its words and documents take."""
    words = in_mail(len(mail.text.encode())) + in_mail(len(mail.html.encode()))
    return words + in_mail(len(mail.pdf)) + sum(in_mail(len(each.content)) for each in mail.also)


def in_mail(size: int) -> int:
    """About how many bytes a part of this size takes: a mail carries letters only, in short lines."""
    return size * 4 // 3 + size // 40 + _HEAD
