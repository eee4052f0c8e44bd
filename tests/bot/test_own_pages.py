"""The one-page profile on its way: to the person who owns it, made when it is sent, gone when all is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.documents.profile_page import CARD_NAME, FILE_NAME
from bot.own_pages import CARD, PAGE, OwnPages, give_page, page_name
from bot.post import To
from bot.telegram import outbound
from bot.telegram.sending import FileId
from conversations.lines import Line
from conversations.state import Answer, ConversationId
from storage.records import Conversation, ConversationStatus, Lane
from tests.bot.college import NOW, College
from tests.bot.documents.samples import read
from tests.storage.samples import submission, talk

SAID = (Answer("good_at", NOW, choices=("music",), words="Drums"),)


async def sam_sends(college: College, language: str = "en") -> Conversation:
    made = await college.plan()
    sam = made.invitations[0].participant_id
    account = await college.joins(sam, 700)
    async with college.database.work() as work:
        person = await work.participants.get(sam)
        assert person is not None
        await work.participants.save(replace(person, language=language))
        conversation = replace(talk(account, sam), review_id=made.review.id)
        await work.conversations.add(conversation)
        await work.submissions.add(replace(submission(), answers=SAID), sam, made.review.id)
        await work.commit()
    return conversation


def pages(college: College) -> OwnPages:
    return OwnPages(college.database, college.bot.catalogue)


async def test_the_page_is_queued_for_its_owners_own_chat_with_nothing_but_an_id(college: College) -> None:
    conversation = await sam_sends(college)
    await college.queued()
    async with college.database.work() as work:
        to = To(conversation.account_id or "", conversation.participant_id)
        await give_page(college.post, work, to, conversation.id, "cause")
        await work.commit()
    wanted = ((PAGE, FILE_NAME, Line.OWN_PAGE), (CARD, CARD_NAME, Line.OWN_CARD))
    for message, (prefix, name, caption) in zip(await college.queued(), wanted, strict=True):
        outgoing = outbound.load(message.payload)
        assert (message.lane, message.account_id) == (Lane.DOCUMENT, conversation.account_id)
        assert (outgoing.file, outgoing.file_name) == (f"{prefix}{conversation.id}", name)
        assert outgoing.parameters["caption"] == college.bot.lines[caption]


async def test_the_page_holds_what_was_sent_last(college: College) -> None:
    conversation = await sam_sends(college)
    made = await pages(college).load(page_name(conversation.id))
    assert isinstance(made, bytes)
    words = read(made)
    assert "Sam" in words
    assert "Music" in words
    assert "“Drums”" in words


async def test_the_card_says_the_day_and_words_for_a_break(college: College) -> None:
    conversation = await sam_sends(college)
    made = await pages(college).load(f"{CARD}{conversation.id}")
    assert isinstance(made, bytes)
    words = read(made)
    assert "My card for the meeting on 24 November 2026" in words
    assert "I need a break." in words
    assert "You can write here:" in words, "nothing was said of it yet"
    assert "Drums" not in words


async def test_what_was_taken_back_is_on_no_page(college: College) -> None:
    conversation = await sam_sends(college)
    async with college.database.work() as work:
        await work.submissions.withdraw(conversation.id)
        await work.commit()
    assert await pages(college).load(page_name(conversation.id)) is None
    assert await pages(college).load(f"{CARD}{conversation.id}") is None


async def test_a_conversation_that_is_gone_or_has_sent_nothing_has_no_page(college: College) -> None:
    made = await college.plan()
    sam = made.invitations[0].participant_id
    account = await college.joins(sam, 700)
    async with college.database.work() as work:
        await work.conversations.add(replace(talk(account, sam), review_id=made.review.id))
        await work.commit()
    assert await pages(college).load(page_name(talk(account, sam).id)) is None
    assert await pages(college).load(page_name(ConversationId("gone"))) is None


async def test_words_from_paper_are_on_the_page_without_any_sent_in_the_chat(college: College) -> None:
    conversation = await sam_sends(college)
    async with college.database.work() as work:
        await work.submissions.withdraw(conversation.id)
        paper_id = work.conversations.paper_id(conversation.participant_id, conversation.review_id)
        paper = replace(conversation, id=paper_id, account_id=None, status=ConversationStatus.PAPER)
        await work.conversations.add(paper)
        typed = replace(submission(), conversation=paper_id, answers=(replace(SAID[0], words="Written"),))
        await work.submissions.add(typed, conversation.participant_id, conversation.review_id)
        await work.commit()
    made = await pages(college).load(page_name(conversation.id))
    assert isinstance(made, bytes)
    assert "“Written”" in read(made)
    assert "“Drums”" not in read(made)


async def test_a_script_that_is_set_aside_keeps_no_page_back(college: College) -> None:
    conversation = await sam_sends(college)
    bare = replace(college.bot.catalogue, flows={}, newest={})
    made = await OwnPages(college.database, bare).load(page_name(conversation.id))
    assert isinstance(made, bytes)
    assert "“Drums”" in read(made)


async def test_without_any_script_there_is_no_page(college: College, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = await sam_sends(college)
    bare = replace(college.bot.catalogue, flows={}, newest={})
    monkeypatch.setattr("bot.own_pages.load", lambda: bare)
    with pytest.raises(LookupError):
        await OwnPages(college.database, bare).load(page_name(conversation.id))


async def test_telegrams_name_for_a_page_is_not_kept(college: College) -> None:
    conversation = await sam_sends(college)
    await pages(college).uploaded(page_name(conversation.id), FileId("telegram's own name"))
    assert isinstance(await pages(college).load(page_name(conversation.id)), bytes)
