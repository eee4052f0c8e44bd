"""The table of complaints. What was complained about is sealed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import word
from storage.models.base import Base
from storage.models.people import CASCADE, PARTICIPANT
from storage.records.complaints import ComplaintState
from storage.sealing import Sealed


class ComplaintRow(Base):
    """One complaint; until `listens_until` the next words of the person belong to it."""

    __tablename__ = "complaint"

    id: Mapped[str] = mapped_column(primary_key=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey(PARTICIPANT, ondelete=CASCADE), index=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    at: Mapped[datetime]
    answer_by: Mapped[date]
    state: Mapped[ComplaintState] = mapped_column(word(ComplaintState))
    body: Mapped[Sealed]
    listens_until: Mapped[datetime | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[str | None] = mapped_column(default=None)
