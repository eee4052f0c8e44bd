"""The same digest in the order of an EHC plan, for whoever writes the plan: each answer under each of its sections."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.answers import Telling
from bot.documents.layout import header
from bot.documents.page import Block, Heading, Lines, Notice, Page, Title
from conversations.digest import Digest
from conversations.document_words import DocumentWords, Family, Phrase
from conversations.plan_sections import PlanSection
from conversations.voices import Entry, Voice

WITH_A_PLAN = frozenset({"ehc_annual", "transition"})
"""The reviews of which there is a plan."""


def by_section(digest: Digest, words: DocumentWords) -> Page:
    """What this copy holds, section by section, the young person first in each. What has no section stands last."""
    telling = Telling(digest, words)
    title = words.say(Phrase.TITLE_SECTIONS, about=digest.about)
    head = words.say(Phrase.RUNNING_HEAD, about=digest.about, date=words.short_day(digest.meeting))
    blocks: list[Block] = [Title(title, (words.say(Phrase.SUBTITLE, date=words.day(digest.meeting)),))]
    blocks.extend((*header(telling), Notice((words.say(Phrase.SECTIONS_RULE),))))
    for section in PlanSection:
        blocks.append(Heading(1, words.of(Family.SECTION, section)))
        said = tuple(_said(telling, section))
        blocks.extend(said or (Lines((words.say(Phrase.SECTION_EMPTY),)),))
    rest = tuple(_said(telling, None))
    if rest:
        blocks.extend((Heading(1, words.say(Phrase.SECTION_OTHER)), *rest))
    return Page(title, head, tuple(blocks))


def _said(telling: Telling, section: PlanSection | None) -> Iterator[Block]:
    for voice in (telling.digest.young_person, *telling.digest.carers):
        entries = tuple(_under(voice, section))
        if entries:
            yield Heading(2, telling.name(voice))
            yield from telling.answers(voice, entries)


def _under(voice: Voice, section: PlanSection | None) -> Iterator[Entry]:
    for entry in voice.entries:
        if (section.name in entry.sections) if section else not entry.sections:
            yield entry
