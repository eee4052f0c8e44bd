"""Which option typed words name, if they name one exactly. Guesses nothing: all else are own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.checklist import REFUSED_WORDS
from conversations.emojis import emoji_only, keycap, plain, without_emoji
from conversations.scene import Scene
from conversations.script import Option
from conversations.state import Means, Refused
from conversations.wording import word


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
    """The options named by label, by number or by emoji alone."""
    bare = _bare(text)
    by_label = tuple(option for option in options if bare and bare == _bare(option.label))
    if by_label:
        return Named(by_label[:1], Means.TYPED)
    number = keycap(text)
    if number.isascii() and number.isdigit() and len(number) <= 3 and 0 < int(number) <= len(options):
        return Named((options[int(number) - 1],), Means.TYPED)
    return _by_emoji(options, text)


def refusal_named(scene: Scene, text: str) -> Refused | None:
    """The refusal whose label this is, or None."""
    bare = _bare(text)
    return next((refused for refused, key in REFUSED_WORDS.items() if bare and bare == _bare(word(scene, key))), None)


def _by_emoji(options: Sequence[Option], text: str) -> Named:
    known = {plain(option.emoji): option for option in reversed(options) if option.emoji}
    symbols = emoji_only(text) or (plain(text),)
    hits = tuple(dict.fromkeys(known[symbol] for symbol in symbols if symbol in known))
    return Named(hits, Means.EMOJI, rest=any(symbol not in known for symbol in symbols))


def _bare(text: str) -> str:
    return " ".join(without_emoji(text).replace("’", "'").casefold().split())
