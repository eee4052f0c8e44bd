"""Stop means stop, and what was sent is theirs to change and take back (P5, P12, P13)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.people import Person
from bot.demo.refusals import Refusal
from bot.reviewing import Planned
from conversations.lines import Line
from storage.records import AccountState, ParticipantState
from tests.journeys.college import ANN, CLOSES, OPENS, College, by_bot, heard, invitation_of

CUT_OFF = datetime(2026, 11, 7, 12, 0, tzinfo=UTC)
PACK = datetime(2026, 11, 9, 12, 0, tzinfo=UTC)


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan(carers=[ANN])
    await here.comes_in(here.phone("Sam"), invitation_of(planned, "Sam"))
    await here.at(OPENS)
    return planned


@pytest.fixture
def sam(here: College, made: Planned) -> Person:
    return here.phone("Sam")


def _id(made: Planned, name: str = "Sam") -> str:
    return invitation_of(made, name).participant_id


async def test_stop_for_now_keeps_the_place(here: College, made: Planned, sam: Person) -> None:
    await here.press(sam, "o:understand", "+:sport", "d:done")
    await here.say(sam, here.line(Line.CONTROL_STOP))
    await here.press(sam, "d:enough")
    before = await here.conversation(_id(made))
    await here.later(timedelta(days=3))
    await here.press(sam, "d:resume")
    assert (await here.conversation(_id(made))).state.answers == before.state.answers
    await here.sends(sam, "More breaks.")
    assert await here.verified(_id(made))


async def test_stop_for_this_review_is_no_answer_but_a_choice(here: College, made: Planned, sam: Person) -> None:
    await here.press(sam, "o:understand", "+:sport", "d:done")
    await here.say(sam, "/stop")
    await here.press(sam, "d:leave_review")
    assert sum("has stopped taking part" in text for text in heard(here.okafor)) == 1
    await here.at(CLOSES)
    [mail] = here.mails
    assert "Sport" not in mail
    assert "Sam chose not to say anything here." in mail


async def test_stop_for_good_deletes_what_was_not_sent(here: College, made: Planned, sam: Person) -> None:
    await here.press(sam, "o:understand", "+:sport", "d:done")
    await here.say(sam, "I never sent this.")
    conversation = await here.conversation(_id(made))
    await here.leaves_for_good(sam)
    async with here.stage.database.reading() as work:
        assert await work.participants.get(_id(made)) is None
        assert await work.conversations.answers(conversation.id) == ()
    await here.at(CLOSES)
    assert "never sent" not in here.mails[0]
    assert "Sam chose not to say anything here." in here.mails[0]


async def test_who_blocks_the_bot_ends_queue_and_prompts_and_the_digest_says_what_was_tried(
    here: College, made: Planned, sam: Person
) -> None:
    await sam.block_bot()
    await here.stage.calm()
    account = await _account(here, sam)
    assert account is AccountState.BLOCKED
    calls = len(here.stage.telegram.calls)
    await here.at(CLOSES)
    tried = [call for call in here.stage.telegram.calls[calls:] if call.call.text("chat_id") == str(sam.id)]
    assert tried == []
    assert "13 October 2026" in here.mails[0]
    assert "Sam has not been reached yet." in here.mails[0]


async def test_a_deleted_account_is_found_out_at_the_first_message(here: College, made: Planned, sam: Person) -> None:
    await sam.leave_telegram()
    await here.later(timedelta(days=12))
    assert len([call for call in here.stage.telegram.calls if call.status == 403]) == 1
    await _is_blocked(here, sam)
    await here.at(CLOSES)
    assert len([call for call in here.stage.telegram.calls if call.status == 403]) == 1


async def test_an_account_called_blocked_by_mistake_is_open_when_it_writes(
    here: College, made: Planned, sam: Person
) -> None:
    here.stage.telegram.faults.fail(Refusal(403, "Forbidden: bot was blocked by the user"), "sendPhoto")
    await here.press(sam, "o:understand")
    await _is_blocked(here, sam)
    await sam.type("/start")
    await here.stage.calm()
    assert await _account(here, sam) is AccountState.OPEN
    assert (await here.participant(_id(made))).state is ParticipantState.JOINED
    await here.sends(sam)
    assert await here.verified(_id(made))


async def test_what_was_sent_can_be_changed_until_the_cut_off_and_later_counts_as_added(
    here: College, made: Planned, sam: Person
) -> None:
    await here.sends(sam, "First words.")
    first = await here.sent(_id(made))
    await here.at(CUT_OFF - timedelta(hours=1))
    await _changes_words(here, sam, "Second words.")
    second = await here.sent(_id(made))
    assert first is not None
    assert second is not None
    assert (second.number, second.late) == (2, False)
    assert first.code != second.code
    await here.at(PACK + timedelta(days=1))
    await _changes_words(here, sam, "Third words.")
    third = await here.sent(_id(made))
    assert third is not None
    assert (third.number, third.late) == (3, True)
    texts = here.mails
    assert ["First words." in text for text in texts] == [True, False, False, False]
    assert ["Second words." in text for text in texts] == [False, True, True, False]
    assert "Third words." in texts[3]
    assert len(await here.digests(made.review.id)) == 4
    assert await here.verified(_id(made))


async def test_taking_it_all_back_makes_a_new_version_that_says_so(here: College, made: Planned, sam: Person) -> None:
    await here.sends(sam, "Please forget this.")
    await here.at(CLOSES)
    assert "Please forget this." in here.mails[0]
    await here.press(sam, "d:withdraw", "d:yes")
    assert "Please forget this." not in here.mails[1]
    assert "Sam took their words back." in here.mails[1]
    before = len(by_bot(sam))
    await here.at(datetime(2026, 11, 26, 12, tzinfo=UTC))
    assert all("Please forget this." not in text for text in here.mails[1:])
    assert by_bot(sam)[before:] == []


async def test_the_old_version_cannot_be_opened_after_a_new_one(here: College, made: Planned, sam: Person) -> None:
    await here.sends(sam, "Please forget this.")
    await here.at(CLOSES)
    [old] = await here.digests(made.review.id)
    await here.press(sam, "d:withdraw", "d:yes")
    await here.okafor.press_data(here.okafor.last().id, f"desk:open:{old.id}")
    await here.stage.calm()
    assert here.okafor.toasts[-1].text == here.line(Line.STAFF_DIGEST_GONE)
    assert all(not message.content for message in here.okafor.messages)


async def test_the_digest_holds_what_was_sent_byte_for_byte(here: College, made: Planned, sam: Person) -> None:
    words = "I  want\tTWO spaces, *stars* & <b>tags</b> – and “quotes”."
    await here.sends(sam, words)
    sent = await here.sent(_id(made))
    assert sent is not None
    await here.at(CLOSES)
    [mail] = here.mails
    assert words in mail
    assert sent.code in mail
    assert any(sent.code in text for text in heard(sam)), "the receipt and the digest name the same bytes"
    assert await here.verified(_id(made))


async def test_a_carer_sees_nothing_of_the_young_person(here: College, made: Planned, sam: Person) -> None:
    ann = here.phone("Ann")
    await here.comes_in(ann, invitation_of(made, "Ann"))
    await here.sends(sam, "Do not tell my mother.")
    await here.sends(ann, "A lunch club.")
    await here.at(datetime(2026, 11, 26, 12, tzinfo=UTC))
    assert "Do not tell" not in "\n".join(heard(ann))
    assert all(not message.content.startswith(b"%PDF") for message in by_bot(ann))


async def _account(here: College, person: Person) -> AccountState:
    async with here.stage.database.reading() as work:
        account = await work.accounts.by_chat(person.id)
    assert account is not None
    return account.state


async def _is_blocked(here: College, person: Person) -> None:
    """Return when it is noted: in a commit of its own, just after the message was given up."""
    async with asyncio.timeout(5):
        while await _account(here, person) is not AccountState.BLOCKED:  # noqa: ASYNC110  nobody tells of a commit
            await asyncio.sleep(0)


async def _changes_words(here: College, sam: Person, words: str) -> None:
    await here.press(sam, "d:change")
    free = next(
        line.split(".")[0]
        for message in reversed(by_bot(sam))
        for line in message.words.splitlines()
        if "What one thing should be different" in line and line[0].isdigit()
    )
    await here.press(sam, f"n:{free}", "d:change")
    await here.say(sam, words)
    await here.press(sam, "d:send")
