"""What a script must hold because of whom it is for: agreement, sharing, safety. Looks at structure, not at words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conversations.findings import Finding, Kind, Place
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

_SAY_SOMETHING = "Add a say step (safety: true) with a 'when' on it, right behind."
_NOT_FOR_CARERS = frozenset({Heading.WHO_COMES, Heading.NOT_TALK_ABOUT})


def role_findings(flow: Flow) -> Iterator[Finding]:
    """What is missing or wrong for this role."""
    yield from _agreement(flow)
    yield from _way(flow)
    yield from _share(flow)
    for named in named_steps(flow):
        if isinstance(named.step, Sort):
            yield from _safety(flow, named, named.step)


def _recording(flow: Flow, records: Records) -> Iterator[tuple[Place, tuple[Option, ...]]]:
    """The option lists of all steps that record this, each with its place."""
    for named in named_steps(flow):
        if isinstance(named.step, ChooseOne | ChooseMany) and named.step.records is records:
            yield named.place, named.step.options


def _agreement(flow: Flow) -> Iterator[Finding]:
    opening = {step.id for part in flow.parts if part.opening for step in part.steps if isinstance(step, ChooseOne)}
    agreed = [each for each in _recording(flow, Records.AGREEMENT) if each[0].name in opening]
    if len(agreed) != 1:
        what = "The opening does not ask once for agreement."
        yield Finding(Kind.AGREEMENT, Place(flow.id), what, "Add one step 'records: agreement'.")
    for place, options in agreed:
        if not {Does.DECLINE, Does.EXPLAIN, None} <= {option.does for option in options}:
            what = f"'{place.name}' must offer yes, more words and no."
            yield Finding(Kind.AGREEMENT_OPTIONS, place, what, "Add 'does: explain' and 'does: decline'.")


def _way(flow: Flow) -> Iterator[Finding]:
    for place, options in _recording(flow, Records.WAY):
        if not set(Way) <= {option.id for option in options}:
            what = "The step that records the way lacks one."
            yield Finding(Kind.WAY_OPTIONS, place, what, "Options 'full' and 'short' must be there.")


def _share(flow: Flow) -> Iterator[Finding]:
    asked = tuple(_recording(flow, Records.SHARE))
    if flow.role is Role.CARER:
        yield from _carer(flow, asked)
        return
    if len(asked) != 1:
        what = "The script does not ask once who gets a copy."
        yield Finding(Kind.SHARE, Place(flow.id), what, "Add one step 'records: share'.")
    for place, options in asked:
        if [option.id for option in options] != ["no", "yes"]:
            what = "The share question must offer 'no', then 'yes'."
            yield Finding(Kind.SHARE_ORDER, place, what, "No comes first.")


def _carer(flow: Flow, asked: tuple[tuple[Place, tuple[Option, ...]], ...]) -> Iterator[Finding]:
    """What only the young person decides."""
    for place, _ in asked:
        what = "A carer's script asks about sharing."
        yield Finding(Kind.CARER_SHARES, place, what, "Only the young person decides that: take it out.")
    for named in named_steps(flow):
        if not isinstance(named.step, Repeat) and named.step.feeds.heading in _NOT_FOR_CARERS:
            what = "A carer's script asks what only the young person decides."
            yield Finding(Kind.CARER_DECIDES, named.place, what, "Take it out.")


def _safety(flow: Flow, named: Named, sort: Sort) -> Iterator[Finding]:
    """A safety card is answered with words right after its sort, and nothing else looks at it (decision 6)."""
    steps = named_steps(flow)
    after = steps[steps.index(named) + 1 :][:1]
    for card in (each for each in sort.cards if each.safety):
        place = replace(named.place, item=card.id)
        if not any(isinstance(each.step, Say) and _is_safety(each) and _looks(each, sort, card.id) for each in after):
            what = f"Nothing is said after the safety card '{card.id}'."
            yield Finding(Kind.SAFETY_SILENT, place, what, _SAY_SOMETHING)
        for each in steps:
            if _looks(each, sort, card.id) and not _is_safety(each):
                what = f"A step looks at the safety card '{card.id}'."
                yield Finding(Kind.SAFETY_SEEN, each.place, what, "Only a safety step may.")


def _looks(named: Named, sort: Sort, card: str) -> bool:
    chose = (each for each in named.step.when if isinstance(each, Chose))
    return any(each.step == sort.id and each.card == card for each in chose)


def _is_safety(named: Named) -> bool:
    return not isinstance(named.step, Repeat) and named.step.safety
