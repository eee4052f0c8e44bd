"""A person's copy of all that is kept about them, as a document to read. Their own words, each beside its question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.documents.digest_pdf import page_pdf
from bot.documents.page import Block, Heading, Lines, Listed, Page, Pairs, Said, Shown, Title
from bot.documents.pictures import OPENMOJI, Images
from bot.documents.setting import Sheet
from bot.documents.signs import signs
from bot.documents.style import PEOPLE
from bot.rights.kept import Handed, OwnAnswer, OwnComplaint, OwnData, OwnNote, OwnPart, OwnReview, Sending
from conversations.document_words import DocumentWords, Family, Phrase
from conversations.profile import Profile
from conversations.script import Role

_STATES: Final = {
    "sent": Phrase.COPY_COUNTS,
    "replaced": Phrase.COPY_REPLACED,
    "withdrawn": Phrase.COPY_WITHDRAWN,
}


def own_data_pdf(data: OwnData, words: DocumentWords, images: Images = OPENMOJI) -> bytes:
    """The copy as an accessible PDF (PDF/UA-1). Equal data gives equal bytes."""
    return page_pdf(lay_out_own(data, words), Sheet("digest.typ", PEOPLE, data.made_at, words, images))


def lay_out_own(data: OwnData, words: DocumentWords) -> Page:
    """The blocks of the copy, part by part."""
    telling = _Telling(data, words)
    title = words.say(Phrase.COPY_TITLE)
    under = (words.say(Phrase.COPY_MADE, date=telling.day(data.made_at), setting=data.setting),)
    blocks: list[Block] = [Title(title, under), Lines((words.say(Phrase.COPY_OWN_WORDS),))]
    for part in data.parts:
        blocks.extend(telling.part(part))
    return Page(title, title, tuple(blocks))


@dataclass(frozen=True, slots=True)
class _Telling:
    """Turns what is kept into blocks."""

    data: OwnData
    words: DocumentWords

    def day(self, moment: datetime) -> str:
        """The day on which something was, in the setting's zone."""
        return self.words.short_day(moment.astimezone(ZoneInfo(self.data.setting_zone)).date())

    def part(self, part: OwnPart) -> Iterator[Block]:
        words = self.words
        yield Heading(1, words.say(Phrase.COPY_ABOUT, about=part.about))
        yield Pairs(tuple((words.say(label), text) for label, text in self._about(part) if text))
        for review in part.reviews:
            yield from self._review(review)
        if part.notes:
            yield Heading(1, words.say(Phrase.COPY_NOTES))
            yield from (self._note(each) for each in part.notes)
        if part.complaints:
            yield Heading(1, words.say(Phrase.COPY_COMPLAINTS))
            yield from (self._complaint(each) for each in part.complaints)
        if part.media:
            yield Heading(1, words.say(Phrase.COPY_MEDIA))
            yield Listed(words.say(Phrase.COPY_MEDIA_HOW), tuple(each.name for each in part.media))

    def _about(self, part: OwnPart) -> Iterator[tuple[Phrase, str]]:
        words = self.words
        role = Phrase.COPY_YOUNG if part.role is Role.YOUNG_PERSON else Phrase.COPY_CARER
        yield Phrase.COPY_NAME, part.name
        yield Phrase.COPY_ROLE, words.say(role)
        yield Phrase.COPY_RELATION, part.relation
        yield Phrase.COPY_JOINED, self.day(part.joined_at) if part.joined_at else ""
        yield Phrase.COPY_LANGUAGE, part.language
        yield Phrase.COPY_HOURS, words.say(Phrase.COPY_FROM_TO, earliest=part.earliest, latest=part.latest)
        weekdays = words.say(Phrase.WEEKDAYS).split()
        quiet = [weekdays[each] for each in part.quiet_weekdays]
        yield Phrase.COPY_QUIET, words.listed(quiet) if quiet else ""
        yield Phrase.COPY_LIKES, words.listed(tuple(self._likes(part.profile)))

    def _likes(self, profile: Profile) -> Iterator[str]:
        words = self.words
        yield words.of(Family.SHOWS, profile.shows)
        yield words.of(Family.LOOK, profile.look)
        if not profile.emoji:
            yield words.say(Phrase.PROFILE_NO_EMOJI)
        if profile.reading_help:
            yield words.say(Phrase.PROFILE_READING)
        if profile.voice:
            yield words.say(Phrase.PROFILE_VOICE)

    def _review(self, review: OwnReview) -> Iterator[Block]:
        words = self.words
        yield Heading(1, words.say(Phrase.COPY_REVIEW, date=words.short_day(review.meeting)))
        yield Pairs(
            (
                (words.say(Phrase.LABEL_REVIEW), words.review_kind(review.kind)),
                (words.say(Phrase.LABEL_PROFESSIONAL), review.professional),
            )
        )
        if review.said_no_to:
            yield Lines(tuple(words.say(Phrase.COPY_SAID_NO, name=each) for each in review.said_no_to))
        for sending in review.sendings:
            yield from self._sending(review, sending)
        if review.unsent:
            yield Heading(2, words.say(Phrase.COPY_UNSENT))
            yield from self._answers(review, review.unsent)

    def _sending(self, review: OwnReview, sending: Sending) -> Iterator[Block]:
        words = self.words
        sent = Phrase.COPY_ON_PAPER if sending.on_paper else Phrase.COPY_SENT
        yield Heading(2, words.say(sent, date=self.day(sending.at)))
        told = [line for each in sending.handed for line in self._handed(each)]
        state = words.say(_STATES.get(sending.state, Phrase.COPY_COUNTS))
        receipt = words.say(Phrase.COPY_RECEIPT, code=sending.code)
        yield Lines((state, receipt, *(told or [words.say(Phrase.COPY_NOT_GONE)])))
        yield from self._answers(review, sending.answers)

    def _handed(self, handed: Handed) -> Iterator[str]:
        if handed.sent_at is not None:
            yield self.words.say(Phrase.COPY_WENT, name=handed.to, date=self.day(handed.sent_at))
        if handed.opened_at is not None:
            yield self.words.say(Phrase.COPY_OPENED, name=handed.to, date=self.day(handed.opened_at))
        if handed.read_at is not None:
            yield self.words.say(Phrase.COPY_SAID_READ, name=handed.to, date=self.day(handed.read_at))

    def _answers(self, review: OwnReview, answers: Iterable[OwnAnswer]) -> Iterator[Block]:
        for each in answers:
            shown = bool(each.about) and each.about not in each.asked
            yield Said(
                asked=each.asked,
                words=each.words,
                item=Shown(each.about) if shown else None,
                signs=signs(each.words, self.words.language),
                heard=each.heard,
                chosen=tuple(Shown(label) for label in each.chosen),
                refusal=self._refusal(each),
                notes=tuple(self._notes(each)),
                only=self._only(review, each),
            )

    def _refusal(self, answer: OwnAnswer) -> str:
        if answer.refused is None:
            return ""
        return self.words.say(Phrase.REFUSAL_OWN, refusal=self.words.of(Family.REFUSED, answer.refused))

    def _notes(self, answer: OwnAnswer) -> Iterator[str]:
        if answer.media:
            yield self.words.say(Phrase.COMMA).join(answer.media)
        if answer.helped:
            yield self.words.say(Phrase.HELPED, who=self.words.say(Phrase.COMMA).join(answer.helped))
        if answer.typed_in_by:
            yield self.words.say(Phrase.ON_PAPER, by=answer.typed_in_by)

    def _only(self, review: OwnReview, answer: OwnAnswer) -> str:
        return self.words.say(Phrase.MARK_ONLY, professional=review.professional) if answer.only_professional else ""

    def _note(self, note: OwnNote) -> Said:
        words = self.words
        read = words.say(Phrase.COPY_READ if note.read else Phrase.COPY_UNREAD)
        return self._own(note.at, note.words, (*note.media, read))

    def _complaint(self, complaint: OwnComplaint) -> Said:
        words = self.words
        due = words.say(Phrase.COPY_ANSWER_BY, date=words.short_day(complaint.answer_by))
        done = complaint.answered_at
        answered = words.say(Phrase.COPY_ANSWERED, date=self.day(done)) if done else due
        told = (words.say(Phrase.CITED, text=complaint.answer),) if complaint.answer else ()
        return self._own(complaint.at, complaint.words, (*complaint.media, answered, *told))

    def _own(self, at: datetime, said: str, notes: tuple[str, ...]) -> Said:
        asked = self.words.say(Phrase.COPY_WRITTEN, date=self.day(at))
        return Said(asked=asked, words=said, signs=signs(said, self.words.language), notes=notes)
