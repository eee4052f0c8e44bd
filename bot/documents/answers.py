"""One person's answers as blocks: sorted cards in columns, the rest one by one, nothing left out or joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from bot.documents.page import Block, Card, Cite, Column, Heading, Mat, Said, Shown
from bot.documents.provenance import Provenance
from bot.documents.signs import signs
from conversations.digest import Digest, ReaderKind
from conversations.document_words import DocumentWords, Family, Phrase
from conversations.readers import is_for_circulation
from conversations.script import Heading as Topic
from conversations.script import Role
from conversations.voices import Chosen, Entry, Voice

_ORDER = (Topic.LINK, *(topic for topic in Topic if topic is not Topic.LINK))


@dataclass(frozen=True, slots=True)
class Telling:
    """What turns entries into blocks: the copy they stand in and the catalogue."""

    digest: Digest
    words: DocumentWords

    @property
    def whole(self) -> bool:
        """Whether this is the named professional's copy."""
        return self.digest.reader is ReaderKind.NAMED_PROFESSIONAL

    def is_own(self, voice: Voice) -> bool:
        """Whether this voice is that of the reader."""
        kinds = {Role.YOUNG_PERSON: ReaderKind.YOUNG_PERSON, Role.CARER: ReaderKind.CARER}
        return self.digest.reader is kinds[voice.role]

    def name(self, voice: Voice) -> str:
        """How a person is called in this copy."""
        if voice.role is Role.YOUNG_PERSON:
            return self.digest.about
        if not voice.letter:
            return self.words.say(Phrase.CARER_OWN)
        if not voice.relation:
            return self.words.say(Phrase.CARER_PLAIN, letter=voice.letter)
        return self.words.say(Phrase.CARER, letter=voice.letter, relation=voice.relation)

    def topics(self, voice: Voice, entries: Iterable[Entry], level: int) -> Iterator[Block]:
        """The entries under their headings, in the order of a meeting; within one, as they were asked."""
        by_topic: dict[Topic, list[Entry]] = {}
        for entry in entries:
            by_topic.setdefault(entry.heading or Topic.OWN_NOTES, []).append(entry)
        for topic in _ORDER:
            if topic in by_topic:
                yield Heading(level, self.words.of(Family.HEADING, topic, about=self.digest.about))
                yield from self.answers(voice, by_topic[topic])

    def answers(self, voice: Voice, entries: Iterable[Entry], *, large: bool = False) -> Iterator[Block]:
        """The entries without a heading."""
        for _, run in groupby(entries, key=_run):
            together = tuple(run)
            if together[0].sorted:
                yield self._mat(voice, together)
                continue
            cited = together[0].cited
            if cited is not None:
                by = Phrase.CITED_BY if cited.by else Phrase.CITED_STAFF
                yield Cite(self.words.say(Phrase.CITED, text=cited.text), self.words.say(by, by=cited.by))
            for entry in together:
                yield self.said(voice, entry, large=large)

    def said(self, voice: Voice, entry: Entry, *, large: bool = False) -> Said:
        """One answer."""
        item = Shown(entry.item, entry.item_emoji, entry.item_picture)
        shown = bool(entry.item) and entry.cited is None and entry.item not in entry.asked
        known = self._provenance(voice)
        heard = tuple(each.text for each in entry.transcripts if each.confirmed)
        return Said(
            asked=entry.asked,
            item=item if shown else None,
            words=entry.words,
            signs=signs(entry.words, self.words.language),
            heard=heard,
            heard_by=known.heard_by() if heard else "",
            chosen=tuple(_shown(each) for each in entry.chosen),
            refusal=self._refusal(voice, entry),
            notes=known.notes((entry,)),
            only=self._only(entry),
            large=large,
        )

    def _provenance(self, voice: Voice) -> Provenance:
        return Provenance(self.digest, self.words, self.name(voice), is_own=self.is_own(voice))

    def _mat(self, voice: Voice, entries: tuple[Entry, ...]) -> Mat:
        def cards(point: Chosen) -> tuple[Card, ...]:
            return tuple(self._card(each) for each in entries if point in each.chosen)

        columns = tuple(Column(_shown(point), cards(point)) for point in entries[0].scale)
        strays = tuple(each for each in entries if not set(each.chosen) & set(each.scale))
        extra = (Column(Shown(""), tuple(self._card(each) for each in strays)),) if strays else ()
        first = entries[0]
        asked = first.asked.replace(first.item, self.words.say(Phrase.ANY_ITEM)) if first.item else first.asked
        return Mat(asked, columns + extra, self._provenance(voice).notes(entries))

    def _card(self, entry: Entry) -> Card:
        return Card(Shown(entry.item, entry.item_emoji, entry.item_picture), self._only(entry))

    def _refusal(self, voice: Voice, entry: Entry) -> str:
        if entry.refused is None:
            return ""
        said = self.words.of(Family.REFUSED, entry.refused)
        phrase = Phrase.REFUSAL_OWN if self.is_own(voice) else Phrase.REFUSAL
        return self.words.say(phrase, name=self.name(voice), refusal=said)

    def _only(self, entry: Entry) -> str:
        if is_for_circulation(entry):
            return ""
        return self.words.say(Phrase.MARK_ONLY, professional=self.digest.professional)


def _run(entry: Entry) -> tuple[str, bool, str, str]:
    """What makes neighbours belong together: the sort they stand in, or the line of the plan they are about.

    What was typed in from paper stands apart: no card of it gets between those that a person sorted themselves.
    """
    return (entry.step if entry.sorted else "", entry.sorted, entry.cited.id if entry.cited else "", entry.entered_by)


def _shown(option: Chosen) -> Shown:
    return Shown(option.label, option.emoji, option.picture)
