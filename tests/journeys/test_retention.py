"""What is kept goes on its day, on both databases: what was said, then who said it. What nobody has read stays."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.review_rows import standing
from bot.demo import clips
from bot.demo.stage import Terms
from bot.retention import Keeper
from conversations.lines import Line
from conversations.retention import DEFAULTS, Kind, sent_goes
from storage.records import Due, PromptState
from storage.unit_of_work import UnitOfWork
from tests.journeys.college import ANN, CLOSES, OPENS, SCRIPTS, College, college, heard, invitation_of
from tests.journeys.traces import everything, traces_of
from tests.support.postgres import Postgres, running_postgres

WORDS = "aubergine-canary"
BEFORE = datetime(2028, 8, 31, 12, tzinfo=UTC)
"""The review closes in the school year 2026/27; what was sent is kept until the end of the next."""
AFTER = datetime(2028, 9, 1, 12, tzinfo=UTC)


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


async def runs(here: College, moment: datetime) -> dict[Kind, int]:
    """The hourly work at a moment long after everything else."""
    here.stage.clock.move_to(moment)
    await here.stage.bot.outages.lived()
    gone = await here.stage.bot.keeping.retention.run()
    assert await here.stage.database.tidy()
    return gone


async def test_after_its_time_nothing_of_a_review_is_found_and_one_line_counts_it(both: College) -> None:
    here = both
    made = await here.plan(carers=[ANN])
    for name in ("Sam", "Ann"):
        await here.comes_in(here.phone(name), invitation_of(made, name))
    await here.at(OPENS)
    sam, sam_id = here.phone("Sam"), invitation_of(made, "Sam").participant_id
    await here.press(sam, "o:understand", "+:sport")
    await sam.send_photo(clips.photo(), WORDS)
    await here.stage.calm()
    await here.answers(sam, WORDS)
    await here.press(sam, "d:send")
    await here.say(sam, f"{WORDS} outside")
    await here.at(CLOSES + timedelta(days=40))
    url, database = here.stage.settings.database_url, here.stage.database
    traces = await traces_of(url, sam_id, database.blind("chat", str(sam.id)))
    assert await here.digests(made.review.id)
    assert sent_goes(made.review.meeting) == AFTER.date()
    assert not {Kind.SENT, Kind.DIGESTS, Kind.PEOPLE, Kind.NOTES} & set(await runs(here, BEFORE)), "not a day early"
    gone = await runs(here, AFTER)
    assert gone[Kind.SENT] == 1
    assert gone[Kind.DIGESTS] >= 1
    assert Kind.PEOPLE not in gone, "a note that nobody has read keeps who wrote it"
    [notes] = [each for each in await here.stage.bot.keeping.retention.standing() if each.kind is Kind.NOTES]
    async with database.work() as work:
        unread = await work.notes.unread()
        assert (notes.due.count, notes.held) == (0, len(unread))
        for note in unread:
            assert await work.notes.mark_read(note.id, made.review.professional_id, AFTER)
        await work.commit()
    gone = await runs(here, AFTER + timedelta(hours=1))
    assert (gone[Kind.NOTES], gone[Kind.PEOPLE]) == (len(unread), 1)
    await runs(here, AFTER + timedelta(days=3 * 366))
    after = await everything(url)
    assert traces.found_in(after) == []
    async with database.reading() as work:
        lines = [line.what for line in await work.audit.all() if line.actor == "retention"]
        assert await work.reviews.all() == []
        assert len(await work.staff.all()) == 4, "who works here stays"
    assert lines[0].startswith("purged ")
    assert WORDS not in "".join(lines)


async def test_with_the_young_persons_yes_their_words_stay_and_nobody_elses(here: College) -> None:
    made = await here.plan(carers=[ANN])
    for name in ("Sam", "Ann"):
        await here.comes_in(here.phone(name), invitation_of(made, name))
    await here.at(OPENS)
    sam, ann = here.phone("Sam"), here.phone("Ann")
    for person in (sam, ann):
        await here.sends(person)
        await here.say(person, "/mydata")
    assert not any((button.data or "") == "rights:longer" for button in ann.last().buttons)
    for data in ("rights:longer", "rights:longer:yes"):
        await sam.press(lambda button, data=data: button.data == data)  # type: ignore[misc]  # mypy: default args
        await here.stage.calm()
    assert heard(sam)[-1] == here.line(Line.LONGER_KEPT)
    await here.at(CLOSES + timedelta(days=40))
    assert (await runs(here, AFTER))[Kind.SENT] == 1
    assert await here.sent(invitation_of(made, "Sam").participant_id)
    assert await here.conversations(invitation_of(made, "Ann").participant_id) == []
    assert (await runs(here, datetime(2030, 9, 1, 12, tzinfo=UTC)))[Kind.SENT] == 1


async def test_unfinished_answers_are_told_of_once_where_a_message_is_left_and_then_go(here: College) -> None:
    made = await here.plan(carers=[ANN])
    sam, ann = here.phone("Sam"), here.phone("Ann")
    await here.comes_in(ann, invitation_of(made, "Ann"))
    await here.at(OPENS)
    await here.press(ann, "o:understand")
    await here.at(CLOSES + timedelta(days=1))
    await here.comes_in(sam, invitation_of(made, "Sam"))  # late: no reminder was sent
    await here.press(sam, "o:understand", "+:sport")
    async with here.stage.database.reading() as work:
        listed = {row["person"]: row["words go"] for row in await standing(work, made.review, DEFAULTS)}
    assert listed == {"Sam": "2027-01-03", "Ann": "2026-12-12"}
    goes = datetime(2027, 1, 3, 12, tzinfo=UTC)
    for day in (33, 12, 3):  # first within the two weeks before Ann's go, then twice before Sam's
        here.stage.clock.move_to(goes - timedelta(days=day))
        await here.stage.bot.outages.lived()
        await here.stage.bot.keeping.retention.run()
        await here.stage.calm()
        await here.stage.move_to(goes - timedelta(days=day) + timedelta(hours=8))
    told = [words for words in heard(sam) if "answers here that you did not send" in words]
    assert len(told) == 1
    assert "January 2027" in told[0]
    assert not any("did not send" in words for words in heard(ann)), "both of her messages were used"
    states = await here.prompt_states(made.review.id, invitation_of(made, "Sam").participant_id)
    assert [state for kind, state in states.items() if kind.startswith("draft_goes")] == [PromptState.DONE]
    gone = await runs(here, goes + timedelta(days=2))
    assert gone[Kind.DRAFTS] >= 1
    assert await here.conversations(invitation_of(made, "Sam").participant_id) == []
    await here.say(sam, "I am still here.")
    assert len(await here.notes(invitation_of(made, "Sam").participant_id)) == 1, "words are kept all the same"


async def test_what_lies_elsewhere_is_purged_by_its_own_keeper(here: College) -> None:
    asked: list[object] = []

    async def due(_: UnitOfWork, by: object) -> Due:
        asked.append(by)
        return Due(2)

    async def drop(_: UnitOfWork, by: object, limit: int) -> int:
        asked.append(by)
        return min(2, limit)

    retention = here.stage.bot.keeping.retention
    changed = type(retention)(retention.database, retention.clock, retention.periods, {Kind.ALERTS: Keeper(due, drop)})
    [alerts] = [each for each in await changed.standing() if each.kind is Kind.ALERTS]
    assert (alerts.due.count, alerts.period) == (2, "6y")
    assert (await changed.run())[Kind.ALERTS] == 2
    assert len(set(asked)) == 1
