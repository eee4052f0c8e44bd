"""Delete everything: at once, from the chat, and nothing of that person is found anywhere but one audit line (P13)."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.demo import clips
from bot.demo.people import Person
from bot.demo.stage import Terms
from bot.reviewing import Planned
from bot.rights.erasing import DELETED
from conversations.effects import AlertRoute, RaiseAlert
from conversations.lines import Line
from conversations.state import Media
from storage.records import ParticipantState
from tests.journeys.college import (
    ANN,
    CLOSES,
    OPENS,
    SCRIPTS,
    College,
    by_bot,
    college,
    heard,
    invitation_of,
)
from tests.journeys.traces import everything, traces_of
from tests.support.postgres import Postgres, running_postgres

WORDS = ("aubergine-canary", "marzipan-canary", "tangerine-canary")
SECRET_NOTE = "pumpernickel-canary"
_IN_THE_AUDIT_LINE = {"sqlite": 3, "postgresql": 2}
"""Who did it and whom it was about; SQLite's index of the second holds it once more."""


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
async def both(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[College]:
    terms = Terms(scripts=SCRIPTS)
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        terms = Terms(scripts=SCRIPTS, database_url=await server.fresh())
    async with college(tmp_path, terms) as made:
        yield made


async def everybody(here: College) -> Planned:
    made = await here.plan(carers=[ANN])
    for name in ("Sam", "Ann"):
        await here.comes_in(here.phone(name), invitation_of(made, name))
    await here.at(OPENS)
    return made


async def deletes(here: College, person: Person) -> None:
    """Ask for it, and say yes."""
    await here.say(person, "/delete")
    await presses(here, person, "delete:yes")


async def presses(here: College, person: Person, what: str) -> None:
    """Press a button of the rights, wherever it stands."""
    await person.press(lambda button: what in (button.data or ""))
    await here.stage.calm()


async def says_much(here: College, person: Person) -> None:
    """Answers, a photo, a voice note outside a question, a submission, and another one begun."""
    await here.press(person, "o:understand", "+:sport")
    await here.say(person, WORDS[0])
    await here.press(person, "d:done")
    await person.send_photo(clips.photo() + WORDS[1].encode(), WORDS[2])
    await here.stage.calm()
    await here.press(person, "d:no", "o:no", "d:send")
    await here.say(person, SECRET_NOTE)


async def alarms(here: College, made: Planned, person_id: str) -> str:
    """What Sam said, and the photo with it, are frozen for the safeguarding team."""
    async with here.stage.database.work() as work:
        person = await work.participants.get(person_id)
        assert person is not None
        media = tuple(Media(each.id, each.kind) for each in await work.media.of_participant(person_id))
        raised = RaiseAlert(AlertRoute.PHRASE, ("hurt",), "good_at", words=SECRET_NOTE, media=media)
        now = here.stage.clock.now()
        alert_id = await here.stage.bot.safeguarding.alarm.raise_alert(work, person, made.review.id, raised, now)
        await work.commit()
    return alert_id


@pytest.mark.parametrize("when", ["before_the_digest", "after_the_digest"])
async def test_nothing_is_found_anywhere_but_one_audit_line(
    both: College, when: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    here, made = both, await everybody(both)
    sam, sam_id = here.phone("Sam"), invitation_of(made, "Sam").participant_id
    await says_much(here, sam)
    alert_id = await alarms(here, made, sam_id)
    await here.sends(here.phone("Ann"), "A lunch club.")
    if when == "after_the_digest":
        await here.at(CLOSES)
        await here.press(here.okafor, (await here.digests(made.review.id))[-1].id)
    url, database = here.stage.settings.database_url, here.stage.database
    traces = await traces_of(url, sam_id, database.blind("chat", str(sam.id)))
    before = await everything(url)
    assert len(traces.ids) > 20
    assert len(traces.ciphertexts) > 10
    if not url.startswith("sqlite"):  # a large value lies in pieces in the pages of SQLite
        assert len(traces.found_in(before)) == len(traces.ids) + len(traces.ciphertexts), "we do look at what is there"
    with capture_logs() as events:
        await deletes(here, sam)
        assert heard(sam)[-1] == here.line(Line.DELETE_DONE)
        at_once = await everything(url)
        assert traces.besides(sam_id).found_in(at_once) == []
        await here.later(timedelta(minutes=5))
    after = await everything(url)
    assert traces.besides(sam_id).found_in(after) == []
    assert after.count(sam_id.encode()) == _IN_THE_AUDIT_LINE[url.partition(":")[0]]
    async with database.reading() as work:
        [line] = [line for line in await work.audit.all() if sam_id in {line.actor, line.subject}]
        [alert] = await work.alerts.all()
        [frozen] = await work.frozen.of_alert(alert_id)
        [photo] = await work.frozen.media_of(frozen.id)
        assert (alert.participant_id, alert.who, frozen.words) == (None, "Sam", SECRET_NOTE)
        assert await work.frozen.data(photo.id), "what people were told is kept, is kept"
    assert (line.actor, line.what, line.subject) == (sam_id, DELETED, sam_id)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("uvicorn")]
    logged = "\n".join([repr(events), *ours])
    for secret in (*WORDS, SECRET_NOTE, str(sam.id), database.blind("chat", str(sam.id))):
        assert secret not in logged


async def test_after_it_nothing_comes_and_the_person_is_a_stranger(here: College) -> None:
    made = await everybody(here)
    sam = here.phone("Sam")
    await here.sends(sam)
    await deletes(here, sam)
    before = len(by_bot(sam))
    await here.at(CLOSES + timedelta(days=40))
    assert len(by_bot(sam)) == before
    await here.say(sam, "Hello?")
    assert heard(sam)[-1] == here.line(Line.STRANGER)
    await here.say(sam, here.line(Line.CONTROL_HELP))
    assert "call 999" in heard(sam)[-1]
    assert made.review.id


async def test_who_holds_a_copy_is_told_and_the_next_version_has_not_a_word(here: College) -> None:
    made = await everybody(here)
    sam, ann = here.phone("Sam"), here.phone("Ann")
    await here.sends(sam, WORDS[0])
    await here.sends(ann, "A lunch club.")
    await here.at(CLOSES)
    assert WORDS[0] in here.mails[0]
    await deletes(here, sam)
    assert any("Sam has deleted everything" in words and "destroy it" in words for words in heard(here.okafor))
    assert WORDS[0] not in here.mails[1]
    assert "Sam took their words back." in here.mails[1]
    assert "Please destroy what you hold of it." in here.mails[1]
    assert "A lunch club." in here.mails[1]
    [now] = await here.digests(made.review.id)
    assert now.version == 2


async def test_a_carer_who_goes_leaves_no_name_and_the_young_persons_words_stay(here: College) -> None:
    await everybody(here)
    sam, ann = here.phone("Sam"), here.phone("Ann")
    await here.sends(sam, "More breaks.")
    await here.sends(ann, WORDS[0])
    await here.at(CLOSES)
    await deletes(here, ann)
    assert WORDS[0] not in here.mails[1]
    assert "mother" not in here.mails[1]
    assert "More breaks." in here.mails[1]
    assert "Please destroy what you hold of it." in here.mails[1]
    assert "deleted" not in "\n".join(heard(sam)), "nobody else asked hears of it"


async def test_the_last_button_of_the_stop_menu_asks_once_and_deletes(here: College) -> None:
    made = await everybody(here)
    sam = here.phone("Sam")
    await here.press(sam, "o:understand", "+:sport", "d:done")
    await here.say(sam, "/stop")
    await here.press(sam, "d:leave_for_good")
    assert heard(sam)[-1] == here.line(Line.DELETE_ASK)
    await presses(here, sam, "delete:no")
    assert heard(sam)[-1] == here.line(Line.DELETE_KEPT)
    assert (await here.conversation(invitation_of(made, "Sam").participant_id)).state.answers
    await here.press(sam, "d:leave_for_good")
    await presses(here, sam, "delete:yes")
    async with here.stage.database.reading() as work:
        assert await work.participants.get(invitation_of(made, "Sam").participant_id) is None


async def test_an_old_yes_asks_anew_and_deletes_nothing(here: College) -> None:
    made = await everybody(here)
    sam = here.phone("Sam")
    await here.say(sam, "/delete")
    asked = sam.last()
    yes = next(button.data for button in asked.buttons if "yes" in (button.data or ""))
    await here.later(timedelta(hours=2))
    for data in (yes or "", "rights:delete:yes:", "rights:delete:yes:99999999", "rights:delete:yes:\0", "rights:odd"):
        await sam.press_data(asked.id, data)
        await here.stage.calm()
        assert heard(sam)[-1] == here.line(Line.DELETE_ASK)
    assert (await here.participant(invitation_of(made, "Sam").participant_id)).state is ParticipantState.JOINED


async def test_whoever_is_not_in_yet_can_delete_nobody(here: College) -> None:
    made = await here.plan()
    thief, invitation = here.phone("Thief"), invitation_of(made, "Sam")
    await here.opens_link(thief, invitation.token)
    await here.say(thief, "/delete")
    await thief.press_data(thief.last().id, "rights:delete:yes:1")
    await here.stage.calm()
    assert (await here.participant(invitation.participant_id)).state is ParticipantState.INVITED


async def test_a_ledger_that_takes_no_line_deletes_nothing_and_says_so(here: College) -> None:
    made = await everybody(here)
    sam = here.phone("Sam")
    here.stage.settings.deletions_path.mkdir()
    await deletes(here, sam)
    assert heard(sam)[-1] == here.line(Line.DELETE_NOT_NOW, contact="Mr Okafor")
    assert (await here.participant(invitation_of(made, "Sam").participant_id)).state is ParticipantState.JOINED


def put_back(file: Path, backup: bytes) -> None:
    """As an operator does: the file, without what SQLite had put beside it."""
    for left in file.parent.glob(f"{file.name}-*"):
        left.unlink()
    file.write_bytes(backup)


async def test_a_restored_backup_brings_nobody_back_and_sends_nothing_to_them(here: College, tmp_path: Path) -> None:
    made = await everybody(here)
    sam, ann = here.phone("Sam"), here.phone("Ann")
    await here.sends(sam, WORDS[0])
    await here.stage.stop()
    file = tmp_path / "firsthand.db"
    backup = file.read_bytes()
    await here.stage.restart()
    await deletes(here, sam)
    await here.stage.stop()
    put_back(file, backup)
    before = len(by_bot(sam))
    await here.stage.restart()
    async with here.stage.database.reading() as work:
        assert await work.participants.get(invitation_of(made, "Sam").participant_id) is None
        assert await work.accounts.by_chat(sam.id) is None
    await here.sends(ann, "A lunch club.")
    await here.at(CLOSES + timedelta(days=10))
    assert here.mails == [], "nothing unasked is sent before an operator has looked"
    async with here.stage.database.work() as work:
        await work.paused.end()
        await work.commit()
    await here.stage.calm()
    assert len(by_bot(sam)) == before
    assert all(WORDS[0] not in mail for mail in here.mails)
    assert "A lunch club." in here.mails[0]
