"""What is read aloud for each question of a script, and whether a recording still says what stands there. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from conversations.placeholders import used
from conversations.script import ChooseMany, ChooseOne, Flow, PlainStep, Repeat, Say, Sort

_CODE_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Passage:
    """What one recording says: the question, and its choices.

    `personal` ones hold a name or a date that differs from person to person; nobody can read them out for all.
    """

    step: str
    item: str
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """As `ReviewFacts.read_aloud` names it: the step, or the step and its card."""
        return place_name(self.step, self.item)

    @property
    def code(self) -> str:
        """Changes when the words do, so that an older recording is no longer played."""
        return sha256("\n".join(self.lines).encode()).hexdigest()[:_CODE_LETTERS]

    @property
    def personal(self) -> bool:
        """Whether a placeholder is left in the words."""
        return any(used(line) for line in self.lines)


def place_name(step: str, item: str = "") -> str:
    """The name of a place that can be read aloud."""
    return f"{step}.{item}" if item else step


def passages(flow: Flow) -> tuple[Passage, ...]:
    """Everything that can be read aloud, in the order of the script: one for each question, and for each card."""
    return tuple(found for part in flow.parts for step in part.steps for found in _of(step))


def still_said(flow: Flow, recorded: Mapping[str, str]) -> frozenset[str]:
    """Those of the `recorded` places whose words are still the same; the values are the codes of their time."""
    if not recorded:
        return frozenset()
    return frozenset(each.name for each in passages(flow) if recorded.get(each.name) == each.code)


def _of(step: PlainStep | Repeat) -> Iterator[Passage]:
    match step:
        case Repeat():
            for each in step.steps:
                yield from _of(each)
        case Sort():
            for card in step.cards:
                yield Passage(step.id, card.id, tuple(text.replace("{item}", card.label) for text in step.texts))
        case ChooseOne() | ChooseMany():
            yield Passage(step.id, "", (*step.texts, *(f"{option.label}." for option in step.options)))
        case Say():
            return
        case _:
            yield Passage(step.id, "", (*step.texts, *step.prompts))
