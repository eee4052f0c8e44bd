"""The office's part of an answer to a subject access request: what staff wrote and did, and what is left out, and why.

Another's words, names of others who were asked, and what would let somebody in are never in it. Alerts stand in it only
where the colleague who asks may read them: else the safeguarding lead adds them, or decides that they stay out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Final, TypeAlias

from conversations.said_files import said
from conversations.state import PlanLine
from storage.records import AuditLine, Participant, PromptState, Review, Staff
from storage.records.alerts import Alert
from storage.unit_of_work import UnitOfWork

MayRead: TypeAlias = Callable[[Alert], Awaitable[bool]]

LEFT_OUT: Final = (
    "left_others", "left_names", "left_digests", "left_hashes", "left_logs", "left_elsewhere", "left_harm",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """What staff wrote about one review."""

    kind: str
    meeting: date
    planned_at: datetime
    professional: str = field(repr=False)
    coordinator: str = field(repr=False)
    reason: str = field(repr=False)
    lines: tuple[PlanLine, ...] = field(repr=False)
    goals: tuple[PlanLine, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done: when, by whom, what (a code) and, of a digest, by which channel and how it ended."""

    at: datetime | None
    who: str = field(repr=False)
    what: str


@dataclass(frozen=True, slots=True)
class AlertRecord:
    """One alert to the safeguarding team: when it was raised, when and by whom it was seen, and the person's words."""

    raised_at: datetime
    seen_at: datetime | None
    seen_by: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Record:
    """All of it. `left_out` are sentences."""

    made_at: datetime
    made_by: str = field(repr=False)
    reviews: tuple[ReviewRecord, ...] = field(repr=False)
    deliveries: tuple[Step, ...] = field(repr=False)
    messages: tuple[Step, ...] = field(repr=False)
    steps: tuple[Step, ...] = field(repr=False)
    alerts: tuple[AlertRecord, ...] = field(repr=False)
    left_out: tuple[str, ...] = ()


async def recorded(work: UnitOfWork, person: Participant, by: Staff, now: datetime, may_read: MayRead) -> Record:
    """What is kept about one participant besides their own words. Reads, and writes nothing."""
    reviews = await work.reviews.of_young_person(person.young_person_id)
    held = {each.review_id for each in await work.conversations.of_participant(person.id)}
    sent = {each.review_id for each in await work.submissions.of_participant(person.id)}
    theirs = [each for each in reviews if each.id in held | sent]
    words = record_words()
    return Record(
        made_at=now,
        made_by=f"{by.name}, {by.title}".strip(", "),
        reviews=tuple([await _review(work, each) for each in theirs]),
        deliveries=tuple([step for each in theirs for step in await _deliveries(work, each)]),
        messages=tuple([step for each in theirs for step in await _messages(work, each, person)]),
        steps=tuple([await _step(work, line, person) for line in await _lines(work, person)]),
        alerts=tuple([await _alert(work, each) for each in await _alerts(work, person) if await may_read(each)]),
        left_out=tuple(words[each] for each in LEFT_OUT),
    )


@cache
def record_words() -> Mapping[str, str]:
    """The sentences of this document."""
    text = resources.files("bot.rights").joinpath("record_words.yaml").read_text("utf-8")
    return dict(said(text))


async def _alerts(work: UnitOfWork, person: Participant) -> list[Alert]:
    return sorted(await work.alerts.of_participant(person.id), key=lambda alert: alert.raised_at)


async def _alert(work: UnitOfWork, alert: Alert) -> AlertRecord:
    frozen = await work.frozen.of_alert(alert.id)
    said = [text for each in frozen for text in (each.asked, *each.chosen, each.words) if text]
    return AlertRecord(alert.raised_at, alert.seen_at, await _staff(work, alert.seen_by or ""), tuple(said))


async def _review(work: UnitOfWork, review: Review) -> ReviewRecord:
    return ReviewRecord(
        kind=review.kind,
        meeting=review.meeting,
        planned_at=review.planned_at,
        professional=await _staff(work, review.professional_id),
        coordinator=await _staff(work, review.coordinator_id),
        reason=review.short_notice_reason,
        lines=review.plan_lines,
        goals=review.goals,
    )


async def _deliveries(work: UnitOfWork, review: Review) -> list[Step]:
    found = []
    for digest in await work.digests.of_review(review.id):
        for each in await work.digests.deliveries(digest.id):
            name = await _staff(work, each.staff_id)
            ended = "read" if each.read_at else "opened" if each.opened_at else each.state.value
            found.append(Step(each.sent_at, name, f"version {digest.version}, {each.channel.value}, {ended}"))
    return found


async def _messages(work: UnitOfWork, review: Review, person: Participant) -> list[Step]:
    rows = [each for each in await work.prompts.of_review(review.id) if each.participant_id == person.id]
    done = [each for each in rows if each.state is PromptState.DONE]
    return [Step(each.settled_at, record_words()["program"], each.kind.partition(":")[0]) for each in done]


async def _lines(work: UnitOfWork, person: Participant) -> list[AuditLine]:
    """What this person did, and what was done about them, their complaints and their account, in order."""
    about = {person.id, *(each.id for each in await work.complaints.of_participant(person.id))}
    return [each for each in await work.audit.all() if each.subject in about or each.actor == person.id]


async def _step(work: UnitOfWork, line: AuditLine, person: Participant) -> Step:
    words = record_words()
    if line.actor == person.id:
        return Step(line.at, words["you"], line.what)
    staff = await work.staff.get(line.actor)
    return Step(line.at, staff.name if staff else words["other"], line.what)


async def _staff(work: UnitOfWork, staff_id: str) -> str:
    staff = await work.staff.get(staff_id)
    return f"{staff.name}, {staff.title}".strip(", ") if staff else record_words()["staff"]
