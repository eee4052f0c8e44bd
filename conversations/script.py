"""A script as the engine knows it: frozen, checked, in no format's terms.

What a co-designer writes in YAML becomes these values (`conversations.scripts` reads them). Step and option ids
never change meaning; words, pictures and order may.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from conversations.safety import Phrases


class Way(StrEnum):
    """How long a person wants it: every step, or the few that matter most."""

    FULL = "full"
    SHORT = "short"


class Role(StrEnum):
    """For whom a script is written. No account holds two of them in one person's reviews (P1)."""

    YOUNG_PERSON = "young_person"
    CARER = "carer"


class Heading(StrEnum):
    """Where an answer stands in the digest. Person-centred headings, in the order of a meeting."""

    ONE_THING = "one_thing"
    ADMIRE = "admire"
    IMPORTANT_NOW = "important_now"
    GOING = "going"
    WORKING = "working"
    BETTER = "better"
    PROVISION = "provision"
    GOALS = "goals"
    HEALTH = "health"
    FUTURE_WORK = "future_work"
    FUTURE_HOME = "future_home"
    FUTURE_COMMUNITY = "future_community"
    FUTURE_HEALTH = "future_health"
    WORRIES = "worries"
    CHANGES = "changes"
    HOME_TIPS = "home_tips"
    MUST_STAY = "must_stay"
    AGENDA = "agenda"
    TAKING_PART = "taking_part"
    WHO_COMES = "who_comes"
    ADJUSTMENTS = "adjustments"
    NOT_TALK_ABOUT = "not_talk_about"
    LINK = "link"
    OWN_NOTES = "own_notes"


class Pathway(StrEnum):
    """The four Preparing for Adulthood outcomes (SEND Code of Practice 2015, chapter 8), and the rest."""

    EMPLOYMENT = "employment"
    INDEPENDENT_LIVING = "independent_living"
    COMMUNITY = "community"
    HEALTH = "health"
    OTHER = "other"


class Does(StrEnum):
    """What an option does besides being an answer."""

    EXPLAIN = "explain"  # shows the step's easier words; the question stays
    STOP = "stop"  # not now: keeps the place
    DECLINE = "decline"  # does not want to use this: other ways are offered, staff are told
    WORDS = "words"  # "Something else": asks for own words, the question stays
    MY_WAY = "my_way"  # opens the card with every part of the access profile; in its own question that is the answer


class Records(StrEnum):
    """Steps whose answer steers the conversation itself, and is no view for the digest."""

    WAY = "way"  # options "full" and "short"
    HELPER = "helper"  # who is helping today: option "just_me" for nobody
    HELP_KIND = "help_kind"  # what they help with
    SHARE = "share"  # may parents or carers have a copy: option "yes" or "no"
    AGREEMENT = "agreement"  # has read who reads it
    SAFE_HERE = "safe_here"  # is it safe to write to this person in this chat: options "yes" and "no"
    ACCESS = "access"  # how the person likes to be asked: options "both", "pictures", "words", "voice"


ALONE: Final = "just_me"
"""The option of a step that records the helper by which nobody helps."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its name (an OpenMoji code such as `1F3A8`, or a deployer's own) and what it shows in words."""

    name: str
    alt: str


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. `id` is at most 16 characters of a-z, 0-9 and underscore.

    With `alert`, the safeguarding team is told when it is chosen.
    """

    id: str
    label: str
    emoji: str = ""
    picture: Picture | None = None
    does: Does | None = None
    pathway: Pathway | None = None
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One card to sort on the scale. A `safety` card never feeds a repeat, the mat or a comparison (decision 6).

    `alert` are the points of the scale at which the safeguarding team is told.
    """

    id: str
    label: str
    emoji: str = ""
    picture: Picture | None = None
    ways: frozenset[Way] = frozenset(Way)
    safety: bool = False
    pathway: Pathway | None = None
    alert: frozenset[str] = frozenset()


class Source(StrEnum):
    """What a repeat goes over: things the review knows (`ReviewFacts`), one round each."""

    PLAN_LINES = "plan_lines"
    GOALS = "goals"


@dataclass(frozen=True, slots=True)
class Sorted:
    """A repeat over the cards that the person put at `point` in the sorting step `step`."""

    step: str
    point: str


@dataclass(frozen=True, slots=True)
class Chose:
    """True when any (or, with `negate`, none) of `options` was chosen at `step` (for a sorted card: `card`)."""

    step: str
    options: frozenset[str]
    card: str = ""
    negate: bool = False


@dataclass(frozen=True, slots=True)
class Flagged:
    """True when staff set this flag on the review (for instance `acting_in_place`)."""

    flag: str


Condition: TypeAlias = Chose | Flagged


@dataclass(frozen=True, slots=True)
class Feeds:
    """Where the answer goes: digest heading, plan sections (A to K), Preparing for Adulthood area."""

    heading: Heading | None = None
    sections: str = ""
    pathway: Pathway = Pathway.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBase:
    """What every step has. `texts` are bubbles: one idea each, at most two."""

    id: str
    texts: tuple[str, ...]
    explain: tuple[str, ...] = ()
    picture: Picture | None = None
    feeds: Feeds = field(default_factory=Feeds)
    when: tuple[Condition, ...] = ()
    ways: frozenset[Way] = frozenset(Way)
    records: Records | None = None
    safety: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(StepBase):
    """Tells something and asks nothing; the conversation goes straight on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseOne(StepBase):
    """One option, or own words, or a refusal."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseMany(StepBase):
    """Any number of options (at most `at_most` when not 0), then Done."""

    options: tuple[Option, ...]
    at_most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort(StepBase):
    """Each card in turn on the flow's scale. `{item}` in `texts` is the card's label."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell(StepBase):
    """Own words first: typed, spoken or a photo. `prompts` are shown as starting ideas, not as buttons."""

    prompts: tuple[str, ...] = ()


Question: TypeAlias = ChooseOne | ChooseMany | Sort | Tell
PlainStep: TypeAlias = Say | Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """The inner steps once for each item, at most `at_most` of them; with more, the person picks which (`pick`).

    `{item}` in the words of inner steps is the item's own words. `at_most` is per way.
    """

    id: str
    over: Sorted | Source
    at_most: Mapping[Way, int]
    pick: tuple[str, ...]
    steps: tuple[PlainStep, ...]
    when: tuple[Condition, ...] = ()
    ways: frozenset[Way] = frozenset(Way)


Step: TypeAlias = PlainStep | Repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """About ten taps that belong together. Each can be sent alone; progress counts parts, not questions.

    The first part, `opening`, holds what is said before the first question and is not counted.
    """

    id: str
    title: str
    steps: tuple[Step, ...]
    opening: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A whole script of one version, with the words that belong to no step (`words`, from the catalogue).

    The scale's points are options; the check screen always follows the last part. `glossary` has one plain sentence
    for each hard word. `phrases` may mean that somebody is not safe; `calls` says, by id, whom to call when nobody here
    can be told.
    """

    id: str
    version: int
    role: Role
    title: str
    scale: tuple[Option, ...]
    parts: tuple[Part, ...]
    words: Mapping[str, str] = field(repr=False)
    language: str = "en"
    rtl: bool = False
    glossary: Mapping[str, str] = field(default_factory=dict, repr=False)
    phrases: Phrases = field(default_factory=Phrases, repr=False)
    calls: Mapping[str, str] = field(default_factory=dict, repr=False)
