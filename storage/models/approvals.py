"""The table of approvals. Who approved is sealed."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.sealing import Sealed


class ApprovalRow(Base):
    """One person's yes to one version of a script."""

    __tablename__ = "approval"

    id: Mapped[str] = mapped_column(primary_key=True)
    script: Mapped[str]
    version: Mapped[int]
    role: Mapped[str]
    day: Mapped[date]
    body: Mapped[Sealed]
