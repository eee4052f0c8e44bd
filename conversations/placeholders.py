"""Which `{names}` a sentence may hold, and what is wrong with one that holds others. Fills in nothing."""

from __future__ import annotations

from string import Formatter

ANYWHERE = frozenset({"name", "about", "contact", "safeguarding", "date", "reads_by", "cut_off"})
IN_SORT = ANYWHERE | {"item"}
IN_REPEAT = ANYWHERE | {"item"}
IN_QUOTES = ANYWHERE | {"item", "by"}  # repeats over plan lines and goals: who wrote the line
IN_PICK = ANYWHERE | {"count"}
IN_WORDS = ANYWHERE | {"item", "by", "count", "part", "parts", "chosen", "code"}


def fault(text: str, allowed: frozenset[str]) -> str:
    """What is wrong with the braces in `text`; empty when nothing is."""
    try:
        found = list(Formatter().parse(text))
    except ValueError:
        return "A brace { or } stands alone."
    for _, name, form, conversion in found:
        if name is None:
            continue
        if name not in allowed:
            return f"'{{{name}}}' is no placeholder here."
        if form or conversion:
            return f"'{{{name}}}' must stand without ':' and '!'."
    return ""


def used(text: str) -> frozenset[str]:
    """The placeholders of a text without faults."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
