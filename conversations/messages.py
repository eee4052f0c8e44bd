"""Every sentence to a person, as messages for translators: the context, the English, and what they need to know.

English in the YAML files is the source. Staff are spoken to in English, so what only staff read is not in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Final

from conversations.retelling import Kind, retold
from conversations.script import Flow
from conversations.steps import LABEL_LETTERS, LABEL_WORDS

_STAFF_LINES: Final = ("staff_", "join_staff", "record_")
_STAFF_PHRASES: Final = ("mail_", "for_staff")
_CONTROLS: Final = "control_"
_KEYED: Final = frozenset({Kind.WORD, Kind.LINE, Kind.DOCUMENT})

_COMMENTS: Final[Mapping[Kind, str]] = {
    Kind.SAY: "The bot says this. One idea, at most 15 words in a sentence. Plain, warm, for adults.",
    Kind.EXPLAIN: "The same in easier words, when someone asks for it.",
    Kind.IDEA: "A beginning that the person can use. It ends with three dots.",
    Kind.LABEL: f"A button. At most {LABEL_LETTERS} letters, {LABEL_WORDS} words where your language can.",
    Kind.ALT: "What a picture shows, for someone who hears it read aloud. Not shown as text.",
    Kind.TITLE: "A title.",
    Kind.WORD: "The bot says this in every conversation. Keep a sign such as 📨 where it stands.",
    Kind.LINE: "The bot says this outside the questions. Keep a sign such as 📋 where it stands.",
    Kind.DOCUMENT: "This stands in a letter or on a printed page.",
    Kind.TERM: "A hard word that is explained. Write it as it stands in your translations of the questions.",
    Kind.GLOSSARY: "What a hard word means, in easier words.",
}
_KEEP: Final = "Keep as they are, in any order: {names}."
_BUBBLES: Final = "Keep the blank lines: each begins a new idea. There are {count}."
_SIGNS_ONLY: Final = "Signs alone. Translate it only if your language writes them in another way."


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence to translate, once, wherever it stands. `context` and `english` together are its key."""

    context: str
    english: str
    kind: Kind
    places: tuple[str, ...] = ()

    @property
    def placeholders(self) -> frozenset[str]:
        """The names in braces that are filled in later."""
        return placeholders(self.english)

    @property
    def bubbles(self) -> int:
        """How many bubbles it makes: a blank line begins a new one."""
        return bubbles(self.english)

    @property
    def has_words(self) -> bool:
        """Whether there is anything to translate beside signs and placeholders."""
        return any(char.isalpha() for literal, *_ in Formatter().parse(self.english) for char in literal)

    def comments(self) -> tuple[str, ...]:
        """What a translator needs to know, in order."""
        names = ", ".join(f"{{{name}}}" for name in sorted(self.placeholders))
        return tuple(
            filter(
                None,
                (
                    _COMMENTS[self.kind] if self.has_words else _SIGNS_ONLY,
                    _KEEP.format(names=names) if names else "",
                    _BUBBLES.format(count=self.bubbles - 1) if self.bubbles > 1 else "",
                ),
            )
        )


@dataclass(frozen=True, slots=True)
class Sources:
    """What people read, in English: scripts, and the words, lines and phrases by key."""

    flows: tuple[Flow, ...]
    words: Mapping[str, str] = field(repr=False)
    lines: Mapping[str, str] = field(repr=False)
    phrases: Mapping[str, str] = field(repr=False)


def context_of(kind: Kind, key: str = "") -> str:
    """The context of a sentence: its kind, and its key where it has one."""
    return f"{kind.value}.{key}" if kind in _KEYED else kind.value


def placeholders(text: str) -> frozenset[str]:
    """The names in braces of a text without faults.

    Raises:
        ValueError: a brace stands alone.
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def bubbles(text: str) -> int:
    """How many bubbles a text makes."""
    return len(text.strip().split("\n\n"))


def messages(sources: Sources) -> tuple[Message, ...]:
    """Every sentence to a person, each once, in the order of the files."""
    found: dict[tuple[str, str], Message] = {}

    def note(kind: Kind, text: str, place: str, key: str = "") -> None:
        context = context_of(kind, key)
        before = found.get((context, text))
        places = before.places if before else ()
        found[context, text] = Message(context, text, kind, (*places, place) if place not in places else places)

    def hear(kind: Kind, text: str, where: str) -> str:
        note(kind, text, where)
        return text

    for flow in sources.flows:
        retold(flow, hear, sources.words)
    for kind, texts in _catalogues(sources):
        for key, text in texts:
            note(kind, text, key, key)
    return tuple(found.values())


def is_for_staff(kind: Kind, key: str) -> bool:
    """Whether only staff read it, in English."""
    match kind:
        case Kind.LINE:
            return key.startswith(_STAFF_LINES)
        case Kind.DOCUMENT:
            return key.startswith(_STAFF_PHRASES)
        case _:
            return False


def _catalogues(sources: Sources) -> Iterable[tuple[Kind, list[tuple[str, str]]]]:
    catalogues = (
        (Kind.WORD, sources.words),
        (Kind.LINE, sources.lines),
        (Kind.DOCUMENT, sources.phrases),
    )
    for kind, texts in catalogues:
        yield kind, [(key, text.strip()) for key, text in texts.items() if not is_for_staff(kind, key)]
