"""Reviews."""

from __future__ import annotations

import orjson
from sqlalchemy import or_, select, update

from storage.bodies import ReviewBody
from storage.models import ReviewRow
from storage.records import Review, ReviewStage
from storage.repository.base import Repository


class Reviews(Repository):
    """Review meetings, in the order in which they were planned."""

    async def add(self, review: Review) -> None:
        """Add one. Young person, professional and coordinator must be there."""
        body = ReviewBody(review.plan_lines, review.goals, review.short_notice_reason, review.flags, review.age_reason)
        row = ReviewRow(
            id=review.id,
            young_person_id=review.young_person_id,
            kind=review.kind,
            meeting=review.meeting,
            professional_id=review.professional_id,
            coordinator_id=review.coordinator_id,
            planned_at=review.planned_at,
            timetable=orjson.dumps(dict(review.timetable)).decode(),
            stage=review.stage,
            body=self._seal(ReviewRow.body, review.id, body),
        )
        await self._insert(row)

    async def save(self, review: Review) -> None:
        """Store what may change: the day, the stages' days, and why there is little time. The rest stays."""
        body = ReviewBody(review.plan_lines, review.goals, review.short_notice_reason, review.flags, review.age_reason)
        values = {
            "meeting": review.meeting,
            "timetable": orjson.dumps(dict(review.timetable)).decode(),
            "body": self._seal(ReviewRow.body, review.id, body),
        }
        await self._changed(update(ReviewRow).where(ReviewRow.id == review.id).values(values))

    async def hand_to(self, review_id: str, *, professional_id: str = "", coordinator_id: str = "") -> None:
        """Give a review to another named professional, or another coordinator."""
        given = {"professional_id": professional_id, "coordinator_id": coordinator_id}
        await self._set(ReviewRow, {name: staff for name, staff in given.items() if staff}, id=review_id)

    async def get(self, review_id: str) -> Review | None:
        """Return one."""
        row = await self._find(ReviewRow, id=review_id)
        return None if row is None else self._opened(row)

    async def all(self, stage: ReviewStage | None = None) -> list[Review]:
        """Return all, or those at one stage."""
        statement = select(ReviewRow).order_by(ReviewRow.id)
        if stage is not None:
            statement = statement.where(ReviewRow.stage == stage)
        return [self._opened(row) for row in await self._all(statement)]

    async def set_stage(self, review_id: str, stage: ReviewStage) -> None:
        """Move a review to a stage."""
        await self._changed(update(ReviewRow).where(ReviewRow.id == review_id).values(stage=stage))

    async def of_young_person(self, young_person_id: str) -> list[Review]:
        """Return the reviews of one young person."""
        rows = await self._find_all(ReviewRow, "id", young_person_id=young_person_id)
        return [self._opened(row) for row in rows]

    async def for_staff(self, staff_id: str) -> list[Review]:
        """Return the reviews that a member of staff coordinates, or for which they are the named professional."""
        named = or_(ReviewRow.professional_id == staff_id, ReviewRow.coordinator_id == staff_id)
        return [self._opened(row) for row in await self._all(select(ReviewRow).where(named).order_by(ReviewRow.id))]

    def _opened(self, row: ReviewRow) -> Review:
        body = self._open(ReviewRow.body, row.id, row.body, ReviewBody)
        return Review(
            id=row.id,
            young_person_id=row.young_person_id,
            kind=row.kind,
            meeting=row.meeting,
            professional_id=row.professional_id,
            coordinator_id=row.coordinator_id,
            planned_at=row.planned_at,
            timetable=orjson.loads(row.timetable),
            stage=row.stage,
            plan_lines=body.plan_lines,
            goals=body.goals,
            short_notice_reason=body.short_notice_reason,
            flags=body.flags,
            age_reason=body.age_reason,
        )
