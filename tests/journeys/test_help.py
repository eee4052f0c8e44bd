"""Help is always there: mid-question, paused, left, for a stranger, with the database down or a script broken (P8)."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.demo.people import Person
from bot.demo.refusals import Refusal
from bot.demo.stage import Terms
from bot.help import NoBell
from bot.reviewing import Planned
from bot.tongues import HELP_KEYS
from conversations.lines import Line
from conversations.profile import HelpKey
from storage.errors import DatabaseBusy
from tests.journeys.college import CLOSES, OPENS, SCRIPTS, College, college, heard, invitation_of
from tests.journeys.walking import mail_text

DANGER = "If you are in danger now, call 999."


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[College]:
    async with college(tmp_path, Terms(scripts=SCRIPTS, lock_wait=0.05)) as made:
        yield made


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan()
    await here.comes_in(here.phone("Sam"), invitation_of(planned, "Sam"))
    await here.at(OPENS)
    return planned


@pytest.fixture
def sam(here: College, made: Planned) -> Person:
    return here.phone("Sam")


def cards(person: Person) -> int:
    return sum(DANGER in text for text in heard(person))


async def presses_help(here: College, person: Person) -> None:
    await person.type(here.line(Line.CONTROL_HELP))
    await here.stage.calm()


async def test_in_the_middle_of_a_question_the_card_comes_and_the_question_stays(
    here: College, made: Planned, sam: Person
) -> None:
    before = await here.conversation(invitation_of(made, "Sam").participant_id)
    await presses_help(here, sam)
    assert cards(sam) == 1
    assert "At Riverside College you can talk to Ms Reid." in heard(sam)[-1]
    assert await here.conversation(before.participant_id) == before
    assert all(here.line(Line.CONTROL_HELP) != message.words for message in sam.messages), "the press leaves no trace"
    await sam.press(here.line(Line.HELP_HIDE))
    await here.stage.calm()
    assert cards(sam) == 0


@pytest.mark.parametrize("way", ["d:enough", "d:leave_review", "d:leave_for_good"])
async def test_paused_or_left_the_card_comes_all_the_same(here: College, sam: Person, way: str) -> None:
    await here.say(sam, "/stop")
    await here.press(sam, way)
    await presses_help(here, sam)
    assert cards(sam) == 1


@pytest.mark.parametrize("words", ["/help", "help", "🆘", "🆘 I need help now", "I need help now"])
async def test_a_stranger_gets_it_by_any_of_its_names(here: College, words: str) -> None:
    stranger = here.phone("Stranger")
    await here.say(stranger, words)
    assert cards(stranger) == 1
    assert len(heard(stranger)) == 1


@pytest.mark.parametrize("key", [HelpKey.WEATHER, HelpKey.MUSIC])
async def test_the_key_has_a_name_that_says_nothing_where_the_person_chose_one(
    here: College, made: Planned, sam: Person, key: HelpKey
) -> None:
    label = here.line(HELP_KEYS[key])
    await here.say(sam, "/myway")
    await here.press(sam, f"s:key={key}", "d:back")
    assert label in sam.reply_buttons()
    assert here.line(Line.CONTROL_HELP) not in sam.reply_buttons()
    before = await here.conversation(invitation_of(made, "Sam").participant_id)
    await sam.type(label)
    await here.stage.calm()
    assert cards(sam) == 1
    assert all(message.words != label for message in sam.messages), "the press leaves no trace"
    assert await here.conversation(before.participant_id) == before, "nor is it an answer"
    await here.press(sam, "help:no")
    assert "It works the same." in heard(sam)[-1]


@pytest.mark.parametrize("key", HelpKey)
async def test_every_name_of_the_key_works_for_anybody_with_the_database_locked(here: College, key: HelpKey) -> None:
    """An old keyboard may still show another name than the one that was chosen last."""
    name = here.stage.settings.database_url.removeprefix("sqlite:///")
    stranger = here.phone("Stranger")
    with closing(sqlite3.connect(name, isolation_level=None)) as thief:
        thief.execute("BEGIN EXCLUSIVE")
        await stranger.type(here.line(HELP_KEYS[key]))
        await stranger.until(lambda _: cards(stranger) == 1)
        thief.execute("ROLLBACK")
    async with asyncio.timeout(20):
        await here.stage.calm()


async def test_what_the_key_is_called_stands_in_nothing_that_anybody_else_reads(
    here: College, made: Planned, sam: Person
) -> None:
    await here.say(sam, "/myway")
    await here.press(sam, "s:key=weather", "d:back")
    assert (await here.participant(invitation_of(made, "Sam").participant_id)).profile.help_key is HelpKey.WEATHER
    await here.sends(sam)
    await here.at(CLOSES)
    (digest,) = await here.digests(made.review.id)
    assert "weather" not in str(digest.content).casefold()
    assert "weather" not in mail_text(here).casefold()


async def test_before_the_secret_is_told_it_comes_and_counts_as_no_try(here: College) -> None:
    planned = await here.plan("Kim")
    kim, invitation = here.phone("Kim"), invitation_of(planned, "Kim")
    await here.opens_link(kim, invitation.token)
    for _ in range(3):
        await presses_help(here, kim)
    assert cards(kim) == 3, "each press has its card"
    await here.tells_secret(kim, invitation)
    assert heard(kim)[-1] == here.line(Line.JOIN_WAIT, contact="Mr Okafor")


async def test_with_the_database_locked_the_card_comes_once_for_each_press(here: College, sam: Person) -> None:
    name = here.stage.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(name, isolation_level=None)) as thief:
        thief.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseBusy):
            async with here.stage.database.work():
                pass
        await sam.type(here.line(Line.CONTROL_HELP))
        await sam.type("Not asked for help.")
        await sam.until(lambda _: cards(sam) == 1)
        polls = here.stage.telegram.polling.polls
        await here.stage.telegram.world.pulse.until(lambda: here.stage.telegram.polling.polls > polls, within=10)
        assert cards(sam) == 1, "the same press comes again until it is stored, and is answered once"
        thief.execute("ROLLBACK")
    async with asyncio.timeout(20):
        await here.stage.calm()
    assert cards(sam) == 1
    assert here.stage.telegram.updates.pending == ()


async def test_with_a_broken_script_the_card_comes_and_words_are_kept(
    here: College, made: Planned, sam: Person, tmp_path: Path
) -> None:
    folder = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, folder)
    (folder / "young_person.yaml").write_text("id: young_person\nversion: [", "utf-8")
    settings = here.stage.settings.model_copy(update={"scripts_folder": folder})
    await here.stage.restart(settings)
    assert [problem.file for problem in here.stage.bot.catalogue.problems] == ["young_person.yaml"]
    await presses_help(here, sam)
    assert cards(sam) == 1
    await here.say(sam, "Can anyone read this?")
    person = invitation_of(made, "Sam").participant_id
    assert [note.words for note in await here.notes(person)] == ["Can anyone read this?"]
    assert heard(sam)[-1].startswith("Thank you. I have kept this.")
    await here.press(sam, "o:understand")
    assert sam.toasts[-1].text == here.line(Line.MOVED_ON)
    # When it is mended, the conversation goes on where it stood.
    await here.stage.restart(settings.model_copy(update={"scripts_folder": SCRIPTS}))
    await here.sends(sam)
    assert await here.sent(person) is not None


@dataclass
class Bell:
    """Notes who rang, and breaks where a test wants it."""

    rang: list[tuple[int, bool]] = field(default_factory=list)
    broken: bool = False

    async def rung(self, chat_id: int, message_id: int, *, elsewhere: bool) -> str:
        if self.broken:
            raise DatabaseBusy
        self.rang.append((message_id, elsewhere))
        return "Somebody reads it by noon."


async def test_the_cards_own_buttons_are_answered_with_the_database_locked(here: College) -> None:
    stranger, bell = here.phone("Stranger"), Bell()
    here.stage.bot.help.bell = bell
    await here.say(stranger, "/help")
    card = next(message for message in stranger.messages if DANGER in message.words)
    name = here.stage.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(name, isolation_level=None)) as thief:
        thief.execute("BEGIN EXCLUSIVE")
        await stranger.press(here.line(Line.HELP_YES))
        await stranger.until(lambda _: "Please call 999 now." in heard(stranger)[-1])
        await stranger.press(here.line(Line.HELP_TELL, safeguarding="Ms Reid"))
        await stranger.until(lambda _: heard(stranger)[-1] == "Somebody reads it by noon.")
        await stranger.press(here.line(Line.HELP_HIDE))
        await stranger.until(lambda _: cards(stranger) == 0)
        thief.execute("ROLLBACK")
    async with asyncio.timeout(20):
        await here.stage.calm()
    assert bell.rang == [(card.id, False)], "a press that is stored later rings no second time"
    assert sum("Please call 999 now." in text for text in heard(stranger)) == 1


async def test_not_in_danger_and_somebody_else(here: College, tmp_path: Path) -> None:
    stranger = here.phone("Stranger")
    (tmp_path / "own.yaml").write_text(
        "lines:\n  - {id: officer, say: 'The officer: 01234.', about_staff: true}", "utf-8"
    )
    settings = here.stage.settings.model_copy(update={"help_lines": tmp_path / "own.yaml"})
    await here.stage.restart(settings)
    bell = Bell()
    here.stage.bot.help.bell = bell
    await here.say(stranger, "/help")
    assert "The officer" not in heard(stranger)[-1]
    await stranger.press(here.line(Line.HELP_NO))
    await here.stage.calm()
    assert heard(stranger)[-1] == f"{here.line(Line.HELP_NO_DANGER)}\n\n{here.line(Line.HELP_KEY)}"
    await stranger.press(here.line(Line.HELP_ELSE))
    await here.stage.calm()
    assert "The officer: 01234." in heard(stranger)[-1]
    assert [elsewhere for _, elsewhere in bell.rang] == [True]


@pytest.mark.parametrize("bell", [Bell(broken=True), NoBell()])
async def test_where_nobody_can_be_told_the_numbers_stand_there(here: College, bell: Bell | NoBell) -> None:
    stranger = here.phone("Stranger")
    here.stage.bot.help.bell = bell
    await here.say(stranger, "/help")
    await stranger.press(here.line(Line.HELP_TELL, safeguarding="Ms Reid"))
    await here.stage.calm()
    assert heard(stranger)[-1].startswith(here.line(Line.HELP_NOBODY))
    assert DANGER in heard(stranger)[-1]


async def test_words_that_match_are_told_and_the_bot_pauses_with_the_numbers(
    here: College, made: Planned, sam: Person
) -> None:
    await here.say(sam, "My dad hits me")
    assert "Thank you for telling me." in heard(sam)[-1]
    assert "I am a bot. So I tell Ms Reid. They see it by" in heard(sam)[-1]
    async with here.stage.database.reading() as work:
        audit = await work.audit.all()
    assert "alert_raised" in {line.what for line in audit}
    await here.press(sam, "d:carry_on")
    await here.sends(sam)
    assert await here.sent(invitation_of(made, "Sam").participant_id) is not None


async def test_while_telegram_stumbles_the_card_is_tried_again(here: College, sam: Person) -> None:
    here.stage.telegram.faults.fail(Refusal(502, "Bad Gateway"), "sendMessage")
    await sam.type("/help")
    await sam.until(lambda _: cards(sam) == 1)
    await here.stage.calm()
    assert cards(sam) == 1


async def test_a_press_that_cannot_be_deleted_brings_no_second_card(here: College, sam: Person) -> None:
    here.stage.telegram.faults.fail(Refusal(500, "Internal Server Error"), "deleteMessages")
    await presses_help(here, sam)
    assert cards(sam) == 1
