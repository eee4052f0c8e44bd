"""In another language: it is chosen first, everything is in it, and it can be changed at any time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.messages import ShownMessage
from bot.demo.people import Person
from bot.digests import copy_name
from bot.own_copies import OwnCopies
from bot.reviewing import Reviewing
from conversations.catalogue import load
from conversations.digest import ReaderKind
from conversations.digest_codec import load_digest
from conversations.directions import BEGIN
from conversations.document_words import load_document_words
from conversations.lines import Line
from conversations.po_files import fresh, merged, written
from conversations.readers import Reader, for_reader
from conversations.sources import all_messages
from storage.records import ParticipantState
from tests.conversations.pseudo import marked, strings, unmarked
from tests.journeys.college import ANN, CLOSES, OPENS, SCRIPTS, College, by_bot, codes, heard, invitation_of

pytestmark = pytest.mark.uncounted

NAME = "العربية"
OWN = ("Sam", "Mr Okafor", "Riverside College", "Riverside", "Ms Reid", "my very own words", "English", NAME, "rights")
HELP = "🆘 ‹Aiuto›"
AT = datetime(2026, 9, 1, tzinfo=UTC)


def catalogue_of(code: str, folder: Path, status: str = "approved by Noor on 2026-09-01") -> None:
    """A whole translation of the journeys' scripts, every sentence between marks."""
    messages = all_messages(load(SCRIPTS))
    book = merged(fresh(code, AT), messages, AT)
    book.status = status
    for message in messages:
        entry = book.get(message.english, message.context)
        assert entry is not None
        entry.string = HELP if message.context == "line.control_help" else marked(message)
    (folder / f"{code}.po").write_bytes(written(book))


async def speaks(here: College, folder: Path, languages: str = "en, ar", **more: object) -> None:
    """Start the bot again with these languages to choose."""
    settings = here.stage.settings.model_copy(update={"languages": languages, "languages_folder": folder, **more})
    await here.stage.restart(settings)


@pytest.fixture
async def both(here: College, tmp_path: Path) -> College:
    """A college that speaks English, and a marked language that runs from right to left."""
    folder = tmp_path / "languages"
    folder.mkdir()
    catalogue_of("ar", folder)
    await speaks(here, folder)
    return here


def texts(messages: list[ShownMessage]) -> list[str]:
    """All that is shown in these messages: words, captions and buttons."""
    return [text for each in messages for text in (each.words, *(button.label for button in each.buttons))]


def in_english(messages: list[ShownMessage]) -> dict[str, list[str]]:
    """What is left in English in these messages, and is nobody's own words."""
    return {text: left for text in texts(messages) if (left := unmarked(text, OWN))}


async def comes_in_speaking(here: College, person: Person, code: str) -> str:
    """All the way in, in this language; the id of the participant."""
    invitation = invitation_of(await here.plan(), "Sam")
    await here.opens_link(person, invitation.token)
    await here.press(person, f"language:{code}")
    await here.tells_secret(person, invitation)
    await here.press(here.okafor, invitation.participant_id)
    return invitation.participant_id


async def test_the_language_is_asked_before_anything_else(both: College) -> None:
    sam = both.phone("Sam")
    invitation = invitation_of(await both.plan(), "Sam")
    await both.opens_link(sam, invitation.token)
    [first] = by_bot(sam)
    assert [button.label for button in first.buttons] == ["English", NAME]
    assert "Sam" not in first.words
    assert both.line(Line.LANGUAGE_CHOOSE) in first.words
    assert f"‹{both.line(Line.LANGUAGE_CHOOSE)}›" in first.words
    await both.press(sam, "language:ar")
    assert (await both.participant(invitation.participant_id)).language == "ar"
    assert not in_english(by_bot(sam)[1:])


async def test_the_language_of_the_letter_stands_first_and_the_choice_stays(both: College) -> None:
    sam, invitation = both.phone("Sam"), invitation_of(await both.plan(), "Sam")
    async with both.stage.database.work() as work:
        person = await work.participants.get(invitation.participant_id)
        assert person is not None
        await Reviewing(frozenset()).in_language(work, person, "ar")
        await work.commit()
    await both.opens_link(sam, invitation.token)
    [first] = by_bot(sam)
    assert [button.label for button in first.buttons] == [NAME, "English"]
    assert first.words.index(f"‹{both.line(Line.LANGUAGE_CHOOSE)}›") == 0
    await both.press(sam, "language:en")
    assert (await both.participant(invitation.participant_id)).language == "en"
    assert both.line(Line.JOIN_HELLO, name="Sam") in heard(sam)[-1]


async def test_with_one_language_nothing_is_asked(here: College, tmp_path: Path) -> None:
    sam = here.phone("Sam")
    await here.opens_link(sam, invitation_of(await here.plan(), "Sam").token)
    assert here.line(Line.JOIN_HELLO, name="Sam") in heard(sam)[0]
    assert not [button for button in by_bot(sam)[0].buttons if (button.data or "").startswith("language:")]


async def test_where_one_other_language_is_offered_it_is_spoken_at_once(here: College, tmp_path: Path) -> None:
    catalogue_of("ar", tmp_path)
    await speaks(here, tmp_path, "ar")
    sam = here.phone("Sam")
    await here.opens_link(sam, invitation_of(await here.plan(), "Sam").token)
    assert not in_english(by_bot(sam))


async def test_the_secret_may_come_before_the_choice(both: College) -> None:
    sam = both.phone("Sam")
    invitation = invitation_of(await both.plan(), "Sam")
    await both.opens_link(sam, invitation.token)
    await both.say(sam, invitation.secret.text)
    assert (await both.participant(invitation.participant_id)).state is ParticipantState.ANSWERED_CODE


async def test_a_forged_language_changes_nothing(both: College) -> None:
    sam = both.phone("Sam")
    participant = await comes_in_speaking(both, sam, "en")
    for forged in ("language:xx", "language:", "language:ar:en"):
        await sam.press_data(by_bot(sam)[-1].id, forged)
        await both.stage.calm()
    assert (await both.participant(participant)).language == "en"
    assert both.line(Line.MOVED_ON) in [toast.text for toast in sam.toasts]


async def test_a_whole_journey_has_no_word_of_english(both: College) -> None:
    sam = both.phone("Sam")
    participant = await comes_in_speaking(both, sam, "ar")
    await both.at(OPENS)
    await both.at(OPENS + timedelta(days=14))  # reminders come
    for command in ("/rights", "/privacy", "/who", "/language", "/explain", "/answers", "/back", "/stop"):
        await both.say(sam, command)
    await both.press(sam, "d:stop_for_now") if any("stop" in code for code in codes(sam)) else None
    await both.say(sam, "/carryon")
    await both.answers(sam, "my very own words")
    await both.press(sam, "d:send")
    assert await both.sent(participant) is not None
    await both.at(CLOSES + timedelta(days=2))
    await both.say(sam, "my very own words")
    choices = both.line(Line.LANGUAGE_CHOOSE)  # is asked in every language
    later = [message for message in by_bot(sam) if choices not in message.words.split("\n")]
    assert len(later) > 15
    assert not in_english(later)
    assert not [toast.text for toast in sam.toasts if unmarked(toast.text, OWN)]
    assert any(BEGIN in message.words for message in later)


async def test_the_own_copy_is_in_the_language_and_the_digest_in_english(both: College) -> None:
    sam = both.phone("Sam")
    participant = await comes_in_speaking(both, sam, "ar")
    await both.at(OPENS)
    await both.sends(sam, "my very own words")
    await both.at(CLOSES + timedelta(days=1))
    person = await both.participant(participant)
    async with both.stage.database.reading() as work:
        [review] = await work.reviews.of_young_person(person.young_person_id)
        latest = await work.digests.latest(review.id)
        assert latest is not None
        digest, reader = load_digest(latest.content), Reader(ReaderKind.YOUNG_PERSON)
        english = load_document_words()
        own, words = await OwnCopies(both.stage.bot.catalogue).spoken(
            work, for_reader(digest, reader), copy_name(latest.id, reader), english
        )
        staff = Reader(ReaderKind.NAMED_PROFESSIONAL)
        whole, staff_words = await OwnCopies(both.stage.bot.catalogue).spoken(
            work, for_reader(digest, staff), copy_name(latest.id, staff), english
        )
    assert (words.language, words.rtl, staff_words.language) == ("ar", True, "en")
    entries = own.young_person.entries
    told = [text for entry in entries for text in (entry.asked, *(each.label for each in entry.chosen))]
    assert told
    assert not [text for text in told if unmarked(text, OWN)]
    assert "my very own words" in [entry.words for entry in own.young_person.entries]
    assert not [text for name, text in strings(whole) if "‹" in text]
    assert [entry.words for entry in whole.young_person.entries] == [entry.words for entry in own.young_person.entries]


async def test_the_language_can_be_changed_in_the_middle_and_nothing_else_changes(both: College) -> None:
    sam = both.phone("Sam")
    participant = await comes_in_speaking(both, sam, "en")
    await both.at(OPENS)
    await both.press(sam, "o:understand")
    before = await both.conversation(participant)
    asked = codes(sam)
    await both.say(sam, "/language")
    assert [button.label for button in by_bot(sam)[-1].buttons] == ["English", NAME]
    shown = len(by_bot(sam))
    await both.press(sam, "language:ar")
    after = await both.conversation(participant)
    assert (after.revision, after.state) == (before.revision, before.state)
    assert codes(sam) == asked
    assert len(by_bot(sam)) > shown
    assert not in_english(by_bot(sam)[shown:])
    assert sam.reply_buttons()
    assert all(not unmarked(label, OWN) for label in sam.reply_buttons())
    await both.press(sam, "r:skip")
    assert (await both.conversation(participant)).revision > before.revision


async def test_one_choice_counts_in_every_review_of_a_person(both: College) -> None:
    ann = both.phone("Ann")
    people = [invitation_of(await both.plan(name, carers=[ANN]), "Ann") for name in ("Sam", "Kim")]
    for invitation in people:
        await both.comes_in(ann, invitation)
    await both.say(ann, "/language")
    await both.press(ann, "language:ar")
    assert [(await both.participant(each.participant_id)).language for each in people] == ["ar", "ar"]


async def test_the_card_of_how_to_ask_leads_to_the_languages(both: College) -> None:
    sam = both.phone("Sam")
    participant = await comes_in_speaking(both, sam, "en")
    await both.at(OPENS)
    await both.say(sam, "/myway")
    revision = (await both.conversation(participant)).revision
    await both.press(sam, "d:language")
    assert [button.label for button in by_bot(sam)[-1].buttons] == ["English", NAME]
    assert (await both.conversation(participant)).revision == revision
    await both.press(sam, "language:ar")
    assert any(code.endswith(":d:language") for code in codes(sam))
    assert not in_english(by_bot(sam)[-1:])


async def test_with_one_language_the_card_offers_none(here: College) -> None:
    sam = here.phone("Sam")
    await here.comes_in(sam, invitation_of(await here.plan(), "Sam"))
    await here.at(OPENS)
    await here.say(sam, "/myway")
    assert codes(sam)
    assert not any(code.endswith(":d:language") for code in codes(sam))


@pytest.mark.parametrize("label", ["📋 ‹My answers›", "‹My answers›", "📋 My answers", "My answers"])
async def test_the_labels_of_every_language_are_controls(both: College, label: str) -> None:
    sam = both.phone("Sam")
    participant = await comes_in_speaking(both, sam, "ar")
    await both.at(OPENS)
    await both.say(sam, label)
    assert (await both.conversation(participant)).state.place.spot.value == "check"
    assert not await both.notes(participant)


async def test_help_is_answered_in_the_language_of_its_label(both: College) -> None:
    sam = both.phone("Sam")
    await comes_in_speaking(both, sam, "ar")
    await both.say(sam, HELP)
    card = next(text for text in reversed(heard(sam)) if "999" in text)
    assert not unmarked(card, OWN)
    await both.say(sam, "/help")
    card = next(text for text in reversed(heard(sam)) if "999" in text)
    assert "If you are in danger" in card.replace("‹", "\x00").split("\x00")[0]
    assert "‹" in card


async def test_a_draft_is_offered_only_where_the_operator_says_so_and_says_that_it_is_one(
    here: College, tmp_path: Path
) -> None:
    catalogue_of("ar", tmp_path, status="draft")
    await speaks(here, tmp_path, demo_clock=None)
    sam = here.phone("Sam")
    invitation = invitation_of(await here.plan(), "Sam")
    await here.opens_link(sam, invitation.token)
    assert here.line(Line.JOIN_HELLO, name="Sam") in heard(sam)[0]
    await speaks(here, tmp_path, demo_clock=None, draft_languages=True)
    await here.opens_link(sam, invitation.token)
    await here.press(sam, "language:ar")
    assert "‹My words in this language are new." in heard(sam)[-1]
    assert not unmarked(heard(sam)[-1], OWN)


async def test_a_broken_file_keeps_nobody_from_talking(here: College, tmp_path: Path) -> None:
    (tmp_path / "ar.po").write_text("{broken", "utf-8")
    await speaks(here, tmp_path)
    sam = here.phone("Sam")
    await here.opens_link(sam, invitation_of(await here.plan(), "Sam").token)
    assert here.line(Line.JOIN_HELLO, name="Sam") in heard(sam)[0]
