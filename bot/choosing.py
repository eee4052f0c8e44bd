"""Choosing a language: each by its own name, first of all at joining, and again at any time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.post import Post, To
from bot.telegram.inbound import Incoming, NotOurs, Pressed
from conversations.effects import Button
from conversations.languages import Language
from conversations.lines import Line
from storage.records import Account
from storage.unit_of_work import UnitOfWork

LANGUAGE: Final = "language:"
_IN_A_ROW: Final = 2


def rows(post: Post) -> tuple[tuple[Button, ...], ...]:
    """A button for each language, with its own name on it, that of now first; none where there is no choice."""
    if not post.tongues.is_choice:
        return ()
    buttons = tuple(Button(each.name, LANGUAGE + each.code) for each in _in_order(post))
    return tuple(buttons[at : at + _IN_A_ROW] for at in range(0, len(buttons), _IN_A_ROW))


def question(post: Post) -> str:
    """Asks for the language, in each of them: nobody knows yet which one this person reads."""
    asked = (post.speaking(each.code).line(Line.LANGUAGE_CHOOSE) for each in _in_order(post))
    return "\n".join(dict.fromkeys(asked))


def _in_order(post: Post) -> list[Language]:
    return sorted(post.tongues.offered, key=lambda each: each.code != post.language.code)


def said_of_draft(post: Post) -> Sequence[str]:
    """That a translation is a draft, where it is one, in that language."""
    return (post.line(Line.LANGUAGE_DRAFT),) if post.language.is_draft else ()


async def ask(work: UnitOfWork, post: Post, to: To, key: str) -> None:
    """Show the languages; where there is only one, say so."""
    board = rows(post)
    text = question(post) if board else post.line(Line.LANGUAGE_ONE, language=post.language.name)
    await post.board(work, to, key, text, board)


def pressed(incoming: Incoming) -> str | None:
    """The code of the language that was pressed; None where something else was."""
    match incoming:
        case Pressed(data=NotOurs(data=data)) if data.startswith(LANGUAGE):
            return data.removeprefix(LANGUAGE)
        case _:
            return None


async def choose(work: UnitOfWork, post: Post, account: Account, code: str) -> bool:
    """Keep this language for the person of this account, in every review; False where it is not offered."""
    if code not in {each.code for each in post.tongues.offered}:
        return False
    for person in await work.participants.of_account(account.id):
        if person.language != code:
            await work.participants.save(replace(person, language=code))
    return True
