"""Makes a digest's versions from what was sent, and sees them to the named professional by mail and in Telegram.

A version is a row, unique for its review, so that it is made once. Failure to deliver is retried and then shown to
staff; it is never silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.changes.readers import content_of
from bot.clock import Clock
from bot.earlier_versions import Earlier, earlier, stand_ins
from bot.facts import Circle, circle, stage_day
from bot.post import Post, To
from bot.safeguarding.kept_back import kept_back, without
from bot.telegram.outbound import document
from conversations.catalogue import Catalogue, load
from conversations.digest import (
    Contribution,
    Digest,
    DigestReview,
    FollowUp,
    FollowUpKind,
    Making,
    ReaderKind,
    Standing,
    Tried,
    TriedKind,
    compose,
)
from conversations.digest_codec import dump_digest, load_digest
from conversations.effects import Button
from conversations.lines import Line
from conversations.readers import Reader, for_reader
from conversations.script import Flow, Role
from conversations.timetable import Stage
from conversations.voices import OnPaper
from storage.ids import new_id
from storage.records import (
    AuditLine,
    Channel,
    Conversation,
    ConversationStatus,
    DigestKind,
    Lane,
    Participant,
    ParticipantState,
    Prompt,
    PromptState,
    Review,
    Setting,
    StaffState,
    StoredDigest,
    StoredSubmission,
    YoungPerson,
)
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

OPEN: Final = "desk:open:"
FILE_NAME: Final = "review.pdf"
WORD_NAME: Final = "review.docx"
BY_SECTION_NAME: Final = "review-by-plan-section.docx"
"""What documents are called in a chat or a mail: never a name of a person."""
_FOLLOW_UPS: Final = {
    Stage.FEEDBACK: FollowUpKind.FEEDBACK,
    Stage.REPORT_DUE: FollowUpKind.REPORT_DUE,
    Stage.DECISION_DUE: FollowUpKind.DECISION_DUE,
    Stage.FINAL_PLAN_DUE: FollowUpKind.FINAL_PLAN_DUE,
}
_PROMPTED: Final = {
    "opening": TriedKind.OPENING,
    "reminder": TriedKind.REMINDER,
    "last_call": TriedKind.LAST_CALL,
}
_ASKED: Final = {
    "other_way_talk": TriedKind.ASKED_TO_TALK,
    "other_way_paper": TriedKind.ASKED_FOR_PAPER,
    "other_way_helper": TriedKind.ASKED_FOR_HELPER,
    "invited": TriedKind.INVITED,
    "not_delivered": TriedKind.NOT_DELIVERED,
}


class Form(StrEnum):
    """In what a copy comes: to read, or to work in."""

    PDF = "pdf"
    WORD = "word"
    WORD_BY_SECTION = "word_by_section"


@dataclass(frozen=True, slots=True)
class Digests:
    """From submissions to versions, and from versions to people."""

    catalogue: Catalogue
    post: Post
    clock: Clock
    by_mail: bool
    notice_only: bool = False

    async def make(self, work: UnitOfWork, review: Review, kind: DigestKind) -> StoredDigest | None:
        """The next version of a review's digest, with its deliveries queued; None if another process made it."""
        setting = await work.settings.get()
        if setting is None:
            return None
        before = await earlier(work, review.id)
        content = await self._compose(work, review, setting, before)
        made = StoredDigest(new_id(), review.id, content.version, kind, self.clock.now(), dump_digest(content))
        stored = await work.digests.add(made)
        if stored is not None:
            await self._deliver(work, review, stored)
        return stored

    async def check_copy(self, work: UnitOfWork, around: Circle, cause: str) -> None:
        """The young person's own copy, with until when it can be changed."""
        latest = await work.digests.latest(around.review.id)
        person = around.participant
        if latest is None or person.account_id is None:
            return
        facts = around.facts(self.clock.now())
        to = To(person.account_id, person.id, Lane.DOCUMENT)
        caption = self.post.speaking_to(person).line(Line.CHECK_COPY, contact=facts.contact, cut_off=facts.cut_off)
        outgoing = document(copy_name(latest.id, Reader(ReaderKind.YOUNG_PERSON)), FILE_NAME, caption)
        await self.post.document(work, to, outgoing, f"copy:{cause}")

    async def _deliver(self, work: UnitOfWork, review: Review, stored: StoredDigest) -> None:
        staff = await work.staff.get(review.professional_id)
        young_person = await work.people.get(review.young_person_id)
        if staff is None or young_person is None:
            return
        if staff.state is not StaffState.ACTIVE:
            await self._tell_coordinator(work, review, young_person, stored)
            return
        if self.by_mail and staff.email:
            channel = Channel.NOTICE if self.notice_only else Channel.MAIL
            await work.digests.add_delivery(stored.id, staff.id, channel, self.clock.now())
        if staff.account_id is not None:
            await work.digests.add_delivery(stored.id, staff.id, Channel.TELEGRAM, self.clock.now())
            text = self.post.line(
                Line.STAFF_DIGEST, name=young_person.first_name, version=str(stored.version), date=review.meeting
            )
            button = Button(self.post.line(Line.STAFF_DIGEST_OPEN), OPEN + stored.id)
            await self.post.say(work, To(staff.account_id), f"digest:{stored.id}", text, [button])

    async def _tell_coordinator(
        self, work: UnitOfWork, review: Review, young_person: YoungPerson, stored: StoredDigest
    ) -> None:
        """The named professional has left. Nobody else opens it before people were told (decision 3)."""
        coordinator = await work.staff.get(review.coordinator_id)
        if coordinator is None or coordinator.account_id is None or coordinator.state is not StaffState.ACTIVE:
            log.error("digest_has_no_reader", review=review.id)
            return
        text = self.post.line(Line.STAFF_NO_READER, name=young_person.first_name, date=review.meeting)
        await self.post.say(work, To(coordinator.account_id), f"no-reader:{stored.id}", text)

    async def _compose(self, work: UnitOfWork, review: Review, setting: Setting, before: Earlier) -> Digest:
        staff = await work.staff.get(review.professional_id)
        young_person = await work.people.get(review.young_person_id)
        if staff is None or young_person is None:
            raise LookupError
        people = await work.participants.of_young_person(review.young_person_id)
        about = DigestReview(
            about=young_person.first_name,
            reference=young_person.reference,
            kind=review.kind,
            meeting=review.meeting,
            professional=staff.name,
            professional_title=staff.title,
            setting=setting.name,
            leaving_date=young_person.leaving_date,
            closes=stage_day(review, Stage.CHECK_ENDS),
            follow_up=_follow_ups(review),
            short_notice_reason=review.short_notice_reason,
            version=before.version + 1,
            previous=before.numbers,
        )
        contributions = [await self._contribution(work, review, setting, person) for person in people]
        contributions += stand_ins(before, people, about, lambda role: self._flow(None, role))
        return compose(about, contributions, Making(self.clock.now(), setting.zone))

    async def _contribution(
        self, work: UnitOfWork, review: Review, setting: Setting, person: Participant
    ) -> Contribution:
        around = await circle(work, review.id, person.id)
        held = await work.conversations.of_participant(person.id)
        conversation = next((one for one in held if one.review_id == review.id), None)
        sent = await work.submissions.latest(conversation.id) if conversation else None
        withdrawn = conversation is not None and sent is None and await work.submissions.was_withdrawn(conversation.id)
        paper = await work.submissions.latest(work.conversations.paper_id(person.id, review.id))
        frozen = await kept_back(work, person.id, review.id)
        return Contribution(
            who=person.id,
            role=person.role,
            flow=self._flow(sent, person.role),
            facts=around.facts(self.clock.now()),
            standing=_standing(person, conversation, sent or paper, withdrawn=withdrawn),
            relation=person.relation,
            submission=without(sent.submission, frozen) if sent else None,
            tried=await _tried(work, review, setting, person),
            in_place=person.in_place if around.acts_in_place(self.clock.now()) else None,
            code=sent.code if sent else "",
            paper=OnPaper(without(paper.submission, frozen), self._flow(paper, person.role), paper.code)
            if paper
            else None,
        )

    def _flow(self, sent: StoredSubmission | None, role: Role) -> Flow:
        flow = self.catalogue.flow(sent.submission.script, sent.submission.version) if sent else None
        flow = flow or self.catalogue.current(role.value) or load().current(role.value)
        if flow is None:
            raise LookupError
        return flow  # a script that is set aside keeps no digest back: the shipped one places what it knows


def copy_name(digest_id: str, reader: Reader, form: Form = Form.PDF) -> str:
    """The opaque name under which the outbox asks for a copy: ids only."""
    name = f"{digest_id}/{reader.kind.value}/{reader.who}"
    return name if form is Form.PDF else f"{name}/{form.value}"


def form_of(name: str) -> Form:
    """In which form the outbox asks for the copy of that name."""
    return Form(form) if (form := "".join(name.split("/")[3:])) else Form.PDF


async def copy_of(work: UnitOfWork, name: str) -> Digest | None:
    """The copy of that name; None when its digest is gone."""
    digest_id, kind, who = name.split("/")[:3]
    stored = await work.digests.get(digest_id)
    if stored is None:
        return None
    if ReaderKind(kind) is ReaderKind.YOUNG_PERSON:
        return for_reader(load_digest(stored.content), Reader(ReaderKind.YOUNG_PERSON, who))
    digest = await content_of(work, stored)
    if who and who not in {each.who for each in digest.carers}:
        return None  # said no to the reader of now, who hands copies out
    return for_reader(digest, Reader(ReaderKind(kind), who))


def _standing(
    person: Participant, conversation: Conversation | None, sent: StoredSubmission | None, *, withdrawn: bool
) -> Standing:
    if sent is not None:
        return Standing.SENT
    if withdrawn:
        return Standing.TOOK_BACK
    if conversation is not None and conversation.status is ConversationStatus.CLOSED:
        return Standing.CHOSE_NOT_TO_SAY  # stopped for this review
    match person.state:
        case ParticipantState.JOINED | ParticipantState.ELSEWHERE:
            return Standing.NOT_YET
        case ParticipantState.LEFT:
            return Standing.CHOSE_NOT_TO_SAY
        case _:
            return Standing.NOT_REACHED


def _follow_ups(review: Review) -> tuple[FollowUp, ...]:
    known = ((kind, review.timetable.get(stage.value)) for stage, kind in _FOLLOW_UPS.items())
    return tuple(FollowUp(kind, datetime.fromisoformat(day).date()) for kind, day in known if day)


async def _tried(work: UnitOfWork, review: Review, setting: Setting, person: Participant) -> tuple[Tried, ...]:
    """What was done so that this person could take part, in the order of the days."""
    zone = ZoneInfo(setting.zone)
    prompts: Sequence[Prompt] = await work.prompts.of_review(review.id)
    done = [
        Tried(_PROMPTED[prompt.kind.partition(":")[0]], prompt.settled_at.astimezone(zone).date())
        for prompt in prompts
        if prompt.participant_id == person.id
        and prompt.kind.partition(":")[0] in _PROMPTED
        and prompt.state is PromptState.DONE
        and prompt.settled_at is not None
    ]
    noted: Sequence[AuditLine] = await work.audit.about(person.id)
    also = [Tried(_ASKED[entry.what], entry.at.astimezone(zone).date()) for entry in noted if entry.what in _ASKED]
    return tuple(sorted({*done, *also}, key=lambda tried: (tried.on, tried.kind)))
