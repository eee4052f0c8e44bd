"""The operator's own days for the review's clock, kind by kind: the law is under reform, so every offset can be set."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, Final

from conversations.offsets import DEFAULTS, Offsets, ReviewKind

STAGES: Final = frozenset(each.name for each in fields(Offsets)) - {"after"}


def offsets_in(text: str) -> dict[ReviewKind, Offsets]:
    """The offsets of every kind of review, with those that `text` sets: `sen_support opening=28 reminder=20, ...`.

    Raises:
        ValueError: a kind or a stage that there is not, a number that is none, or stages out of order.
    """
    found = dict(DEFAULTS)
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, *changes = part.split()
        if name not in {kind.value for kind in ReviewKind}:
            raise ValueError(f"begins each part with a kind of review: {', '.join(ReviewKind)}")
        days: dict[str, Any] = dict(_change(each) for each in changes)  # Any: `after` is no number, and no stage here
        found[ReviewKind(name)] = replace(found[ReviewKind(name)], **days)
    return found


def _change(text: str) -> tuple[str, int]:
    stage, _, days = text.partition("=")
    if stage not in STAGES or not (days.isascii() and days.isdigit()):
        raise ValueError(f"sets days before the meeting, such as opening=42, for: {', '.join(sorted(STAGES))}")
    return stage, int(days)
