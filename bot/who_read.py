"""To whom what somebody sent went, and who opened it: what is known, and never a guess (decision 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.facts import Circle
from bot.rights.kept import Handed
from conversations.digest_codec import load_digest
from storage.records import Channel, DigestDelivery, StoredDigest, StoredSubmission
from storage.unit_of_work import UnitOfWork


async def handed_over(
    work: UnitOfWork, who: str, sent: StoredSubmission, digests: Iterable[StoredDigest], *, on_paper: bool = False
) -> tuple[Handed, ...]:
    """Of the first version that held it, and of no other: later ones tell what somebody else did (P6)."""
    for stored in digests:
        digest = load_digest(stored.content)
        voices = [each for each in (digest.young_person, *digest.carers) if each.who == who]
        numbers = [each.typed_in.number if each.typed_in else 0 for each in voices] if on_paper else []
        numbers = numbers or [each.number for each in voices]
        if sent.number in numbers:
            every = await work.digests.deliveries(stored.id)
            held = [each for each in every if each.channel is not Channel.NOTICE]  # that mail held none of it
            return tuple([await _delivered(work, each) for each in held])
    return ()


async def latest_handed_over(work: UnitOfWork, around: Circle) -> Sequence[Handed]:
    """The same of what this person sent last in this review, where it counts and has left; empty before that."""
    held = await work.conversations.of_participant(around.participant.id)
    talked = next((each for each in held if each.review_id == around.review.id), None)
    sent = await work.submissions.latest(talked.id) if talked is not None else None
    if sent is None:
        return ()
    every = await handed_over(work, around.participant.id, sent, await work.digests.of_review(around.review.id))
    return [each for each in every if each.sent_at is not None]


async def _delivered(work: UnitOfWork, delivery: DigestDelivery) -> Handed:
    staff = await work.staff.get(delivery.staff_id)
    return Handed(
        staff.name if staff else "", delivery.channel.value, delivery.sent_at, delivery.opened_at, delivery.read_at
    )
