"""The one-page profile on its way to the person who owns it: queued for their own chat, made when it is sent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Final

from bot.documents.pictures import OPENMOJI, Images
from bot.documents.profile_page import CARD_NAME, FILE_NAME, card_page, profile_page
from bot.facts import circle_of
from bot.post import Post, To
from bot.telegram.outbound import document
from bot.telegram.sending import FileId
from conversations.catalogue import Catalogue, load
from conversations.document_words import load_document_words
from conversations.lines import Line
from conversations.own_page import meeting_card, own_page
from conversations.script import Flow
from conversations.state import ConversationId, ReviewFacts
from conversations.voices import Contribution, OnPaper, Standing
from storage.database import Database
from storage.records import Lane, Participant, StoredSubmission
from storage.unit_of_work import UnitOfWork

PAGE: Final = "page:"
CARD: Final = "card:"


def page_name(conversation: ConversationId) -> str:
    """The name under which the outbox asks for somebody's page: an id only."""
    return f"{PAGE}{conversation}"


async def give_page(post: Post, work: UnitOfWork, to: To, conversation: ConversationId, key: str) -> None:
    """Queue the page, and the card for the meeting, for the chat of the person whose conversation this is."""
    page = document(page_name(conversation), FILE_NAME, post.line(Line.OWN_PAGE))
    card = document(f"{CARD}{conversation}", CARD_NAME, post.line(Line.OWN_CARD))
    for name, outgoing in (("page", page), ("card", card)):
        await post.document(work, replace(to, lane=Lane.DOCUMENT), outgoing, f"{key}:{name}")


@dataclass(frozen=True, slots=True)
class OwnPages:
    """The outbox's loader of pages and cards."""

    database: Database
    catalogue: Catalogue
    images: Images = OPENMOJI

    async def load(self, key: str) -> bytes | FileId | None:
        """The PDF of what was sent last, in its owner's language; None where nothing is sent, or all was taken back."""
        prefix, _, conversation = key.partition(":")
        conversation_id = ConversationId(conversation)
        async with self.database.reading() as work:
            talk = await work.conversations.get(conversation_id)
            if talk is None:
                return None
            around = await circle_of(work, talk)
            sent = await work.submissions.latest(conversation_id)
            paper_id = work.conversations.paper_id(talk.participant_id, talk.review_id)
            paper = await work.submissions.latest(paper_id)
        latest = sent or paper
        if latest is None:
            return None
        person = self._contribution(around.participant, around.facts(latest.sent_at), sent, paper)
        words = load_document_words(self.catalogue.languages.of(around.participant.language))
        if f"{prefix}:" == CARD:
            day, card = around.review.meeting, meeting_card(person)
            return await asyncio.to_thread(card_page, card, words, day, latest.sent_at, self.images)
        return await asyncio.to_thread(profile_page, own_page(person), words, latest.sent_at, self.images)

    def _contribution(
        self, person: Participant, facts: ReviewFacts, sent: StoredSubmission | None, paper: StoredSubmission | None
    ) -> Contribution:
        typed = OnPaper(paper.submission, self._flow(paper, person)) if paper else None
        return Contribution(
            who=person.id,
            role=person.role,
            flow=self._flow(sent or paper, person),
            facts=facts,
            standing=Standing.SENT,
            submission=sent.submission if sent else None,
            paper=typed,
        )

    def _flow(self, sent: StoredSubmission | None, person: Participant) -> Flow:
        spoken, known = person.language, self.catalogue
        flow = known.flow(sent.submission.script, sent.submission.version, spoken) if sent else None
        flow = flow or known.current(person.role.value, spoken) or load().current(person.role.value)
        if flow is None:
            raise LookupError
        return flow  # a script that is set aside keeps no page back: the shipped one places what it knows

    async def uploaded(self, key: str, file_id: FileId) -> None:
        """Telegram's name for it is not kept: after a withdrawal it must not be sent again by it."""
