"""Every sentence that belongs to no script is plain; what is let pass is let pass on purpose, with a reason."""

from __future__ import annotations

from importlib import resources

import pytest

from conversations import plain
from conversations.findings import Kind, Place, Severity
from conversations.hard_words import read_hard_words
from conversations.said_checks import read_exempt, sentence_findings

FILES = {
    "words.yaml": resources.files("conversations") / "scripts" / "words.yaml",
    "bot_words.yaml": resources.files("conversations") / "said" / "bot_words.yaml",
    "cards.yaml": resources.files("conversations") / "said" / "cards.yaml",
    "document_words.yaml": resources.files("conversations") / "said" / "document_words.yaml",
    "glossary.yaml": resources.files("conversations") / "said" / "glossary.yaml",
    "secret_words.yaml": resources.files("bot") / "secret_words.yaml",
}


@pytest.mark.parametrize("name", FILES)
def test_every_shipped_sentence_is_plain(name: str) -> None:
    found = sentence_findings(FILES[name].read_text("utf-8"), name)
    assert [each.told() for each in found if each.severity is Severity.FINDING] == []


@pytest.mark.parametrize("name", sorted(read_exempt()))
def test_nothing_is_let_pass_that_would_pass_without(name: str) -> None:
    found = sentence_findings(FILES[name].read_text("utf-8"), name, exempt=False)
    for exempt in read_exempt()[name]:
        assert len(exempt.why.split()) >= 5
        for key in exempt.keys:
            assert exempt.kinds & {each.kind for each in found if each.place.name == key}, key


def test_a_finding_in_a_file_of_sentences_has_its_key_and_its_line() -> None:
    text = "one: Fine.\ntwo:\n  - {a: Fine.}\n  - [Fine., Well done.]\n"
    (found,) = sentence_findings(text, "x.yaml")
    assert (found.kind, found.place.name, found.place.line) == (Kind.NOT_NEUTRAL, "two", 4)
    assert found.where == "x.yaml, word two"


def test_a_card_in_hard_words_passes_its_grade() -> None:
    text = 'rights: "Universities necessitate accountability considerations.\\n\\nPress it."\n'
    assert [each.kind for each in sentence_findings(text, "cards.yaml")] == [Kind.READING_GRADE]
    assert sentence_findings(text, "document_words.yaml") == ()


def test_a_file_of_sentences_that_is_no_yaml_is_told_with_its_line() -> None:
    (found,) = sentence_findings("one: 'x\n", "x.yaml")
    assert found.kind is Kind.BROKEN_FILE
    assert found.place.line > 0
    assert sentence_findings("just words", "x.yaml") == ()


def test_every_entry_of_the_list_is_found_where_it_stands_alone() -> None:
    words = read_hard_words()
    for phrase, instead in words.instead.items():
        assert phrase == phrase.casefold()
        kinds = {each.kind for each in plain.findings(f"We say {phrase} here.", Place("x"))}
        assert instead.kind in kinds, phrase


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Dr Jones said so. It is OK. Text SHOUT now.", set()),
        ("It is not me. I do not know.", set()),
        ("If it is not safe, you do not have to go.", set()),
        ("I can’t do nothing.", {Kind.DOUBLE_NEGATIVE}),
        ("The paper was written by staff.", {Kind.PASSIVE}),
        ("You can come by bus. I was there by 5.", set()),
        ("Bring your own things, i.e. a coat.", {Kind.SHORT_FORM}),
        ("The LEAs and the U.K.A say so.", {Kind.ACRONYM}),
        ("At the end of the day, we touch base.", {Kind.IDIOM}),
        ("Please bear with us. It is a piece of cake.", {Kind.IDIOM}),
        ("We keep an eye on it, and get back to you.", {Kind.IDIOM}),
        ("In a nutshell, we are on the same page.", {Kind.IDIOM}),
    ],
)
def test_what_is_hard_to_read_is_told_apart(text: str, kinds: set[Kind]) -> None:
    assert {each.kind for each in plain.findings(text, Place("x"))} == kinds
