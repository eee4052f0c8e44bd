"""Hard words of a young person's script that nothing explains. Looks only."""

from __future__ import annotations

from collections.abc import Iterator

from conversations.findings import Finding, Kind
from conversations.glossary import hard_words_in
from conversations.hard_words import read_hard_words
from conversations.reach import Named, named_steps, said_in
from conversations.script import Flow, Repeat, Role


def glossary_findings(flow: Flow) -> Iterator[Finding]:
    """Hard words of a young person's script that nothing explains, at the first step that uses each."""
    if flow.role is not Role.YOUNG_PERSON:
        return
    explained = {word.casefold() for word in flow.glossary}
    lacking = tuple(word for word in read_hard_words().explain if word.casefold() not in explained)
    told: set[str] = set()
    for named in named_steps(flow):
        for word in hard_words_in("\n".join(_shown(named)), lacking):
            if word not in told:
                told.add(word)
                what = f"'{word}' is a hard word, and nothing explains it."
                yield Finding(
                    Kind.NO_GLOSSARY, named.place, what, f"Add it under 'glossary:' at the top: '{word}: ...'."
                )


def _shown(named: Named) -> tuple[str, ...]:
    if isinstance(named.step, Repeat):
        return said_in(named)
    things = (*getattr(named.step, "options", ()), *getattr(named.step, "cards", ()))
    return (*said_in(named), *(thing.label for thing in things))
