"""Who helps where the deployer is: names, numbers and addresses from a file of theirs. Pure: text in, values out.

What is wrong in the file is listed, never raised, and what is right still counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from conversations.problems import Problem, Report, nearest
from conversations.reading import Node, Pairs, Scalar, parse

LONGEST: Final[Mapping[str, int]] = MappingProxyType({"name": 60, "phone": 30, "link": 200})
"""How many letters each may have: it stands on a phone's screen, below a sentence."""
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()-]{2,}")


class Local(StrEnum):
    """What differs from place to place."""

    ADVOCACY = "advocacy"  # somebody who speaks up with the person
    ADVICE = "advice"  # the free advice service: SENDIASS
    LOCAL_OFFER = "local_offer"  # the council's list of help
    MEDIATION = "mediation"
    COMPLAINTS = "complaints"  # who takes a complaint besides the chat


NEEDED: Final = (Local.ADVOCACY, Local.ADVICE, Local.LOCAL_OFFER, Local.MEDIATION)
"""Without these nobody can be invited: people are told of them, and have to know where to go."""


@dataclass(frozen=True, slots=True)
class Place:
    """One service. At least one of the three is there."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    link: str = field(default="", repr=False)


def read_local_links(text: str, name: str) -> tuple[Mapping[Local, Place], tuple[Problem, ...]]:
    """The services of a file, and what is wrong in it, with the line and what to do."""
    report = Report(name)
    root = parse(text, report)
    if root is None:
        return {}, report.all()
    if not isinstance(root, Pairs):
        report.add(root.line, "This is no list of services.", "Write 'advocacy:' and below it name, phone and link.")
        return {}, report.all()
    found: dict[Local, Place] = {}
    for key, value in root.values:
        if key.value not in set(Local):
            report.add(key.line, f"'{key.value}' is none of the services.", nearest(key.value, set(Local)))
        elif (place := _place(key, value, report)) is not None:
            found[Local(key.value)] = place
    return MappingProxyType(found), report.all()


def _place(key: Scalar, node: Node, report: Report) -> Place | None:
    if not isinstance(node, Pairs):
        report.add(key.line, f"'{key.value}' has no name, phone or link.", "Write them below it, each in its line.")
        return None
    said = {name.value: text for name, value in node.values if (text := _said(name, value, report))}
    return Place(**said) if said else None


def _said(name: Scalar, value: Node, report: Report) -> str:
    """What stands behind one of the three; empty where it cannot be used, which is reported."""
    if name.value not in LONGEST:
        report.add(name.line, f"'{name.value}' is not known here.", nearest(name.value, LONGEST))
        return ""
    text = " ".join(value.value.split()) if isinstance(value, Scalar) else ""
    wrong = _wrong(name.value, text)
    if wrong is not None:
        report.add(name.line, *wrong)
        return ""
    return text


def _wrong(name: str, text: str) -> tuple[str, str] | None:
    """What is wrong with it, and what to do."""
    if not text:
        return f"Nothing stands behind '{name}'.", "Fill it in, or take the line out."
    if len(text) > LONGEST[name]:
        return f"The {name} is longer than {LONGEST[name]} letters.", "Write a shorter one."
    if name == "phone" and not _PHONE.fullmatch(text):
        return "This is no phone number.", "Write figures and spaces, in quotes."
    if name == "link" and not _is_safe(text):
        return "The link has to start with https:// and a server's name.", "Copy it from the address bar."
    return None


def _is_safe(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and "@" not in parts.netloc and " " not in link
