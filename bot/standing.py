"""Where a conversation stands, for the column that queries look at."""

from __future__ import annotations

from conversations.asides import CALM
from conversations.state import ConversationState, Spot
from storage.records import ConversationStatus


def status_of(state: ConversationState) -> ConversationStatus:
    """How those who look for work see a conversation in this state."""
    pausing = state.place.spot in CALM and bool(state.trail)  # what waits under the calm pause is what it is
    match state.trail[-1].spot if pausing else state.place.spot:
        case Spot.CLOSED:
            return ConversationStatus.CLOSED
        case Spot.SENT | Spot.CONFIRM_WITHDRAW:
            return ConversationStatus.SENT
        case _:
            return ConversationStatus.PAUSED if state.paused else ConversationStatus.ACTIVE
