"""The sentences of digests and letters, by name. Their text stands in `said/document_words.yaml`, never here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum, StrEnum
from importlib import resources
from types import MappingProxyType
from typing import Final

import yaml

from conversations.digest import DigestPart, FollowUpKind
from conversations.script import Heading
from conversations.state import Means, MediaKind, Refused
from conversations.voices import Change, Standing, TriedKind


class Phrase(StrEnum):
    """Every sentence that stands alone."""

    WEEKDAYS = "weekdays"
    MONTHS = "months"
    DAY = "day"
    SHORT_DAY = "short_day"
    QUOTE = "quote"
    DOT = "dot"
    COMMA = "comma"
    BOX = "box"
    PAGE = "page"
    TITLE = "title"
    TITLE_OWN = "title_own"
    TITLE_CARER = "title_carer"
    SUBTITLE = "subtitle"
    RUNNING_HEAD = "running_head"
    LABEL_REVIEW = "label_review"
    LABEL_REFERENCE = "label_reference"
    LABEL_SETTING = "label_setting"
    LABEL_PROFESSIONAL = "label_professional"
    LABEL_VERSION = "label_version"
    LABEL_MADE = "label_made"
    LABEL_CLOSES = "label_closes"
    LABEL_RIGHTS = "label_rights"
    LABEL_SHORT_NOTICE = "label_short_notice"
    LABEL_COPY = "label_copy"
    PROFESSIONAL = "professional"
    RIGHTS = "rights"
    SHARE_YES = "share_yes"
    SHARE_NO = "share_no"
    NOT_AN_ASSESSMENT = "not_an_assessment"
    ONLY_FOR_YOU = "only_for_you"
    ACCESS = "access"
    REVIEW_KIND_EHC_ANNUAL = "review_kind_ehc_annual"
    REVIEW_KIND_SEN_SUPPORT = "review_kind_sen_support"
    REVIEW_KIND_TRANSITION = "review_kind_transition"
    REVIEW_KIND_OTHER = "review_kind_other"
    CARER = "carer"
    CARER_PLAIN = "carer_plain"
    CARER_OWN = "carer_own"
    GIVEN_ONE_DAY = "given_one_day"
    GIVEN_DAYS = "given_days"
    SENT = "sent"
    LATE = "late"
    SENDING = "sending"
    RECEIPT = "receipt"
    LABEL_ANSWERS = "label_answers"
    LABEL_MEANS = "label_means"
    LABEL_REFUSALS = "label_refusals"
    LABEL_HELPED = "label_helped"
    COUNTED = "counted"
    REFUSALS_ARE_CHOICES = "refusals_are_choices"
    REFUSAL = "refusal"
    REFUSAL_OWN = "refusal_own"
    ONE_COLUMN = "one_column"
    ONE_COLUMN_RULE = "one_column_rule"
    HELPED = "helped"
    MARK_ONLY = "mark_only"
    MARK_CIRCULATE = "mark_circulate"
    ABOUT_ITEM = "about_item"
    CITED = "cited"
    CITED_BY = "cited_by"
    CITED_STAFF = "cited_staff"
    MAT_EMPTY = "mat_empty"
    ANY_ITEM = "any_item"
    NO_WORDS = "no_words"
    TRIED_INTRO = "tried_intro"
    TRIED = "tried"
    TRIED_NOTHING = "tried_nothing"
    CHANGE_NONE = "change_none"
    MAIL_SUBJECT = "mail_subject"
    MAIL_FILE = "mail_file"
    FOR_STAFF = "for_staff"
    LETTER_TITLE = "letter_title"
    LETTER_TITLE_CARER = "letter_title_carer"
    LETTER_HELLO = "letter_hello"
    LETTER_HELLO_PLAIN = "letter_hello_plain"
    LETTER_ASK = "letter_ask"
    LETTER_ASK_CARER = "letter_ask_carer"
    LETTER_WHO = "letter_who"
    LETTER_WHO_PLAIN = "letter_who_plain"
    LETTER_MEETING = "letter_meeting"
    LETTER_WHY = "letter_why"
    LETTER_BY = "letter_by"
    LETTER_BOT = "letter_bot"
    LETTER_SCAN = "letter_scan"
    LETTER_QR_ALT = "letter_qr_alt"
    LETTER_REAL = "letter_real"
    LETTER_ONCE = "letter_once"
    LETTER_SECOND = "letter_second"
    LETTER_SECOND_HOW = "letter_second_how"
    LETTER_NEVER = "letter_never"
    LETTER_CHOICE = "letter_choice"
    LETTER_READS = "letter_reads"
    LETTER_OTHER_TITLE = "letter_other_title"
    LETTER_OTHER = "letter_other"
    LETTER_OTHER_TALK = "letter_other_talk"
    LETTER_OTHER_PAPER = "letter_other_paper"
    LETTER_OTHER_HELPER = "letter_other_helper"
    LETTER_CONTACT = "letter_contact"
    LETTER_CONTACT_PLAIN = "letter_contact_plain"


class Family(StrEnum):
    """Sentences of which there is one for each member of an enum: the key is `<family>_<member>`."""

    PART = "part"
    HEADING = "heading"
    REFUSED = "refused"
    MEANS = "means"
    MEDIA = "media"
    EMPTY = "empty"
    TRIED = "tried"
    CHANGE = "change"
    FOLLOW_UP = "follow_up"


_UNTITLED: Final = frozenset(
    {DigestPart.HEADER, DigestPart.SIDE_BY_SIDE, DigestPart.OUTCOMES, DigestPart.NEXT_STEPS, Change.NONE}
)
_MEMBERS: Final[Mapping[Family, tuple[Enum, ...]]] = {
    Family.PART: tuple(DigestPart),
    Family.HEADING: tuple(Heading),
    Family.REFUSED: tuple(Refused),
    Family.MEANS: tuple(Means),
    Family.MEDIA: tuple(MediaKind),
    Family.EMPTY: tuple(Standing),
    Family.TRIED: tuple(TriedKind),
    Family.CHANGE: tuple(Change),
    Family.FOLLOW_UP: tuple(FollowUpKind),
}


def _key(family: Family, member: Enum) -> str:
    name = member.name.lower() if isinstance(member, DigestPart) else member.value
    return f"{family}_{name}"


NEEDED: Final = frozenset(each.value for each in Phrase) | {
    _key(family, member) for family, members in _MEMBERS.items() for member in members if member not in _UNTITLED
}


class DocumentWords:
    """The catalogue, with what is filled in. Filled-in words are never looked at for placeholders again.

    Raises:
        ValueError: a sentence is missing, or there is one that nobody says.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        lacking, unknown = NEEDED - texts.keys(), texts.keys() - NEEDED
        if lacking or unknown:
            raise ValueError(f"the document words lack {sorted(lacking)} and have too much: {sorted(unknown)}")
        self._texts = MappingProxyType(dict(texts))

    def say(self, phrase: Phrase, **filled: str) -> str:
        """A sentence that stands alone."""
        return self._texts[phrase].format_map(filled)

    def of(self, family: Family, member: Enum, **filled: str) -> str:
        """The sentence for a member of an enum."""
        return self._texts[_key(family, member)].format_map(filled)

    def review_kind(self, kind: str) -> str:
        """The words for a kind of review; the general word for a kind that the catalogue does not know."""
        return self._texts.get(f"review_kind_{kind}", self._texts[Phrase.REVIEW_KIND_OTHER])

    def day(self, day: date) -> str:
        """As in "Tuesday 5 January 2027"."""
        weekday = self._texts[Phrase.WEEKDAYS].split()[day.weekday()]
        return self.say(Phrase.DAY, weekday=weekday, day=str(day.day), month=self._month(day), year=str(day.year))

    def short_day(self, day: date) -> str:
        """As in "5 January 2027"."""
        return self.say(Phrase.SHORT_DAY, day=str(day.day), month=self._month(day), year=str(day.year))

    def _month(self, day: date) -> str:
        return self._texts[Phrase.MONTHS].split()[day.month - 1]


def load_document_words() -> DocumentWords:
    """The shipped catalogue, read now.

    Raises:
        ValueError: the file lacks a sentence, or holds one that nobody says.
    """
    text = resources.files("conversations").joinpath("said", "document_words.yaml").read_text("utf-8")
    texts: dict[str, str] = yaml.safe_load(text)
    return DocumentWords(texts)
