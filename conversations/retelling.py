"""Says a whole script again in other words: the one walk over everything in it that a person reads.

Extraction and translation both go this way, so that nothing can be extracted and not be told, or the other way round.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, TypeVar, assert_never

from conversations.script import (
    Card,
    ChooseMany,
    ChooseOne,
    Flow,
    Option,
    Part,
    Picture,
    PlainStep,
    Repeat,
    Say,
    Sort,
    Step,
    Tell,
)


class Kind(StrEnum):
    """What sort of sentence it is. For scripts it is the context in the message catalogue."""

    SAY = "say"
    EXPLAIN = "explain"
    IDEA = "idea"
    LABEL = "label"
    ALT = "alt"
    TITLE = "title"
    TERM = "term"
    GLOSSARY = "glossary"
    WORD = "word"
    LINE = "line"
    DOCUMENT = "document"


class Teller(Protocol):
    """Says one sentence of a script in other words."""

    def __call__(self, kind: Kind, text: str, where: str) -> str:
        """The words for `text`; `where` names the script and the step, for a translator to find it."""


Labelled = TypeVar("Labelled", Option, Card)


def retold(flow: Flow, tell: Teller, words: Mapping[str, str]) -> Flow:
    """The same script, every sentence as `tell` says it, with these `words`. Ids, order and conditions stay."""
    retelling = _Retelling(flow.id, tell)
    return replace(
        flow,
        title=retelling.one(Kind.TITLE, flow.title, "title"),
        scale=retelling.labelled(flow.scale, "scale"),
        parts=tuple(retelling.part(part) for part in flow.parts),
        words=words,
        glossary=retelling.glossary(flow.glossary),
    )


@dataclass(frozen=True, slots=True)
class _Retelling:
    script: str
    tell: Teller

    def one(self, kind: Kind, text: str, where: str) -> str:
        return self.tell(kind, text, f"{self.script}.{where}") if text else text

    def many(self, kind: Kind, texts: tuple[str, ...], where: str) -> tuple[str, ...]:
        return tuple(self.one(kind, text, where) for text in texts)

    def part(self, part: Part) -> Part:
        title = self.one(Kind.TITLE, part.title, part.id)
        return replace(part, title=title, steps=tuple(self.step(step) for step in part.steps))

    def step(self, step: Step) -> Step:
        if isinstance(step, Repeat):
            inner = tuple(self.plain(each) for each in step.steps)
            return replace(step, pick=self.many(Kind.SAY, step.pick, step.id), steps=inner)
        return self.plain(step)

    def plain(self, step: PlainStep) -> PlainStep:
        texts = self.many(Kind.SAY, step.texts, step.id)
        explain = self.many(Kind.EXPLAIN, step.explain, step.id)
        told = replace(step, texts=texts, explain=explain, picture=self.picture(step.picture, step.id))
        match told:
            case Say():
                return told
            case ChooseOne() | ChooseMany():
                return replace(told, options=self.labelled(told.options, step.id))
            case Sort():
                return replace(told, cards=self.labelled(told.cards, step.id))
            case Tell():
                return replace(told, prompts=self.many(Kind.IDEA, told.prompts, step.id))
            case _:
                assert_never(told)

    def labelled(self, things: tuple[Labelled, ...], where: str) -> tuple[Labelled, ...]:
        return tuple(self.label(thing, f"{where}.{thing.id}") for thing in things)

    def label(self, thing: Labelled, where: str) -> Labelled:
        label, picture = self.one(Kind.LABEL, thing.label, where), self.picture(thing.picture, where)
        return replace(thing, label=label, picture=picture)

    def glossary(self, glossary: Mapping[str, str]) -> Mapping[str, str]:
        """The hard words too are said in the other language: it is there that they are looked for."""
        where = "glossary"
        said = {
            self.one(Kind.TERM, term, where): self.one(Kind.GLOSSARY, sentence, where)
            for term, sentence in glossary.items()
        }
        return MappingProxyType(said)

    def picture(self, picture: Picture | None, where: str) -> Picture | None:
        return replace(picture, alt=self.one(Kind.ALT, picture.alt, where)) if picture else None
