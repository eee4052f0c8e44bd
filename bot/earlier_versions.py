"""What the next version of a digest must know of those before it, also after somebody has deleted everything.

Whoever is gone leaves no word, name or id here: only that there was somebody in this role, so that the next version
says that words were taken back and asks whoever holds them to destroy them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from types import MappingProxyType
from typing import Final

from pydantic import TypeAdapter

from conversations.changes import numbers_of
from conversations.digest import Contribution, Digest, DigestReview, Standing
from conversations.digest_codec import load_digest
from conversations.script import Flow, Role
from conversations.state import ReviewFacts
from storage.ids import new_id
from storage.records import Participant
from storage.unit_of_work import UnitOfWork

_KEY: Final = "digests:"


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who deleted everything. `who` is a new random name; `had_sent`: whether a version held their words."""

    who: str
    role: Role
    had_sent: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """The newest version's number (0: none), the numbers of what it held, and who has gone since the review began."""

    version: int = 0
    numbers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    gone: tuple[Gone, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kept:
    """How it is stored: random names and numbers only."""

    version: int
    numbers: dict[str, int]
    gone: tuple[Gone, ...]


_KEPT: Final = TypeAdapter(_Kept)


async def earlier(work: UnitOfWork, review_id: str) -> Earlier:
    """What came before the next version of this review's digest."""
    written = await work.meta.get(_KEY + review_id)
    kept = _KEPT.validate_json(written) if written else _Kept(0, {}, ())
    latest = await work.digests.latest(review_id)
    if latest is None:
        return Earlier(kept.version, kept.numbers, kept.gone)
    return Earlier(latest.version, _numbers(load_digest(latest.content)), kept.gone)


async def somebody_goes(work: UnitOfWork, review_id: str, person: Participant) -> None:
    """Note, before their rows and the digests are deleted, that this person goes."""
    before = await earlier(work, review_id)
    numbers = dict(before.numbers)
    theirs = [numbers.pop(key) for key in list(numbers) if key.partition("/")[0] == person.id]
    gone = before.gone
    if any(theirs) or person.role is Role.YOUNG_PERSON:
        name = f"gone{new_id()}"
        gone = (*gone, Gone(name, person.role, had_sent=any(theirs)))
        numbers |= {name: 1} if any(theirs) else {}
    await work.meta.put(_KEY + review_id, _KEPT.dump_json(_Kept(before.version, numbers, gone)).decode())


def stand_ins(
    before: Earlier, people: Sequence[Participant], about: DigestReview, flow: Callable[[Role], Flow]
) -> list[Contribution]:
    """An empty part for each who has gone. The young person's only until there is one again (P1)."""
    has_young = any(each.role is Role.YOUNG_PERSON for each in people)
    young = [each for each in before.gone if each.role is Role.YOUNG_PERSON]
    last = [] if has_young else young[-1:]
    carers = [each for each in before.gone if each.role is not Role.YOUNG_PERSON]
    return [_empty(each, about, flow(each.role)) for each in (*last, *carers)]


def _empty(gone: Gone, about: DigestReview, flow: Flow) -> Contribution:
    over = datetime.combine(about.meeting, time(0), UTC)
    facts = ReviewFacts(about.about, "", about.professional, "", about.meeting, about.meeting, over)
    standing = Standing.TOOK_BACK if gone.had_sent else Standing.CHOSE_NOT_TO_SAY
    return Contribution(gone.who, gone.role, flow, facts, standing)


def _numbers(digest: Digest) -> dict[str, int]:
    voices = (digest.young_person, *digest.carers)
    return {key: number for voice in voices for key, number in numbers_of(voice).items()}
