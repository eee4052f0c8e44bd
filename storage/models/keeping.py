"""Tables of what is kept for how long: ids, choices and times, and no content."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import serial, word
from storage.models.base import Base
from storage.models.people import CASCADE, PARTICIPANT
from storage.records.keeping import TidyChoice


class ChatMessageRow(Base):
    """One message that stands in a chat, theirs or the bot's, by the messenger's number. The row goes with it."""

    __tablename__ = "chat_message"
    __table_args__ = (
        UniqueConstraint("account_id", "message_id"),
        Index("ix_chat_message_sent_at", "sent_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(serial(), primary_key=True, autoincrement=True, init=False)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete=CASCADE))
    message_id: Mapped[int] = mapped_column(BigInteger)
    sent_at: Mapped[datetime]
    stored_at: Mapped[datetime]
    keyboard: Mapped[bool]


class ChatTidyingRow(Base):
    """What the person of a chat chose; `left_over` counts what could not be deleted and was not said yet."""

    __tablename__ = "chat_tidying"

    id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete=CASCADE), primary_key=True)
    choice: Mapped[TidyChoice] = mapped_column(word(TidyChoice))
    left_over: Mapped[int] = mapped_column(default=0)


class KeptLongerRow(Base):
    """A participant who said yes: their words may be kept for next time. No row means no."""

    __tablename__ = "kept_longer"

    id: Mapped[str] = mapped_column(ForeignKey(PARTICIPANT, ondelete=CASCADE), primary_key=True)
    since: Mapped[datetime]


class StaffLeftRow(Base):
    """When it was first seen that a colleague has left."""

    __tablename__ = "staff_left"

    id: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete=CASCADE), primary_key=True)
    seen_at: Mapped[datetime]
