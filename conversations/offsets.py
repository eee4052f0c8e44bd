"""How many days before and after a meeting each stage stands, for each kind of review.

Numbers only, every one settable because the law is under reform; no dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Final


class ReviewKind(StrEnum):
    """What sort of review the meeting is."""

    EHC_ANNUAL = "ehc_annual"
    SEN_SUPPORT = "sen_support"
    TRANSITION = "transition"


@dataclass(frozen=True, slots=True)
class After:
    """What follows a meeting: school days until the feedback, days until each duty or None.

    The defaults are those of the SEND Regulations 2014, reg 20(7) and 20(10), and reg 22(3) as
    read in R (L) v Devon CC [2022] EWHC 493 (Admin).

    Raises:
        ValueError: if one of them is not after the meeting, or the duties are out of order.
    """

    feedback_school_days: int = 10
    report: int | None = 14
    decision: int | None = 28
    final_plan: int | None = 84

    def __post_init__(self) -> None:
        duties = [n for n in (self.report, self.decision, self.final_plan) if n is not None]
        if min([self.feedback_school_days, *duties]) < 1:
            raise ValueError("what follows a meeting is at least one day after it")
        if duties != sorted(duties):
            raise ValueError("report, decision and final plan follow each other")


@dataclass(frozen=True, slots=True)
class Offsets:
    """Days before the meeting for each stage, with the two limits that need a recorded reason.

    `minimum_school_days` counts from the opening to the close; `notice` is the least number of
    days between planning and meeting (reg 20(3)), zero when no notice is laid down.

    Raises:
        ValueError: if the stages are out of order, or a limit makes no sense.
    """

    opening: int = 42
    reminder: int = 32
    last_call: int = 24
    close: int = 21
    check_ends: int = 17
    pack: int = 15
    minimum_school_days: int = 10
    notice: int = 14
    after: After = After()

    def __post_init__(self) -> None:
        stages = (self.opening, self.reminder, self.last_call, self.close, self.check_ends)
        if any(earlier <= later for earlier, later in pairwise(stages)):
            raise ValueError("each stage has to stand before the next")
        if not 1 <= self.pack <= self.check_ends:
            raise ValueError("the pack goes out after the check and before the meeting")
        if self.minimum_school_days < 1 or self.notice < 0:
            raise ValueError("the minimum is at least one school day, the notice not negative")


DEFAULTS: Final[Mapping[ReviewKind, Offsets]] = MappingProxyType(
    {
        ReviewKind.EHC_ANNUAL: Offsets(),
        ReviewKind.SEN_SUPPORT: Offsets(
            opening=21,
            reminder=14,
            last_call=9,
            close=7,
            check_ends=5,
            pack=3,
            notice=0,
            after=After(report=None, decision=None, final_plan=None),
        ),
        ReviewKind.TRANSITION: Offsets(),
    }
)
