"""Somebody who reads from right to left gets to Send in their own language; the digest is in English."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.files import picture_words
from bot.demo.stage import Terms
from conversations.directions import without_isolates
from conversations.engine import present
from conversations.script import Way
from tests.bot.documents.structure import tagged
from tests.journeys.college import College, by_bot, college
from tests.journeys.reaching import reaches_the_digest
from tests.journeys.walking import (
    GOALS,
    PLAN_LINES,
    Walk,
    comes_in,
    mail_pdf,
    pdf_text,
    pictures_of,
    presses,
    squeezed,
    ways,
)

pytestmark = pytest.mark.uncounted

NAMES = ("Telegram", "Sam", "Mr Okafor", "Riverside College", "Ms Reid", "Ms Patel", "English", *PLAN_LINES, *GOALS)
COMMAND = re.compile(r"/[a-z]+")
LATIN = re.compile(r"[A-Za-z]{2,}")
ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")

every_way = pytest.mark.parametrize("way", Way)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[College]:
    """A college with the questions that come with the bot."""
    async with college(tmp_path, Terms()) as made:
        yield made


def left_in_english(walk: Walk, text: str, code: str) -> list[str]:
    """Latin words that are no name, no command, no receipt and nobody's own."""
    bare = COMMAND.sub("", without_isolates(text))
    for own in (code, *NAMES, *walk.said):
        bare = bare.replace(own, "")
    return LATIN.findall(bare)


@every_way
async def test_who_reads_from_right_to_left(here: College, way: Way) -> None:
    await here.stage.restart(here.stage.settings.model_copy(update={"languages": "en, ur"}))
    walk = await comes_in(here, presses, ways(way), language="ur")
    sam = walk.person
    await sees_boards_from_the_right(here, walk)
    await walk.sends()
    given = await walk.given()
    assert given.keys() == await walk.asked()
    sent = await walk.sent()
    told = [(each.words, *(button.label for button in each.buttons)) for each in by_bot(sam)[1:]]
    told += [(picture_words(each.content),) for each in pictures_of(sam)]
    assert {text: left for texts in told for text in texts if (left := left_in_english(walk, text, sent.code))} == {}
    assert any("اردو" in button.label for button in by_bot(sam)[0].buttons)
    if way is Way.FULL:
        await here.press(sam, "d:page")
    await reaches_the_digest(here, walk, "Sam likes words and pictures", "typed", *walk.said)
    english = tagged(mail_pdf(here))
    assert english.language.startswith("en")
    copies = [each.content for each in by_bot(sam) if each.content.startswith(b"%PDF")]
    assert len(copies) == (3 if way is Way.FULL else 1), "the page, the card for the meeting, and the copy to check"
    for own in copies:
        assert tagged(own).language == "ur"
        assert len(ARABIC.findall(pdf_text(own))) > 40
    assert squeezed(walk.said[-1]) in pdf_text(copies[-1])


async def sees_boards_from_the_right(here: College, walk: Walk) -> None:
    """What is drawn is what the engine described, and that runs from right to left."""
    scene = await walk.scene()
    art = present(scene.flow, scene.facts, await walk.state()).art
    assert art is not None
    assert art.rtl
    assert walk.newest().content == await here.stage.bot.drawer.draw(art)
    assert ARABIC.search(picture_words(walk.newest().content))
