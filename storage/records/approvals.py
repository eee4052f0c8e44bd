"""Who approved a script before real people were asked it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Approver(StrEnum):
    """As what somebody approved: each live script needs one of both."""

    YOUNG_PERSON = "young_person"
    PARENT = "parent"


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's yes to one version of a script. `by` is a first name, or what they are, such as "Kim, council"."""

    id: str
    script: str
    version: int
    role: Approver
    day: date
    by: str = field(repr=False)
