"""The small lines under an answer: how it was given, by what, with whose help, and who else is in a photo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from conversations.digest import Digest, ReaderKind
from conversations.digest_media import media_of
from conversations.document_words import DocumentWords, Family, Phrase
from conversations.readers import is_for_circulation
from conversations.state import Means
from conversations.voices import Entry


@dataclass(frozen=True, slots=True)
class Provenance:
    """Says where answers of one voice come from. `name` is how the voice is called in this copy."""

    digest: Digest
    words: DocumentWords
    name: str = field(repr=False)
    is_own: bool

    def notes(self, entries: tuple[Entry, ...]) -> tuple[str, ...]:
        """The lines under these answers, which stand together."""
        words, comma = self.words, self.words.say(Phrase.COMMA)
        used = [means for means in Means if any(means in each.means for each in entries)]
        helped = dict.fromkeys(label for each in entries for label in each.helped)
        notes = [*self._media(entries), *self._paper(entries)]
        if used:
            notes.append(comma.join(words.of(Family.MEANS, each) for each in used))
        if helped:
            notes.append(words.say(Phrase.HELPED, who=comma.join(helped)))
        if self.digest.reader is ReaderKind.NAMED_PROFESSIONAL and any(is_for_circulation(each) for each in entries):
            notes.append(words.say(Phrase.MARK_CIRCULATE))
        return tuple(notes)

    def heard_by(self) -> str:
        """The mark under what a machine heard."""
        return self._said(Phrase.HEARD, Phrase.HEARD_OWN)

    def _media(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Numbers stand only where the buttons that play them are: another copy would count to other ones."""
        numbered = self.digest.reader is ReaderKind.NAMED_PROFESSIONAL
        numbers = {media.id: number for number, media in enumerate(media_of(self.digest), start=1)}
        for entry in entries:
            for each in entry.media:
                said = self.words.of(Family.MEDIA, each.kind)
                number = str(numbers[each.id])
                yield self.words.say(Phrase.MEDIA_NUMBERED, what=said, number=number) if numbered else said
            if entry.others is not None and entry.media:
                yield self.words.of(Family.OTHERS, entry.others)

    def _paper(self, entries: Iterable[Entry]) -> Iterator[str]:
        typed = dict.fromkeys((each.entered_by, each.checked) for each in entries if Means.PAPER in each.means)
        for by, checked in typed:
            yield self.words.say(Phrase.ON_PAPER if by else Phrase.ON_PAPER_PLAIN, by=by)
            if checked:
                yield self._said(Phrase.PAPER_CHECKED, Phrase.PAPER_CHECKED_OWN)
            else:
                yield self._said(Phrase.PAPER_UNCHECKED, Phrase.PAPER_UNCHECKED_OWN)

    def _said(self, of_another: Phrase, own: Phrase) -> str:
        return self.words.say(own if self.is_own else of_another, name=self.name)
