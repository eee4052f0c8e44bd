"""A copy of a digest as a mail: text, HTML and PDF of the same words, under a subject that names nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.documents import digest_docx as docx
from bot.documents.digest_html import html
from bot.documents.digest_pdf import pdf
from bot.documents.digest_text import text
from bot.documents.layout import lay_out
from bot.documents.meeting_day import FILE_NAME, MIME, calendar_entry
from bot.documents.pack import copies
from bot.documents.pictures import OPENMOJI, Images
from bot.documents.plan_order import WITH_A_PLAN, by_section
from bot.mail import PDF, DigestMail, Enclosure
from conversations.digest import Digest
from conversations.document_words import DocumentWords, Phrase
from conversations.readers import for_reader


@dataclass(frozen=True, slots=True)
class Envelope:
    """To whom, and what makes this mail the same on a second try."""

    to: str = field(repr=False)
    message_id: str
    at: datetime
    reply_to: str = field(default="", repr=False)
    thread: str = ""


def mailed(
    digest: Digest,
    words: DocumentWords,
    envelope: Envelope,
    images: Images = OPENMOJI,
    *,
    with_pack: bool = False,
) -> DigestMail:
    """The mail that brings this copy, and with it the copies that its reader hands out."""
    date = words.short_day(digest.meeting)
    return DigestMail(
        to=envelope.to,
        subject=words.say(Phrase.MAIL_SUBJECT, date=date),
        text=text(digest, words),
        html=html(digest, words),
        pdf=pdf(digest, words, images),
        file_name=words.say(Phrase.MAIL_FILE, date=digest.meeting.isoformat()),
        message_id=envelope.message_id,
        at=envelope.at,
        reply_to=envelope.reply_to,
        thread=envelope.thread,
        also=(*_pack(digest, words, images), *_to_work_in(digest, words, envelope)) if with_pack else (),
    )


def _pack(digest: Digest, words: DocumentWords, images: Images) -> Iterator[Enclosure]:
    for each in copies(digest):
        yield Enclosure(each.file_name, PDF, pdf(for_reader(digest, each.reader), words, images))


def _to_work_in(digest: Digest, words: DocumentWords, envelope: Envelope) -> Iterator[Enclosure]:
    """The same copy for Word, in the order of a meeting and in that of the plan; and the day for the calendar."""
    day = digest.meeting.isoformat()
    yield Enclosure(words.say(Phrase.MAIL_DOCX, date=day), docx.MIME, docx.docx_of(lay_out(digest, words), words))
    if digest.kind in WITH_A_PLAN:
        by_plan = docx.docx_of(by_section(digest, words), words)
        yield Enclosure(words.say(Phrase.MAIL_DOCX_SECTIONS, date=day), docx.MIME, by_plan)
    entry = calendar_entry(envelope.thread, digest.meeting, words.review_kind(digest.kind), envelope.at)
    yield Enclosure(FILE_NAME, MIME, entry)
