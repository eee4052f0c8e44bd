"""Tables of those who take part. Personal values are sealed in `body`; what must be found has a blind index."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import word
from storage.models.base import Base
from storage.records import AccountState, InviteState, ParticipantState, ReviewStage, StaffState
from storage.sealing import Sealed

PARTICIPANT = "participant.id"
CASCADE = "CASCADE"


class VaultRow(Base):
    """The root of the blind indexes, sealed: opening it proves the key."""

    __tablename__ = "vault"

    id: Mapped[str] = mapped_column(primary_key=True)
    root: Mapped[Sealed]


class SettingRow(Base):
    """The one setting."""

    __tablename__ = "setting"

    id: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[Sealed]


class AccountRow(Base):
    """A messenger account; `chat` is the blind index of its chat id."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(primary_key=True)
    chat: Mapped[str] = mapped_column(unique=True)
    body: Mapped[Sealed]
    state: Mapped[AccountState] = mapped_column(word(AccountState))
    floor: Mapped[str | None] = mapped_column(default=None)
    staff_mode: Mapped[bool] = mapped_column(default=False)


class StaffRow(Base):
    """A member of staff; `email` is a blind index. `duties` are words parted by spaces."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    body: Mapped[Sealed]
    duties: Mapped[str]
    state: Mapped[StaffState] = mapped_column(word(StaffState))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)


class YoungPersonRow(Base):
    """A young person; `reference` is a blind index."""

    __tablename__ = "young_person"

    id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str | None] = mapped_column(unique=True)
    body: Mapped[Sealed]


class ReviewRow(Base):
    """A review; `timetable` is JSON of ISO dates."""

    __tablename__ = "review"

    id: Mapped[str] = mapped_column(primary_key=True)
    young_person_id: Mapped[str] = mapped_column(ForeignKey("young_person.id", ondelete=CASCADE), index=True)
    kind: Mapped[str]
    meeting: Mapped[date]
    professional_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    coordinator_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    planned_at: Mapped[datetime]
    timetable: Mapped[str]
    stage: Mapped[ReviewStage] = mapped_column(word(ReviewStage), index=True)
    body: Mapped[Sealed]


class ParticipantRow(Base):
    """One person in one young person's reviews. An account holds one role there, ever (P1)."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("young_person_id", "account_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    young_person_id: Mapped[str] = mapped_column(ForeignKey("young_person.id", ondelete=CASCADE))
    role: Mapped[str]
    state: Mapped[ParticipantState] = mapped_column(word(ParticipantState))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    joined_at: Mapped[datetime | None]
    body: Mapped[Sealed]
    secret: Mapped[Sealed | None] = mapped_column(default=None)
    wrong_tries: Mapped[int] = mapped_column(default=0)


class InviteRow(Base):
    """A link that opens once; `token` is the hash of 128 random bits."""

    __tablename__ = "invite"
    __table_args__ = (Index("ix_invite_participant_id", "participant_id"), Index("ix_invite_staff_id", "staff_id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    participant_id: Mapped[str | None] = mapped_column(ForeignKey(PARTICIPANT, ondelete=CASCADE))
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id", ondelete=CASCADE))
    expires_at: Mapped[datetime]
    state: Mapped[InviteState] = mapped_column(word(InviteState))
    used_by: Mapped[str | None] = mapped_column(default=None)


class WrongLinkRow(Base):
    """How often a chat opened a link that nobody made; `chat` is a blind index."""

    __tablename__ = "wrong_link"
    __table_args__ = (Index("ix_wrong_link_since", "since"),)

    chat: Mapped[str] = mapped_column(primary_key=True)
    tries: Mapped[int]
    since: Mapped[datetime]
