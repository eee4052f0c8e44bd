"""Read to me, and heard right: a question is played in a colleague's voice; what a machine heard counts after a yes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo import clips
from bot.demo.messages import Kind, ShownMessage
from bot.demo.people import Person
from bot.demo.stage import Terms
from bot.recording import RECORD
from conversations.script import Way
from tests.journeys.college import CLOSES, College, all_heard, by_bot, codes, college
from tests.journeys.walking import Walk, comes_in, mail_pdf, mail_text, pdf_text, presses, squeezed, ways

pytestmark = pytest.mark.uncounted

READING = clips.voice(6)
VOICE = clips.voice(4)
HEARD = "I want a quiet room on Mondays."
MARK = "Heard by a machine. Sam checked it."


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[College]:
    """A college with the questions that come with the bot."""
    async with college(tmp_path, Terms()) as made:
        yield made


async def presses_in_the_studio(here: College, code: str) -> None:
    await here.okafor.press(lambda button: (button.data or "").startswith(f"{RECORD}{code}"))
    await here.stage.calm()


async def reads_aloud(here: College, words: str) -> None:
    """Mr Okafor turns to this question in the studio, and reads it."""
    await here.say(here.okafor, "/record")
    await presses_in_the_studio(here, "go:young_person")
    for number in range(1, 60):
        if words in by_bot(here.okafor)[-1].words:
            break
        await presses_in_the_studio(here, f"go:young_person:en:{number}")
    await here.okafor.send_voice(READING, 6)
    await here.stage.calm()
    await presses_in_the_studio(here, "stop")


def shown(person: Person) -> set[str]:
    return {code.split(":", 3)[-1] for code in codes(person)}


def played(person: Person) -> list[ShownMessage]:
    return [each for each in by_bot(person) if each.attachment and each.attachment.kind is Kind.VOICE]


async def test_a_question_that_a_colleague_read_aloud_is_played_and_no_other_offers_it(here: College) -> None:
    await reads_aloud(here, "Lessons")
    offered: list[str] = []

    async def listens(walk: Walk, question: object) -> None:
        if "d:read" in shown(walk.person):
            state = await walk.state()
            offered.append(f"{state.place.step}.{state.place.item}")
            await here.press(walk.person, "d:read")
            assert (await walk.state()) == state, "to listen is no answer"
        await presses(walk, await walk.question())

    walk = await comes_in(here, listens, ways(Way.SHORT))
    await walk.sends()
    assert offered == ["going.lessons"]
    [voice] = played(walk.person)
    assert voice.content == READING
    assert (await walk.given()).keys() == await walk.asked()


async def hears(here: College, tmp_path: Path) -> None:
    """Switch a command on that hears the same in everything."""
    file = tmp_path / "hears.py"
    await asyncio.to_thread(file.write_text, f"import sys\nsys.stdin.buffer.read()\nprint({HEARD!r})\n", "utf-8")
    command = f"'{sys.executable}' '{file}'"
    await here.stage.restart(here.stage.settings.model_copy(update={"transcribe_command": command}))


async def speaks_once(walk: Walk, question: object) -> None:
    """The one thing is said aloud, all else is pressed."""
    if (await walk.state()).place.step == "one_thing":
        await walk.person.send_voice(VOICE, 4)
        await walk.here.stage.calm()
    else:
        await presses(walk, await walk.question())


@pytest.mark.parametrize(
    ("answer", "counts"),
    [("d:yes", True), ("d:no", False), ("r:skip", False), ("typed", False)],
    ids=["right", "not right", "skipped", "typed"],
)
async def test_what_a_machine_heard_is_shown_back_and_counts_only_after_a_yes(
    here: College, tmp_path: Path, answer: str, counts: bool
) -> None:
    await hears(here, tmp_path)
    walk = await comes_in(here, speaks_once, ways(Way.SHORT))
    sam = walk.person
    await here.press(sam, "o:short")
    while (await walk.state()).place.spot.value == "question":
        await speaks_once(walk, None)
    assert HEARD in by_bot(sam)[-1].words
    match answer:
        case "r:skip":
            await here.say(sam, "Skip")
        case "typed":
            await here.say(sam, "No room at all, please.")
        case _:
            await here.press(sam, answer)
    assert "d:send" in shown(sam)
    await here.press(sam, "d:send")
    [spoken] = [each for each in await walk.answers() if each.media]
    assert [each.text for each in spoken.transcripts] == ([HEARD] if counts else [])
    assert spoken.words == ("No room at all, please." if answer == "typed" else "")
    await here.at(CLOSES)
    for told in (squeezed(mail_text(here)), pdf_text(mail_pdf(here))):
        assert (squeezed(HEARD) in told) is counts
        assert (squeezed(MARK) in told) is counts
        assert squeezed("voice message") in told
    assert all_heard(sam).count(HEARD) >= 1
