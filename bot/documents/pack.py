"""The pack: the copies that the named professional hands out, one for each kind of reader, under names of nobody.

Who gets what is decided by the one table in `conversations.readers`; the bot itself sends them to no outsider.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conversations.digest import Digest, ReaderKind
from conversations.readers import Reader


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of the pack: for whom, and what its file is called."""

    reader: Reader
    file_name: str


def copies(digest: Digest) -> Iterator[Copy]:
    """The copies to hand out, beside the named professional's own: staff, the young person, each carer apart."""
    day = digest.meeting.isoformat()
    yield Copy(Reader(ReaderKind.OTHER_PROFESSIONAL), f"review-{day}-for-staff.pdf")
    yield Copy(Reader(ReaderKind.YOUNG_PERSON), f"review-{day}-for-the-young-person.pdf")
    for carer in (each for each in digest.carers if each.who):
        yield Copy(Reader(ReaderKind.CARER, carer.who), f"review-{day}-for-carer-{carer.letter.lower()}.pdf")
