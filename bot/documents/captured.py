"""The block that says how one person's words were given. It counts what the copy holds and draws no conclusion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.documents.answers import Telling
from bot.documents.likes import likes
from bot.documents.page import Block, Lines, Notice, Pairs
from conversations.captured import ONE_COLUMN_FROM, Captured, captured
from conversations.document_words import Family, Phrase
from conversations.script import Records
from conversations.voices import Voice

_Member = TypeVar("_Member", bound=StrEnum)


def captured_blocks(telling: Telling, voice: Voice) -> Iterator[Block]:
    """How, when, with whose help, and what was not answered."""
    found = captured(voice, telling.digest.zone)
    days = tuple(_days(telling, voice, found))
    if voice is not _young(telling):  # the young person's stands on top of the whole document
        days = (*likes(telling, voice), *days)
    if days:
        yield Lines(days)
    rows = tuple(_rows(telling, found))
    if rows:
        yield Pairs(rows)
    if found.refusals:
        yield Lines((telling.words.say(Phrase.REFUSALS_ARE_CHOICES),))
    if telling.whole and found.one_column:
        yield _one_column(telling, voice, found)
    shown = (each for each in voice.steering if each.records is not Records.ACCESS or voice is not _young(telling))
    for entry in shown:
        yield telling.said(voice, entry)


def _young(telling: Telling) -> Voice:
    return telling.digest.young_person


def _days(telling: Telling, voice: Voice, found: Captured) -> Iterator[str]:
    words = telling.words
    if found.first is not None and found.last is not None:
        first, last = words.short_day(found.first), words.short_day(found.last)
        phrase = Phrase.GIVEN_ONE_DAY if first == last else Phrase.GIVEN_DAYS
        yield words.say(phrase, first=first, last=last)
    if voice.sent_at is not None:
        sent = words.short_day(voice.sent_at.astimezone(ZoneInfo(telling.digest.zone)).date())
        yield words.say(Phrase.LATE if voice.late else Phrase.SENT, date=sent)
    if voice.number > 1:
        yield words.say(Phrase.SENDING, number=str(voice.number))
    if voice.code:
        yield words.say(Phrase.RECEIPT, code=voice.code)
    yield from _typed_in(telling, voice, found)


def _typed_in(telling: Telling, voice: Voice, found: Captured) -> Iterator[str]:
    """When it was written on paper and when staff typed it in, with its own receipt."""
    typed, words = voice.typed_in, telling.words
    if typed is None or found.written is None:
        return
    date = words.short_day(typed.at.astimezone(ZoneInfo(telling.digest.zone)).date())
    yield words.say(Phrase.TYPED_IN, first=words.short_day(found.written), date=date)
    if typed.late:
        yield words.say(Phrase.LATE, date=date)
    if typed.code:
        yield words.say(Phrase.RECEIPT, code=typed.code)


def _rows(telling: Telling, found: Captured) -> Iterator[tuple[str, str]]:
    words = telling.words
    comma = words.say(Phrase.COMMA)
    if found.answers:
        yield words.say(Phrase.LABEL_ANSWERS), str(found.answers)
    if found.means:
        yield words.say(Phrase.LABEL_MEANS), comma.join(_counted(telling, Family.MEANS, found.means))
    if found.helped:
        yield words.say(Phrase.LABEL_HELPED), comma.join(found.helped)
    if found.refusals:
        yield words.say(Phrase.LABEL_REFUSALS), comma.join(_counted(telling, Family.REFUSED, found.refusals))


def _counted(telling: Telling, family: Family, counts: Mapping[_Member, int]) -> Iterator[str]:
    words = telling.words
    return (words.say(Phrase.COUNTED, what=words.of(family, key), count=str(n)) for key, n in counts.items())


def _one_column(telling: Telling, voice: Voice, found: Captured) -> Notice:
    check = telling.words.say(Phrase.ONE_COLUMN, name=telling.name(voice), count=str(found.one_column))
    return Notice((check, telling.words.say(Phrase.ONE_COLUMN_RULE, least=str(ONE_COLUMN_FROM))))
