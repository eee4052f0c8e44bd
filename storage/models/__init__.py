"""The tables. They know nothing of keys, and no query stands here."""

from storage.models.base import Base, cell, row_key
from storage.models.complaints import ComplaintRow
from storage.models.keeping import ChatMessageRow, ChatTidyingRow, KeptLongerRow, StaffLeftRow
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
from storage.models.traffic import AuditRow, InRow, MetaRow, OutRow, PictureRow, PromptRow
from storage.models.words import (
    AnswerRow,
    ConversationRow,
    DeliveryRow,
    DigestRow,
    HearingRow,
    MediaBytesRow,
    MediaRow,
    NoteRow,
    RecordingBytesRow,
    RecordingRow,
    SubmissionRow,
)

__all__ = [
    "AccountRow",
    "AnswerRow",
    "AuditRow",
    "Base",
    "ChatMessageRow",
    "ChatTidyingRow",
    "ComplaintRow",
    "ConversationRow",
    "DeliveryRow",
    "DigestRow",
    "HearingRow",
    "InRow",
    "InviteRow",
    "KeptLongerRow",
    "MediaBytesRow",
    "MediaRow",
    "MetaRow",
    "NoteRow",
    "OutRow",
    "ParticipantRow",
    "PictureRow",
    "PromptRow",
    "RecordingBytesRow",
    "RecordingRow",
    "ReviewRow",
    "SettingRow",
    "StaffLeftRow",
    "StaffRow",
    "SubmissionRow",
    "VaultRow",
    "YoungPersonRow",
    "cell",
    "row_key",
]
