"""Words outside a question have a day by which somebody reads them. One that has passed is told to the coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.notices import Notices
from conversations.lines import Line
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Unread:
    """Tells once a day for each review, and never what was said. An alert has stages of its own."""

    notices: Notices

    async def tell_overdue(self, work: UnitOfWork, now: datetime) -> int:
        """Tell the coordinators of what is overdue today; how many notices are new."""
        setting = await work.settings.get()
        today = now.astimezone(ZoneInfo(setting.zone if setting else "UTC")).date()
        told = 0
        for review_id in await work.notes.overdue(today):
            review = await work.reviews.get(review_id)
            key = f"overdue:{review_id}:{today.isoformat()}"
            coordinator = await work.staff.get(review.coordinator_id) if review else None
            about = await work.people.get(review.young_person_id) if review else None
            if coordinator is None or about is None or await work.outbox.is_known(key):
                continue
            text = self.notices.post.line(Line.STAFF_NOTE_OVERDUE, name=about.first_name)
            await self.notices.to_staff(work, coordinator, key, text)
            told += coordinator.account_id is not None
        return told
