"""What is sealed under the safeguarding key: who an alert is about, what was said, and whom a notice goes to."""

from __future__ import annotations

from dataclasses import dataclass, field

from conversations.effects import AlertRoute
from conversations.script import Role
from conversations.state import Media
from storage.records.alerts import NoticeTo


@dataclass(frozen=True, slots=True)
class AlertBody:
    """Who said it, about whom, and whether it concerns staff."""

    review_id: str
    professional_id: str
    elsewhere: bool
    young_person_id: str
    who: str = field(repr=False)
    role: Role
    relation: str = field(repr=False)
    about: str = field(repr=False)
    reference: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FrozenBody:
    """What was said. A topic is content too."""

    route: AlertRoute
    topics: tuple[str, ...] = field(repr=False)
    step: str
    item: str
    choices: tuple[str, ...] = field(repr=False)
    words: str = field(repr=False)
    media: tuple[Media, ...]
    asked: str = field(repr=False)
    chosen: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoticeBody:
    """Whom a notice goes to."""

    to: NoticeTo
    staff_id: str
