"""People's own copies of a digest speak their language; what staff read is in English."""

from __future__ import annotations

from dataclasses import dataclass

from bot.facts import circle
from conversations.asked import Asked
from conversations.catalogue import Catalogue
from conversations.digest import Digest, ReaderKind
from conversations.document_words import DocumentWords, load_document_words
from conversations.retold_digest import in_language
from storage.records import Participant
from storage.unit_of_work import UnitOfWork

_OWN = frozenset({ReaderKind.YOUNG_PERSON, ReaderKind.CARER})


@dataclass(frozen=True, slots=True)
class OwnCopies:
    """Knows whose copy it is, and what they were asked, in their words."""

    catalogue: Catalogue

    async def spoken(
        self, work: UnitOfWork, copy: Digest, name: str, words: DocumentWords
    ) -> tuple[Digest, DocumentWords]:
        """The copy of this name as its reader reads it, with the sentences around it; `words` are the English ones."""
        digest_id, _, who = name.split("/")[:3]
        person = await work.participants.get(who or copy.young_person.who) if copy.reader in _OWN else None
        language = self.catalogue.languages.of(person.language if person else "")
        stored = await work.digests.get(digest_id)
        if person is None or stored is None or language.is_english:
            return copy, words
        asked = await self._asked(work, stored.review_id, person, copy)
        told = in_language(copy, language, {person.id: asked} if asked else {})
        return told, load_document_words(language)

    async def _asked(self, work: UnitOfWork, review_id: str, person: Participant, copy: Digest) -> Asked | None:
        around = await circle(work, review_id, person.id)
        for sent in await work.submissions.of_review(review_id):
            if sent.participant_id == person.id:
                flow = self.catalogue.flow(sent.submission.script, sent.submission.version, person.language)
                return Asked(flow, around.facts(copy.made_at)) if flow else None
        return None
