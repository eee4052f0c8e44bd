"""What stays the same while one input is worked: the script and what is known of the review. No behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field

from conversations.profile import Profile
from conversations.script import Flow
from conversations.state import ReviewFacts


@dataclass(frozen=True, slots=True)
class Scene:
    """A script, the review in which it is played, and how the person likes to be asked."""

    flow: Flow
    facts: ReviewFacts
    profile: Profile = field(default_factory=Profile)
