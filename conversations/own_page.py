"""A young person's own two sheets, in their words alone: the page about them, and a card to take to the meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from conversations.digest import entries_of
from conversations.readers import is_for_circulation
from conversations.script import Heading
from conversations.voices import Contribution, Entry


class Section(StrEnum):
    """The parts of the page, in their order, and then those of the card."""

    ADMIRE = "admire"
    IMPORTANT = "important"
    SUPPORT = "support"
    SAY = "say"
    STAYS = "stays"
    OK = "ok"


HEADINGS: Final[Mapping[Section, tuple[Heading, ...]]] = MappingProxyType(
    {
        Section.ADMIRE: (Heading.ADMIRE,),
        Section.IMPORTANT: (Heading.IMPORTANT_NOW, Heading.MUST_STAY),
        Section.SUPPORT: (Heading.WORKING, Heading.BETTER, Heading.HOME_TIPS),
        Section.SAY: (Heading.ONE_THING, Heading.AGENDA),
        Section.STAYS: (Heading.MUST_STAY,),
        Section.OK: (Heading.ADJUSTMENTS, Heading.NOT_TALK_ABOUT),
    }
)
"""Which answers stand in which part."""
ON_PAGE: Final = (Section.ADMIRE, Section.IMPORTANT, Section.SUPPORT)
ON_CARD: Final = (Section.SAY, Section.STAYS, Section.OK)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What stands on one person's page. `name` is a first name; a section without an answer is empty, never absent."""

    name: str = field(repr=False)
    sections: Mapping[Section, tuple[Entry, ...]] = field(repr=False)


def own_page(person: Contribution) -> OwnPage:
    """The page of what this person sent last: only what is for everyone, and nothing about safety (decision 6)."""
    return _with(person, ON_PAGE, tuple(each for each in _all(person) if is_for_circulation(each)))


def meeting_card(person: Contribution) -> OwnPage:
    """The card for the meeting. It is for its owner's hand, so what is for one reader only stands there too."""
    return _with(person, ON_CARD, _all(person))


def _with(person: Contribution, sections: tuple[Section, ...], entries: tuple[Entry, ...]) -> OwnPage:
    found = {section: tuple(_under(entries, HEADINGS[section])) for section in sections}
    return OwnPage(person.facts.about, MappingProxyType(found))


def _all(person: Contribution) -> tuple[Entry, ...]:
    sent = entries_of(person, person.submission.answers) if person.submission else ()
    paper = person.paper
    typed = entries_of(replace(person, flow=paper.flow), paper.submission.answers) if paper else ()
    return tuple(each for each in (*sent, *typed) if _says(each))


def heard(entry: Entry) -> tuple[str, ...]:
    """What this person said aloud and confirmed, as words."""
    return tuple(each.text for each in entry.transcripts if each.confirmed)


def _says(entry: Entry) -> bool:
    return bool(entry.chosen or entry.words.strip() or heard(entry)) and entry.refused is None


def _under(entries: tuple[Entry, ...], headings: tuple[Heading, ...]) -> Iterator[Entry]:
    return (each for heading in headings for each in entries if each.heading is heading)
