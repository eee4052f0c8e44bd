"""Hard words with one plain sentence each, and which of them stand in a text. Reads its file when asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from conversations.problems import Problem, Report
from conversations.reading import Pairs, Scalar, parse

GLOSSARY_FILE = "glossary.yaml"


def glossary_text() -> str:
    """The shipped glossary as it stands in its file."""
    return resources.files("conversations").joinpath("said", GLOSSARY_FILE).read_text("utf-8")


def read_glossary(text: str, name: str = GLOSSARY_FILE) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Each hard word with its sentence, and what is wrong with the others."""
    report = Report(name)
    root = parse(text, report)
    if root is None:
        return {}, report.all()
    if not isinstance(root, Pairs):
        report.add(root.line, "This is no glossary.", "Write one 'word: sentence' in each line.")
        return {}, report.all()
    return MappingProxyType(glossary_in(root, report)), report.all()


def glossary_in(pairs: Pairs, report: Report) -> dict[str, str]:
    """The words and sentences of a mapping; what is no sentence is reported."""
    words: dict[str, str] = {}
    for key, value in pairs.values:
        if isinstance(value, Scalar) and value.value.strip() and "{" not in value.value:
            words[key.value] = value.value.strip()
        else:
            report.add(key.line, f"'{key.value}' has no sentence.", "Write one plain sentence behind it.")
    return words


def hard_words_in(text: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Which of `words` stand in `text`, in any case, also with an ending such as -s; a longer one hides a shorter."""
    if not words:
        return ()
    met = {found[1].casefold() for found in _pattern(words).finditer(text)}
    return tuple(word for word in words if word.casefold() in met)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?:s|es)?(?!\w)", re.IGNORECASE)
