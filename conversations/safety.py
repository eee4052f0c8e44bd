"""Which topics of safety words may be about. A list of phrases can only raise priority: it is no watch and no promise.

It misses what it does not know: misspellings, other languages, voices, pictures, hints. It also hits what is harmless.
So a match brings a person sooner to words that a person reads in any case; no match never means that somebody is safe.
Pure, and its time grows with the length of the words alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product
from typing import Final

GAP: Final = "..."
"""Stands in a phrase for up to three words of any kind."""
ENDING: Final = "*"
"""At the end of a word of a phrase: any ending."""
MOST_BETWEEN: Final = 3
LEAST_SPELLED: Final = 6  # letters of a phrase that is looked for inside a longer run of single letters
MOST_SPELLED: Final = 24  # letters of a phrase that is looked for letter by letter
MOST_BEGINNING: Final = 32  # letters before an ending
MOST_WAYS: Final = 64  # to write one phrase that are also looked for letter by letter

_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[*@$!](?=[^\W_]))*|[@$](?=[^\W\d_])[^\W_]*|[^\w\s]")
_RUN: Final = re.compile(r"(.)\1{2,}")
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘`´ʼ＇"))
_LOOKS_LIKE: Final = str.maketrans("013457@$!", "oieastasi")
_NOT: Final = re.compile(
    r"\b(do|does|did|could|would|is|are|was|were|have|has|had) not\b|\b(ca)n ?not\b|\b(w)ill not\b"
)
_MIXED: Final = re.compile(r"(?=.*[^\W\d_])(?=.*[\d@$!])")


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of worry: what raises it, what does not although it looks so, and the published lists that prove both.

    `hits` and `misses` are whole sentences as people write them: the first must match this topic, the second none.
    """

    id: str
    title: str
    phrases: tuple[str, ...]
    but_not: tuple[str, ...] = ()
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Phrases:
    """All topics, as the safeguarding lead has them."""

    topics: tuple[Topic, ...] = field(default=(), repr=False)

    @cached_property
    def index(self) -> Index:
        """How they are found, made once."""
        return Index(self.topics)


@dataclass(frozen=True, slots=True)
class Figures:
    """How a topic does on the published lists: sentences that are found or missed, and near misses that hit."""

    topic: str
    found: tuple[str, ...]
    missed: tuple[str, ...]
    near: int
    near_hit: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether the lists hold."""
        return not self.missed and not self.near_hit


def matched(text: str, phrases: Phrases) -> tuple[str, ...]:
    """The topics that `text` may be about, sorted. It raises priority and decides nothing."""
    return phrases.index.topics_in(words_of(text)) if phrases.topics else ()


def figures(phrases: Phrases) -> tuple[Figures, ...]:
    """Hits and misses on the published lists, by topic."""
    return tuple(_figures(topic, phrases) for topic in phrases.topics)


def _figures(topic: Topic, phrases: Phrases) -> Figures:
    found = tuple(each for each in topic.hits if topic.id in matched(each, phrases))
    missed = tuple(each for each in topic.hits if each not in found)
    near = tuple(each for each in topic.misses if matched(each, phrases))
    return Figures(topic.id, found, missed, len(topic.misses), near)


class _Hidden(dict[int, int | None]):
    """What each letter becomes: accents and signs that do not show, nothing; all else itself."""

    def __missing__(self, code: int) -> int | None:
        """Looked up once for each letter."""
        self[code] = None if unicodedata.category(chr(code)) in {"Mn", "Cf", "Me"} else code
        return self[code]


_HIDDEN: Final = _Hidden()


def words_of(text: str) -> tuple[str, ...]:
    """`text` as plain words: no case, accents, apostrophes, hidden signs or look-alike digits; an emoji is a word."""
    apart = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    found = _WORD.findall(_short(apart.translate(_HIDDEN)))
    return tuple(_plain(word) for word in found if word.isalnum() or _is_sign(word))


def _short(text: str) -> str:
    """In small letters, with "do not" as "dont", "cannot" as "cant", "will not" as "wont"."""
    return _NOT.sub(lambda found: f"{found[1]}nt" if found[1] else "cant" if found[2] else "wont", text.casefold())


def _is_sign(word: str) -> bool:
    """A word with a sign inside, or an emoji; punctuation alone is nothing."""
    return len(word) > 1 or unicodedata.category(word) == "So"


def _plain(word: str) -> str:
    return word.translate(_LOOKS_LIKE) if _MIXED.match(word) else word


def squeezed(word: str) -> str:
    """Every letter once in a row, for words with letters drawn out: "killlll" and "kill" are the same."""
    return re.sub(r"(.)\1+", r"\1", word)


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a phrase: any of these words, or any word with one of these beginnings. Empty: a gap."""

    words: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()

    @property
    def is_gap(self) -> bool:
        """Whether up to three words of any kind may stand here."""
        return not (self.words or self.beginnings)


def slots_of(phrase: str) -> tuple[Slot, ...]:
    """A phrase as it is looked for: `a/b` is one of two words, `a*` any ending, `...` up to three words between."""
    return tuple(slot for written in _short(phrase).split() for slot in _slots(written))


def _slots(written: str) -> Iterator[Slot]:
    if written == GAP:
        yield Slot()
        return
    words: set[str] = set()
    beginnings: set[str] = set()
    for each in written.split("/"):
        *before, last = words_of(each.removesuffix(ENDING)) or ("",)
        yield from (Slot(frozenset({word})) for word in before)  # as in "self-harm"
        (beginnings if each.endswith(ENDING) else words).add(last)
    words.discard("")
    beginnings.discard("")
    if words or beginnings:
        yield Slot(frozenset(words), frozenset(beginnings))


@dataclass(frozen=True, slots=True)
class _Sought:
    topic: str
    slots: tuple[Slot, ...]


class _Tree:
    """Phrases by their first word, so that a text is read once however long the list is."""

    def __init__(self, sought: Iterable[_Sought]) -> None:
        self._by_word: dict[str, list[_Sought]] = {}
        self._by_beginning: dict[str, list[_Sought]] = {}
        for each in sought:
            for word in each.slots[0].words:
                self._by_word.setdefault(word, []).append(each)
            for beginning in each.slots[0].beginnings:
                self._by_beginning.setdefault(beginning, []).append(each)

    def found(self, read: Sequence[frozenset[str]]) -> Iterator[tuple[str, range]]:
        """Each topic found, with the places of its words."""
        for start, words in enumerate(read):
            for sought in self._beginning_with(words):
                yield from ((sought.topic, range(start, end)) for end in _ends(sought.slots, read, start))

    def _beginning_with(self, words: frozenset[str]) -> Iterator[_Sought]:
        for word in words:
            yield from self._by_word.get(word, ())
            for size in range(1, min(len(word), MOST_BEGINNING) + 1) if self._by_beginning else ():
                yield from self._by_beginning.get(word[:size], ())


class Index:
    """How all topics are found. Made once from the lists."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        sought = [_Sought(topic.id, slots) for topic in topics for slots in map(slots_of, topic.phrases) if slots]
        spared = [_Sought(topic.id, slots) for topic in topics for slots in map(slots_of, topic.but_not) if slots]
        self._sought, self._spared = _Tree(sought), _Tree(spared)
        self._drawn: dict[str, set[str]] = {}
        self._masked: dict[int, set[str]] = {}
        for word in {word for each in (*sought, *spared) for slot in each.slots for word in slot.words}:
            self._drawn.setdefault(squeezed(word), set()).add(word)
            self._masked.setdefault(len(word), set()).add(word)
        self._known = {word: frozenset({word}) for drawn in self._drawn.values() for word in drawn}
        self._spelled: dict[str, set[str]] = {}
        for each in sought:
            for spelled in _spelled(each.slots):
                self._spelled.setdefault(spelled, set()).add(each.topic)

    def topics_in(self, words: Sequence[str]) -> tuple[str, ...]:
        """The topics of all phrases in these words, but for those that are spared."""
        read = [self._known.get(word) or self._meant(word) for word in words]
        spared = {(topic, at) for topic, span in self._spared.found(read) for at in span}
        found = {topic for topic, span in self._sought.found(read) if not all((topic, at) in spared for at in span)}
        return tuple(sorted(found | self._spelled_out(words)))

    def _meant(self, word: str) -> frozenset[str]:
        """The word, and those of the list that it stands for with letters drawn out or behind a star."""
        if ENDING in word:
            return frozenset({word, *(each for each in self._masked.get(len(word), ()) if _behind(word, each))})
        if _RUN.search(word):
            return frozenset({word, *self._drawn.get(squeezed(word), ())})
        return frozenset({word})

    def _spelled_out(self, words: Sequence[str]) -> set[str]:
        """Phrases written letter by letter, as in "k m s"; inside a longer run only those that are long enough."""
        found: set[str] = set()
        for run in _letters(words):
            found |= self._spelled.get(run, set())
            for start in range(len(run) - LEAST_SPELLED + 1):
                for end in range(start + LEAST_SPELLED, min(len(run), start + MOST_SPELLED) + 1):
                    found |= self._spelled.get(run[start:end], set())
        return found


def _ends(slots: Sequence[Slot], read: Sequence[frozenset[str]], start: int) -> frozenset[int]:
    """Where the phrase ends, if it begins at `start`: with gaps it can be several places."""
    reached = {start}
    for slot in slots:
        if slot.is_gap:
            reached = {at + more for at in reached for more in range(MOST_BETWEEN + 1)}
        else:
            reached = {at + 1 for at in reached if at < len(read) and _fits(slot, read[at])}
        if not reached:
            break
    return frozenset(reached)


def _fits(slot: Slot, words: frozenset[str]) -> bool:
    return not slot.words.isdisjoint(words) or any(
        word.startswith(beginning) for beginning in slot.beginnings for word in words
    )


def _spelled(slots: Sequence[Slot]) -> Iterator[str]:
    """A phrase without its spaces, in each way that it can be written; not those with gaps or any ending."""
    if all(slot.words and not slot.beginnings for slot in slots):
        for way in islice(product(*(sorted(slot.words) for slot in slots)), MOST_WAYS):
            yield "".join(way)


def _behind(masked: str, word: str) -> bool:
    return all(shown in {ENDING, letter} for shown, letter in zip(masked, word, strict=True))


def _letters(words: Sequence[str]) -> Iterator[str]:
    """Runs of at least three single letters, joined."""
    run: list[str] = []
    for word in (*words, ""):
        if len(word) == 1 and word.isalnum():
            run.append(word)
            continue
        if len(run) > 2:
            yield "".join(run)
        run = []
