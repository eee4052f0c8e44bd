"""Tables of the wider picture: who wants to be counted, and reports, which hold large numbers and nothing else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.models.people import CASCADE, PARTICIPANT


class CountedInRow(Base):
    """A participant who said yes to being counted. No row means no."""

    __tablename__ = "counted_in"

    id: Mapped[str] = mapped_column(ForeignKey(PARTICIPANT, ondelete=CASCADE), primary_key=True)
    since: Mapped[datetime]


class InsightReportRow(Base):
    """What was printed of one term for one kind of reader, once and for good: `id` is the term and the bound."""

    __tablename__ = "insight_report"

    id: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    content: Mapped[str]
