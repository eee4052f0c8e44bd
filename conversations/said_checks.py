"""Every sentence that belongs to no script, read as its readers read it: words, lines, letters, glossary, secrets.

What must stay as it is (the law's own words, lists that are no sentences) stands in `said/exempt.yaml`, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final, assert_never

from conversations import plain
from conversations.cards import CARDS_FILE
from conversations.findings import Finding, Kind, Place, Spot
from conversations.problems import Report
from conversations.readability import grade
from conversations.reading import Items, Node, Pairs, Scalar, parse
from conversations.said_files import said
from conversations.source_lines import with_line

CARD_GRADE: Final = 5.0
"""The Flesch-Kincaid grade that a card which can be asked for at any time must not pass; a button has none."""


@dataclass(frozen=True, slots=True)
class Exempt:
    """Kinds of finding that do not count for these keys of a file, and why."""

    keys: frozenset[str]
    kinds: frozenset[Kind]
    why: str

    def covers(self, finding: Finding) -> bool:
        """Whether this finding does not count."""
        return finding.kind in self.kinds and finding.place.name in self.keys


@cache
def read_exempt() -> Mapping[str, tuple[Exempt, ...]]:
    """What does not count, by the name of the file. Read once."""
    raw = said(resources.files("conversations").joinpath("said", "exempt.yaml").read_text("utf-8"))
    return MappingProxyType(
        {
            name: tuple(
                Exempt(frozenset(one["keys"]), frozenset(map(Kind, one["kinds"])), one["why"]) for one in listed
            )
            for name, listed in raw.items()
        }
    )


def sentence_findings(text: str, name: str, *, exempt: bool = True) -> tuple[Finding, ...]:
    """Everything hard to read in a file of sentences, with its lines. `name` is the file's name."""
    report = Report(name)
    root = parse(text, report)
    if root is None:
        return tuple(
            Finding(Kind.BROKEN_FILE, Place(name, line=each.line), each.what, each.remedy) for each in report.all()
        )
    found = (with_line(root, each) for each in _all(root, name))
    spared = read_exempt().get(name, ()) if exempt else ()
    return tuple(each for each in found if not any(one.covers(each) for one in spared))


def _all(root: Node, name: str) -> Iterator[Finding]:
    for key, text in sentences_in(root):
        yield from plain.findings(text, Place(name, key, Spot.WORD))
        if name == CARDS_FILE and "\n\n" in text and (figure := grade([text])) > CARD_GRADE:
            what = f"The reading grade of this card is {figure:.1f}, above {CARD_GRADE:.0f}."
            yield Finding(Kind.READING_GRADE, Place(name, key, Spot.WORD), what, "Use shorter words and sentences.")


def sentences_in(root: Node) -> Iterator[tuple[str, str]]:
    """Every text of a file with the key at the top under which it stands."""
    pairs = root.values if isinstance(root, Pairs) else ()
    for key, value in pairs:
        for text in _texts(value):
            yield key.value, text


def _texts(node: Node) -> Iterator[str]:
    match node:
        case Scalar(value=value):
            yield value
        case Items(values=values):
            for each in values:
                yield from _texts(each)
        case Pairs(values=pairs):
            for _, each in pairs:
                yield from _texts(each)
        case _:
            assert_never(node)
