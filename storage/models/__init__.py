"""The tables. They know nothing of keys, and no query stands here."""

from storage.models.alerts import APART, AlertMailRow, AlertRow, FrozenMediaRow, FrozenWordsRow, ShownRow
from storage.models.approvals import ApprovalRow
from storage.models.base import Base, cell, row_key
from storage.models.complaints import ComplaintRow
from storage.models.insights import CountedInRow, InsightReportRow
from storage.models.keeping import ChatMessageRow, ChatTidyingRow, KeptLongerRow, StaffLeftRow
from storage.models.people import (
    AccountRow,
    InviteRow,
    ParticipantRow,
    ReviewRow,
    SettingRow,
    StaffRow,
    VaultRow,
    WrongLinkRow,
    YoungPersonRow,
)
from storage.models.readers import ReaderChangeRow, ReaderNoRow
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
    "APART",
    "AccountRow",
    "AlertMailRow",
    "AlertRow",
    "AnswerRow",
    "ApprovalRow",
    "AuditRow",
    "Base",
    "ChatMessageRow",
    "ChatTidyingRow",
    "ComplaintRow",
    "ConversationRow",
    "CountedInRow",
    "DeliveryRow",
    "DigestRow",
    "FrozenMediaRow",
    "FrozenWordsRow",
    "HearingRow",
    "InRow",
    "InsightReportRow",
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
    "ReaderChangeRow",
    "ReaderNoRow",
    "RecordingBytesRow",
    "RecordingRow",
    "ReviewRow",
    "SettingRow",
    "ShownRow",
    "StaffLeftRow",
    "StaffRow",
    "SubmissionRow",
    "VaultRow",
    "WrongLinkRow",
    "YoungPersonRow",
    "cell",
    "row_key",
]
