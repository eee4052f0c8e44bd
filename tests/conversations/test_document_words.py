from __future__ import annotations

import re
from datetime import date
from importlib import resources

import pytest
import yaml

from conversations.document_words import NEEDED, DocumentWords, Phrase, load_document_words

TEXTS: dict[str, str] = yaml.safe_load(
    resources.files("conversations").joinpath("said", "document_words.yaml").read_text("utf-8")
)


def test_every_sentence_is_there_and_none_that_nobody_says() -> None:
    assert set(TEXTS) == NEEDED
    with pytest.raises(ValueError, match="title"):
        DocumentWords({key: text for key, text in TEXTS.items() if key != "title"})
    with pytest.raises(ValueError, match="stray"):
        DocumentWords(TEXTS | {"stray": "x"})


@pytest.mark.parametrize("key", sorted(set(TEXTS) - {"months", "weekdays"}))
def test_sentences_are_short_and_calm(key: str) -> None:
    for sentence in re.split(r"[.:?] ", TEXTS[key]):
        assert len(sentence.split()) <= 15
    assert "!" not in TEXTS[key]


def test_what_is_filled_in_is_not_looked_at_again() -> None:
    words = load_document_words()
    assert words.say(Phrase.TITLE, about="{about} {0}") == "What {about} {0} said"


def test_days_are_said_in_full() -> None:
    words = load_document_words()
    assert words.day(date(2027, 1, 5)) == "Tuesday 5 January 2027"
    assert words.short_day(date(2028, 2, 29)) == "29 February 2028"


def test_a_kind_of_review_that_the_catalogue_does_not_know_is_a_review() -> None:
    words = load_document_words()
    assert words.review_kind("ehc_annual") == "Annual review of the EHC plan"
    assert words.review_kind("brand_new") == "Review meeting"
