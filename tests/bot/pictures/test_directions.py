"""From right to left: other words keep their order, an arrow onward points onward, and numbers cover no word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from bot.documents.fonts import as_written
from bot.documents.pictures import found
from bot.pictures.drawing import draw
from conversations.art import Board, Tile
from conversations.directions import BEGIN, END, isolated
from conversations.document_words import Phrase, load_document_words
from conversations.languages import load_languages
from conversations.pictures import exists
from conversations.script import Picture
from tests.bot.pictures.samples import SHIPPED, STAR, WORDS, opened

URDU = load_document_words(load_languages().of("ur"))
LEFT_MARK = "\u200e"


def pixels(art: Board) -> bytes:
    return opened(draw(art, SHIPPED, WORDS)).tobytes()


def test_a_line_in_latin_letters_keeps_its_full_stop_at_its_end() -> None:
    words = "“Someone reads with you.”\nیہ کیسا چل رہا ہے؟"
    first, second = words.split("\n")
    marked = f"{LEFT_MARK}{first}{LEFT_MARK}\n{second}"
    assert pixels(Board(words, rtl=True)) == pixels(Board(marked, rtl=True))
    assert as_written(words) == f"\u2066{first}\u2069\n{second}"
    assert as_written(" \n") == " \n"


class Asked:
    """Pictures that note which of them are asked for."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def svg(self, name: str) -> str | None:
        self.names.append(name)
        return SHIPPED.svg(name)

    def credit(self, _names: Iterable[str]) -> str:
        return ""


@pytest.mark.parametrize(("rtl", "drawn"), [(False, ["27A1", "1F31F"]), (True, ["2B05", "1F31F"])])
def test_an_arrow_that_means_onward_turns_with_the_words_and_a_star_does_not(drawn: list[str], *, rtl: bool) -> None:
    images = Asked()
    draw(Board("?", Picture("27A1", "Onward"), (Tile("A", STAR, 1),), rtl=rtl), images, WORDS)
    assert images.names == drawn
    assert all(exists(name) for name in drawn)


def test_documents_turn_it_too() -> None:
    images = Asked()
    assert found(images, ["27A1"], rtl=True) == {"27A1": SHIPPED.svg("2B05")}
    assert found(images, ["27A1"]) == {"27A1": SHIPPED.svg("27A1")}


@pytest.mark.parametrize("rtl", [False, True])
def test_a_number_covers_no_word_of_a_tile_without_a_picture(*, rtl: bool) -> None:
    wide, narrow = (
        opened(draw(Board("?", None, (Tile(label, None, 4), Tile("x", None, 5)), rtl=rtl), SHIPPED, WORDS))
        for label in ("MMMMMMt", "x")
    )
    side = (950, 0, 1032, wide.height) if rtl else (48, 0, 130, wide.height)  # where the first tile's number stands
    assert wide.size == narrow.size
    assert wide.crop(side).tobytes() == narrow.crop(side).tobytes()


def test_names_numbers_and_days_keep_their_order_in_a_sentence_of_a_document() -> None:
    said = URDU.say(Phrase.LETTER_CONTACT, professional="Ms Okafor", contact="01632 960123")
    assert f"{BEGIN}01632 960123{END}" in said
    assert f"{BEGIN}Ms Okafor{END}" in said
    day = URDU.day(date(2027, 1, 5))
    assert day in URDU.say(Phrase.LETTER_MEETING, date=day)
    assert f"{BEGIN}{day}" not in URDU.say(Phrase.LETTER_MEETING, date=day), "its words already say which way it runs"
    assert BEGIN not in WORDS.say(Phrase.LETTER_CONTACT, professional="Ms Okafor", contact="01632 960123")


def test_what_is_set_apart_is_not_set_apart_again() -> None:
    assert isolated(isolated("a\n\nb")) == isolated("a\n\nb")
