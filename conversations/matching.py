"""Which option typed words name, if they name one exactly. Guesses nothing: all else are own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from conversations.checklist import REFUSED_WORDS
from conversations.emojis import emoji_only, keycap, keycaps_apart, plain, without_emoji
from conversations.scene import Scene
from conversations.script import Option
from conversations.state import Means, Refused
from conversations.wording import word
from conversations.words import Word

MOST_DIGITS = 3
_BETWEEN = re.compile(r"[\s,،;+&]+")


@dataclass(frozen=True, slots=True)
class Named:
    """The options that a text names. `rest` is true when it holds other emoji too, which are kept as words."""

    options: tuple[Option, ...]
    means: Means
    rest: bool = False


def cleaned(text: str) -> str:
    """`text` without blank edges, and with halves of characters made whole or replaced, so that it can be stored."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


def named(options: Sequence[Option], text: str) -> Named:
    """The options named by label (with or without its number), by numbers or by emoji alone."""
    bare = _bare(text)
    labels = [(f"{number} {_bare(option.label)}", option) for number, option in enumerate(options, 1)]
    by_label = tuple(option for label, option in labels if bare and bare in {label, _bare(option.label)})
    if by_label:
        return Named(by_label[:1], Means.TYPED)
    for written in (keycap(text), keycaps_apart(text)):
        numbers = _numbers(written)
        if numbers and all(0 < number <= len(options) for number in numbers):
            return Named(tuple(options[number - 1] for number in numbers), Means.TYPED)
    return _by_emoji(options, text)


def refusal_named(scene: Scene, text: str) -> Refused | None:
    """The refusal whose label this is, or None."""
    return next((refused for refused, key in REFUSED_WORDS.items() if is_label(scene, key, text)), None)


def is_label(scene: Scene, key: Word, text: str) -> bool:
    """Whether this is what the button of this key says, with or without its emoji."""
    bare = _bare(text)
    return bool(bare) and bare == _bare(word(scene, key))


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers of a text that is nothing else: "2" or "1, 3", in the digits of any script; each once."""
    parts = [part for part in _BETWEEN.split(text) if part]
    if not all(part.isdecimal() and len(part) <= MOST_DIGITS for part in parts):
        return ()
    return tuple(dict.fromkeys(int(part) for part in parts))


def _by_emoji(options: Sequence[Option], text: str) -> Named:
    known = {plain(option.emoji): option for option in reversed(options) if option.emoji}
    symbols = emoji_only(text) or (plain(text),)
    hits = tuple(dict.fromkeys(known[symbol] for symbol in symbols if symbol in known))
    return Named(hits, Means.EMOJI, rest=any(symbol not in known for symbol in symbols))


def _bare(text: str) -> str:
    return " ".join(without_emoji(text).replace("’", "'").casefold().split())
