"""What stays the same while one input is worked: the script and what is known of the review and the person."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from conversations.profile import Profile
from conversations.script import Flow
from conversations.state import ConversationState, ReviewFacts


@dataclass(frozen=True, slots=True)
class Scene:
    """A script, the review in which it is played, and how the person likes to be asked.

    With `profile_known` the step that asks for the profile is left out; nothing else depends on the profile.
    """

    flow: Flow
    facts: ReviewFacts
    profile: Profile = field(default_factory=Profile)
    profile_known: bool = False


def scene_of(flow: Flow, facts: ReviewFacts, state: ConversationState) -> Scene:
    """The scene in which this conversation is played, as its person likes it now."""
    return Scene(flow, facts, state.profile, state.profile_known)


def as_liked(scene: Scene, state: ConversationState) -> Scene:
    """The same scene with the profile that `state` has now: it may have changed in this very turn."""
    return scene if scene.profile == state.profile else replace(scene, profile=state.profile)
