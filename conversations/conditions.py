"""Conditions of a script that no answers can ever meet. Looks at the script alone, at nobody's answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from conversations.findings import Finding, Kind
from conversations.reach import Named, named_steps
from conversations.script import ChooseMany, ChooseOne, Chose, Does, Flow, Step

_NO_ANSWER: Final = frozenset({Does.EXPLAIN, Does.STOP, Does.DECLINE})


def condition_findings(flow: Flow) -> Iterator[Finding]:
    """Steps whose conditions ask for an option that is no answer, or stand against one another."""
    steps = named_steps(flow)
    by_id = {each.step.id: each.step for each in steps}
    for named in steps:
        for step in _never_met(named, by_id):
            what = f"The condition on '{step}' is never true."
            yield Finding(Kind.NEVER_TRUE, named.place, what, "Mend 'when', or take the step out.")


def _never_met(named: Named, by_id: dict[str, Step]) -> Iterator[str]:
    conditions = [each for each in named.step.when if isinstance(each, Chose)]
    for step, card in dict.fromkeys((each.step, each.card) for each in conditions):
        here = [each for each in conditions if (each.step, each.card) == (step, card)]
        wanted = [_answers(by_id[step], each.options) for each in here if not each.negate]
        barred = frozenset[str]().union(*(each.options for each in here if each.negate))
        if not isinstance(by_id[step], ChooseMany) and wanted:  # one answer has to meet all of them
            wanted = [wanted[0].intersection(*wanted[1:])]
        if not all(each - barred for each in wanted):
            yield step


def _answers(step: Step, named: frozenset[str]) -> frozenset[str]:
    """Those of the named options that are answers."""
    if not isinstance(step, ChooseOne | ChooseMany):
        return named
    return named - {option.id for option in step.options if option.does in _NO_ANSWER}
