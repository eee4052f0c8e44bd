"""What was still being saved when somebody stopped, left or lost their phone: nothing is said any more (P12)."""

from __future__ import annotations

import asyncio

import pytest
import structlog

from bot.demo import clips
from bot.demo.faults import DOWNLOAD
from bot.demo.people import Person
from bot.reviewing import Planned
from conversations.lines import Line
from storage.records import MediaState
from tests.journeys.college import OPENS, College, codes, heard, invitation_of

VOICE = clips.voice(4)
SAVING = "I am saving it now"


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


@pytest.fixture
async def comes_late(here: College, sam: Person) -> asyncio.Event:
    """A voice message of Sam's that is still on its way; set, it arrives."""
    arrives = asyncio.Event()
    here.stage.telegram.faults.slow(arrives, DOWNLOAD)
    await sam.send_voice(VOICE, 4)
    await sam.sees(SAVING)
    return arrives


@pytest.mark.parametrize("way", ["d:leave_review", "d:leave_for_good"])
async def test_after_a_stop_nobody_hears_of_it(here: College, sam: Person, comes_late: asyncio.Event, way: str) -> None:
    await sam.type("/stop")
    await sam.until(lambda _: any(code.endswith(way) for code in codes(sam)))
    asked = len(heard(sam))
    await sam.press(lambda button: (button.data or "").endswith(way))
    await sam.until(lambda _: len(heard(sam)) > asked)
    if way == "d:leave_for_good":
        await sam.press(lambda button: (button.data or "").startswith("rights:delete:yes"))
        await sam.until(lambda _: heard(sam)[-1] == here.line(Line.DELETE_DONE))
    before = heard(sam)
    comes_late.set()
    await here.stage.calm()
    assert heard(sam)[len(before) :] == []


async def test_between_two_phones_it_is_kept_and_nothing_is_sent(
    here: College, made: Planned, sam: Person, comes_late: asyncio.Event
) -> None:
    before = heard(sam)
    again = await here.invite_again(invitation_of(made, "Sam").participant_id)
    with structlog.testing.capture_logs() as logs:
        comes_late.set()
        await here.stage.calm()
    assert not [log for log in logs if log["log_level"] in {"warning", "error"}]
    assert heard(sam) == before
    conversation = await here.conversation(invitation_of(made, "Sam").participant_id)
    async with here.stage.database.reading() as work:
        assert [each.state for each in await work.media.of_conversation(conversation.id)] == [MediaState.KEPT]
    new = here.phone("Sam's new one")
    await here.comes_in(new, again)
    assert heard(sam) == before
    await here.sends(new)
    sent = await here.sent(invitation_of(made, "Sam").participant_id)
    assert sent is not None
    assert any(answer.media for answer in sent.submission.answers)
