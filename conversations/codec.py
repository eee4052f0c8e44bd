"""States, answers, submissions, replies and facts to and from plain JSON bytes. Canonical: equal values, equal bytes.

A new field with a default needs nothing here: old bytes load without it. A change of meaning gets a new version.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import TypeVar, cast

import orjson
from pydantic import TypeAdapter, ValidationError

from conversations.effects import Reply, Submission
from conversations.state import Answer, ConversationState, ReviewFacts

VERSION = 1
_T = TypeVar("_T")


class UnreadableError(ValueError):
    """These bytes are not what this version of the program wrote. Never holds any of them."""


def dump_state(state: ConversationState) -> bytes:
    """A state as bytes."""
    return dump(state)


def load_state(data: bytes) -> ConversationState:
    """The state that was dumped.

    Raises:
        UnreadableError: it is none, or from a later version.
    """
    return load(ConversationState, data)


def dump_answer(answer: Answer) -> bytes:
    """An answer as bytes."""
    return dump(answer)


def load_answer(data: bytes) -> Answer:
    """The answer that was dumped.

    Raises:
        UnreadableError: it is none, or from a later version.
    """
    return load(Answer, data)


def dump_submission(submission: Submission) -> bytes:
    """A submission as bytes: the very ones that are hashed for the receipt."""
    return dump(submission)


def load_submission(data: bytes) -> Submission:
    """The submission that was dumped.

    Raises:
        UnreadableError: it is none, or from a later version.
    """
    return load(Submission, data)


def dump_reply(reply: Reply) -> bytes:
    """A reply as bytes."""
    return dump(reply)


def load_reply(data: bytes) -> Reply:
    """The reply that was dumped.

    Raises:
        UnreadableError: it is none, or from a later version.
    """
    return load(Reply, data)


def dump_facts(facts: ReviewFacts) -> bytes:
    """What is known of a review, as bytes."""
    return dump(facts)


def load_facts(data: bytes) -> ReviewFacts:
    """The facts that were dumped.

    Raises:
        UnreadableError: it is none, or from a later version.
    """
    return load(ReviewFacts, data)


def dump(value: object) -> bytes:
    """A frozen value of this package as canonical bytes: keys and sets in order, its version beside it."""
    document = {"v": VERSION, "value": value}
    return orjson.dumps(document, default=_in_order, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)


def load(kind: type[_T], data: bytes) -> _T:
    """The value of this kind that was dumped.

    Raises:
        UnreadableError: it is none, or from a later version.
    """
    try:
        document = orjson.loads(data)
        if isinstance(document, dict) and document.get("v") == VERSION:
            key = cast("Hashable", kind)  # every class is; mypy does not see it through the type variable
            adapter = cast("TypeAdapter[_T]", _adapter(key))  # the cache does not know which kind it was asked for
            return adapter.validate_python(document.get("value"))
    except (orjson.JSONDecodeError, ValidationError):
        pass  # their texts quote what a person said, so they go no further
    raise UnreadableError(f"no {kind.__name__} of version {VERSION}")


@cache
def _adapter(kind: type[object]) -> TypeAdapter[object]:
    return TypeAdapter(kind)


def _in_order(value: object) -> list[str]:
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"nothing of the kind {type(value).__name__} is stored")
