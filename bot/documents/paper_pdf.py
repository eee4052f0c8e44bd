"""The questions of a script on paper, to be ticked, written on and given back. Pictures left, words right, large."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from bot.documents.pictures import OPENMOJI, Images, plain_picture
from bot.documents.setting import Content, Ink, Sheet, typeset
from bot.documents.style import LARGE, PEOPLE
from conversations.document_words import DocumentWords, Family, Phrase
from conversations.print_out import ANY, Box, Choice, Only, PrintedPart, Printing, printed
from conversations.print_out import Sheet as Question
from conversations.profile import Look, Profile, Shows
from conversations.script import Flow, Role
from conversations.state import Refused, ReviewFacts

_LINES = 2
_MANY_LINES = 5
_REFUSED = {Refused.DONT_KNOW: "1F937", Refused.SKIP: "23ED", Refused.RATHER_NOT: "1F512"}


_SPACE_IN_NUMBER: Final = re.compile(r"(?<=\d) (?=\d)")
"""A phone number that is broken over two lines is hard to dial."""


@dataclass(frozen=True, slots=True)
class Paper:
    """For whom it is printed. Without `facts` it is anybody's. `help_lines` say whom to call."""

    made_at: datetime
    profile: Profile = field(default_factory=Profile)
    large: bool = False
    facts: ReviewFacts | None = field(default=None, repr=False)
    help_lines: tuple[str, ...] = ()


def paper(flow: Flow, words: DocumentWords, for_whom: Paper, images: Images = OPENMOJI) -> bytes:
    """The script as an A4 PDF (PDF/UA-1), with the ids under which each answer is typed in again."""
    writer = _Writer(flow, words, for_whom)
    ground = "cream" if for_whom.profile.look is Look.CREAM else "white"
    sizes = LARGE if for_whom.large else PEOPLE
    return typeset(Sheet("paper.typ", sizes, for_whom.made_at, words, images, ground), writer.content)


class _Writer:
    """Turns questions into the template's values."""

    def __init__(self, flow: Flow, words: DocumentWords, for_whom: Paper) -> None:
        self._flow, self._words, self._whom = flow, words, for_whom
        facts = for_whom.facts
        self._contact = facts.contact if facts else words.say(Phrase.PRINT_THE_CONTACT)
        self._lead = facts.safeguarding if facts else words.say(Phrase.PRINT_THE_LEAD)
        self._parts = tuple(self._split(part) for part in printed(flow, self._printing()))
        self._numbers: dict[str, int] = {}
        for number, sheet in enumerate((each for part in self._parts for each in part.sheets), 1):
            self._numbers.setdefault(sheet.mark.partition(".")[0], number)

    def content(self, ink: Ink) -> Content:
        """Everything of the document."""
        words, facts, count = self._words, self._whom.facts, iter(range(1, 1000))
        numbered = [(part, [(next(count), each) for each in part.sheets]) for part in self._parts]
        titled = iter(range(1, 1000))
        return {
            "title": ink(self._flow.title),
            "script": f"{self._flow.id} {self._flow.version}",
            "under": ink(words.say(Phrase.PRINT_WAY)),
            "name": [ink(words.say(Phrase.PRINT_NAME)), ink(facts.name if facts else "")],
            "date": ink(words.say(Phrase.PRINT_DATE)),
            "first": [self._row(each, ink) for each in self._first()],
            "parts": [
                {
                    "title": ink(self._title(part, titled)),
                    "sheets": [self._sheet(number, each, ink) for number, each in sheets],
                }
                for part, sheets in numbered
            ],
            "labels": {
                "own": ink(words.say(Phrase.PRINT_OWN)),
                "ideas": ink(words.say(Phrase.PRINT_IDEAS)),
            },
            "refusals": [self._refusal(each, ink) for each in Refused],
            "keep": ink(words.say(Phrase.PRINT_KEEP, contact=self._contact)),
            "columns": 1 if self._whom.large or self._whom.profile.choices == 3 else 2,
            "end": [self._row(each, ink) for each in self._last()],
            "end_title": ink(words.say(Phrase.PRINT_END_TITLE)),
            "help_title": ink(words.say(Phrase.PRINT_HELP_TITLE)),
            "help": [ink(_SPACE_IN_NUMBER.sub("\u00a0", each)) for each in self._whom.help_lines],
        }

    def _printing(self) -> Printing:
        gap = self._words.say(Phrase.PRINT_GAP)
        gaps = {"name": gap, "about": gap, "contact": self._contact, "safeguarding": self._lead}
        gaps |= {"date": gap, "reads_by": gap, "cut_off": gap, "by": self._words.say(Phrase.CITED_STAFF)}
        return Printing(self._whom.facts, self._whom.profile.way or Printing().way, gaps)

    def _split(self, part: PrintedPart) -> PrintedPart:
        """In large print a table of cards would not fit: each card is a question of its own."""
        if not self._whom.large:
            return part
        return replace(part, sheets=tuple(each for sheet in part.sheets for each in _cards(sheet)))

    def _title(self, part: PrintedPart, numbers: Iterator[int]) -> str:
        if not part.title:
            return self._words.say(Phrase.PRINT_FIRST)
        return self._words.say(Phrase.PRINT_PART, number=str(next(numbers)), title=part.title)

    def _first(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        words, facts = self._words, self._whom.facts
        young = self._flow.role is Role.YOUNG_PERSON
        about = facts.about if facts else words.say(Phrase.PRINT_GAP)
        what = words.say(Phrase.PRINT_WHAT) if young else words.say(Phrase.PRINT_WHAT_CARER, about=about)
        keep = words.say(Phrase.PRINT_KEEP, contact=self._contact)
        yield "1F4AD", (what, words.say(Phrase.PRINT_LEAVE))
        yield "2611", (words.say(Phrase.PRINT_TICK), words.say(Phrase.PRINT_WRITE))
        yield "1F91D", (words.say(Phrase.PRINT_HELPER),)
        yield "1F441", (words.say(Phrase.PRINT_READS, contact=_sentence(self._contact)), words.say(Phrase.PRINT_STAFF))
        yield "1F648", (words.say(Phrase.PRINT_ONLY, only=keep),)
        yield "2328", (words.say(Phrase.PRINT_TYPED),)
        yield from self._last()
        yield "1F6E1", (words.say(Phrase.PRINT_SAFE, safeguarding=self._lead), words.say(Phrase.PRINT_HELP_NOW))

    def _last(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        words, facts = self._words, self._whom.facts
        if facts is None:
            yield "1F4E8", (words.say(Phrase.PRINT_BACK_PLAIN),)
        else:
            yield "1F4E8", (words.say(Phrase.PRINT_BACK, contact=facts.contact, date=words.day(facts.reads_by)),)

    def _row(self, row: tuple[str, Iterable[str]], ink: Ink) -> Content:
        return {"picture": {"name": row[0], "alt": ""}, "texts": [ink(each) for each in row[1]]}

    def _refusal(self, refused: Refused, ink: Ink) -> Content:
        label = ink(self._words.of(Family.REFUSED, refused))
        return {"label": label, "picture": {"name": _REFUSED[refused], "alt": label}}

    def _sheet(self, number: int, sheet: Question, ink: Ink) -> Content:
        pictures = self._whom.profile.shows is not Shows.WORDS
        texts = sheet.texts[-1:] if self._whom.profile.shows is Shows.PICTURES else sheet.texts
        return {
            "number": ink(self._words.say(Phrase.PRINT_QUESTION, number=str(number))),
            "mark": sheet.mark,
            "box": sheet.box.value,
            "texts": [ink(each) for each in texts],
            "picture": plain_picture(sheet.picture) if pictures else None,
            "leads": [ink(each) for each in self._leads(sheet)],
            "which": ink(self._which(sheet)),
            "hint": ink(self._hint(sheet)),
            "choices": [self._choice(each, ink, pictures=pictures) for each in sheet.choices],
            "scale": [self._choice(each, ink, pictures=pictures) for each in sheet.scale],
            "ideas": [ink(self._words.say(Phrase.PRINT_IDEA, idea=each)) for each in sheet.ideas],
            "lines": 0 if sheet.steers else _MANY_LINES if sheet.box is Box.LINES else _LINES,
            "refuses": not sheet.steers,
        }

    def _choice(self, choice: Choice, ink: Ink, *, pictures: bool) -> Content:
        picture = plain_picture(choice.picture) if pictures else None
        return {"number": choice.number, "label": ink(choice.label), "picture": picture, "mark": choice.mark}

    def _leads(self, sheet: Question) -> Iterator[str]:
        """For whom this question is, where it is not for everyone."""
        if sheet.cards and sheet.cards in self._numbers:
            number, label = str(self._numbers[sheet.cards]), self._quoted((sheet.point,))
            yield self._words.say(Phrase.PRINT_CHOSEN, label=label, number=number)
        for only in sheet.only:
            if only.step in self._numbers and only.labels:
                yield self._lead_of(only)

    def _lead_of(self, only: Only) -> str:
        phrase = Phrase.PRINT_UNLESS if only.negate else Phrase.PRINT_CARD_IF if only.card else Phrase.PRINT_IF
        number = str(self._numbers[only.step])
        return self._words.say(phrase, labels=self._quoted(only.labels), card=only.card, number=number)

    def _quoted(self, labels: tuple[str, ...]) -> str:
        *before, last = (self._words.say(Phrase.PRINT_LABEL, label=each) for each in labels)
        comma = self._words.say(Phrase.COMMA)
        return self._words.say(Phrase.PRINT_OR, first=comma.join(before), last=last) if before else last

    def _which(self, sheet: Question) -> str:
        if not sheet.which:
            return ""
        if sheet.cards in self._numbers:
            return self._words.say(Phrase.PRINT_WHICH, number=str(self._numbers[sheet.cards]))
        return self._words.say(Phrase.PRINT_WHICH_LINE)

    def _hint(self, sheet: Question) -> str:
        match sheet.box:
            case Box.ONE:
                return self._words.say(Phrase.PRINT_ONE)
            case Box.ROWS:
                return self._words.say(Phrase.PRINT_ROWS)
            case Box.MANY if sheet.at_most:
                return self._words.say(Phrase.PRINT_MOST, count=str(sheet.at_most))
            case Box.MANY if len(sheet.texts) == 1:
                return self._words.say(Phrase.PRINT_MANY)
            case _:
                return ""


def _cards(sheet: Question) -> Iterator[Question]:
    if sheet.box is not Box.ROWS:
        yield sheet
        return
    for card in sheet.choices:
        texts = tuple(each.replace(ANY, card.label) for each in sheet.texts)
        yield replace(
            sheet, mark=card.mark, box=Box.ONE, texts=texts, picture=card.picture, choices=sheet.scale, scale=()
        )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
