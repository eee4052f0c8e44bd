"""A conversation as text that anybody can read: for the terminal, and for the transcripts that the tests compare."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import assert_never

from conversations.art import Art, Board, Mat
from conversations.effects import (
    AskLanguage,
    AskStaff,
    Button,
    DeleteAnswers,
    Effect,
    GivePage,
    KeepNote,
    KeepProfile,
    Keyboard,
    Leave,
    PlayBack,
    RaiseAlert,
    ReadAloud,
    Record,
    Refresh,
    Remove,
    Reply,
    Settle,
    Show,
    Submit,
    Withdraw,
)
from conversations.state import Answer, Audience

INDENT = "     "


def lines_of(effect: Effect) -> Iterator[str]:
    """What one effect looks like."""
    match effect:
        case Show(reply):
            yield from _message(reply)
        case Refresh(reply=reply):
            yield f"{INDENT}(the buttons are now)"
            yield from _buttons(reply.rows)
        case Settle(text=text, art=art):
            marked = "; marked on the board" if art is not None else ""
            yield from [f"{INDENT}(under the question: {text}{marked})"] if text else []
        case KeepProfile() | PlayBack() | ReadAloud() | GivePage() | AskLanguage():
            yield f"{INDENT}({_shown(effect)})"
        case _:
            yield f"{INDENT}({_deed(effect)})"


def answer_line(answer: Answer) -> str:
    """One answer, by its ids and with its words."""
    where = f"{answer.step}, {answer.item}" if answer.item else answer.step
    given = [*answer.choices, *([f'"{answer.words}"'] if answer.words else []), *(each.kind for each in answer.media)]
    given += [answer.refused] if answer.refused is not None else []
    only = " [only the named professional]" if answer.audience is Audience.ONLY_PROFESSIONAL else ""
    return f"{where} = {', '.join(given)}{only}"


def _deed(
    effect: Record | Remove | Submit | Withdraw | KeepNote | DeleteAnswers | Leave | AskStaff | RaiseAlert,
) -> str:
    match effect:
        case Record(answer):
            return f"answer: {answer_line(answer)}"
        case Remove(step, item):
            return f"taken out: {step}, {item}" if item else f"taken out: {step}"
        case KeepNote(words, media):
            return f"kept as a note: {', '.join([*([words] if words else []), *(each.kind for each in media)])}"
        case RaiseAlert():
            return _alert(effect)
        case Submit() | Withdraw() | DeleteAnswers() | Leave() | AskStaff():
            return _act(effect)
        case _:
            assert_never(effect)


def _alert(raised: RaiseAlert) -> str:
    """To whom, why, and exactly what they are given."""
    to = "someone else than the people named is" if raised.elsewhere else "the safeguarding team is"
    where = f"{raised.step}, {raised.item}" if raised.item else raised.step
    said = [*raised.choices, *([f'"{raised.words}"'] if raised.words else []), *(each.kind for each in raised.media)]
    given = " = ".join(part for part in (where, ", ".join(said)) if part)
    why = f"{raised.route}: {', '.join(raised.topics)}" if raised.topics else raised.route
    return f"{to} told ({why}){f', {given}' if given else ''}"


def _shown(effect: KeepProfile | PlayBack | ReadAloud | GivePage | AskLanguage) -> str:
    match effect:
        case KeepProfile():
            return "kept: how this person likes to be asked"
        case PlayBack(media):
            return f"sent again: {', '.join(each.kind for each in media)}"
        case ReadAloud(step, item):
            return f"read aloud: {step}, {item}" if item else f"read aloud: {step}"
        case GivePage():
            return "given: the one-page profile"
        case AskLanguage():
            return "asked: which language"
        case _:
            assert_never(effect)


def _act(effect: Submit | Withdraw | DeleteAnswers | Leave | AskStaff) -> str:
    match effect:
        case Submit(sent):
            late = ", added later" if sent.late else ""
            share = {True: ", with a copy for parents and carers", False: "", None: ""}[sent.share]
            return f"sent: version {sent.number} with {len(sent.answers)} answers{late}{share}"
        case Withdraw():
            return "taken back: everything that was sent"
        case DeleteAnswers():
            return "deleted: every answer that was not sent"
        case Leave(how):
            return f"stopped: {how}"
        case AskStaff(way):
            return f"staff are told: {way}"
        case _:
            assert_never(effect)


def _message(reply: Reply) -> Iterator[str]:
    words = "\n\n".join(text for text in (reply.progress, *reply.texts) if text).split("\n")
    yield f"bot: {words[0]}"
    for line in words[1:]:
        yield f"{INDENT}{line}" if line else ""
    yield from _picture(reply.art)
    yield from _buttons(reply.rows)
    if reply.keyboard is Keyboard.CONTROLS:
        yield f"{INDENT}(the controls stand under the chat)"


def _picture(art: Art | None) -> Iterator[str]:
    match art:
        case Board(tiles=tiles):
            yield f"{INDENT}(a board with {len(tiles)} tiles)" if tiles else f"{INDENT}(a card)"
        case Mat(columns=columns):
            yield f"{INDENT}(a mat with {sum(len(each.cards) for each in columns)} cards)"
        case None:
            return
        case _:
            assert_never(art)


def _buttons(rows: tuple[tuple[Button, ...], ...]) -> Iterator[str]:
    numbers = count(1)
    for row in rows:
        yield INDENT + " ".join(f"[{_numbered(next(numbers), button.label)}]" for button in row)


def _numbered(number: int, label: str) -> str:
    """A label with the number that presses it here; the tiles of a board have theirs already."""
    return label if label.startswith(f"{number} ") else f"{number} {label}"
