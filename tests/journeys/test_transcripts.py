"""A deployer's own command hears voice messages: a real process, its text shown back, the voice always kept."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
import structlog

from bot.demo import clips
from bot.demo.people import Person
from bot.reviewing import Planned
from conversations.state import Answer
from storage.records import MediaState
from tests.journeys.college import OPENS, College, invitation_of

VOICE = clips.voice(4)
HEARD = "I want a quiet room on Mondays."


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


async def transcribes(here: College, tmp_path: Path, text: str) -> Path:
    """Switch a command on that does this; it notes each sound that it gets."""
    file, notes = tmp_path / "transcriber.py", tmp_path / "heard"
    lines = (
        f"import sys\nsound = sys.stdin.buffer.read()\nopen({str(notes)!r}, 'a').write(f'{{len(sound)}}\\n')\n{text}\n"
    )
    await asyncio.to_thread(file.write_text, lines, "utf-8")
    command = f"'{sys.executable}' '{file}'"
    await here.stage.restart(here.stage.settings.model_copy(update={"transcribe_command": command}))
    return notes


async def sends_voice(here: College, sam: Person) -> None:
    await sam.send_voice(VOICE, 4)
    await here.stage.calm()


async def answer_of(here: College, made: Planned) -> Answer:
    conversation = await here.conversation(invitation_of(made, "Sam").participant_id)
    [answer] = [each for each in conversation.state.answers if each.media]
    return answer


def lines_of(notes: Path) -> list[str]:
    return notes.read_text("utf-8").splitlines() if notes.exists() else []


async def test_what_was_heard_stands_beside_the_voice_and_waits_for_a_yes(
    here: College, made: Planned, sam: Person, tmp_path: Path
) -> None:
    notes = await transcribes(here, tmp_path, f"print({HEARD!r})")
    await sends_voice(here, sam)
    answer = await answer_of(here, made)
    [transcript] = answer.transcripts
    assert (transcript.text, transcript.confirmed) == (HEARD, False)
    assert answer.words == ""
    assert lines_of(notes) == [str(len(VOICE))]


@pytest.mark.parametrize("text", ["sys.exit(1)", "sys.stdout.buffer.write(b'\\xff')", "print('x' * 20001)", "pass"])
async def test_a_command_that_fails_leaves_the_voice_as_the_answer(
    here: College, made: Planned, sam: Person, tmp_path: Path, text: str
) -> None:
    notes = await transcribes(here, tmp_path, text)
    await sends_voice(here, sam)
    answer = await answer_of(here, made)
    assert len(answer.media) == 1
    assert answer.transcripts == ()
    await here.stage.restart()
    await here.stage.calm()
    assert lines_of(notes) == [str(len(VOICE))], "tried once"


async def test_without_a_command_nothing_is_heard(here: College, made: Planned, sam: Person) -> None:
    await sends_voice(here, sam)
    assert (await answer_of(here, made)).transcripts == ()
    async with here.stage.database.work() as work:
        assert await work.media.next_to_hear(2) is None


async def test_a_voice_that_waited_at_a_restart_is_heard_once_after_it(
    here: College, made: Planned, sam: Person, tmp_path: Path
) -> None:
    notes = await transcribes(here, tmp_path, f"print({HEARD!r})")
    await sends_voice(here, sam)
    [media] = (await answer_of(here, made)).media
    async with here.stage.database.work() as work:
        stored = await work.media.get(media.id)
        assert stored is not None
        assert stored.state is MediaState.KEPT
        await work.media.to_be_heard(media.id)  # as a crash just after the bytes were sealed leaves it
        await work.commit()
    await here.stage.restart()
    await here.stage.calm()
    await here.stage.restart()
    await here.stage.calm()
    assert lines_of(notes) == [str(len(VOICE))] * 2


async def test_photos_are_not_heard(here: College, made: Planned, sam: Person, tmp_path: Path) -> None:
    notes = await transcribes(here, tmp_path, f"print({HEARD!r})")
    await sam.send_photo(clips.photo())
    await here.stage.calm()
    assert lines_of(notes) == []


async def test_a_command_that_is_not_there_is_said_at_the_start(here: College) -> None:
    with structlog.testing.capture_logs() as logs:
        await here.stage.restart(here.stage.settings.model_copy(update={"transcribe_command": "no-such-program -x"}))
    assert "transcribe_command_missing" in {log["event"] for log in logs}
    assert "no-such-program" not in str(logs)
