"""The page for co-designers: whole, safe to open anywhere, and the same for someone who hears it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

from typing_extensions import override

from bot.pictures.sets import open_set
from bot.script_page import script_page
from conversations.glossary import glossary_text, read_glossary
from conversations.looking_over import Common, LookedOver, look_over, look_over_sentences
from tests.conversations.test_checks import GOOD

COMMON = Common({}, read_glossary(glossary_text())[0])


def page(*looked: LookedOver) -> str:
    return script_page(looked, open_set(None).svg)


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.met: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append((tag, dict(attrs)))
        if tag not in {"meta", "img", "br"}:
            self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(text: str) -> Tags:
    tags = Tags()
    tags.feed(text)
    assert tags.open == []
    return tags


def test_each_step_stands_there_as_people_see_it() -> None:
    text = page(look_over(GOOD, "talk.yaml", COMMON))
    for shown in ("Our talk", "Hello Sam.", "🔴 Red", "Feeling safe", "• It helps if ...", "Pick some.", "✓ Nothing"):
        assert shown in text
    assert "Only after some answers." in text
    assert "Once for each thing on the list." in text
    assert COMMON.glossary["carer"] in text
    assert "Only in the" not in text
    short = GOOD.replace("- choose_many: colour", "- choose_many: colour\n        ways: [full]")
    assert "Only in the full way." in page(look_over(short, "talk.yaml", COMMON))


def test_every_picture_has_its_words_and_headings_go_down_by_one() -> None:
    tags = read(page(look_over(GOOD, "talk.yaml", COMMON)))
    images = [attrs for tag, attrs in tags.met if tag == "img"]
    assert len(images) >= 15
    assert all(image["alt"] and str(image["src"]).startswith("data:image/svg+xml;base64,") for image in images)
    levels = [int(tag[1]) for tag, _ in tags.met if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_nothing_is_loaded_and_nothing_runs() -> None:
    text = page(look_over(GOOD.replace("1F534", "1FFFF"), "talk.yaml", COMMON))
    tags = read(text)
    assert {tag for tag, _ in tags.met}.isdisjoint({"script", "link", "iframe", "object", "form"})
    assert not re.search(r"https?://(?!www\.w3\.org)", text)
    assert "default-src 'none'" in text


def test_what_writers_write_is_never_markup() -> None:
    nasty = "<b onclick='x'>&\"</b>"
    script = GOOD.replace('"Which colours do you like?"', f"'{nasty.replace(chr(39), chr(39) * 2)}'")
    text = page(look_over(script, f"{nasty}.yaml", COMMON), look_over_sentences("a: Well done.", nasty))
    assert "<b " not in text
    assert "&lt;b onclick" in text
    assert "is praise or pity" in text
    read(text)


def test_a_script_that_cannot_be_read_still_has_its_place() -> None:
    text = page(look_over("id: x", Path("broken.yaml").name, COMMON))
    assert "<h2>broken.yaml</h2>" in text
    assert "▲ Mend" in text
