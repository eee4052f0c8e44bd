"""A language that says the English sentence between marks, so that what is not translated shows at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from conversations.catalogue import Catalogue, load
from conversations.directions import without_isolates
from conversations.language_checks import _sign
from conversations.languages import Language, Languages
from conversations.messages import Message
from conversations.sources import all_messages

BEGIN, END = "‹", "›"
CODE = "qps"
_LISTS = ("weekdays", "months")
_INNERMOST = re.compile(rf"{BEGIN}[^{BEGIN}{END}]*{END}")
_WORD = re.compile(r"[^\W\d_]+")


def marked(message: Message) -> str:
    """The sentence between marks: each bubble, each word of a list; the sign at the beginning stays there."""
    if message.context.partition(".")[2] in _LISTS:
        return " ".join(f"{BEGIN}{word}{END}" for word in message.english.split())
    return "\n\n".join(_bubble(each) for each in message.english.split("\n\n"))


def _bubble(text: str) -> str:
    sign = _sign(text)
    rest = text.removeprefix(sign).removeprefix("\ufe0f")
    front, bare = text[: len(text) - len(rest)], rest.lstrip()
    return f"{front}{rest[: len(rest) - len(bare)]}{BEGIN}{bare}{END}"


def translations(messages: Iterable[Message]) -> dict[tuple[str, str], str]:
    """Every message, marked."""
    return {(each.context, each.english): marked(each) for each in messages}


def pseudo(*, rtl: bool = False) -> Language:
    """The shipped sentences, all of them marked."""
    return Language(CODE, f"{BEGIN}English{END}", rtl=rtl, translations=translations(all_messages(load())))


def pseudo_catalogue(*, rtl: bool = False) -> Catalogue:
    """The shipped scripts, with the marked language beside English."""
    return load(None, Languages({"en": Languages().of("en"), CODE: pseudo(rtl=rtl)}))


def unmarked(text: str, own: Iterable[str] = ()) -> list[str]:
    """The words of `text` that stand outside the marks and are none of people's `own` words."""
    bare = without_isolates(text)
    for words in sorted(own, key=len, reverse=True):
        bare = bare.replace(words, "")
    while _INNERMOST.search(bare):
        bare = _INNERMOST.sub("", bare)
    return _WORD.findall(bare)


def strings(value: object, skipped: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Every text in a value and what it holds, with the name of its field."""
    yield from _strings("", value, skipped)


def _strings(name: str, value: object, skipped: frozenset[str]) -> Iterator[tuple[str, str]]:
    if name in skipped:
        return
    if type(value) is str:
        yield name, value
    elif isinstance(value, dict | tuple | list | frozenset):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(name, each, skipped)
    elif hasattr(value, "__dataclass_fields__"):
        for field in value.__dataclass_fields__:
            yield from _strings(field, getattr(value, field), skipped)
