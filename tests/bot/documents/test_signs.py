"""A document is never withheld for what somebody typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.digest_html import html
from bot.documents.digest_pdf import pdf
from bot.documents.digest_text import text
from bot.documents.fonts import drawable, is_right_to_left
from tests.bot.documents.samples import WORDS, read, saying

DRAWN = {
    "Polish": "Zażółć gęślą jaźń",
    "Welsh": "Tŷ bach twt",
    "Vietnamese": "Tôi thích âm nhạc",
    "Greek": "Μου αρέσει η μουσική",
    "Ukrainian": "Я люблю музику",
    "Arabic": "أحب الموسيقى",
    "Urdu": "مجھے موسیقی پسند ہے",
    "Farsi": "من موسیقی را دوست دارم",
    "Hebrew": "אני אוהב מוזיקה",
    "Hindi": "मुझे संगीत पसंद है",
    "Bengali": "আমি গান ভালোবাসি",
    "Punjabi": "ਮੈਨੂੰ ਸੰਗੀਤ ਪਸੰਦ ਹੈ",
    "Gujarati": "મને સંગીત ગમે છે",
    "Tamil": "எனக்கு இசை பிடிக்கும்",
    "Telugu": "నాకు సంగీతం ఇష్టం",
    "Kannada": "ನನಗೆ ಸಂಗೀತ ಇಷ್ಟ",
    "Malayalam": "എനിക്ക് സംഗീതം ഇഷ്ടമാണ്",
    "Sinhala": "මම සංගීතයට කැමතියි",
    "Odia": "ମୋତେ ସଙ୍ଗୀତ ଭଲ ଲାଗେ",
    "Thai": "ฉันชอบดนตรี",
    "Lao": "ຂ້ອຍມັກດົນຕີ",
    "Khmer": "ខ្ញុំចូលចិត្តតន្ត្រី",
    "Burmese": "ငါဂီတကိုကြိုက်တယ်",
    "Amharic": "ሙዚቃ እወዳለሁ",
    "Tigrinya": "ሙዚቃ ይፈቱ",
    "Georgian": "მიყვარს მუსიკა",
    "Armenian": "Ես սիրում եմ երաժշտություն",
    "Dhivehi": "އަހަރެން މިއުޒިކަށް",
    "Emoji": "🥁👩🏽‍🦽🏳️‍🌈1️⃣❤️👪🇬🇧🫠",
    "Shapes": "● ▲ ■ ◆ ○ → ✓",
}
BOXED = {"Chinese": "我喜欢音乐", "Japanese": "音楽が好き", "Korean": "음악", "Cherokee": "ᏣᎳᎩ", "Cuneiform": "𒀀"}
HOSTILE = {
    "NUL and controls": "a\x00b\x07c\x1bd\x7fe\x85f",
    "half a surrogate pair": "a\ud800b\udfffc",
    "bidi overrides": "abc\u202edef\u2066ghi\u202c\u2069",
    "a word of 40,000 letters": "a" * 40_000,
    "20,000 combining marks": "e" + "\u0301" * 20_000,
    "typst markup": '#panic("x") *bold* $x$ @ref <label> \\ ` = - / // http://x.y "',
    "json": '{"a": [1, "]}"',
    "not a character": "\uffff\ufdd0\U0010ffff",
    "private use": "\ue000\U000f0000",
    "tags": "🏴\U000e0067\U000e0062\U000e007f",
    "placeholders": "{about} {0} {} {{ # ## %s",
    "only spaces": " \u3000\u2003\t ",
    "line ends": "a\r\nb\rc\nd\u2028e\u2029f\x0bg",
}


@pytest.mark.parametrize("said", DRAWN.values(), ids=DRAWN.keys())
def test_thirty_ways_of_writing_are_drawn_without_a_box(said: str) -> None:
    assert "[U+" not in drawable(said, WORDS)
    assert pdf(saying(said), WORDS).startswith(b"%PDF")


@pytest.mark.parametrize("said", BOXED.values(), ids=BOXED.keys())
def test_what_no_font_has_is_named_in_the_pdf_and_stands_whole_in_the_text(said: str) -> None:
    made = read(pdf(saying(said), WORDS))
    assert f"[U+{ord(said[0]):04X} {unicodedata.name(said[0]).lower()}]" in made
    assert said in text(saying(said), WORDS)


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_was_typed_the_documents_come_out(said: str) -> None:
    digest = saying(said)
    assert pdf(digest, WORDS).startswith(b"%PDF")
    assert html(digest, WORDS).encode()
    assert f"“{said}”" in text(digest, WORDS)


def test_markup_is_read_as_words_in_the_pdf() -> None:
    said = HOSTILE["typst markup"]
    assert said in read(pdf(saying(said), WORDS))


@given(st.text(st.characters(exclude_categories=[]), max_size=30))
@settings(max_examples=40, deadline=None)
def test_any_words_make_a_pdf(said: str) -> None:
    assert pdf(saying(said), WORDS).startswith(b"%PDF")


def test_a_sign_without_a_name_is_named_by_its_kind() -> None:
    assert drawable("\x00\ud800\U000f0000", WORDS) == "[U+0000 cc][U+D800 cs][U+F0000 co]"


def test_long_words_can_break_but_never_inside_a_letter() -> None:
    broken = drawable("e\u0301" * 100, WORDS)
    assert broken.replace("\u200b", "") == "e\u0301" * 100
    assert "\u200b" in broken
    assert "\u200b\u0301" not in broken


@pytest.mark.parametrize(
    ("said", "runs"), [("אני", True), ("123 مرحبا", True), ("hello אני", False), ("123", False), ("", False)]
)
def test_the_first_letter_decides_the_direction(said: str, runs: bool) -> None:
    assert is_right_to_left(said) is runs
