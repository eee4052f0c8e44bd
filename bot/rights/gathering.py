"""Gathers all that is kept about the person of one chat. Reads; never writes, sends or opens another's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from bot.facts import Circle, circle
from bot.rights.erasing import NOT_IN_YET
from bot.rights.kept import (
    OwnAnswer,
    OwnComplaint,
    OwnData,
    OwnMedium,
    OwnNote,
    OwnPart,
    OwnReview,
    Sending,
    Written,
)
from bot.who_read import handed_over
from conversations.asked import Asked
from conversations.catalogue import Catalogue, load
from conversations.script import Flow
from conversations.state import Answer, Audience, Media
from storage.records import (
    ComplaintState,
    Conversation,
    MediaState,
    Participant,
    PromptState,
    Review,
    Setting,
    StoredDigest,
    StoredSubmission,
    SubmissionState,
)
from storage.unit_of_work import UnitOfWork

_MESSAGES: Final = frozenset(
    {"opening", "reminder", "last_call", "check_copy", "outage", "new_day", "called_off", "new_reader"}
)


async def gathered(work: UnitOfWork, catalogue: Catalogue, account_id: str, now: datetime) -> OwnData | None:
    """All parts of this chat that staff have let in; None where there is none."""
    setting = await work.settings.get()
    people = [each for each in await work.participants.of_account(account_id) if each.state not in NOT_IN_YET]
    if setting is None or not people:
        return None
    return await gathered_of(work, catalogue, setting, people, now)


async def gathered_of(
    work: UnitOfWork, catalogue: Catalogue, setting: Setting, people: Sequence[Participant], now: datetime
) -> OwnData:
    """All that is kept of these parts, whether or not a chat belongs to them now."""
    parts = [await _Gathering(catalogue, person).part(work) for person in people]
    return OwnData(now, setting.name, setting.zone, tuple(parts))


async def own_media(work: UnitOfWork, participant_id: str) -> tuple[OwnMedium, ...]:
    """What a person sent besides words, each with its name: voice-1, photo-2, in the order in which they came."""
    stored = await work.media.of_participant(participant_id)
    return tuple(
        OwnMedium(
            each.id, f"{each.kind.value}-{number}", each.kind, each.mime, each.size, each.state is MediaState.KEPT
        )
        for number, each in enumerate(stored, start=1)
    )


@dataclass(slots=True)
class _Gathering:
    """One part of one person."""

    catalogue: Catalogue
    person: Participant
    names: Mapping[str, str] = field(default_factory=dict)

    async def part(self, work: UnitOfWork) -> OwnPart:
        person = self.person
        media = await own_media(work, person.id)
        self.names = {each.id: each.name for each in media}
        about = await work.people.get(person.young_person_id)
        reviews = [
            await self._review(work, each) for each in await work.reviews.of_young_person(person.young_person_id)
        ]
        notes = await work.notes.of_participant(person.id)
        return OwnPart(
            name=person.name,
            role=person.role,
            relation=person.relation,
            about=about.first_name if about else "",
            language=person.language,
            zone=person.zone,
            earliest=person.earliest.isoformat("minutes"),
            latest=person.latest.isoformat("minutes"),
            quiet_weekdays=person.quiet_weekdays,
            joined_at=person.joined_at,
            profile=person.profile,
            reviews=tuple(each for each in reviews if each is not None),
            notes=tuple(OwnNote(n.at, n.words, self._named(n.media), n.read_at is not None) for n in notes),
            complaints=tuple(
                OwnComplaint(c.at, c.answer_by, c.words, self._named(c.media), c.answered_at, c.answer)
                for c in await work.complaints.of_participant(person.id)
                if c.state is not ComplaintState.ASKED
            ),
            media=media,
            kept_longer=await work.retaining.keeps_longer(person.id),
            counted_in=await work.insights.counts_in(person.id),
        )

    async def _review(self, work: UnitOfWork, review: Review) -> OwnReview | None:
        """None for a review in which this person was never asked anything: it is not theirs."""
        held = [one for one in await work.conversations.of_participant(self.person.id) if one.review_id == review.id]
        sent = [one for one in await work.submissions.of_participant(self.person.id) if one.review_id == review.id]
        if not held and not sent:
            return None
        around = await circle(work, review.id, self.person.id)
        digests = await work.digests.of_review(review.id)
        prompts = await work.prompts.of_review(review.id)
        refused = await work.readers.refused_by(self.person.id, review.id)
        return OwnReview(
            kind=review.kind,
            meeting=review.meeting,
            professional=around.professional.name,
            sendings=tuple([await self._sending(work, around, each, digests) for each in sent]),
            unsent=tuple(each for one in held for each in self._unsent(around, one, sent)),
            written=tuple(
                Written(kind, each.settled_at)
                for each in prompts
                if each.participant_id == self.person.id
                and each.state is PromptState.DONE
                and each.settled_at is not None
                and (kind := each.kind.partition(":")[0]) in _MESSAGES
            ),
            said_no_to=tuple([await self._name(work, each) for each in refused]),
        )

    async def _name(self, work: UnitOfWork, staff_id: str) -> str:
        staff = await work.staff.get(staff_id)
        return staff.name if staff is not None else ""

    async def _sending(
        self, work: UnitOfWork, around: Circle, sent: StoredSubmission, digests: Iterable[StoredDigest]
    ) -> Sending:
        content = sent.submission
        on_paper = sent.conversation_id == work.conversations.paper_id(self.person.id, sent.review_id)
        flow = self._flow(content.script, content.version)
        return Sending(
            number=sent.number,
            at=sent.sent_at,
            code=sent.code,
            state=sent.state.value,
            late=sent.late,
            on_paper=on_paper,
            share=content.share,
            answers=self._told(flow, around, content.answers),
            handed=await handed_over(work, self.person.id, sent, digests, on_paper=on_paper),
        )

    def _unsent(self, around: Circle, held: Conversation, sent: Iterable[StoredSubmission]) -> tuple[OwnAnswer, ...]:
        counts = [each for each in sent if each.conversation_id == held.id and each.state is SubmissionState.SENT]
        if any(each.submission.answers == held.state.answers for each in counts):
            return ()
        return self._told(self._flow(held.script, held.version), around, held.state.answers)

    def _told(self, flow: Flow, around: Circle, answers: Sequence[Answer]) -> tuple[OwnAnswer, ...]:
        asked: dict[date, Asked] = {}  # a question may name a day that depends on the day on which it was asked
        for each in answers:
            asked.setdefault(each.at.date(), Asked(flow, around.facts(each.at)))
        return tuple(self._answer(asked[each.at.date()], each) for each in answers)

    def _answer(self, asked: Asked, answer: Answer) -> OwnAnswer:
        thing = asked.thing(answer.step, answer.item)
        return OwnAnswer(
            step=answer.step,
            item=answer.item,
            at=answer.at,
            asked=asked.question(answer.step, thing) or answer.step,
            about=thing.label,
            chosen=tuple(each.label for each in asked.options(answer.step, answer.choices)),
            words=answer.words,
            heard=tuple(each.text for each in answer.transcripts),
            media=self._named(answer.media),
            refused=answer.refused,
            only_professional=answer.audience is Audience.ONLY_PROFESSIONAL,
            helped=asked.helpers(answer.helped),
            means=tuple(sorted(each.value for each in answer.means)),
            typed_in_by=answer.entered_by,
        )

    def _named(self, media: Iterable[Media]) -> tuple[str, ...]:
        return tuple(self.names.get(each.id, each.kind.value) for each in media)

    def _flow(self, script: str, version: int) -> Flow:
        spoken, known, role = self.person.language, self.catalogue, self.person.role.value
        flow = known.flow(script, version, spoken) or known.current(role, spoken) or load().current(role)
        if flow is None:
            raise LookupError
        return flow  # a script that is set aside keeps nobody's copy back: the shipped one places what it knows
