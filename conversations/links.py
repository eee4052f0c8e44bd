"""What a script has said so far: which ids exist, so that conditions and repeats can only look back."""

from __future__ import annotations

from dataclasses import dataclass, field

from conversations.fields import Fields
from conversations.inputs import Control
from conversations.problems import Report, nearest
from conversations.reading import Items, Node, Pairs, Scalar
from conversations.script import Chose, Condition, Flagged, Option
from conversations.state import Refused

RESERVED = frozenset({*Refused, *Control, "done", "more"})
KINDS = ("say", "choose_one", "choose_many", "sort", "tell", "repeat")


@dataclass(frozen=True, slots=True)
class Seen:
    """An earlier step: what can be chosen there, on which cards, and in which repeat it stands."""

    line: int
    kind: str
    options: frozenset[str] = frozenset()
    cards: frozenset[str] = frozenset()
    inside: str = ""


@dataclass(slots=True)
class Links:
    """Fills while a script is read from top to bottom."""

    report: Report
    everything: frozenset[str]
    scale: tuple[Option, ...] = ()
    steps: dict[str, Seen] = field(default_factory=dict)
    inside: str = ""
    cards_here: frozenset[str] = frozenset()

    def point_ids(self) -> frozenset[str]:
        """The ids of the scale's points."""
        return frozenset(point.id for point in self.scale)

    def add(self, step: str, seen: Seen) -> None:
        """Note a step; its id must be new and not reserved."""
        if step in RESERVED:
            self.report.add(seen.line, f"The id '{step}' is used by the controls.", "Choose another id.")
        earlier = self.steps.get(step)
        if earlier and step:
            self.report.add(
                seen.line, f"The id '{step}' is there twice (first in line {earlier.line}).", "Give one another id."
            )
        self.steps.setdefault(step, seen)

    def conditions(self, fields: Fields) -> tuple[Condition, ...]:
        """The `when` of a step: every condition in it must hold."""
        read = [self._condition(each) for each in fields.each("when", "A condition", required=False)]
        return tuple(each for each in read if each is not None)

    def _condition(self, fields: Fields) -> Condition | None:
        fields.allow("step", "card", "chose", "not", "flag")
        if fields.get("flag") is not None:
            return Flagged(fields.id("flag"))
        step = fields.text("step")
        negate = fields.get("not") is not None
        options = fields.texts("not" if negate else "chose", required=True)
        card = fields.text("card", required=False)
        if negate and fields.get("chose") is not None:
            self.report.add(fields.line, "A condition has both 'chose' and 'not'.", "Write two conditions.")
        seen = self.find(step, fields.line) if step else None
        if seen is not None:
            self._check_choice(fields, seen, card, options)
        return Chose(step, frozenset(value for _, value in options), card, negate)

    def find(self, step: str, line: int) -> Seen | None:
        """An earlier step that may be looked back at; None, with the problem noted, otherwise."""
        seen = self.steps.get(step)
        if seen is None and step in self.everything:
            self.report.add(
                line, f"The step '{step}' comes later.", "A condition can only look back: move one of them."
            )
        elif seen is None:
            self.report.add(line, f"There is no step '{step}'.", nearest(step, self.steps))
        elif seen.inside and seen.inside != self.inside:
            self.report.add(
                line, f"'{step}' is asked once for each item of '{seen.inside}'.", "Look back at a step outside it."
            )
            return None
        return seen

    def _check_choice(self, fields: Fields, seen: Seen, card: str, options: tuple[tuple[int, str], ...]) -> None:
        if not seen.options:
            self.report.add(fields.line, f"Nothing can be chosen at a '{seen.kind}' step.", "Name a step with options.")
            return
        if seen.kind == "sort" and card not in seen.cards:
            self.report.add(fields.line, f"'{card}' is no card of that step.", nearest(card, seen.cards))
        if seen.kind != "sort" and card:
            self.report.add(fields.line, "Only a sort step has cards.", "Take 'card' out.")
        for line, option in options:
            if option not in seen.options:
                self.report.add(line, f"'{option}' is no option of that step.", nearest(option, seen.options))


def step_ids(node: Node | None) -> frozenset[str]:
    """Every step id anywhere in the file, so that 'comes later' and 'is not there' can be told apart."""
    match node:
        case Items():
            own = {found for each in node.values if isinstance(each, Pairs) for found in _named(each)}
            return frozenset(own).union(*(step_ids(each) for each in node.values))
        case Pairs():
            return frozenset().union(*(step_ids(value) for _, value in node.values))
        case _:
            return frozenset()


def _named(step: Pairs) -> list[str]:
    return [value.value for key, value in step.values if key.value in KINDS and isinstance(value, Scalar)]
