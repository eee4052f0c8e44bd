"""The tables. They know nothing of keys, and no query stands here."""

from storage.models.base import Base, cell, row_key
from storage.models.people import (
    AccountRow,
    InviteRow,
    ParticipantRow,
    ReviewRow,
    SettingRow,
    StaffRow,
    VaultRow,
    YoungPersonRow,
)
from storage.models.traffic import AuditRow, InRow, MetaRow, OutRow, PromptRow
from storage.models.words import (
    AnswerRow,
    ConversationRow,
    DeliveryRow,
    DigestRow,
    MediaBytesRow,
    MediaRow,
    NoteRow,
    SubmissionRow,
)

__all__ = [
    "AccountRow",
    "AnswerRow",
    "AuditRow",
    "Base",
    "ConversationRow",
    "DeliveryRow",
    "DigestRow",
    "InRow",
    "InviteRow",
    "MediaBytesRow",
    "MediaRow",
    "MetaRow",
    "NoteRow",
    "OutRow",
    "ParticipantRow",
    "PromptRow",
    "ReviewRow",
    "SettingRow",
    "StaffRow",
    "SubmissionRow",
    "VaultRow",
    "YoungPersonRow",
    "cell",
    "row_key",
]
