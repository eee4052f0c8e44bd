"""What is sealed together in a row's `body`: small values, and how they become bytes. New fields need a default."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from typing import TypeVar, cast

from pydantic import TypeAdapter

from conversations.in_place import InPlace
from conversations.profile import Profile
from conversations.state import Media, PlanLine

B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class StaffBody:
    """Who a member of staff is."""

    name: str = field(repr=False)
    title: str = field(repr=False)
    email: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class YoungPersonBody:
    """Who a young person is."""

    first_name: str = field(repr=False)
    reference: str = field(repr=False)
    leaving_date: date | None = field(repr=False)
    plan_ends: date | None = field(default=None, repr=False)
    telegram_from: date | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ReviewBody:
    """What staff wrote about a review."""

    plan_lines: tuple[PlanLine, ...] = field(repr=False)
    goals: tuple[PlanLine, ...] = field(repr=False)
    short_notice_reason: str = field(repr=False)
    flags: frozenset[str] = field(repr=False)
    age_reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ParticipantBody:
    """Who a participant is, and when they like to be written to."""

    relation: str = field(repr=False)
    name: str = field(repr=False)
    zone: str = field(repr=False)
    earliest: time = field(repr=False)
    latest: time = field(repr=False)
    quiet_weekdays: tuple[int, ...] = field(repr=False)
    language: str = field(default="en", repr=False)
    profile: Profile = field(default_factory=Profile, repr=False)
    in_place: InPlace | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SecretBody:
    """The second secret: sealed as well as hashed, since four digits are soon tried."""

    kind: str = field(repr=False)
    hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ApprovalBody:
    """Who approved a script."""

    by: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AccountBody:
    """Where an account is reached."""

    chat_id: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoteBody:
    """What a note holds."""

    words: str = field(repr=False)
    media: tuple[Media, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ComplaintBody:
    """What a complaint and its answer hold, and the messenger's own references of the messages it came in."""

    words: str = field(repr=False)
    media: tuple[Media, ...] = field(repr=False)
    sources: tuple[str, ...] = ()
    answer: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ReaderBody:
    """Why another reader could not wait."""

    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MediaBody:
    """By which name the messenger gives the bytes."""

    file_id: str = field(repr=False)


def dump(body: object) -> bytes:
    """Return a body as bytes to seal."""
    return _adapter(cast("Hashable", type(body))).dump_json(body)  # every class is; mypy does not see it


def load(kind: type[B], content: bytes) -> B:
    """Read a body from opened bytes."""
    return cast("B", _adapter(cast("Hashable", kind)).validate_json(content))  # the adapter was made for this kind


@cache
def _adapter(kind: type[object]) -> TypeAdapter[object]:
    return TypeAdapter(kind)
