"""What is known of a colleague and a digest: that they opened it here, and that they said they have read it.

Both are told to the people whose words it holds, and neither is guessed (decision 4). They count for every version up
to the one that was shown, since it holds what those held and still counts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.post import Post, To
from conversations.effects import Button
from conversations.lines import Line
from storage.records import Channel, Staff, StoredDigest
from storage.unit_of_work import UnitOfWork

READ: Final = "desk:read:"


async def note_opened(work: UnitOfWork, staff: Staff, shown: StoredDigest, now: datetime) -> None:
    """They have it on their phone."""
    for delivery_id in await _deliveries(work, staff, shown):
        await work.digests.opened(delivery_id, now)
    await work.audit.add(now, staff.id, "opened_digest", shown.id)


async def ask_whether_read(work: UnitOfWork, post: Post, to: To, shown: StoredDigest, cause: str) -> None:
    """One button below the documents."""
    button = Button(post.line(Line.STAFF_READ_BUTTON), READ + shown.id)
    await post.say(work, to, f"{cause}:read", post.line(Line.STAFF_READ), [button])


async def note_read(work: UnitOfWork, staff: Staff, shown: StoredDigest, now: datetime) -> bool:
    """They say that they have read it. False: they said so before, and nothing changes."""
    noted = [await work.digests.read(delivery_id, now) for delivery_id in await _deliveries(work, staff, shown)]
    if any(noted):
        await work.audit.add(now, staff.id, "read_digest", shown.id)
    return any(noted)


async def _deliveries(work: UnitOfWork, staff: Staff, shown: StoredDigest) -> list[str]:
    versions = [each for each in await work.digests.of_review(shown.review_id) if each.version <= shown.version]
    every = [each for version in versions for each in await work.digests.deliveries(version.id)]
    return [each.id for each in every if each.channel is Channel.TELEGRAM and each.staff_id == staff.id]
