"""What keeps a translation from being spoken is found, and what must stay is told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from conversations.catalogue import load
from conversations.language_checks import Severity, book_findings, complete, findings
from conversations.languages import Language, language_in
from conversations.messages import Message
from conversations.po_files import Approval, fresh, merged
from conversations.retelling import Kind
from conversations.sources import all_messages
from tests.conversations.pseudo import pseudo

AT = datetime(2027, 1, 5, tzinfo=UTC)
APPROVED = Approval("Noor", date(2027, 1, 5))
YES = Message("label", "Yes", Kind.LABEL)
WEEK = Message("word.weekdays", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday", Kind.WORD)
SEND = Message("word.send", "📨 Send", Kind.WORD)
BACK = Message("line.control_back", "⬅️ Back", Kind.LINE)
STOP = Message("line.control_stop", "⏸️ Stop for now", Kind.LINE)
NO_WAY = Message("label", "I do not want to use this", Kind.LABEL)


def speaking(*, draft: bool = False, **said: str) -> Language:
    """A language that has these translations, by context or by English."""
    every = {each.english: each for each in (YES, WEEK, SEND, BACK, STOP, NO_WAY)}
    named = {"yes": YES, "week": WEEK, "send": SEND, "back": BACK, "stop": STOP, "no_way": NO_WAY}
    assert len(every) == len(named)
    told = {(named[key].context, named[key].english): text for key, text in said.items()}
    return Language("ar", "العربية", rtl=True, approval=None if draft else APPROVED, translations=told)


def _speaking(said: dict[str, str]) -> Language:
    return speaking(draft=False, **said)


def test_a_whole_translation_has_no_finding() -> None:
    found = [each for each in findings(pseudo(), all_messages(load())) if each.severity is Severity.FINDING]
    assert not [each for each in found if "letters" not in each.what]  # the marks make labels longer


def test_what_is_missing_is_a_finding_once_somebody_approved_the_rest() -> None:
    [missing] = findings(speaking(), [YES])
    assert missing.severity is Severity.FINDING
    [noted] = findings(speaking(draft=True), [YES])
    assert noted.severity is Severity.NOTE


@pytest.mark.parametrize(
    ("message", "said", "kind"),
    [
        (YES, {"yes": "<b>نعم</b>"}, Severity.FINDING),
        (YES, {"yes": "**نعم**"}, Severity.FINDING),
        (YES, {"yes": "x" * 25}, Severity.FINDING),
        (YES, {"yes": "a\nb"}, Severity.FINDING),
        (YES, {"yes": "a b c d e"}, Severity.NOTE),
        (WEEK, {"week": "one two three"}, Severity.FINDING),
        (SEND, {"send": "ارسال"}, Severity.FINDING),
        (SEND, {"send": "📋 ارسال"}, Severity.FINDING),
        (SEND, {"send": "📨 " + "x" * 25}, Severity.FINDING),
        (NO_WAY, {"no_way": "x" * 41}, Severity.FINDING),
    ],
)
def test_a_fault_is_found(message: Message, said: dict[str, str], kind: Severity) -> None:
    assert [each.severity for each in findings(_speaking(said), [message])] == [kind]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (YES, {"yes": "نعم"}),
        (SEND, {"send": "📨 ارسل"}),
        (NO_WAY, {"no_way": "x" * 40}),
        (WEEK, {"week": "a b c d e f g"}),
    ],
)
def test_a_good_sentence_is_none(message: Message, said: dict[str, str]) -> None:
    assert findings(_speaking(said), [message]) == ()


def test_two_controls_with_the_same_words_cannot_be_told_apart() -> None:
    [found] = findings(speaking(back="⬅️ قف", stop="⏸️ قف"), [BACK, STOP])
    assert found.where == "line.control_stop"


def test_fuzzy_and_broken_entries_are_told_with_the_reason() -> None:
    messages = (YES, Message("say", "{contact} reads.", Kind.SAY))
    book = merged(fresh("ar", AT), messages, AT)
    first, second = (book.get(each.english, each.context) for each in messages)
    assert first is not None
    assert second is not None
    first.string, second.string = "نعم", "يقرأ"
    first.flags.add("fuzzy")
    told = book_findings(book, language_in(book, [], "ar.po"), messages)
    assert [(each.where, "fuzzy" in each.what or "{contact}" in each.what) for each in told] == [
        ("label", True),
        ("say", True),
    ]


def test_a_catalogue_without_a_language_is_one_finding() -> None:
    assert len(book_findings(fresh("ar", AT), None, (YES,))) == 1


def test_how_complete_a_translation_is() -> None:
    assert complete(speaking(yes="نعم"), [YES, SEND, Message("word.idea", "• {item}", Kind.WORD)]) == (1, 2)


def test_the_shipped_translations_have_no_finding() -> None:
    from conversations.languages import files_of
    from conversations.po_files import read_book

    messages = all_messages(load())
    for file in files_of():
        book = read_book(file.read_bytes())
        told = book_findings(book, language_in(book, [], file.name), messages)
        assert not [each for each in told if each.severity is Severity.FINDING], file.name
