"""From a copy of a digest to the blocks of its document, part by part, in the order of the parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.documents.answers import Telling
from bot.documents.captured import captured_blocks
from bot.documents.likes import likes
from bot.documents.page import Block, Heading, Lines, Listed, Notice, Page, Pairs, Title
from bot.documents.tables import beside, next_steps, outcomes
from conversations.digest import Digest, DigestPart, ReaderKind, part_of
from conversations.document_words import DocumentWords, Family, Phrase
from conversations.script import Records, Role
from conversations.voices import Change, Entry, Standing, Voice


def lay_out(digest: Digest, words: DocumentWords) -> Page:
    """The document of this copy. What the copy does not hold leaves no heading behind."""
    telling = Telling(digest, words)
    title = words.say(_TITLES.get(digest.reader, Phrase.TITLE), about=digest.about)
    head = words.say(Phrase.RUNNING_HEAD, about=digest.about, date=words.short_day(digest.meeting))
    under = (*likes(telling, digest.young_person), words.say(Phrase.SUBTITLE, date=words.day(digest.meeting)))
    blocks = [Title(title, under), *header(telling)]
    for part in DigestPart:
        if part in digest.parts:
            blocks.extend(_part(telling, part))
    return Page(title, head, tuple(blocks))


_TITLES = {ReaderKind.YOUNG_PERSON: Phrase.TITLE_OWN, ReaderKind.CARER: Phrase.TITLE_CARER}


def _part(telling: Telling, part: DigestPart) -> Iterator[Block]:
    blocks = tuple(_inside(telling, part))
    if blocks:
        before = str(telling.digest.version - 1)
        yield Heading(1, telling.words.of(Family.PART, part, about=telling.digest.about, before=before))
        yield from blocks


def _inside(telling: Telling, part: DigestPart) -> Iterator[Block]:
    young = telling.digest.young_person
    match part:
        case DigestPart.HOW_CAPTURED:
            return _captured_or_empty(telling, young)
        case DigestPart.ONE_THING | DigestPart.MUST_STAY:
            return telling.answers(young, _entries(young, part), large=True)
        case DigestPart.HEADINGS:
            return telling.topics(young, _entries(young, part), 2)
        case DigestPart.AGENDA | DigestPart.TAKING_PART:
            return _everyones(telling, part)
        case _:
            return _OTHERS[part](telling) if part in _OTHERS else iter(())


def _carers(telling: Telling) -> Iterator[Block]:
    for carer in sorted(telling.digest.carers, key=lambda each: each.in_place is not None):
        yield from _titled(telling, carer)
        yield from _captured_or_empty(telling, carer)
        yield from telling.topics(carer, _entries(carer, DigestPart.CARERS), 3)


def _titled(telling: Telling, carer: Voice) -> Iterator[Block]:
    """Whoever acts in place of the young person stands in a section of their own, behind the other carers."""
    words, about, name, marked = telling.words, telling.digest.about, telling.name(carer), carer.in_place
    if marked is None:
        yield Heading(2, name)
        return
    yield Heading(2, words.say(Phrase.IN_PLACE, about=about, name=name))
    said = [words.say(Phrase.IN_PLACE_UNTIL, name=name, about=about, date=words.short_day(marked.until))]
    if marked.evidence:
        said.append(words.say(Phrase.IN_PLACE_BY, by=marked.decided_by, evidence=marked.evidence))
    yield Lines((*said, words.say(Phrase.IN_PLACE_NOT, about=about)))


def _entries(voice: Voice, part: DigestPart) -> tuple[Entry, ...]:
    return tuple(each for each in voice.entries if part_of(voice.role, each) is part)


def header(telling: Telling) -> Iterator[Block]:
    """Of which review this is, and what this copy is."""
    digest, words = telling.digest, telling.words
    rows = [(Phrase.LABEL_REVIEW, words.review_kind(digest.kind))]
    if digest.reference:
        rows.append((Phrase.LABEL_REFERENCE, digest.reference))
    rows.append((Phrase.LABEL_SETTING, digest.setting))
    named = words.say(Phrase.PROFESSIONAL, name=digest.professional, title=digest.professional_title)
    rows.append((Phrase.LABEL_PROFESSIONAL, named if digest.professional_title else digest.professional))
    if digest.leaving_date is not None and digest.leaving_date < digest.meeting:
        since = words.short_day(digest.leaving_date)
        rows.append((Phrase.LABEL_RIGHTS, words.say(Phrase.RIGHTS, about=digest.about, date=since)))
    if digest.version:
        rows.append((Phrase.LABEL_VERSION, str(digest.version)))
    rows.append((Phrase.LABEL_MADE, words.day(_local(digest.made_at, digest))))
    if digest.closes is not None:
        rows.append((Phrase.LABEL_CLOSES, words.day(digest.closes)))
    if digest.short_notice_reason:
        rows.append((Phrase.LABEL_SHORT_NOTICE, digest.short_notice_reason))
    rows.extend(_own_choices(telling))
    yield Pairs((*((words.say(label), text) for label, text in rows), *_access(telling)))
    yield from _about_this_copy(telling)


def _own_choices(telling: Telling) -> Iterator[tuple[Phrase, str]]:
    """The yes or no to a copy, which the named professional needs; the young person sees their own."""
    share = telling.digest.young_person.share
    if share is not None:
        said = Phrase.SHARE_YES if share else Phrase.SHARE_NO
        yield Phrase.LABEL_COPY, telling.words.say(said, about=telling.digest.about)


def _access(telling: Telling) -> Iterator[tuple[str, str]]:
    young = telling.digest.young_person
    for entry in young.steering:
        said_first = young.profile is not None and not entry.words  # the line under the title says it already
        if entry.records is Records.ACCESS and (entry.chosen or entry.words) and not said_first:
            said = telling.said(young, entry)
            quoted = (telling.words.say(Phrase.QUOTE, words=entry.words),) if entry.words else ()
            label = telling.words.say(Phrase.ACCESS, name=telling.digest.about)
            yield label, telling.words.say(Phrase.COMMA).join((*(each.words for each in said.chosen), *quoted))


def _about_this_copy(telling: Telling) -> Iterator[Block]:
    words = telling.words
    if not telling.whole:
        if telling.digest.reader is ReaderKind.OTHER_PROFESSIONAL:
            yield Notice((words.say(Phrase.FOR_STAFF), words.say(Phrase.NOT_AN_ASSESSMENT)))
        else:
            yield Lines((words.say(Phrase.NOT_AN_ASSESSMENT),))
        return
    only = words.say(Phrase.MARK_ONLY, professional=telling.digest.professional)
    yield Notice((words.say(Phrase.NOT_AN_ASSESSMENT), words.say(Phrase.ONLY_FOR_YOU, only=only)))


def _captured_or_empty(telling: Telling, voice: Voice) -> Iterator[Block]:
    if voice.entries or voice.sent_at is not None:
        yield from captured_blocks(telling, voice)
        if voice.entries:
            return
    yield from _empty(telling, voice)


def _empty(telling: Telling, voice: Voice) -> Iterator[Block]:
    words, name = telling.words, telling.name(voice)
    if voice.standing is None or telling.is_own(voice):
        none = words.say(Phrase.NO_WORDS_OWN if telling.is_own(voice) else Phrase.NO_WORDS, name=name)
        yield Lines((none,))
        return
    yield Lines((words.of(Family.EMPTY, voice.standing, name=name),))
    if voice.standing is Standing.SENT:
        return
    tried = tuple(
        words.say(Phrase.TRIED, what=words.of(Family.TRIED, each.kind), date=words.short_day(each.on))
        for each in voice.tried
    )
    yield Listed(words.say(Phrase.TRIED_INTRO), tried or (words.say(Phrase.TRIED_NOTHING),))


def _changes(telling: Telling) -> Iterator[Block]:
    digest, words = telling.digest, telling.words
    if digest.version < 2:
        return
    voices = (digest.young_person, *digest.carers)
    lines = tuple(
        words.of(Family.CHANGE, each.change, name=telling.name(each))
        for each in voices
        if each.change is not Change.NONE
    )
    yield Lines(lines or (words.say(Phrase.CHANGE_NONE),))


def _everyones(telling: Telling, part: DigestPart) -> Iterator[Block]:
    """The young person first, then each carer apart; who said nothing here is not mentioned."""
    for voice in (telling.digest.young_person, *telling.digest.carers):
        entries = _entries(voice, part)
        if not entries:
            continue
        yield Heading(2, telling.name(voice))
        if part is DigestPart.AGENDA:
            yield from telling.answers(voice, entries, large=voice.role is Role.YOUNG_PERSON)
        else:
            yield from telling.topics(voice, entries, 3)


def _follow_up(telling: Telling) -> Iterator[Block]:
    rows = tuple(
        (telling.words.short_day(each.on), telling.words.of(Family.FOLLOW_UP, each.kind))
        for each in sorted(telling.digest.follow_up, key=lambda due: due.on)
    )
    if rows:
        yield Pairs(rows)


def _local(moment: datetime, digest: Digest) -> date:
    return moment.astimezone(ZoneInfo(digest.zone)).date()


_OTHERS: Final[Mapping[DigestPart, Callable[[Telling], Iterator[Block]]]] = {
    DigestPart.CHANGES: _changes,
    DigestPart.CARERS: _carers,
    DigestPart.SIDE_BY_SIDE: beside,
    DigestPart.OUTCOMES: outcomes,
    DigestPart.NEXT_STEPS: next_steps,
    DigestPart.FOLLOW_UP: _follow_up,
}
