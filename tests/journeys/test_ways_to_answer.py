"""Six people, six ways, one script: each gets to Send, with the same questions answered, and into the digest."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import emoji
import pytest

from bot.demo import clips
from bot.demo.files import picture_words
from bot.demo.messages import Kind, ShownMessage
from bot.demo.stage import Terms
from bot.listening import PLAY
from conversations.script import Way
from conversations.state import Means
from tests.journeys.college import College, by_bot, college
from tests.journeys.reaching import reaches_the_digest
from tests.journeys.walking import (
    Question,
    Walk,
    comes_in,
    mail_pdf,
    mail_text,
    pdf_text,
    pictures_of,
    ways,
)

pytestmark = pytest.mark.uncounted

NUMBERED = re.compile(r"(\d+) (.*)")
CHOSEN = "✓"
VOICE = clips.voice(3)
NEWER = "\U0001fafe"
"""In a block that is all emoji, and nothing there yet."""
EMOJI: dict[str, tuple[str, ...]] = {
    "access": ("📰",),
    "helper": ("🧑🏾",),  # another skin tone
    "good_at": ("🎨", "⚽", "🦖"),  # a football alone comes as a dice; nobody has a button for a dinosaur
    "matters": ("1️⃣2️⃣",),  # keycaps
    "going": ("👍🏿",),
    "working": ("🧑🏻",),
    "plan_get": ("✅",),
    "plan_helps": ("👍",),
    "plan_next": ("📌",),
    "goal_how": ("🚶🏽‍♀️",),  # joined, with a tone
    "goal_still": ("✅",),
    "feeling": ("👍🏻",),
    "health_help": ("✅",),
    "next_step": ("🎓",),
    "by_myself": ("🚌",),
    "community": ("❤\ufe0e",),  # as text
    "one_thing": ("🌈🫶🏽",),
    "must_stay": (NEWER,),
    "attend": ("✅",),
    "who_comes": ("👨‍👩‍👧", "👪"),
    "adjust": ("🖼\ufe0e",),
    "not_talk": ("🤐",),
    "share": ("❌",),
}

every_way = pytest.mark.parametrize("way", Way)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[College]:
    """A college with the questions that come with the bot."""
    async with college(tmp_path, Terms()) as made:
        yield made


def plain_label(label: str) -> str:
    """What a button says, without its emoji."""
    return emoji.replace_emoji(label, "").replace("\ufe0e", "").strip()


def numbers_of(message: ShownMessage) -> dict[str, str]:
    """Label by number, as the buttons have it."""
    found = (NUMBERED.fullmatch(button.label.removeprefix(CHOSEN).strip()) for button in message.buttons)
    return {each[1]: plain_label(each[2]) for each in found if each}


def tiles_of(message: ShownMessage) -> dict[str, str]:
    """Label by number, as the board has it."""
    found = (NUMBERED.fullmatch(part) for part in picture_words(message.content).split("; "))
    return {each[1]: each[2] for each in found if each}


async def taps_pictures(walk: Walk, question: Question) -> None:
    """Looks at the board, and presses the button with its number."""
    asked = walk.newest()
    if question.options:
        assert tiles_of(asked), f"{question.name} has no board"
        assert tiles_of(asked) == numbers_of(asked)
    else:
        assert any(picture_words(each.content) for each in by_bot(walk.person)[-2:]), f"{question.name} has no card"
    if question.wanted:
        await walk.press_wanted(question)
    else:
        await walk.here.press(walk.person, "r:skip")
    now = walk.person.chat.find(asked.id)
    assert now is not None
    marked = {label.removesuffix(CHOSEN).strip() for label in tiles_of(now).values() if label.endswith(CHOSEN)}
    assert marked == {option.label for option in question.wanted}
    assert not now.buttons


@every_way
async def test_who_only_taps_pictures(here: College, way: Way) -> None:
    walk = await comes_in(here, taps_pictures, ways(way, "pictures"))
    await walk.sends()
    given = await walk.given()
    assert given.keys() == await walk.asked()
    marked = [each for each in here.stage.telegram.calls_of("editMessageMedia") if each.status == 200]
    assert len(marked) == sum(bool(choices) for choices in given.values())
    assert all(answer.means == {Means.TAPPED} for answer in await walk.answers())
    [mat] = [each for each in pictures_of(walk.person) if "Going well: Lessons" in picture_words(each.content)]
    assert "Feeling safe" not in picture_words(mat.content), "a matter of safety stands on no mat"
    await reaches_the_digest(here, walk, "Sam likes pictures with few words", "pressed a button")


class Types:
    """Types labels and numbers in turn, and own words where nothing fits."""

    def __init__(self) -> None:
        self.turn = count()

    async def __call__(self, walk: Walk, question: Question) -> None:
        if not question.takes_words:
            await walk.press_wanted(question)
            return
        if not question.wanted:
            walk.said.append(f"My own words for {question.name}.")
            await walk.here.say(walk.person, walk.said[-1])
            return
        await walk.here.say(walk.person, self.text(question))
        if question.many:
            await walk.here.press(walk.person, "d:done")

    def text(self, question: Question) -> str:
        by_number = question.many or next(self.turn) % 2
        if by_number:
            return ", ".join(str(question.number(option)) for option in question.wanted)
        return question.wanted[0].label.upper()


@every_way
async def test_who_only_types(here: College, way: Way) -> None:
    walk = await comes_in(here, Types(), {**ways(way, "words"), "community": ()})
    await walk.sends()
    given = await walk.given()
    assert given.keys() == await walk.asked()
    before_asked = next(each for each in by_bot(walk.person) if "How shall I ask you?" in each.words)
    assert [each for each in pictures_of(walk.person) if each.id > before_asked.id] == []
    assert walk.said[0] == "My own words for one_thing." if way is Way.SHORT else len(walk.said) > 3
    typed = [answer for answer in await walk.answers() if answer.step != "agree"]
    assert all(Means.TYPED in answer.means for answer in typed)
    assert {answer.words for answer in typed} - {""} == set(walk.said)
    await reaches_the_digest(here, walk, "Sam likes words without pictures", "typed", *walk.said)


async def speaks(walk: Walk, question: Question) -> None:
    """Says how to be asked with a button; all else with the voice, also where there are choices."""
    if question.name in {"ready", "agree", "access"}:
        await walk.press_wanted(question)
        return
    await walk.person.send_voice(VOICE, 3)
    await walk.here.stage.calm()
    if question.many:
        await walk.here.press(walk.person, "d:done")


@every_way
async def test_who_only_speaks(here: College, way: Way) -> None:
    walk = await comes_in(here, speaks, ways(way, "voice"))
    await walk.sends()
    assert (await walk.given()).keys() == await walk.asked()
    spoken = [answer for answer in await walk.answers() if answer.media]
    assert len(spoken) == len(await walk.answers()) - 3
    assert all(answer.means == {Means.VOICE} for answer in spoken)
    await reaches_the_digest(here, walk, "Sam likes speaking more than typing", "voice message", labelled=False)
    [version] = await here.digests((await walk.conversation()).review_id)
    await here.press(here.okafor, version.id)
    await here.okafor.press(lambda button: (button.data or "").startswith(PLAY) and (button.data or "").endswith(":1"))
    await here.stage.calm()
    [played] = [each for each in by_bot(here.okafor) if each.attachment and each.attachment.kind is Kind.VOICE]
    assert played.content == VOICE


async def sends_emoji(walk: Walk, question: Question) -> None:
    """Sends emoji and nothing else; the key to the own place as a sticker."""
    if not question.takes_words:
        await walk.press_wanted(question)
    elif question.name == "live":
        await walk.person.send_sticker("🔑")
        await walk.here.stage.calm()
    else:
        await walk.here.say(walk.person, *EMOJI.get(question.name) or (question.wanted[0].emoji,))
        if question.many:
            await walk.here.press(walk.person, "d:done")


@every_way
async def test_who_only_sends_emoji(here: College, way: Way) -> None:
    walk = await comes_in(here, sends_emoji, ways(way))
    await walk.sends()
    given = await walk.given()
    assert given.keys() == await walk.asked()
    assert {step: choices for (step, _), choices in given.items() if choices} == {
        step: walk.wants[step] for step, _ in given if walk.wants.get(step)
    }
    sent = [answer for answer in await walk.answers() if answer.step != "agree"]
    assert all(answer.means <= {Means.EMOJI, Means.TYPED, Means.TAPPED} for answer in sent)
    words = {answer.step: answer.words for answer in sent}
    assert words["one_thing"] == "🌈🫶🏽"
    await reaches_the_digest(here, walk, "Sam likes words and pictures", "sent an emoji", "rainbow", "heart hands")
    assert "🌈 rainbow" in mail_text(here)
    if way is Way.FULL:
        assert (words["good_at"], words["must_stay"], words["who_comes"]) == ("🦖", NEWER, "👨‍👩‍👧")
        for told in (mail_text(here), pdf_text(mail_pdf(here))):
            assert "T-Rex" in told
            assert "U+1FAFE" in told or NEWER in told


async def taps_plain(walk: Walk, question: Question) -> None:
    """Chooses each part of how to be asked: no emoji, three at a time. Then presses."""
    if question.name != "access":
        await (walk.press_wanted(question) if question.wanted else walk.here.press(walk.person, "r:skip"))
        return
    await walk.here.press(walk.person, "o:each_part", "s:emoji=off", "s:choices=3")
    walk.said.append(str(walk.newest().id))
    await walk.here.press(walk.person, "d:back")


def with_emoji(text: str) -> list[str]:
    """The emoji in what the bot says."""
    return [str(each["emoji"]) for each in emoji.emoji_list(text)]


@every_way
async def test_who_wants_no_emoji_and_three_choices(here: College, way: Way) -> None:
    walk = await comes_in(here, taps_plain, {"ready": (way.value,), "good_at": ("making", "helping"), "access": ()})
    sam = walk.person
    await walk.to_the_check()
    await here.say(sam, "/explain", "/rights", "/privacy", "/who", "/stop")
    await here.press(sam, "d:back", "d:send")
    card = int(walk.said[0])
    after = [each for each in by_bot(sam) if each.id > card]
    assert len(after) > 15
    assert {each.words: found for each in after if (found := with_emoji(each.words))} == {}
    assert {each.id: found for each in after if (found := with_emoji(picture_words(each.content)))} == {}
    assert [button.label for each in after for button in each.buttons if with_emoji(button.label)] == []
    assert [label for label in sam.reply_buttons() if with_emoji(label)] == []
    assert len(sam.reply_buttons()) > 3
    assert all(len(tiles_of(each)) <= 4 for each in after if not each.edited), "three, and something else"
    given = await walk.given()
    assert given.keys() == await walk.asked()
    if way is Way.FULL:
        assert given["good_at", ""] == ("making", "helping"), "the fifth stands on another page"
    assert given["access", ""] == ("each_part",)
    assert (await here.participant(walk.participant_id)).profile.choices == 3
    await reaches_the_digest(here, walk, "three choices at a time, and no emoji", "pressed a button")
