"""A conversation in which somebody may not be safe, and looks into its turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeGuard

from hypothesis import strategies as st

from conversations.effects import AlertRoute, Effect, KeepNote, RaiseAlert, Turn
from conversations.profile import CHOICES, Profile, Shows
from conversations.state import Spot
from tests.conversations.small_script import shipped
from tests.conversations.support import Chat, facts, replies

WORDS = "He hits me and I want to die."
SEEN = datetime(2026, 12, 2, 16, 0, tzinfo=UTC)


def begun(script: str = "young_person", *, seen: datetime | None = SEEN) -> Chat:
    flow = shipped().current(script)
    assert flow is not None
    return Chat(flow, replace(facts(2, 1), alert_seen_by=seen))


def raised(turn: Turn) -> list[RaiseAlert]:
    return [effect for effect in turn.effects if isinstance(effect, RaiseAlert)]


def said(turn: Turn) -> str:
    return "\n".join(text for reply in replies(turn) for text in reply.texts)


def is_paused(chat: Chat) -> bool:
    return chat.state.place.spot is Spot.CALM


def full(chat: Chat) -> Chat:
    chat.to("ready").code("o:full")
    return chat


PROFILES = st.builds(
    Profile,
    shows=st.sampled_from(Shows),
    emoji=st.booleans(),
    choices=st.sampled_from(CHOICES),
    asked_on=st.sampled_from([None, date(2026, 12, 1)]),
)


def is_kept(effect: Effect) -> TypeGuard[KeepNote | RaiseAlert]:
    """Whether this keeps what came in: as a note, or for the safeguarding team alone."""
    return isinstance(effect, KeepNote) or (isinstance(effect, RaiseAlert) and effect.route is AlertRoute.MORE)
