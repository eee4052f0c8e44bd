"""What stays the same while one input is worked: the script and what is known of the review. No behaviour."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.script import Flow
from conversations.state import ReviewFacts


@dataclass(frozen=True, slots=True)
class Scene:
    """A script and the review in which it is played."""

    flow: Flow
    facts: ReviewFacts
