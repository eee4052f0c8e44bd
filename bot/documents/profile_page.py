"""The two sheets that a young person owns: large, warm, in their words, with the pictures that they chose."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.documents.fonts import is_right_to_left
from bot.documents.pictures import OPENMOJI, Images, plain_picture
from bot.documents.setting import Content, Ink, Sheet, typeset
from bot.documents.signs import signs
from bot.documents.style import PEOPLE
from conversations.document_words import DocumentWords, Phrase
from conversations.own_page import OwnPage, Section, heard
from conversations.voices import Chosen, Entry

FILE_NAME: Final = "my-page.pdf"
CARD_NAME: Final = "my-card.pdf"
_ZONE: Final = "Europe/London"
_TITLES: Final = {
    Section.ADMIRE: (Phrase.PAGE_ADMIRE, "1F31F"),
    Section.IMPORTANT: (Phrase.PAGE_IMPORTANT, "2764"),
    Section.SUPPORT: (Phrase.PAGE_SUPPORT, "1F91D"),
    Section.SAY: (Phrase.CARD_SAY, "1F5E3"),
    Section.STAYS: (Phrase.CARD_STAYS, "1F4CC"),
    Section.OK: (Phrase.CARD_OK, "1F44D"),
}


def profile_page(page: OwnPage, words: DocumentWords, made_at: datetime, images: Images = OPENMOJI) -> bytes:
    """The page as an accessible PDF (PDF/UA-1): one sheet for what people usually say, more rather than smaller."""
    day = words.short_day(made_at.astimezone(ZoneInfo(_ZONE)).date())
    said = (words.say(Phrase.PAGE_ABOUT), words.say(Phrase.PAGE_MADE, date=day), words.say(Phrase.PAGE_MINE))
    return _sheet(page, said, Sheet("profile.typ", PEOPLE, made_at, words, images))


def card_page(
    page: OwnPage, words: DocumentWords, meeting: date, made_at: datetime, images: Images = OPENMOJI
) -> bytes:
    """The card for the meeting, in the same look: what to say, what stays, what helps, and words for a break."""
    title, day = words.say(Phrase.CARD_TITLE), words.short_day(meeting)
    said = (title, words.say(Phrase.CARD_FOR, date=day), words.say(Phrase.CARD_CAN_SAY))
    return _sheet(page, said, Sheet("profile.typ", PEOPLE, made_at, words, images))


def _sheet(page: OwnPage, said: tuple[str, str, str], sheet: Sheet) -> bytes:
    words = sheet.words
    title, under, below = said

    def content(ink: Ink) -> Content:
        return {
            "title": ink(title),
            "name": ink(page.name),
            "dot": words.say(Phrase.DOT),
            "made": ink(under),
            "mine": ink(below),
            "write": ink(words.say(Phrase.PAGE_WRITE)),
            "sections": [_section(page, section, words, ink) for section in page.sections],
        }

    return typeset(sheet, content)


def _section(page: OwnPage, section: Section, words: DocumentWords, ink: Ink) -> Content:
    phrase, picture = _TITLES[section]
    title: Content = {"title": ink(words.say(phrase)), "picture": {"name": picture, "alt": ""}}
    return title | {"entries": [_entry(each, words, ink) for each in page.sections[section]]}


def _entry(entry: Entry, words: DocumentWords, ink: Ink) -> Content:
    said = [each for each in (entry.words.strip(), *heard(entry)) if each]
    about = entry.item and entry.cited is None
    return {
        "about": _tile(Chosen("", entry.item, entry.item_emoji, entry.item_picture), ink) if about else None,
        "chosen": [_tile(each, ink) for each in entry.chosen],
        "said": [_spoken(each, words, ink) for each in said],
    }


def _spoken(said: str, words: DocumentWords, ink: Ink) -> Content:
    named = [
        {"emoji": ink(each.emoji), "name": ink(each.name), "picture": plain_picture(each.picture)}
        for each in signs(said, words.language)
    ]
    return {"words": ink(words.say(Phrase.QUOTE, words=said)), "rtl": is_right_to_left(said), "signs": named}


def _tile(option: Chosen, ink: Ink) -> Content:
    return {"label": ink(option.label), "emoji": ink(option.emoji), "picture": plain_picture(option.picture)}
