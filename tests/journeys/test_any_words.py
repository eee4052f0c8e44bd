"""Words of any length and any writing end up in the digest exactly as they were sent (P5)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.demo.people import Person
from bot.reviewing import Planned
from tests.journeys.college import CLOSES, OPENS, College, heard, invitation_of

pytestmark = pytest.mark.uncounted

WORDS = {
    "right to left": "أريد غرفة هادئة. אני רוצה חדר שקט",
    "zero width": "a\u200bb\u200d\ufeffc\u2060d",
    "direction marks": "\u202eabc\u202c \u2067def\u2069",
    "markup": "<b>no</b> *stars* _lines_ `code` [link](http://x) &amp; \\ {name} {{about}} %s $x",
    "typst": '#let x = 1; #image("x") $a^b$ @ref <label>',
    "emoji": "👩🏽‍🦽👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "lines": "one\n\n\ntwo\n  three",
    "combining": "Z̸̢̧a̷l̶g̴o̵ e\u0301",
    "cuneiform": "𒀀𒁀 𓂀 ꧁꧂",
    "command": "/ is what I wanted to say",
    "longest": "word " * 819 + "x",
}


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan()
    await here.comes_in(here.phone("Sam"), invitation_of(planned, "Sam"))
    await here.at(OPENS)
    await here.press(here.phone("Sam"), "o:understand", "r:skip")
    return planned


@pytest.fixture
def sam(here: College, made: Planned) -> Person:
    return here.phone("Sam")


async def _digest(here: College, sam: Person) -> str:
    await here.press(sam, "o:no", "d:send")
    await here.at(CLOSES)
    [mail] = here.mails
    return mail.replace("\r\n", "\n")


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
async def test_typed_words_stand_in_the_digest_as_they_were_sent(
    here: College, made: Planned, sam: Person, words: str
) -> None:
    await here.say(sam, words)
    assert words in await _digest(here, sam)
    assert await here.verified(invitation_of(made, "Sam").participant_id)


async def test_forty_thousand_characters_in_one_message_are_one_answer(
    here: College, made: Planned, sam: Person
) -> None:
    words = "".join(f"{number:05} äß🙂 " for number in range(40_000 // 10))
    here.stage.telegram.updates.inject(_message(sam, words))
    await here.stage.calm()
    assert words.strip() in await _digest(here, sam)


@pytest.mark.parametrize("length", [4097, 9000, 3 * 4096])
async def test_words_that_the_app_cuts_into_messages_are_one_answer(
    here: College, made: Planned, sam: Person, length: int
) -> None:
    words = "".join(f"{number:07} " for number in range(length))[:length].strip()
    await here.say(sam, words)  # the stand-in cuts at 4096, as the apps do
    assert words in await _digest(here, sam)


async def test_long_words_and_others_a_little_later_are_two_answers(here: College, made: Planned, sam: Person) -> None:
    await here.say(sam, "word " * 819 + "x")
    here.stage.clock.move_by(timedelta(seconds=5))
    await here.say(sam, "Only this.")
    stored = await here.conversation(invitation_of(made, "Sam").participant_id)
    assert "Only this." in [answer.words for answer in stored.state.answers]


async def test_a_nul_and_half_a_character_are_shown_as_signs_and_nothing_else_is_touched(
    here: College, made: Planned, sam: Person
) -> None:
    here.stage.telegram.updates.inject(_message(sam, "before\0after \ud83d end"))
    await here.stage.calm()
    assert "before\N{SYMBOL FOR NULL}after \N{REPLACEMENT CHARACTER} end" in await _digest(here, sam)


@pytest.mark.parametrize("words", ["   ", "\n\n", "\u2003"])
async def test_nothing_but_blanks_is_no_answer(here: College, made: Planned, sam: Person, words: str) -> None:
    before = await here.conversation(invitation_of(made, "Sam").participant_id)
    here.stage.telegram.updates.inject(_message(sam, words))
    await here.stage.calm()
    assert heard(sam)[-1] == here.stage.bot.catalogue.words["refusal_empty"]
    assert await here.conversation(before.participant_id) == before


def _message(person: Person, text: str) -> dict[str, object]:
    body = {"message_id": 999_001, "date": 1_790_000_000, "chat": person.chat.description, "from": person.user}
    return {"message": {**body, "text": text}}
