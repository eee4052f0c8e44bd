"""A copy of a digest as a mail: text, HTML and PDF of the same words, under a subject that names nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.documents.digest_html import html
from bot.documents.digest_pdf import pdf
from bot.documents.digest_text import text
from bot.documents.pack import copies
from bot.documents.pictures import OPENMOJI, Images
from bot.mail import DigestMail
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
    handed_out = copies(digest) if with_pack else ()
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
        also=tuple((each.file_name, pdf(for_reader(digest, each.reader), words, images)) for each in handed_out),
    )
