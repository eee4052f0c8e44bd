"""The tables of changed readers, and of those who said no to one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.models.people import CASCADE, PARTICIPANT
from storage.sealing import Sealed


class ReaderChangeRow(Base):
    """A review got another named professional. The body says why it could not wait, if it could not."""

    __tablename__ = "reader_change"

    id: Mapped[str] = mapped_column(primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete=CASCADE), index=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    former_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    at: Mapped[datetime]
    body: Mapped[Sealed]


class ReaderNoRow(Base):
    """Somebody does not want this reader to have their words."""

    __tablename__ = "reader_no"

    change_id: Mapped[str] = mapped_column(ForeignKey("reader_change.id", ondelete=CASCADE), primary_key=True)
    participant_id: Mapped[str] = mapped_column(ForeignKey(PARTICIPANT, ondelete=CASCADE), primary_key=True, index=True)
    at: Mapped[datetime]
