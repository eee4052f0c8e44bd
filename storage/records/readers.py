"""Who reads in place of somebody else, from when on, and who said no to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReaderChange:
    """A review got another named professional. `reason`: why it could not wait; empty where it waits (decision 3)."""

    id: str
    review_id: str
    staff_id: str
    former_id: str
    at: datetime
    reason: str = field(default="", repr=False)

    @property
    def is_urgent(self) -> bool:
        """Whether the new reader opens at once."""
        return bool(self.reason)
