"""Looks over one file of a script, or of sentences: everything found, each with its line, and the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conversations import plain, scripts
from conversations.checks import findings
from conversations.face_checks import Pictures, shipped_pictures
from conversations.figures import Figures, figures_of
from conversations.findings import Finding, Kind, Place, Severity, Spot
from conversations.glossary import glossary_in
from conversations.problems import Problem, Report
from conversations.reading import Node, Pairs, parse
from conversations.said_checks import sentence_findings
from conversations.script import Flow
from conversations.source_lines import with_line


@dataclass(frozen=True, slots=True)
class Common:
    """What every script of a catalogue shares: words, the shipped glossary, and which pictures there are."""

    words: Mapping[str, str]
    glossary: Mapping[str, str]
    known: Pictures = shipped_pictures


@dataclass(frozen=True, slots=True)
class LookedOver:
    """One file with everything found in it. `flow` is None for sentences, and for a script that cannot be read."""

    file: str
    found: tuple[Finding, ...]
    flow: Flow | None = None
    figures: Figures | None = None

    @property
    def is_fit(self) -> bool:
        """Whether nothing keeps it from being used; warnings do not."""
        return all(each.severity is Severity.WARNING for each in self.found)


def look_over(text: str, file: str, common: Common) -> LookedOver:
    """A script. `file` is its name, as findings tell it."""
    flow = scripts.read(text, file, common.words, common.glossary)
    root = parse(text, Report(file))
    if not isinstance(flow, Flow) or root is None:
        return broken(file, flow if isinstance(flow, tuple) else ())
    found = [*findings(flow, common.known), *_own_glossary(root, flow.id)]
    return LookedOver(file, _in_order(with_line(root, each) for each in found), flow, figures_of(flow))


def look_over_sentences(text: str, file: str) -> LookedOver:
    """A file of sentences that belong to no script."""
    return LookedOver(file, _in_order(sentence_findings(text, file)))


def broken(file: str, problems: Iterable[Problem]) -> LookedOver:
    """A file that cannot be read, with the reasons."""
    found = (Finding(Kind.BROKEN_FILE, Place(file, line=each.line), each.what, each.remedy) for each in problems)
    return LookedOver(file, _in_order(found))


def _own_glossary(root: Node, script: str) -> Iterable[Finding]:
    pairs = root.values if isinstance(root, Pairs) else ()
    own = next((value for key, value in pairs if key.value == "glossary"), None)
    if isinstance(own, Pairs):
        for word, sentence in glossary_in(own, Report(script)).items():
            yield from plain.findings(sentence, Place(script, word, Spot.GLOSSARY))


def _in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """By line, and what is worse first."""
    return tuple(sorted(found, key=lambda each: (each.place.line, each.severity, each.kind)))
