"""What staff are told when something from paper cannot be taken: each with what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.paper import Denied
from conversations.paper import Problem, Wrong

DENIED: Final[Mapping[Denied, str]] = {
    Denied.NO_REVIEW: "There is no such review. `firsthand review list` shows them.",
    Denied.NOT_YOURS: "Only the coordinator and the named professional of this review can do this.",
    Denied.NOT_ASKED: "This person is not asked in this review. `firsthand review list` shows who is.",
}

_WRONG: Final[Mapping[Wrong, str]] = {
    Wrong.UNKNOWN: "There is no such question in this script.",
    Wrong.NEEDS_ITEM: "This question is asked for each thing apart. Add which one.",
    Wrong.TWICE: "This question stands here twice. Keep one.",
    Wrong.NO_OPTIONS: "This question has no boxes to tick. Put it under words.",
    Wrong.NO_SUCH_OPTION: "There is no such box.",
    Wrong.OPTION_TWICE: "The same box stands here twice.",
    Wrong.ONLY_ONE: "One box can be ticked here. Put the others under words, as they were written.",
    Wrong.TOO_MANY: "That is more boxes than can be ticked here. Put the others under words.",
    Wrong.CHAT_ONLY: "This is a button of the chat and no answer. Put it under words.",
    Wrong.NO_WORDS: "This has no room for words. Put them under a question of this part.",
    Wrong.NO_SUCH_REFUSAL: "There are three ways to say no.",
    Wrong.REFUSED_AND_CHOSE: "A box and a no cannot both be. Look at the paper again.",
    Wrong.NOTHING: "There is no answer in it.",
}
_NEAREST: Final = frozenset({Wrong.UNKNOWN, Wrong.NEEDS_ITEM, Wrong.NO_SUCH_OPTION, Wrong.NO_SUCH_REFUSAL})


def said(problem: Problem) -> str:
    """One problem in words, with what was perhaps meant."""
    given = f" ({problem.given})" if problem.given else ""
    hint = ""
    if problem.nearest and problem.wrong in _NEAREST:
        hint = f" Perhaps: {problem.nearest}."
    elif problem.nearest and problem.wrong is Wrong.TOO_MANY:
        hint = f" At most {problem.nearest}."
    return f"{_WRONG[problem.wrong]}{given}{hint}"
