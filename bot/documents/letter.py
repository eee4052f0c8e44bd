"""The invitation letter: who asks, why, the one link, and every other way. The second secret is never in it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, datetime

import segno

from bot.documents.pictures import OPENMOJI, Images
from bot.documents.setting import Content, Ink, Sheet, typeset
from bot.documents.style import PEOPLE
from conversations.document_words import DocumentWords, Phrase
from conversations.script import Role


@dataclass(frozen=True, slots=True)
class Invitation:
    """One person's invitation. `link` opens the bot and works once until `expires`; `contact` is a phone or e-mail.

    `name` may be empty for a carer. `bot` is the bot's user name without @. There is no place for the second secret.
    """

    role: Role
    about: str = field(repr=False)
    name: str = field(repr=False)
    professional: str = field(repr=False)
    professional_title: str = field(repr=False)
    setting: str = field(repr=False)
    contact: str = field(repr=False)
    meeting: date
    answer_by: date
    expires: date
    bot: str
    link: str = field(repr=False)
    made_at: datetime


@dataclass(frozen=True, slots=True)
class _Row:
    """A picture and the sentences beside it."""

    picture: Content
    phrases: tuple[Phrase, ...]


def _row(picture: str, *phrases: Phrase) -> _Row:
    # The words carry the meaning; a picture beside them is decoration for a screen reader, so it needs no words.
    return _Row({"name": picture, "alt": ""}, phrases)


_WHEN = _row("1F4C5", Phrase.LETTER_MEETING, Phrase.LETTER_BY)
_WHY = _row("1F4AD", Phrase.LETTER_WHY, Phrase.LETTER_CHOICE)
_HOW = _row("1F4F1", Phrase.LETTER_BOT, Phrase.LETTER_SCAN)
_SAFE = (
    _row("1F511", Phrase.LETTER_SECOND, Phrase.LETTER_SECOND_HOW),
    _row("1F6E1", Phrase.LETTER_ONCE, Phrase.LETTER_NEVER),
    _row("1F441", Phrase.LETTER_READS),
)
_OTHER_WAYS = (
    _row("1F5E3", Phrase.LETTER_OTHER_TALK),
    _row("1F4DD", Phrase.LETTER_OTHER_PAPER),
    _row("1F91D", Phrase.LETTER_OTHER_HELPER),
)


def letter(invitation: Invitation, words: DocumentWords, images: Images = OPENMOJI) -> bytes:
    """The letter as an accessible PDF (PDF/UA-1), pictures beside the words; larger for a young person."""
    filled = _filled(invitation)
    young = invitation.role is Role.YOUNG_PERSON

    def content(ink: Ink) -> Content:
        def said(phrase: Phrase) -> str:
            return ink(words.say(phrase, **filled | {"date": words.day(_dated(invitation, phrase))}))

        def rows(*given: _Row) -> list[Content]:
            return [{"picture": row.picture, "texts": [said(each) for each in row.phrases]} for row in given]

        return {
            "young": young,
            "title": said(Phrase.LETTER_TITLE if young else Phrase.LETTER_TITLE_CARER),
            "hello": said(Phrase.LETTER_HELLO if invitation.name else Phrase.LETTER_HELLO_PLAIN),
            "first": rows(_asks(invitation), _WHEN, _WHY, _HOW),
            "qr": _square(invitation.link),
            "qr_alt": words.say(Phrase.LETTER_QR_ALT, **filled),  # heard, not drawn: nothing to break or box
            "link": invitation.link,
            "link_lines": [ink(each) for each in _in_lines(invitation.link)],
            "real": said(Phrase.LETTER_REAL),
            "second": rows(*_SAFE),
            "other_title": said(Phrase.LETTER_OTHER_TITLE),
            "other": said(Phrase.LETTER_OTHER),
            "ways": rows(*_OTHER_WAYS, _contact(invitation)),
        }

    return typeset(Sheet("letter.typ", PEOPLE, invitation.made_at, words, images), content)


def _asks(invitation: Invitation) -> _Row:
    ask = Phrase.LETTER_ASK if invitation.role is Role.YOUNG_PERSON else Phrase.LETTER_ASK_CARER
    return _row("1F5E8", ask, Phrase.LETTER_WHO if invitation.professional_title else Phrase.LETTER_WHO_PLAIN)


def _contact(invitation: Invitation) -> _Row:
    return _row("260E", Phrase.LETTER_CONTACT if invitation.contact else Phrase.LETTER_CONTACT_PLAIN)


def _filled(invitation: Invitation) -> dict[str, str]:
    return {
        "about": invitation.about,
        "name": invitation.name,
        "professional": invitation.professional,
        "title": invitation.professional_title,
        "setting": invitation.setting,
        "contact": invitation.contact,
        "bot": invitation.bot,
        "link": invitation.link,
    }


def _dated(invitation: Invitation, phrase: Phrase) -> date:
    """The day that `{date}` means in a sentence."""
    match phrase:
        case Phrase.LETTER_BY:
            return invitation.answer_by
        case Phrase.LETTER_ONCE:
            return invitation.expires
        case _:
            return invitation.meeting


def _in_lines(link: str) -> tuple[str, ...]:
    """The link in two lines, for those who type it: no sign is added that a copy would carry along."""
    address, mark, rest = link.partition("?")
    return (address + mark, rest) if rest else (address,)


def _square(link: str) -> str:
    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", border=2, scale=4, xmldecl=False)
    return drawn.getvalue().decode("ascii")
