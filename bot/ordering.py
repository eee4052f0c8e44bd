"""What staff order when they plan a review, and what a person can get wrong in it: values, never exceptions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.secrets_by_hand import SecretKind
from conversations.offsets import ReviewKind
from conversations.schooling import AgeDays
from conversations.script import Role


@dataclass(frozen=True, slots=True)
class Asked:
    """One person to ask. `relation` is staff's own word for a carer, such as "mother".

    `language` is the code of one that people can choose; empty leaves it as it is, or English.
    """

    role: Role
    name: str = field(repr=False)
    relation: str = field(default="", repr=False)
    secret: SecretKind = SecretKind.WORD
    language: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Order:
    """What staff ask for. The young person is asked always, in `language`; `carers` each apart.

    `age_reason`: why the coordinator counts them as a young person though the law's days say otherwise, as a home
    council may count terms in another way. It never opens Telegram to somebody who is too young for it.
    """

    first_name: str = field(repr=False)
    reference: str = field(repr=False)
    born: date = field(repr=False)
    meeting: date
    kind: ReviewKind
    professional: str = field(repr=False)
    coordinator: str = field(repr=False)
    secret: SecretKind = SecretKind.WORD
    language: str = field(default="", repr=False)
    carers: tuple[Asked, ...] = ()
    plan_lines: tuple[str, ...] = field(default=(), repr=False)
    goals: tuple[str, ...] = field(default=(), repr=False)
    short_notice_reason: str = field(default="", repr=False)
    flags: frozenset[str] = frozenset()
    age_reason: str = field(default="", repr=False)


class Fault(StrEnum):
    """What keeps a review from being planned, besides its date."""

    NO_SETTING = "no_setting"
    NO_PROFESSIONAL = "no_professional"
    NO_COORDINATOR = "no_coordinator"
    NO_NAME = "no_name"
    SAME_CARER_TWICE = "same_carer_twice"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    ANOTHER_PERSON = "another_person"
    PLANNED_ALREADY = "planned_already"


def age_fault(order: Order, days: AgeDays) -> Fault | None:
    """Whether nobody could be asked in their own right before the meeting; the coordinator may give a reason."""
    if order.age_reason.strip():
        return None
    if order.meeting <= days.asked_from:
        return Fault.TOO_YOUNG
    return Fault.TOO_OLD if order.meeting >= days.plan_ends else None
