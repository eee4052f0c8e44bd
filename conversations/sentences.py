"""Read the words that belong to no step. One text behind each key, keys and placeholders checked."""

from __future__ import annotations

from collections.abc import Mapping

from conversations.placeholders import ANYWHERE, IN_WORDS, fault, used
from conversations.problems import Problem, Report, nearest
from conversations.reading import Node, Pairs, Scalar, parse
from conversations.words import Word

_DATES = frozenset({Word.DAY, Word.MOMENT, Word.MORNING, Word.AFTERNOON})
_COUNTS = {Word.WEEKDAYS: 7, Word.MONTHS: 12}


def read_words(text: str, name: str, shipped: Mapping[str, str]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The good words in `text`, and every problem with the others or with keys that are missing.

    A key may hold the placeholders of its `shipped` text (any, where that is not given), and those of every script.
    """
    report = Report(name)
    root = parse(text, report)
    if root is None:
        return {}, report.all()
    if not isinstance(root, Pairs):
        report.add(root.line, "These are no words.", "Write one 'key: text' in each line.")
        return {}, report.all()
    words: dict[str, str] = {}
    for key, value in root.values:
        said = _said(key, value, shipped.get(key.value), report)
        if said:
            words[key.value] = said
    for missing in sorted(set(Word) - {key.value for key, _ in root.values}):
        report.add(0, f"'{missing}' is missing.", f"Add a line '{missing}: ...'.")
    return words, report.all()


def _said(key: Scalar, value: Node, shipped: str | None, report: Report) -> str:
    """The text behind a key, empty after a problem."""
    before = len(report.problems)
    if key.value not in set(Word):
        report.add(key.line, f"There is no word '{key.value}'.", nearest(key.value, Word))
    if not isinstance(value, Scalar) or not value.value.strip():
        report.add(key.line, f"'{key.value}' has no text.", "Write one text behind it.")
        return ""
    allowed = _allowed(key.value, shipped)
    if wrong := fault(value.value, allowed):
        report.add(key.line, wrong, f"Allowed here: {', '.join(sorted(allowed)) or 'none'}.")
    count = next((most for word, most in _COUNTS.items() if word == key.value), None)
    if count is not None and len(value.value.split()) != count:
        report.add(key.line, f"'{key.value}' must be {count} words.", "Write them with a space between.")
    return value.value if len(report.problems) == before else ""


def _allowed(key: str, shipped: str | None) -> frozenset[str]:
    if key in _DATES:
        return used(shipped) if shipped is not None else IN_WORDS - ANYWHERE
    return ANYWHERE | used(shipped) if shipped is not None else IN_WORDS
