"""Who gets which part: the one table that decides every copy of a digest (decision 1).

A copy is the whole digest with everything else left out; what is left out leaves no mark, number or gap behind.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from conversations.digest import Digest, DigestPart, Entry, ReaderKind, Voice, part_of
from conversations.script import Heading, Role
from conversations.state import Audience
from conversations.voices import Change


class Sees(StrEnum):
    """How much of one part a row of readers gets."""

    NOTHING = "nothing"
    ALL = "all"  # everybody's words, also those marked only for the named professional
    OPEN = "open"  # everybody's words that are for everyone
    OWN_AND_OPEN = "own_and_open"  # all of their own, and of others what is for everyone
    OWN_AND_SHARED = "own_and_shared"  # all of their own; the young person's where they said yes; nobody else's


_NEVER = dict.fromkeys(DigestPart, Sees.NOTHING)

TABLE: Final[Mapping[ReaderKind, Mapping[DigestPart, Sees]]] = MappingProxyType(
    {
        ReaderKind.NAMED_PROFESSIONAL: dict.fromkeys(DigestPart, Sees.ALL),
        ReaderKind.OTHER_PROFESSIONAL: dict.fromkeys(DigestPart, Sees.OPEN) | {DigestPart.CHANGES: Sees.NOTHING},
        ReaderKind.YOUNG_PERSON: dict.fromkeys(DigestPart, Sees.OWN_AND_OPEN) | {DigestPart.CHANGES: Sees.NOTHING},
        ReaderKind.CARER: dict.fromkeys(DigestPart, Sees.OWN_AND_SHARED)
        | {
            DigestPart.CHANGES: Sees.NOTHING,
            DigestPart.SIDE_BY_SIDE: Sees.NOTHING,
            DigestPart.NEXT_STEPS: Sees.NOTHING,
        },
        ReaderKind.SAFEGUARDING: _NEVER | {DigestPart.HEADER: Sees.OPEN},
    }
)
"""The safeguarding team reads alerts, not digests: its row is nearly empty on purpose."""

PROFESSIONAL_ONLY: Final = frozenset(
    {Heading.WHO_COMES, Heading.ADJUSTMENTS, Heading.NOT_TALK_ABOUT, Heading.OWN_NOTES}
)
"""Who to invite or not, access notes, what not to talk about: for the named professional, and whoever said it."""


_TOLD_WHY_LATE: Final = frozenset({ReaderKind.OTHER_PROFESSIONAL, ReaderKind.YOUNG_PERSON})
"""Staff's reason for planning late may name somebody's circumstances: no carer gets it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a copy is made. `who` names a carer as the contribution did; others need none."""

    kind: ReaderKind
    who: str = ""


def for_reader(digest: Digest, reader: Reader) -> Digest:
    """The copy of this digest that `reader` may have.

    Raises:
        ValueError: `digest` is not the whole one, or the reader is a carer who was not asked.
    """
    if digest.reader is not ReaderKind.NAMED_PROFESSIONAL:
        raise ValueError("copies are made from the whole digest")
    row = TABLE[reader.kind]
    if reader.kind is ReaderKind.NAMED_PROFESSIONAL:
        return digest
    return replace(
        _with_voices(digest, reader),
        reader=reader.kind,
        parts=frozenset(part for part in digest.parts if row[part] is not Sees.NOTHING),
        version=0,
        reference=digest.reference if reader.kind is ReaderKind.OTHER_PROFESSIONAL else "",
        short_notice_reason=digest.short_notice_reason if reader.kind in _TOLD_WHY_LATE else "",
        follow_up=() if row[DigestPart.FOLLOW_UP] is Sees.NOTHING else digest.follow_up,
    )


def without(digest: Digest, who: Collection[str]) -> Digest:
    """The same digest with no words from these people, and no reason why: they do not want its reader to have them."""
    if not who:
        return digest
    young, *carers = (_silent(each) if each.who in who else each for each in (digest.young_person, *digest.carers))
    return replace(digest, young_person=young, carers=tuple(carers))


def _silent(voice: Voice) -> Voice:
    return Voice(who="", role=voice.role, standing=None, relation=voice.relation, letter=voice.letter)


def _with_voices(digest: Digest, reader: Reader) -> Digest:
    carers = tuple(each for each in digest.carers if _is_shown(each, reader))
    if reader.kind is ReaderKind.CARER and not carers:
        raise ValueError("this carer was not asked")
    return replace(
        digest,
        young_person=_as_read_by(digest.young_person, reader),
        carers=tuple(_as_read_by(each, reader) for each in carers),
    )


def _is_shown(carer: Voice, reader: Reader) -> bool:
    """Whether a carer is mentioned at all: another carer and the safeguarding team learn of nobody."""
    if TABLE[reader.kind][DigestPart.CARERS] in {Sees.OPEN, Sees.OWN_AND_OPEN}:
        return True
    return _is_own(carer, reader)


def _is_own(voice: Voice, reader: Reader) -> bool:
    if reader.kind is ReaderKind.YOUNG_PERSON:
        return voice.role is Role.YOUNG_PERSON
    return reader.kind is ReaderKind.CARER and voice.role is Role.CARER and voice.who == reader.who


def _as_read_by(voice: Voice, reader: Reader) -> Voice:
    if _is_own(voice, reader):
        return replace(voice, letter="", tried=(), change=Change.NONE)
    entries = tuple(each for each in voice.entries if _may_read(voice, each, reader))
    return Voice(
        who="",
        role=voice.role,
        standing=None,
        relation=voice.relation,
        letter=voice.letter,
        entries=entries,
        sent_at=voice.sent_at if entries else None,
        late=voice.late and bool(entries),
        in_place=replace(voice.in_place, evidence="", decided_by="") if voice.in_place else None,
    )


def is_for_circulation(entry: Entry) -> bool:
    """Whether anyone but the named professional and its owner may read this answer at all."""
    if entry.heading is None or entry.heading in PROFESSIONAL_ONLY:
        return False
    return entry.audience is Audience.EVERYONE


def _may_read(voice: Voice, entry: Entry, reader: Reader) -> bool:
    if not is_for_circulation(entry):
        return False
    sees = TABLE[reader.kind][part_of(voice.role, entry)]
    if sees is Sees.OWN_AND_SHARED:
        return voice.role is Role.YOUNG_PERSON and voice.share is True
    return sees in {Sees.OPEN, Sees.OWN_AND_OPEN}
