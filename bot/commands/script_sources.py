"""Which files `firsthand scripts check` looks over: all that is shipped, a folder, one file, or one script."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from conversations import catalogue
from conversations.bounded import read_at_most
from conversations.catalogue import PAST, WORDS_FILE
from conversations.face_checks import Pictures
from conversations.glossary import glossary_text, read_glossary
from conversations.help_lines import HELP_LINES_FILE
from conversations.insight_words import INSIGHT_FILE
from conversations.looking_over import Common, LookedOver, broken, look_over, look_over_sentences
from conversations.problems import Problem
from conversations.reading import MAX_BYTES, decode

SUFFIXES: Final = (".yaml", ".yml")
_SAID: Final = ("bot_words.yaml", "cards.yaml", "document_words.yaml", "glossary.yaml", HELP_LINES_FILE, INSIGHT_FILE)


def shipped_or(folder: Path | None, known: Pictures) -> tuple[LookedOver, ...]:
    """Everything in a folder of scripts; without one, everything that is shipped: sentences and letters too."""
    place: Traversable = folder or resources.files("conversations") / "scripts"
    looked = [*_scripts(place, folder, known), *_sentences(place / WORDS_FILE)]
    if folder is None:
        for name in _SAID:
            looked += _sentences(resources.files("conversations") / "said" / name)
        looked += _sentences(resources.files("bot") / "secret_words.yaml")
    return tuple(looked)


def one_file(file: Path, known: Pictures) -> tuple[LookedOver, ...]:
    """One script, wherever it is. Words of its own folder are not asked for."""
    return (_looked(file, file.name, _common(None, known)),)


def of_script(looked: tuple[LookedOver, ...], script: str) -> tuple[LookedOver, ...]:
    """Only the files of the script with this id."""
    return tuple(each for each in looked if each.flow is not None and each.flow.id == script)


def _common(folder: Path | None, known: Pictures) -> Common:
    glossary, _ = read_glossary(glossary_text())
    return Common(catalogue.load(folder).words, glossary, known)


def _scripts(place: Traversable, folder: Path | None, known: Pictures) -> Iterator[LookedOver]:
    common = _common(folder, known)
    seen: set[Problem] = set()
    for file, name in _files(place):
        looked = _looked(file, name, common)
        seen |= {Problem(name, each.place.line, each.what, each.remedy) for each in looked.found}
        yield looked
    for problem in catalogue.load(folder).problems:  # of several files together, and of the words
        if problem not in seen:
            yield broken(problem.file, [problem])


def _files(place: Traversable) -> list[tuple[Traversable, str]]:
    found = [(each, each.name) for each in place.iterdir()]
    past = place / PAST
    found += [(each, f"{PAST}/{each.name}") for each in past.iterdir()] if past.is_dir() else []
    scripts = ((each, name) for each, name in found if name.endswith(SUFFIXES) and each.name != WORDS_FILE)
    return sorted(scripts, key=lambda each: each[1])


def _looked(file: Traversable, name: str, common: Common) -> LookedOver:
    text = _text(file, name)
    return broken(name, [text]) if isinstance(text, Problem) else look_over(text, name, common)


def _sentences(file: Traversable) -> Iterator[LookedOver]:
    if file.is_file():
        text = _text(file, file.name)
        yield broken(file.name, [text]) if isinstance(text, Problem) else look_over_sentences(text, file.name)


def _text(file: Traversable, name: str) -> str | Problem:
    try:
        return decode(read_at_most(file, MAX_BYTES), name)
    except OSError as error:
        return Problem(name, 0, f"The file cannot be read ({error.strerror}).", "Look at its name and its rights.")
