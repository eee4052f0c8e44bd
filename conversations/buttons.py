"""What a button's code says, and back. A code that comes in is not trusted: it parses to one of these or to nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, assert_never

from conversations.effects import Button
from conversations.state import Refused

MOST_BYTES = 40
NARROW = 18  # labels up to this length stand two in a row


class Action(StrEnum):
    """What buttons outside a question's own options do."""

    DONE = "done"
    BACK = "back"
    KEEP_ANSWER = "keep_answer"
    RESUME = "resume"
    CARRY_ON = "carry_on"
    ENOUGH = "enough"
    CHECK = "check"
    SEND = "send"
    WAIT = "wait"
    DELETE = "delete"
    CHANGE = "change"
    TAKE_OUT = "take_out"
    ONLY = "only"
    EVERYONE = "everyone"
    KEEP = "keep"
    WITHDRAW = "withdraw"
    YES = "yes"
    NO = "no"
    LEAVE_REVIEW = "leave_review"
    LEAVE_FOR_GOOD = "leave_for_good"
    LEAVE_TELEGRAM = "leave_telegram"
    TALK = "talk"
    PAPER = "paper"
    HELPER = "helper"
    READ = "read"
    PLAY = "play"
    PAGE = "page"
    TYPE = "type"
    LANGUAGE = "language"
    TELL = "tell"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Choose:
    """This option, and nothing else."""

    option: str


@dataclass(frozen=True, slots=True)
class Tick:
    """This option shall be on or off (the wanted state, so a repeated press is harmless)."""

    option: str
    on: bool


@dataclass(frozen=True, slots=True)
class Refuse:
    """One of the three ways to say no."""

    refused: Refused


@dataclass(frozen=True, slots=True)
class Turned:
    """Show this page of what does not fit at once; counted from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """The answer of this number on the check screen; counted from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class Do:
    """Anything else."""

    action: Action


@dataclass(frozen=True, slots=True)
class Set:
    """This part of the access profile shall have this value (the wanted one, so a repeated press is harmless)."""

    part: str
    value: str


Code: TypeAlias = Choose | Tick | Refuse | Turned | Numbered | Set | Do


def written(code: Code) -> str:
    """The code as a button carries it."""
    match code:
        case Choose() | Tick() | Refuse():
            return _answer_written(code)
        case Turned(page):
            return f"p:{page}"
        case Numbered(number):
            return f"n:{number}"
        case Set(part, value):
            return f"s:{part}={value}"
        case Do(action):
            return f"d:{action}"
        case _:
            assert_never(code)


def _answer_written(code: Choose | Tick | Refuse) -> str:
    match code:
        case Choose(option):
            return f"o:{option}"
        case Tick(option, on):
            return f"+:{option}" if on else f"-:{option}"
        case Refuse(refused):
            return f"r:{refused}"
        case _:
            assert_never(code)


def parsed(text: str) -> Code | None:
    """What a code says; None for anything that we never wrote."""
    kind, _, value = text.partition(":")
    match kind:
        case "o":
            return Choose(value)
        case "+" | "-":
            return Tick(value, kind == "+")
        case "s":
            part, _, wanted = value.partition("=")
            return Set(part, wanted)
        case "p" | "n":
            return _number(kind, value)
        case _:
            return _named(kind, value)


def _number(kind: str, value: str) -> Code | None:
    if not (value.isascii() and value.isdigit() and len(value) <= 4):
        return None
    return Turned(int(value)) if kind == "p" else Numbered(int(value))


def _named(kind: str, value: str) -> Code | None:
    if kind == "r" and value in set(Refused):
        return Refuse(Refused(value))
    if kind == "d" and value in set(Action):
        return Do(Action(value))
    return None


def button(label: str, code: Code) -> Button:
    """A button.

    Raises:
        ValueError: the id inside is longer than a messenger carries; ids are ours, so this is a programmer's mistake.
    """
    text = written(code)
    if len(text.encode()) > MOST_BYTES:
        raise ValueError(f"a button's code has more than {MOST_BYTES} bytes")
    return Button(label, text)


def in_rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Short labels two in a row, longer ones alone, in the same order."""
    rows: list[tuple[Button, ...]] = []
    for each in buttons:
        last = rows[-1] if rows else ()
        if len(last) == 1 and len(last[0].label) <= NARROW and len(each.label) <= NARROW:
            rows[-1] = (last[0], each)
        else:
            rows.append((each,))
    return tuple(rows)
