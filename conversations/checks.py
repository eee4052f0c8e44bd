"""Every reason a script should not ship: structure, limits, plain language, pictures. Looks; mends nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from conversations import plain
from conversations.conditions import condition_findings
from conversations.face_checks import Pictures, mixed_findings, picture_findings, shipped_pictures
from conversations.findings import Finding, Kind, Place, Spot
from conversations.glossary_checks import glossary_findings
from conversations.question_checks import step_findings
from conversations.reach import named_steps, reach_findings, said_in
from conversations.readability import grade as grade_of
from conversations.roles import role_findings
from conversations.script import Flow, Role

GRADES: Final = {Role.YOUNG_PERSON: 4.0, Role.CARER: 6.0}
"""The Flesch-Kincaid grade that a script of this role must not pass."""


def findings(flow: Flow, known: Pictures = shipped_pictures) -> tuple[Finding, ...]:
    """Everything about this script that must not ship (findings) or is worth a second look (warnings).

    `known` says what there is behind a picture's name.
    """
    found: list[Finding] = list(plain.findings(flow.title, Place(flow.id)))
    for part in flow.parts:
        found += plain.findings(part.title, Place(flow.id, part.id, Spot.PART))
    for step in named_steps(flow):
        found += step_findings(step, known)
    for point in flow.scale:
        found += picture_findings(point.picture, Place(flow.id, point.id, Spot.SCALE), known)
    found += [
        *mixed_findings(flow, known),
        *glossary_findings(flow),
        *condition_findings(flow),
        *reach_findings(flow),
        *role_findings(flow),
    ]
    return _once([*found, *_grade(flow)])


def grade(flow: Flow) -> float:
    """The reading grade of everything the script says and explains, without labels. Only about right."""
    return grade_of(text for step in named_steps(flow) for text in said_in(step))


def _grade(flow: Flow) -> Iterator[Finding]:
    figure, limit = grade(flow), GRADES[flow.role]
    if figure > limit:
        what = f"The reading grade is {figure:.1f}, above {limit:.0f}."
        yield Finding(Kind.READING_GRADE, Place(flow.id), what, "Use shorter words and sentences.")


def _once(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(found))
