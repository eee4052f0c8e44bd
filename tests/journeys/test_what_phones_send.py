"""Whatever a phone can send: stickers, silence, twenty minutes, bombs, signs of every writing. Nothing is lost."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from structlog.testing import capture_logs

from bot.demo import clips
from bot.demo.files import picture_words
from bot.demo.stage import Terms
from bot.documents.fonts import drawable
from conversations.document_words import load_document_words
from conversations.lines import Line
from conversations.script import Way
from conversations.state import Means
from storage.records import MediaState
from tests.journeys.college import (
    CLOSES,
    College,
    by_bot,
    college,
    heard,
)
from tests.journeys.sam import answers, events, joins, no_words_in
from tests.journeys.walking import Question, Walk, mail_pdf, mail_text, pdf_text, presses, squeezed, ways

pytestmark = pytest.mark.uncounted

FAILED = "I could not save that. Please send it again."
NEWER = "\U0001fafe"
WRITINGS = (
    "Tŷ bach twt", "Zażółć gęślą", "Tôi thích âm nhạc", "Μου αρέσει", "Я люблю музику", "أحب الموسيقى",
    "אני אוהב", "मुझे संगीत", "আমি গান", "ਮੈਨੂੰ ਸੰਗੀਤ", "મને સંગીત", "எனக்கு இசை", "నాకు సంగీతం", "ನನಗೆ ಸಂಗೀತ",
    "എനിക്ക് സംഗീതം", "ฉันชอบดนตรี", "ខ្ញុំចូលចិត្ត", "ሙዚቃ እወዳለሁ", "მიყვარს", "Ես սիրում", "我喜欢音乐", "음악", "𒀀𒁀",
)  # fmt: skip
MIXED = "I like أحب الموسيقى 3 times (\u202eand\u202c אני) \u2067more\u2069, at 10:30."


async def test_who_sends_only_stickers_gets_through(here: College) -> None:
    walk = await joins(here)
    sam = walk.person
    await here.press(sam, "o:understand")
    for sign in ("👪", "🧸"):
        await sam.send_sticker(sign)
    await here.stage.calm()
    await here.press(sam, "d:done")
    for sign in ("🌧️", "❌"):
        await sam.send_sticker(sign)
        await here.stage.calm()
    found = await answers(walk)
    assert found["matters"].choices == ("family",)
    assert (found["matters"].words, found["one_thing"].words) == ("🧸", "🌧️")
    assert found["share"].choices == ("no",)
    assert all(Means.EMOJI in found[step].means for step in ("matters", "one_thing", "share"))
    await here.press(sam, "d:send")
    await here.at(CLOSES)
    assert "teddy bear" in mail_text(here)
    assert squeezed("teddy bear") in pdf_text(mail_pdf(here))


async def test_a_sticker_without_an_emoji_is_answered_kindly(here: College) -> None:
    walk = await joins(here)
    sam = walk.person
    await here.press(sam, "o:understand")
    await sam.send_sticker("")
    await here.stage.calm()
    assert here.line(Line.REFUSED_KIND) in heard(sam)
    await here.sends(sam)


async def at_the_free_question(here: College) -> Walk:
    walk = await joins(here)
    await here.press(walk.person, "o:understand", "r:skip")
    return walk


async def test_a_voice_message_of_no_seconds_is_asked_for_again(here: College) -> None:
    walk = await at_the_free_question(here)
    sam = walk.person
    await sam.send_voice(clips.voice(0), 0)
    await here.stage.calm()
    assert FAILED in heard(sam)
    assert "one_thing" not in await answers(walk)
    await here.sends(sam)


async def test_a_voice_message_of_twenty_minutes_is_kept_whole(here: College) -> None:
    walk = await at_the_free_question(here)
    sam = walk.person
    long = clips.voice(20 * 60, padding=4_000)
    assert len(long) > 4 * 1024 * 1024
    await sam.send_voice(long, 20 * 60)
    await here.stage.calm()
    assert FAILED not in heard(sam)
    [voice] = (await answers(walk))["one_thing"].media
    async with here.stage.database.reading() as work:
        assert await work.media.data(voice.id) == long
    await here.sends(sam)
    await here.at(CLOSES)
    assert "voice message" in mail_text(here).lower()


def bomb(side: int) -> bytes:
    """A picture of a few kilobytes that would be hundreds of millions of dots."""
    made = BytesIO()
    Image.new("1", (side, side)).save(made, "PNG")
    return made.getvalue()


def moving() -> bytes:
    """A GIF with two pictures."""
    made = BytesIO()
    first, second = Image.new("P", (8, 8)), Image.new("P", (8, 8), 1)
    first.save(made, "GIF", save_all=True, append_images=[second])
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        bomb(20_000),
        bomb(8_000),
        b"My shopping list: bread, milk",
        moving(),
        b"\xff\xd8\xff\xe0 cut off",
        b"<svg onload='x'/>",
    ],
    ids=["bomb", "large", "text", "gif", "cut off", "svg"],
)
async def test_what_only_calls_itself_a_photo_is_not_kept(here: College, content: bytes) -> None:
    walk = await at_the_free_question(here)
    sam = walk.person
    with capture_logs() as logs:
        await sam.send_document(content, "photo.jpg", "image/jpeg")
        await here.stage.calm()
    assert FAILED in heard(sam)
    assert "media_refused" in events(logs)
    assert no_words_in(logs, "shopping", "photo.jpg")
    await here.say(sam, "Then in words.")
    assert (await answers(walk))["one_thing"].words == "Then in words."
    async with here.stage.database.reading() as work:
        [media] = await work.media.of_conversation((await walk.conversation()).id)
    assert media.state is MediaState.FAILED
    await here.press(sam, "o:no", "d:send")


async def test_an_emoji_that_is_newer_than_the_tables_is_kept_and_named(here: College) -> None:
    walk = await at_the_free_question(here)
    sam = walk.person
    await here.say(sam, NEWER)
    answer = (await answers(walk))["one_thing"]
    assert (answer.words, answer.means) == (NEWER, frozenset({Means.EMOJI}))
    await here.press(sam, "o:no", "d:send")
    await here.at(CLOSES)
    assert NEWER in mail_text(here)
    assert "U+1FAFE" in pdf_text(mail_pdf(here))


@pytest.mark.parametrize("words", [" · ".join(WRITINGS), MIXED], ids=["writings", "directions"])
async def test_many_writings_in_one_answer_withhold_no_document(tmp_path: Path, words: str) -> None:
    async with college(tmp_path, Terms()) as here:
        walk = await joins(here, goals=(words,))
        sam = walk.person

        async def gives(walk: Walk, question: Question) -> None:
            await (presses(walk, question) if question.wanted else here.say(sam, words))
            await (here.press(sam, "d:done") if question.many else here.stage.calm())

        walk.gives, walk.wants = gives, {**ways(Way.FULL), "agree": ("understand",)}
        with capture_logs() as logs:
            await walk.to_the_check()
        assert "picture_not_drawn" not in events(logs)
        assert any("How far are you with it?" in picture_words(each.content) for each in by_bot(sam)), "it is drawn"
        await here.press(sam, "d:send", "d:page")
        await here.at(CLOSES)
        assert words in here.mails[0].replace("\r\n", "\n")
        boxed = drawable(words, load_document_words())
        latin = [part for part in boxed.split() if part.isascii() and part.isalnum()]
        copies = [each.content for each in by_bot(sam) if each.content.startswith(b"%PDF")]
        assert len(copies) == 3, "the page, the card for the meeting, and the copy"
        for pdf in (mail_pdf(here), *copies):
            told = pdf_text(pdf)
            assert all(part in told for part in latin)
