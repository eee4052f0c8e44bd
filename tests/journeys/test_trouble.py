"""Telegram slow, down or refusing; the mail server down or refusing: late, said to staff, never lost (P17)."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.demo.cast import PROFESSIONAL
from bot.demo.faults import Moment
from bot.demo.mailbox import MailRules
from bot.demo.people import Person
from bot.demo.refusals import Refusal
from bot.demo.stage import Terms
from bot.reviewing import Planned
from conversations.lines import Line
from storage.records import DeliveryState, DigestDelivery
from tests.journeys.college import CLOSES, OPENS, SCRIPTS, College, by_bot, college, heard, invitation_of

SEND, ASK, POLL = "sendMessage", "sendPhoto", "getUpdates"  # a question comes with its board
MAIL_FAILED = "could not be sent by e-mail"


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan()
    await here.comes_in(here.phone("Sam"), invitation_of(planned, "Sam"))
    await here.at(OPENS)
    return planned


@pytest.fixture
def sam(here: College, made: Planned) -> Person:
    return here.phone("Sam")


async def _time_passes(here: College, step: timedelta = timedelta(seconds=30)) -> None:
    """Until everything is sent: what must wait waits for the clock, which moves."""
    async with asyncio.timeout(20):
        while here.stage.telegram.updates.pending or not await here.stage.bot.is_idle():
            here.stage.clock.move_by(step)
            here.stage.bot.queued.set()
            with contextlib.suppress(TimeoutError):  # the bot's next word to Telegram, or a blink
                await asyncio.wait_for(here.stage.telegram.changed(), 0.02)


async def _agrees(here: College, sam: Person) -> None:
    data = next(button.data for button in sam.last().buttons if (button.data or "").endswith("o:understand"))
    await sam.press_data(sam.last().id, data or "")


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(429, "Too Many Requests: retry after 1", 1),
        Refusal(500, "Internal Server Error"),
        Refusal(502, "Bad Gateway"),
        Refusal(401, "Unauthorized"),
        Refusal(409, "Conflict"),
    ],
    ids=["429", "500", "502", "401", "409"],
)
async def test_a_message_that_is_refused_for_now_comes_later_and_once(
    here: College, sam: Person, refusal: Refusal
) -> None:
    here.stage.telegram.faults.fail(refusal, ASK, times=2)
    await _agrees(here, sam)
    await _time_passes(here)
    assert sum("What matters to you now?" in text for text in heard(sam)) == 1
    await here.sends(sam)


async def test_a_message_that_is_refused_for_good_holds_up_nothing_behind_it(here: College, sam: Person) -> None:
    for method, times in ((ASK, 2), (SEND, 1)):  # the board is tried once more, then its words go alone
        here.stage.telegram.faults.fail(Refusal(400, "Bad Request: something new"), method, times=times)
    await _agrees(here, sam)
    await _time_passes(here)
    assert not any("What matters to you now?" in text for text in heard(sam))
    await here.say(sam, "/start")
    assert sum("What matters to you now?" in text for text in heard(sam)) == 1, "the question is had by asking again"
    await here.sends(sam)


@pytest.mark.parametrize("moment", list(Moment))
async def test_an_answer_that_is_lost_on_the_way_loses_no_message(here: College, sam: Person, moment: Moment) -> None:
    here.stage.telegram.faults.drop(moment, ASK)
    await _agrees(here, sam)
    await _time_passes(here)
    copies = sum("What matters to you now?" in text for text in heard(sam))
    assert copies == (1 if moment is Moment.BEFORE_ACTING else 2), "twice is harmless: both carry the same mark"
    await here.sends(sam)
    assert sum("Receipt" in text for text in heard(sam)) == 1


async def test_messages_keep_their_order_through_trouble(here: College, sam: Person) -> None:
    here.stage.telegram.faults.fail(Refusal(500, "Internal Server Error"), SEND, times=3)
    for words in ("first", "second", "third"):
        await sam.type(f"/unknown {words}")
    await _agrees(here, sam)
    await _time_passes(here)
    ids = [message.id for message in by_bot(sam)]
    assert ids == sorted(ids)
    assert "What matters to you now?" in heard(sam)[-1]


async def test_while_telegram_is_down_nothing_is_lost(here: College, sam: Person) -> None:
    await here.press(sam, "o:understand", "r:skip")
    await here.stage.telegram.go_down()
    await sam.type("Said while it was down.")
    await here.stage.telegram.come_up()
    await _time_passes(here)
    await here.press(sam, "o:no", "d:send")
    await here.at(CLOSES)
    assert "Said while it was down." in here.mails[0]


async def test_a_slow_answer_to_one_chat_does_not_hold_up_another(here: College, sam: Person) -> None:
    slow = asyncio.Event()
    here.stage.telegram.faults.slow(slow, ASK)
    await _agrees(here, sam)
    await here.stage.telegram.world.pulse.until(lambda: not here.stage.telegram.faults.left, within=5)
    stranger = here.phone("Stranger")
    await stranger.type("Hello?")
    await stranger.sees("I only talk with people")
    assert not any("What matters to you now?" in text for text in heard(sam))
    slow.set()
    await here.stage.calm()
    assert any("What matters to you now?" in text for text in heard(sam))


async def test_another_poller_does_not_end_the_bot(here: College, made: Planned, sam: Person) -> None:
    here.stage.telegram.faults.fail(Refusal(409, "Conflict: terminated by other getUpdates request"), POLL)
    await sam.type("hello")  # ends the poll that waits; the next one meets the other poller
    await here.stage.telegram.world.pulse.until(lambda: not here.stage.telegram.faults.left, within=5)
    await here.at(OPENS + timedelta(days=11))
    assert any("Hi Sam. The review for" in text for text in heard(sam)), "what is due goes out all the same"


async def test_a_wrong_token_ends_the_bot_and_says_so(here: College, sam: Person) -> None:
    here.stage.telegram.faults.fail(Refusal(401, "Unauthorized"), POLL)
    await sam.type("hello")
    assert here.stage.running is not None
    await asyncio.wait([here.stage.running], timeout=5)
    with pytest.raises(ExceptionGroup) as raised:
        await here.stage.stop()
    assert raised.group_contains(Exception, match="does not accept the bot's token")


async def _delivery(here: College, made: Planned) -> DigestDelivery:
    [digest] = await here.digests(made.review.id)
    async with here.stage.database.reading() as work:
        return next(each for each in await work.digests.deliveries(digest.id) if each.channel.value == "mail")


async def test_while_the_mail_server_is_down_the_digest_waits_and_then_comes(
    here: College, made: Planned, sam: Person
) -> None:
    await here.sends(sam, "Late but whole.")
    await here.stage.mailbox.go_down()
    await here.at(CLOSES)
    assert here.mails == []
    await here.later(timedelta(minutes=10))
    await here.stage.mailbox.come_up()
    await here.later(timedelta(hours=1))
    assert ["Late but whole." in text for text in here.mails] == [True]
    assert (await _delivery(here, made)).state is DeliveryState.SENT
    assert not any(MAIL_FAILED in text for text in heard(here.okafor)), "nobody need know of ten minutes"


async def test_a_busy_mail_server_is_tried_again(here: College, made: Planned, sam: Person) -> None:
    here.stage.mailbox.refuse_next(times=2)
    await here.at(CLOSES)
    assert here.mails == []
    await here.later(timedelta(minutes=3))
    await here.later(timedelta(minutes=5))
    assert len(here.mails) == 1


async def test_an_address_that_takes_no_mail_is_shown_to_staff(here: College, made: Planned, sam: Person) -> None:
    here.stage.mailbox.refuse_recipient(PROFESSIONAL)
    await here.at(CLOSES)
    assert (await _delivery(here, made)).state is DeliveryState.FAILED
    assert sum(MAIL_FAILED in text for text in heard(here.okafor)) == 1
    await here.press(here.okafor, (await here.digests(made.review.id))[0].id)
    assert any(message.content.startswith(b"%PDF") for message in by_bot(here.okafor)), "it can be opened in the chat"


async def test_a_mail_server_that_never_comes_back_is_shown_to_staff(here: College, made: Planned) -> None:
    await here.stage.mailbox.go_down()
    await here.at(CLOSES)
    for _ in range(14):
        await here.later(timedelta(hours=2))
    assert (await _delivery(here, made)).state is DeliveryState.FAILED
    assert sum(MAIL_FAILED in text for text in heard(here.okafor)) == 1


async def test_without_encryption_no_digest_leaves_and_staff_are_told_at_once(tmp_path: Path) -> None:
    terms = Terms(scripts=SCRIPTS, mail=MailRules(starttls=False))
    async with college(tmp_path, terms) as here:
        made = await here.plan()
        await here.at(CLOSES)
        assert here.mails == []
        assert sum(MAIL_FAILED in text for text in heard(here.okafor)) == 1
        assert (await _delivery(here, made)).state is DeliveryState.QUEUED


async def test_a_wrong_password_is_told_at_once_and_the_right_one_brings_the_mail(tmp_path: Path) -> None:
    terms = Terms(scripts=SCRIPTS, mail=MailRules(user="college", password="right"))  # an invented mailbox
    async with college(tmp_path, terms) as here:
        right = here.stage.settings
        await here.stage.restart(right.model_copy(update={"mail_password": SecretStr("wrong")}))
        await here.plan()
        await here.at(CLOSES)
        assert here.mails == []
        assert sum(MAIL_FAILED in text for text in heard(here.okafor)) == 1
        await here.stage.restart(right)
        await here.later(timedelta(minutes=5))
        assert len(here.mails) == 1
        assert here.line(Line.STAFF_DIGEST_OPEN) in here.okafor.visible_buttons()
