"""Mail that came back: which digest it carried, and who must know. Only the report's own fields are looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import Final

from bot.notices import Notices
from conversations.lines import Line
from storage.records import DigestDelivery
from storage.unit_of_work import UnitOfWork

MOST_BYTES: Final = 1024 * 1024
BOUNCED: Final = "bounced"
MESSAGE_HOST: Final = "firsthand.invalid"
_OURS: Final = re.compile(rf"<([A-Za-z0-9_-]{{1,64}})@{re.escape(MESSAGE_HOST)}>")
_MOST_PARTS: Final = 50


def returned(report: bytes) -> str | None:
    """The delivery that a report of the mail server says has failed for good; None: it says no such thing.

    Read as RFC 3464 has it. A report of a delay, an answer of somebody on holiday, and whatever else arrives, is none.
    """
    message = message_from_bytes(report[:MOST_BYTES], policy=compat32)
    if message.get_content_type() != "multipart/report":
        return None
    parts = list(_parts(message))
    if not any(_failed(part) for part in parts if part.get_content_type() == "message/delivery-status"):
        return None
    for part in parts:
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            found = _OURS.search(str(_returned_head(part).get("Message-ID", "")))
            if found is not None:
                return found[1]
    return None


@dataclass(frozen=True, slots=True)
class Bounces:
    """Notes what came back, once, and tells those who can do something about it."""

    notices: Notices

    async def came_back(self, work: UnitOfWork, delivery_id: str) -> bool:
        """Whether this was news: a mail that counted as sent counts as failed now, and staff are told."""
        delivery = await work.digests.bounced(delivery_id, BOUNCED)
        if delivery is None:
            return False
        await self._tell(work, delivery)
        return True

    async def _tell(self, work: UnitOfWork, delivery: DigestDelivery) -> None:
        stored = await work.digests.get(delivery.digest_id)
        review = await work.reviews.get(stored.review_id) if stored else None
        person = await work.people.get(review.young_person_id) if review else None
        reader = await work.staff.get(delivery.staff_id)
        if review is None or person is None or reader is None:
            return
        post = self.notices.post
        told = post.line(Line.STAFF_MAIL_FAILED, name=person.first_name)
        await self.notices.to_staff(work, reader, f"bounced:{delivery.id}", told)
        coordinator = await work.staff.get(review.coordinator_id)
        if coordinator is not None and coordinator.id != reader.id:
            told = post.line(Line.STAFF_MAIL_BOUNCED, name=person.first_name, reader=reader.name)
            await self.notices.to_staff(work, coordinator, f"bounced:{delivery.id}:coordinator", told)


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            return
        yield part


def _failed(status: Message) -> bool:
    """Whether one recipient's block says: failed, for good."""
    blocks = status.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, Message):
            continue
        action, code = str(block.get("Action", "")), str(block.get("Status", ""))
        if action.strip().lower() == "failed" and code.strip().startswith("5"):
            return True
    return False


def _returned_head(part: Message) -> Message:
    content = part.get_payload()
    if isinstance(content, list):
        return next((each for each in content if isinstance(each, Message)), Message())
    return message_from_bytes(str(content).encode("utf-8", "replace"), policy=compat32)
