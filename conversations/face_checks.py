"""What may be wrong with labels, emoji and pictures. Asks whether a picture is there; draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Final, TypeAlias

from conversations import emojis, pictures, plain
from conversations.findings import Finding, Kind, Place
from conversations.reach import named_steps
from conversations.script import Card, Flow, Option, Picture, Repeat


class Found(StrEnum):
    """What there is behind a picture's name."""

    SHIPPED = "shipped"  # OpenMoji
    OWN = "own"  # in the deployer's own folder
    BROKEN = "broken"  # a file that cannot be drawn
    NOTHING = "nothing"


Pictures: TypeAlias = Callable[[str], Found]
_NAMED: Final = 6


def shipped_pictures(name: str) -> Found:
    """What there is behind a name where the deployer has no folder of pictures."""
    return Found.SHIPPED if pictures.exists(name) else Found.NOTHING


def face_findings(things: tuple[Option, ...] | tuple[Card, ...], place: Place, known: Pictures) -> Iterator[Finding]:
    """Labels, emoji and pictures. Two alike in one list could not be told apart when they are typed."""
    for thing in things:
        here = replace(place, item=thing.id)
        yield from plain.findings(thing.label, here)
        yield from picture_findings(thing.picture, here, known)
    for value in _twice([thing.label.casefold() for thing in things]):
        yield Finding(Kind.SAME_LABEL, place, f"Two have the label '{value}'.", "Make them different.")
    for value in _twice([emojis.plain(thing.emoji) for thing in things if thing.emoji]):
        yield Finding(Kind.SAME_EMOJI, place, f"Two have the emoji '{value}'.", "Make them different.")


def _twice(values: list[str]) -> list[str]:
    return sorted({each for each in values if values.count(each) > 1})


def picture_findings(picture: Picture | None, place: Place, known: Pictures) -> Iterator[Finding]:
    """A picture that is not there, cannot be drawn, or is described in hard words."""
    if picture is None:
        yield Finding(Kind.NO_PICTURE, place, "There is no picture.", "Add 'picture:' and 'alt:'.")
        return
    yield from plain.findings(picture.alt, place)
    here = replace(place, text=picture.name)
    match known(picture.name):
        case Found.NOTHING:
            what = f"There is no picture '{picture.name}'."
            yield Finding(Kind.UNKNOWN_PICTURE, here, what, "Look up its code on openmoji.org.")
        case Found.BROKEN:
            what = f"The picture '{picture.name}' cannot be drawn."
            yield Finding(Kind.BROKEN_PICTURE, here, what, "Save it again as a plain SVG, or take it out.")
        case _:
            pass


def mixed_findings(flow: Flow, known: Pictures) -> Iterator[Finding]:
    """Pictures of two sets in one script: one set for a person, so the deployer's is not drawn until it is whole."""
    names = pictures_of(flow)
    own = [name for name in names if known(name) is Found.OWN]
    missing = lacking(own, names)
    if own and missing:
        what = f"Pictures of two sets are mixed: {len(own)} of {len(names)} are your own."
        some = ", ".join(missing[:_NAMED]) + (" and more" if len(missing) > _NAMED else "")
        yield Finding(Kind.MIXED_PICTURES, Place(flow.id), what, f"Add {some}.")


def lacking(own: Container[str], drawn: Iterable[str]) -> list[str]:
    """The pictures among these that are OpenMoji's, and that this set of a deployer's own does not have."""
    return sorted(name for name in drawn if name not in own and pictures.exists(name))


def pictures_of(flow: Flow) -> frozenset[str]:
    """The names of all pictures in a script."""
    shown: list[Picture | None] = [point.picture for point in flow.scale]
    for named in named_steps(flow):
        if not isinstance(named.step, Repeat):
            step = named.step
            things = (*getattr(step, "options", ()), *getattr(step, "cards", ()))
            shown += [step.picture, *(thing.picture for thing in things)]
    return frozenset(picture.name for picture in shown if picture is not None)
