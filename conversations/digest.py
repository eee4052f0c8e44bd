"""The digest: a document in no format's terms, composed from what people pressed Send on and nothing else (P1, P5).

`compose` makes the whole document, which is the named professional's. Every other copy comes from
`conversations.readers.for_reader`. Nothing is merged, scored, shortened or inferred here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum, StrEnum

from conversations.asides import confirmed
from conversations.asked import Asked
from conversations.changes import change_since
from conversations.effects import Submission
from conversations.profile import HelpKey
from conversations.script import ALONE, Heading, Records, Role
from conversations.state import Answer, Audience
from conversations.voices import (
    Change,
    Chosen,
    Cited,
    Contribution,
    Entry,
    Standing,
    Tried,
    TriedKind,
    TypedIn,
    Voice,
)

__all__ = [
    "Change", "Chosen", "Cited", "Contribution", "Digest", "DigestPart", "DigestReview", "Entry", "FollowUp",
    "FollowUpKind", "Making", "ReaderKind", "Standing", "Tried", "TriedKind", "Voice", "compose", "entries_of",
    "part_of",
]  # fmt: skip


class DigestPart(IntEnum):
    """The parts of a digest, in their order."""

    HEADER = 0
    HOW_CAPTURED = 1
    ONE_THING = 2
    HEADINGS = 3
    MUST_STAY = 4
    CHANGES = 5
    CARERS = 6
    SIDE_BY_SIDE = 7
    AGENDA = 8
    TAKING_PART = 9
    OUTCOMES = 10
    NEXT_STEPS = 11
    FOLLOW_UP = 12


class ReaderKind(StrEnum):
    """The rows of the table of who gets which part."""

    NAMED_PROFESSIONAL = "named_professional"
    OTHER_PROFESSIONAL = "other_professional"  # the copy for circulation to those invited
    YOUNG_PERSON = "young_person"
    CARER = "carer"
    SAFEGUARDING = "safeguarding"


class FollowUpKind(StrEnum):
    """What is due after the meeting."""

    FEEDBACK = "feedback"
    REPORT_DUE = "report_due"
    DECISION_DUE = "decision_due"
    FINAL_PLAN_DUE = "final_plan_due"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something due after the meeting, by a day in the setting's zone."""

    kind: FollowUpKind
    on: date


@dataclass(frozen=True, slots=True)
class DigestReview:
    """What a digest says of the review itself.

    `about` is a first name, never with a surname. `kind` is a value of the review kinds (the catalogue has words for
    each). `leaving_date` is the end of compulsory school age, None where staff do not know it. `previous` gives, for
    each key of `changes.numbers_of`, the number in the version before (0 or absent: none); it counts from version 2 on.
    """

    about: str = field(repr=False)
    reference: str = field(repr=False)
    kind: str
    meeting: date
    professional: str = field(repr=False)
    professional_title: str = field(repr=False)
    setting: str = field(repr=False)
    leaving_date: date | None = None
    closes: date | None = None
    follow_up: tuple[FollowUp, ...] = ()
    short_notice_reason: str = field(default="", repr=False)
    version: int = 1
    previous: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Making:
    """When a digest was made (aware UTC), and the zone in which its days are printed."""

    at: datetime
    zone: str = "Europe/London"


@dataclass(frozen=True, slots=True)
class Digest:
    """One copy of a digest. `parts` says which parts this copy has; `version` is 0 where the reader is not told."""

    reader: ReaderKind
    parts: frozenset[DigestPart]
    about: str = field(repr=False)
    reference: str = field(repr=False)
    kind: str
    meeting: date
    professional: str = field(repr=False)
    professional_title: str = field(repr=False)
    setting: str = field(repr=False)
    leaving_date: date | None
    closes: date | None
    follow_up: tuple[FollowUp, ...]
    short_notice_reason: str = field(repr=False)
    version: int
    made_at: datetime
    zone: str
    young_person: Voice
    carers: tuple[Voice, ...]


def compose(review: DigestReview, contributions: Iterable[Contribution], made: Making) -> Digest:
    """The whole digest: the young person first, each carer apart in the order given.

    Raises:
        ValueError: there is not exactly one young person, somebody is there twice, or a sent submission is missing.
    """
    people = tuple(contributions)
    young = [each for each in people if each.role is Role.YOUNG_PERSON]
    if len(young) != 1 or len({each.who for each in people}) != len(people):
        raise ValueError("a digest needs exactly one young person, and everybody once")
    carers = [each for each in people if each.role is Role.CARER]
    return Digest(
        reader=ReaderKind.NAMED_PROFESSIONAL,
        parts=frozenset(DigestPart),
        about=review.about,
        reference=review.reference,
        kind=review.kind,
        meeting=review.meeting,
        professional=review.professional,
        professional_title=review.professional_title,
        setting=review.setting,
        leaving_date=review.leaving_date,
        closes=review.closes,
        follow_up=review.follow_up,
        short_notice_reason=review.short_notice_reason,
        version=review.version,
        made_at=made.at,
        zone=made.zone,
        young_person=_voice(young[0], "", review),
        carers=tuple(_voice(each, _letter(number), review) for number, each in enumerate(carers)),
    )


_OWN_PLACE = {
    Heading.AGENDA: DigestPart.AGENDA,
    Heading.TAKING_PART: DigestPart.TAKING_PART,
    Heading.WHO_COMES: DigestPart.TAKING_PART,
    Heading.ADJUSTMENTS: DigestPart.TAKING_PART,
    Heading.NOT_TALK_ABOUT: DigestPart.TAKING_PART,
}
_YOUNG_PERSONS_PLACE = {Heading.ONE_THING: DigestPart.ONE_THING, Heading.MUST_STAY: DigestPart.MUST_STAY}


def part_of(role: Role, entry: Entry) -> DigestPart:
    """In which part an answer stands."""
    if entry.heading is None:
        return DigestPart.HOW_CAPTURED
    if entry.heading in _OWN_PLACE:
        return _OWN_PLACE[entry.heading]
    if role is Role.CARER:
        return DigestPart.CARERS
    return _YOUNG_PERSONS_PLACE.get(entry.heading, DigestPart.HEADINGS)


def _voice(person: Contribution, letter: str, review: DigestReview) -> Voice:
    voice = Voice(
        who=person.who,
        role=person.role,
        standing=person.standing,
        relation=person.relation,
        letter=letter,
        tried=person.tried,
        in_place=person.in_place,
    )
    if person.standing is Standing.SENT:
        if person.submission is None and person.paper is None:
            raise ValueError("somebody has sent, and the submission is missing")
        voice = _with_paper(_with_sent(voice, person), person)
    return replace(voice, change=change_since(voice, review.previous) if review.version > 1 else Change.NONE)


def _with_sent(voice: Voice, person: Contribution) -> Voice:
    sent = person.submission
    if sent is None:
        return voice
    entries = entries_of(person, sent.answers)
    return replace(
        voice,
        entries=tuple(each for each in entries if each.records is None),
        steering=tuple(each for each in entries if each.records is not None),
        sent_at=sent.sent_at,
        late=sent.late,
        number=sent.number,
        share=sent.share,
        code=person.code,
        profile=sent.profile and replace(sent.profile, help_key=HelpKey.HELP),  # no reader needs to know it
        supporters=_supporters(person, sent),
    )


def _with_paper(voice: Voice, person: Contribution) -> Voice:
    """What was typed in from paper stands after what they sent. A no to a copy, wherever it was said, stays a no."""
    if person.paper is None:
        return voice
    typed = person.paper.submission
    entries = entries_of(replace(person, flow=person.paper.flow), typed.answers)
    shares = {voice.share, typed.share} - {None}
    return replace(
        voice,
        entries=(*voice.entries, *(each for each in entries if each.records is None)),
        steering=(*voice.steering, *(each for each in entries if each.records is not None)),
        share=False not in shares if shares else None,
        typed_in=TypedIn(typed.number, typed.sent_at, typed.late, person.paper.code),
    )


def _supporters(person: Contribution, sent: Submission) -> tuple[str, ...]:
    """Who helps, in the words of the option by which the person said so in what they sent; empty for nobody."""
    asked = Asked(person.flow, person.facts)
    said = (each.choices for each in sent.answers if asked.feeds(each.step)[1] is Records.HELPER)
    return asked.helpers(each for choices in said for each in choices if each != ALONE)


def entries_of(person: Contribution, answers: tuple[Answer, ...]) -> tuple[Entry, ...]:
    """The answers of one person as entries. Matters of safety, and plain steering, are not among them."""
    asked = Asked(person.flow, person.facts)
    shown = (each for each in answers if not asked.is_hidden(each.step, each.item))
    return tuple(_entry(asked, each) for each in shown if asked.is_view(each))


def _entry(asked: Asked, answer: Answer) -> Entry:
    thing = asked.thing(answer.step, answer.item)
    feeds, records = asked.feeds(answer.step)
    known = answer.step in asked.places
    return Entry(
        step=answer.step,
        at=answer.at,
        asked=asked.question(answer.step, thing),
        heading=None if records else feeds or Heading.OWN_NOTES,
        records=records,
        item=thing.label,
        item_emoji=thing.emoji,
        cited=thing.cited,
        scale=asked.scale if asked.is_sort(answer.step) else (),
        chosen=asked.options(answer.step, answer.choices),
        words=answer.words,
        media=answer.media,
        refused=answer.refused,
        # A step that this flow does not know cannot be placed: only the named professional reads it.
        audience=answer.audience if known else Audience.ONLY_PROFESSIONAL,
        helped=asked.helpers(answer.helped),
        means=answer.means,
        item_picture=thing.picture,
        others=answer.others,
        transcripts=confirmed(answer),
        entered_by=answer.entered_by,
        checked=answer.checked,
        sections=asked.sections(answer.step),
    )


def _letter(number: int) -> str:
    first, second = divmod(number, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)
