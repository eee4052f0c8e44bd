"""Counts one term. Whoever did not say yes is counted only as one of those who were asked, or who sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.facts import stage_day
from conversations.catalogue import Catalogue
from conversations.insights import Count, Part, ReportTerm, Tally
from conversations.timetable import Stage
from storage.records import (
    DigestKind,
    Participant,
    ParticipantState,
    PromptState,
    Review,
    ReviewStage,
    Setting,
    StoredSubmission,
)
from storage.unit_of_work import UnitOfWork

SETTLES: Final = timedelta(days=42)
"""How long after a term its report is made: the last meetings of the term are answered by then."""
_IN: Final = frozenset({ParticipantState.JOINED, ParticipantState.BLOCKED, ParticipantState.LEFT})
_LONG, _SOME = 42, 14


async def tally(work: UnitOfWork, catalogue: Catalogue, setting: Setting, term: ReportTerm) -> Tally:
    """Everything that counts in one term: the reviews whose meeting lies in it, but for those that were cancelled."""
    counting = _Counting(catalogue, await work.insights.counted(), ZoneInfo(setting.zone))
    for review in await work.reviews.all():
        if term.start <= review.meeting < term.after and review.stage is not ReviewStage.CANCELLED:
            await counting.review(work, review)
    return counting.tally


@dataclass(slots=True)
class _Counting:
    catalogue: Catalogue
    counted: frozenset[str]
    zone: ZoneInfo
    tally: Tally = field(default_factory=Tally)

    async def review(self, work: UnitOfWork, review: Review) -> None:
        sent = {each.participant_id: each for each in await work.submissions.of_review(review.id)}
        papers = {work.conversations.paper_id(each, review.id) for each in sent}
        for person in await work.participants.of_young_person(review.young_person_id):
            mine = sent.get(person.id)
            on_paper = mine is not None and mine.conversation_id in papers
            self.tally.add(Count.PEOPLE, _standing(person, mine, on_paper=on_paper), person.role)
            if mine is not None and person.id in self.counted:
                self._picks(mine)
        self.tally.add(Count.PREPARING, _days(await self._opened(work, review), review))
        self.tally.add(Count.CIRCULATED, await self._circulated(work, review))

    def _picks(self, sent: StoredSubmission) -> None:
        flow = self.catalogue.flow(sent.submission.script, sent.submission.version)
        if flow is not None:
            self.tally.add_picks(flow, sent.submission.answers)

    async def _opened(self, work: UnitOfWork, review: Review) -> date | None:
        """The day on which the first person was asked."""
        done = [
            prompt.settled_at
            for prompt in await work.prompts.of_review(review.id)
            if prompt.kind.partition(":")[0] == Stage.OPENING and prompt.state is PromptState.DONE and prompt.settled_at
        ]
        return min(done).astimezone(self.zone).date() if done else None

    async def _circulated(self, work: UnitOfWork, review: Review) -> Part:
        """Whether the pack was with the named professional by its day."""
        for digest in await work.digests.of_review(review.id):
            went = [each.sent_at for each in await work.digests.deliveries(digest.id) if each.sent_at is not None]
            if digest.kind is DigestKind.PACK and went:
                day = min(went).astimezone(self.zone).date()
                return Part.IN_TIME if day <= stage_day(review, Stage.PACK) else Part.LATE
        return Part.NEVER


def _standing(person: Participant, sent: StoredSubmission | None, *, on_paper: bool) -> Part:
    if sent is not None:
        return Part.SENT_PAPER if on_paper else Part.SENT_CHAT
    return Part.JOINED if person.state in _IN else Part.INVITED


def _days(opened: date | None, review: Review) -> Part:
    days = (review.meeting - opened).days if opened is not None else 0
    return Part.DAYS_42 if days >= _LONG else Part.DAYS_14 if days >= _SOME else Part.DAYS_FEWER
