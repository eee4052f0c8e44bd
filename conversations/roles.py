"""What a script must hold because of whom it is for: agreement, sharing, safety. Looks at structure, not at words."""

from __future__ import annotations

from collections.abc import Iterator

from conversations.plain import Finding, Severity
from conversations.reach import Named, named_steps
from conversations.script import (
    ChooseMany,
    ChooseOne,
    Chose,
    Does,
    Flow,
    Heading,
    Option,
    Records,
    Repeat,
    Role,
    Say,
    Sort,
    Way,
)

_NOT_FOR_CARERS = frozenset({Heading.WHO_COMES, Heading.NOT_TALK_ABOUT})


def role_findings(flow: Flow) -> Iterator[Finding]:
    """What is missing or wrong for this role."""
    yield from _agreement(flow)
    yield from _way(flow)
    yield from _share(flow)
    for named in named_steps(flow):
        if isinstance(named.step, Sort):
            yield from _safety(flow, named, named.step)


def options_recording(flow: Flow, records: Records) -> tuple[tuple[Option, ...], ...]:
    """The option lists of all steps that record this."""
    found = [each.step for each in named_steps(flow) if not isinstance(each.step, Repeat)]
    asked = [step for step in found if isinstance(step, ChooseOne | ChooseMany) and step.records is records]
    return tuple(step.options for step in asked)


def _agreement(flow: Flow) -> Iterator[Finding]:
    opening = [step for part in flow.parts if part.opening for step in part.steps]
    agreed = [step for step in opening if isinstance(step, ChooseOne) and step.records is Records.AGREEMENT]
    if len(agreed) != 1:
        yield _finding(flow, "The opening does not ask once for agreement.", "Add one step 'records: agreement'.")
    for step in agreed:
        does = {option.does for option in step.options}
        if not {Does.DECLINE, Does.EXPLAIN, None} <= does:
            yield _finding(
                flow, f"'{step.id}' must offer yes, more words and no.", "Add 'does: explain' and 'decline'."
            )


def _way(flow: Flow) -> Iterator[Finding]:
    for options in options_recording(flow, Records.WAY):
        if not set(Way) <= {option.id for option in options}:
            yield _finding(
                flow, "The step that records the way lacks one.", "Options 'full' and 'short' must be there."
            )


def _share(flow: Flow) -> Iterator[Finding]:
    asked = options_recording(flow, Records.SHARE)
    if flow.role is Role.CARER:
        headings = {each.step.feeds.heading for each in named_steps(flow) if not isinstance(each.step, Repeat)}
        if asked:
            yield _finding(flow, "A carer's script asks about sharing.", "Only the young person decides that.")
        if headings & _NOT_FOR_CARERS:
            yield _finding(flow, "A carer's script asks what only the young person decides.", "Take it out.")
        return
    if len(asked) != 1:
        yield _finding(flow, "The script does not ask once who gets a copy.", "Add one step 'records: share'.")
    for options in asked:
        if [option.id for option in options] != ["no", "yes"]:
            yield _finding(flow, "The share question must offer 'no', then 'yes'.", "No comes first.")


def _safety(flow: Flow, named: Named, sort: Sort) -> Iterator[Finding]:
    """A safety card is answered with words right after its sort, and nothing else looks at it (decision 6)."""
    steps = named_steps(flow)
    after = steps[steps.index(named) + 1 :][:1]
    for card in (each for each in sort.cards if each.safety):
        told = [
            each for each in after if isinstance(each.step, Say) and each.step.safety and _looks(each, sort, card.id)
        ]
        if not told:
            what = f"Nothing is said after the safety card '{card.id}'."
            yield _finding(flow, what, "Add a say step (safety: true) with a 'when' on it, right behind.")
        if any(_looks(each, sort, card.id) and not _is_safety(each) for each in steps):
            yield _finding(flow, f"A step looks at the safety card '{card.id}'.", "Only a safety step may.")


def _looks(named: Named, sort: Sort, card: str) -> bool:
    chose = (each for each in named.step.when if isinstance(each, Chose))
    return any(each.step == sort.id and each.card == card for each in chose)


def _is_safety(named: Named) -> bool:
    return not isinstance(named.step, Repeat) and named.step.safety


def _finding(flow: Flow, what: str, remedy: str) -> Finding:
    return Finding(Severity.FINDING, flow.id, what, remedy)
