"""Random names for rows, conversations and links. Nothing can be guessed from one about another."""

from __future__ import annotations

import secrets
import time

from conversations.state import ConversationId

_CONVERSATION_LENGTH = 10  # 60 random bits: short, since 64 bytes of a button must hold it
_TOKEN_BYTES = 16


def new_id() -> str:
    """Return 32 hexadecimal digits: 48 bits of time, then 80 random bits, so that new rows lie together.

    The time serves only the order of rows on disk; nothing reads it back, so it need not be the bot's clock.
    """
    milliseconds = time.time_ns() // 1_000_000
    return f"{milliseconds & 0xFFFFFFFFFFFF:012x}{secrets.token_hex(10)}"


def new_conversation_id() -> ConversationId:
    """Return 10 characters that are safe in a button's code."""
    return ConversationId(secrets.token_urlsafe(8)[:_CONVERSATION_LENGTH])


def new_token() -> str:
    """Return 128 random bits for a deep link, as 22 characters. The store keeps only its hash."""
    return secrets.token_urlsafe(_TOKEN_BYTES)
