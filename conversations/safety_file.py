"""Reads the lists of phrases: those that ship, and a deployer's own. Reads files when asked, never at import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Final

from conversations.fields import Fields
from conversations.problems import Problem, Report
from conversations.reading import Pairs, parse, read_file
from conversations.safety import MOST_BEGINNING, Phrases, Topic, slots_of

SHIPPED: Final = ("safety_phrases.yaml", "safety_phrases_ur.yaml")
_KEYS: Final = ("title", "replace", "phrases", "but_not", "hits", "misses")
_FEW_LETTERS: Final = 3


def shipped_phrases() -> Phrases:
    """The lists that ship, all languages together: people mix them.

    Raises:
        ValueError: one of them is broken: a programmer's mistake.
    """
    phrases = Phrases()
    for name in SHIPPED:
        found = read_phrases(resources.files("conversations").joinpath("said", name).read_text("utf-8"), name, phrases)
        if not isinstance(found, Phrases):
            raise ValueError("; ".join(each.told() for each in found))  # noqa: TRY004  the file is wrong, not its type
        phrases = found
    return phrases


def own_phrases(file: Path | None) -> tuple[Phrases, tuple[Problem, ...]]:
    """The shipped lists with a deployer's own file on top; with any problem in it, the shipped ones alone."""
    shipped = shipped_phrases()
    if file is None:
        return shipped, ()
    text = read_file(file)
    found = (text,) if isinstance(text, Problem) else read_phrases(text, file.name, shipped)
    return (found, ()) if isinstance(found, Phrases) else (shipped, found)


def read_phrases(text: str, name: str, before: Phrases | None = None) -> Phrases | tuple[Problem, ...]:
    """The topics of a file, added to those of `before`, or every problem in it. `name` is the file's name."""
    report = Report(name)
    root = parse(text, report)
    topics = {each.id: each for each in (before or Phrases()).topics}
    if root is not None and not isinstance(root, Pairs):
        report.add(root.line, "This is no list of topics.", "Begin with a topic's id and a colon.")
    if isinstance(root, Pairs):
        for key, value in root.values:
            if not isinstance(value, Pairs):
                report.add(key.line, f"'{key.value}' is no topic.", "Write 'phrases:' with a list under it.")
                continue
            fields = Fields(value, report, f"The topic '{key.value}'")
            topics[key.value] = _topic(key.value, fields, topics)
    return report.all() or Phrases(tuple(topics.values()))


def _topic(name: str, fields: Fields, known: Mapping[str, Topic]) -> Topic:
    fields.allow(*_KEYS)
    earlier = None if fields.flag("replace") else known.get(name)
    read = Topic(
        name,
        fields.text("title", required=False) or (known[name].title if name in known else name),
        _phrases(fields, "phrases"),
        _phrases(fields, "but_not"),
        tuple(text for _, text in fields.texts("hits")),
        tuple(text for _, text in fields.texts("misses")),
    )
    if earlier is None:
        return read
    return replace(
        read,
        phrases=(*earlier.phrases, *read.phrases),
        but_not=(*earlier.but_not, *read.but_not),
        hits=(*earlier.hits, *read.hits),
        misses=(*earlier.misses, *read.misses),
    )


def _phrases(fields: Fields, key: str) -> tuple[str, ...]:
    found = fields.texts(key)
    for line, text in found:
        if wrong := _fault(text):
            fields.report.add(line, f"'{text}' {wrong}.", "Write the words that people write, at least one whole word.")
    return tuple(text for _, text in found)


def _fault(phrase: str) -> str:
    """Why a phrase cannot be found, or would be found in nearly everything; empty when it is good."""
    slots = slots_of(phrase)
    if not slots:
        return "has no word in it"
    if slots[0].is_gap or slots[-1].is_gap:
        return "begins or ends with a gap"
    if any(len(each) > MOST_BEGINNING for slot in slots for each in slot.beginnings):
        return "has a word that is too long"
    least = sum(min(map(len, slot.words | slot.beginnings)) for slot in slots if not slot.is_gap)
    return "is so short that it would be found everywhere" if least < _FEW_LETTERS and phrase.isascii() else ""
