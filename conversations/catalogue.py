"""All scripts by id and version, and the words that belong to no step. Reads files when asked, never at import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from conversations import scripts
from conversations.bounded import read_at_most
from conversations.glossary import glossary_text, read_glossary
from conversations.help_lines import HelpLines, shipped_help_lines
from conversations.languages import ENGLISH_CODE, Languages, translated
from conversations.problems import Problem
from conversations.reading import MAX_BYTES, decode
from conversations.safety import Phrases
from conversations.safety_file import shipped_phrases
from conversations.script import Flow
from conversations.sentences import read_words

WORDS_FILE = "words.yaml"
PAST = "past"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What may be played. A broken file is set aside in `problems`; the others run."""

    flows: Mapping[tuple[str, int], Flow]
    newest: Mapping[str, int]
    words: Mapping[str, str] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    languages: Languages = field(default_factory=Languages)
    phrases: Phrases = field(default_factory=Phrases, repr=False)
    _told: dict[tuple[str, int, str], Flow] = field(default_factory=dict, repr=False, compare=False)

    def flow(self, script: str, version: int, language: str = ENGLISH_CODE) -> Flow | None:
        """That version of a script in this language; None when it is not there or was set aside.

        A language that is not there, or lacks a sentence, gets the English one. Step and option ids are the same.
        """
        english, spoken = self.flows.get((script, version)), self.languages.of(language)
        if english is None or spoken.is_english:
            return english
        key = (script, version, spoken.code)
        if key not in self._told:
            self._told[key] = translated(english, spoken)
        return self._told[key]

    def current(self, script: str, language: str = ENGLISH_CODE) -> Flow | None:
        """The version for new conversations; None when it was set aside: an older one never slips in for it."""
        return self.flow(script, self.newest.get(script, 0), language)

    def live(self) -> list[Flow]:
        """The version of each script for new conversations, in English."""
        current = (self.current(script) for script in sorted(self.newest))
        return [flow for flow in current if flow is not None]


@dataclass(frozen=True, slots=True)
class Own:
    """What the safeguarding lead of a setting decides: which words raise an alert, and whom people can call."""

    phrases: Phrases
    help_lines: HelpLines


def load(folder: Path | None = None, languages: Languages | None = None, own: Own | None = None) -> Catalogue:
    """The scripts in `folder` (the shipped ones without it), older versions from its folder `past`.

    A folder without a readable words file, or with words missing in it, gets the shipped words. Without `languages`
    all is in English; without `own`, the phrases and help lines are those that ship.
    """
    own = own or Own(shipped_phrases(), shipped_help_lines())
    shipped = files("conversations") / "scripts"
    place = folder or shipped
    words, problems = _words(shipped, place)
    glossary, unread = read_glossary(glossary_text())
    problems += unread
    flows: dict[tuple[str, int], Flow] = {}
    newest: dict[str, int] = {}
    for name, found in _read_all(place, words, glossary):
        match found:
            case Flow() if (found.id, found.version) in flows:
                what = f"'{found.id}' version {found.version} is in another file too."
                problems.append(Problem(name, 0, what, "Give one of them another version."))
            case Flow():
                flows[found.id, found.version] = replace(found, phrases=own.phrases, calls=own.help_lines.calls)
                if not name.startswith(f"{PAST}/"):
                    newest[found.id] = max(found.version, newest.get(found.id, 0))
            case _:
                problems.extend(found)
    spoken = languages or Languages()
    return Catalogue(MappingProxyType(flows), MappingProxyType(newest), words, tuple(problems), spoken, own.phrases)


def _words(shipped: Traversable, place: Traversable) -> tuple[Mapping[str, str], list[Problem]]:
    words: dict[str, str] = {}
    problems: list[Problem] = []
    for source in dict.fromkeys((shipped, place)):
        file = source / WORDS_FILE
        if source is not shipped and not file.is_file():
            continue
        text = _text(file, WORDS_FILE)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        found, wrong = read_words(text, WORDS_FILE, words)
        words |= found
        problems.extend(wrong)
    return MappingProxyType(words), problems


def _read_all(
    place: Traversable, words: Mapping[str, str], glossary: Mapping[str, str]
) -> Iterator[tuple[str, Flow | tuple[Problem, ...]]]:
    for name, file in [*_files(place, ""), *_files(place / PAST, f"{PAST}/")]:
        text = _text(file, name)
        yield name, (text,) if isinstance(text, Problem) else scripts.read(text, name, words, glossary)


def _files(place: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    if not place.is_dir():
        return []
    found = [(prefix + each.name, each) for each in place.iterdir() if each.name.endswith((".yaml", ".yml"))]
    return sorted((pair for pair in found if not pair[0].endswith(WORDS_FILE)), key=lambda pair: pair[0])


def _text(file: Traversable, name: str) -> str | Problem:
    try:
        return decode(read_at_most(file, MAX_BYTES), name)
    except OSError as error:
        return Problem(name, 0, f"The file cannot be read ({error.strerror}).", "Look at its name and its rights.")
