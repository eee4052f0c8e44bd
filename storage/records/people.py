"""Who takes part: staff, young people, reviews, participants, accounts and invites, with opened values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple

from conversations.in_place import InPlace
from conversations.profile import Profile
from conversations.script import Role
from conversations.state import ConversationId, PlanLine


class Duty(StrEnum):
    """What a member of staff may be asked to do."""

    COORDINATOR = "coordinator"
    PROFESSIONAL = "professional"
    SAFEGUARDING = "safeguarding"


class StaffState(StrEnum):
    """Whether a member of staff still serves here."""

    ACTIVE = "active"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Setting:
    """The school, college or team that runs this bot. There is one. The lead and the deputy are staff ids."""

    id: str
    name: str = field(repr=False)
    zone: str = "Europe/London"
    safeguarding_lead: str = ""
    safeguarding_deputy: str = ""
    terms: tuple[tuple[date, date], ...] = ()
    closures: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff. The e-mail is looked up without regard to capitals."""

    id: str
    name: str = field(repr=False)
    title: str = field(repr=False)
    email: str = field(repr=False)
    duties: frozenset[Duty] = frozenset()
    account_id: str | None = None
    state: StaffState = StaffState.ACTIVE


@dataclass(frozen=True, slots=True)
class YoungPerson:
    """A young person: first name or initials, and the setting's own reference (may be empty). Never a birth date.

    The days are those of `conversations.schooling.AgeDays`; None where nobody said when they were born.
    """

    id: str
    first_name: str = field(repr=False)
    reference: str = field(default="", repr=False)
    leaving_date: date | None = field(default=None, repr=False)
    plan_ends: date | None = field(default=None, repr=False)
    telegram_from: date | None = field(default=None, repr=False)


class ReviewStage(StrEnum):
    """How far a review has come."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    PACKED = "packed"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Review:
    """One review meeting. `timetable` maps the name of a date to its ISO form; it is stored in plain.

    `age_reason` is why the coordinator counts the person as a young person though the days say otherwise.
    """

    id: str
    young_person_id: str
    kind: str
    meeting: date
    professional_id: str
    coordinator_id: str
    planned_at: datetime
    timetable: Mapping[str, str] = field(default_factory=dict)
    stage: ReviewStage = ReviewStage.PLANNED
    plan_lines: tuple[PlanLine, ...] = field(default=(), repr=False)
    goals: tuple[PlanLine, ...] = field(default=(), repr=False)
    short_notice_reason: str = field(default="", repr=False)
    age_reason: str = field(default="", repr=False)
    flags: frozenset[str] = field(default=frozenset(), repr=False)


class ParticipantState(StrEnum):
    """How far one person has come in."""

    INVITED = "invited"
    ANSWERED_CODE = "answered_code"
    JOINED = "joined"
    BLOCKED = "blocked"
    LEFT = "left"
    ENDED = "ended"
    ELSEWHERE = "elsewhere"  # takes part in another way than Telegram, because they want that


@dataclass(frozen=True, slots=True)
class Participant:
    """One person in one young person's reviews. `quiet_weekdays`: Monday is 0. Hours are local to `zone`.

    With `in_place` a carer also acts in place of the young person, for a time.
    """

    id: str
    young_person_id: str
    role: Role
    relation: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    state: ParticipantState = ParticipantState.INVITED
    account_id: str | None = None
    zone: str = field(default="Europe/London", repr=False)
    earliest: time = field(default=time(9), repr=False)
    latest: time = field(default=time(19), repr=False)
    quiet_weekdays: tuple[int, ...] = field(default=(), repr=False)
    joined_at: datetime | None = None
    language: str = "en"
    profile: Profile = field(default_factory=Profile, repr=False)
    in_place: InPlace | None = field(default=None, repr=False)


class Secret(NamedTuple):
    """The second secret of a participant: which kind, its hash, and how many wrong tries there were."""

    kind: str
    hash: str
    wrong_tries: int


class AccountState(StrEnum):
    """Whether a messenger account takes our messages."""

    OPEN = "open"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Account:
    """A messenger account. `floor` is the conversation whose turn it is in this chat."""

    id: str
    chat_id: int = field(repr=False)
    state: AccountState = AccountState.OPEN
    floor: ConversationId | None = None
    staff_mode: bool = False


class InviteState(StrEnum):
    """An invite opens once."""

    OPEN = "open"
    USED = "used"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Invite:
    """A single-use link for one participant or one member of staff. The token itself is not kept."""

    id: str
    participant_id: str | None
    staff_id: str | None
    expires_at: datetime
    state: InviteState = InviteState.OPEN
