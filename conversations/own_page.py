"""A young person's own page: what people like about them, what matters, how to support them. In their words alone."""

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
    """The parts of the page, in their order."""

    ADMIRE = "admire"
    IMPORTANT = "important"
    SUPPORT = "support"


HEADINGS: Final[Mapping[Section, tuple[Heading, ...]]] = MappingProxyType(
    {
        Section.ADMIRE: (Heading.ADMIRE,),
        Section.IMPORTANT: (Heading.IMPORTANT_NOW, Heading.MUST_STAY),
        Section.SUPPORT: (Heading.WORKING, Heading.BETTER, Heading.HOME_TIPS),
    }
)
"""Which answers stand in which part."""


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What stands on one person's page. `name` is a first name; a section without an answer is empty, never absent."""

    name: str = field(repr=False)
    sections: Mapping[Section, tuple[Entry, ...]] = field(repr=False)


def own_page(person: Contribution) -> OwnPage:
    """The page of what this person sent last: only what is for everyone, and nothing about safety (decision 6)."""
    sent = entries_of(person, person.submission.answers) if person.submission else ()
    paper = person.paper
    typed = entries_of(replace(person, flow=paper.flow), paper.submission.answers) if paper else ()
    entries = tuple(each for each in (*sent, *typed) if _stands(each))
    sections = {section: tuple(_under(entries, headings)) for section, headings in HEADINGS.items()}
    return OwnPage(person.facts.about, MappingProxyType(sections))


def heard(entry: Entry) -> tuple[str, ...]:
    """What this person said aloud and confirmed, as words."""
    return tuple(each.text for each in entry.transcripts if each.confirmed)


def _stands(entry: Entry) -> bool:
    says = bool(entry.chosen or entry.words.strip() or heard(entry))
    return says and entry.refused is None and is_for_circulation(entry)


def _under(entries: tuple[Entry, ...], headings: tuple[Heading, ...]) -> Iterator[Entry]:
    return (each for heading in headings for each in entries if each.heading is heading)
