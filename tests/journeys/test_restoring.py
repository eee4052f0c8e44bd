"""An older database is put back by hand: the bot finds out, answers whoever writes, and sends nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.post import To
from conversations.lines import Line
from storage.records import DigestKind, OutState, PromptState
from tests.journeys.college import OPENS, College, by_bot, heard, invitation_of
from tests.journeys.test_delete_everything import put_back


async def test_it_waits_until_an_operator_has_looked_and_answers_people_meanwhile(
    here: College, tmp_path: Path
) -> None:
    made = await here.plan()
    sam, sam_id = here.phone("Sam"), invitation_of(made, "Sam").participant_id
    await here.comes_in(sam, invitation_of(made, "Sam"))
    async with here.stage.database.reading() as work:
        account = await work.accounts.by_chat(sam.id)
    assert account is not None
    post = here.stage.bot.intake.turns.talking.post
    async with here.stage.database.work() as work:  # it waits while the backup is made, and is sent afterwards
        to = To(account.id, sam_id, not_before=here.stage.clock.now() + timedelta(hours=1))
        await post.say(work, to, "waits", "words that are sent once")
        await work.commit()
    await here.stage.stop()
    file = tmp_path / "firsthand.db"
    backup = file.read_bytes()
    await here.stage.restart()
    await here.at(OPENS)
    assert heard(sam).count("words that are sent once") == 1
    await here.stage.stop()
    put_back(file, backup)
    before = len(by_bot(sam))
    await here.stage.restart()
    await here.stage.calm()
    await here.later(timedelta(days=2))
    assert len(by_bot(sam)) == before, "the opening and what waited were sent before: not again by itself"
    await here.say(sam, here.line(Line.CONTROL_HELP))
    assert "call 999" in heard(sam)[-1]
    await here.say(sam, "/rights")
    assert heard(sam)[-1].startswith("You have rights in this review.")
    await here.say(sam, "It is me.")
    assert [note.words for note in await here.notes(sam_id)] == ["It is me."], "words are kept all the same"
    async with here.stage.database.work() as work:
        waiting = {each.what: each.count for each in await work.paused.waiting(here.stage.clock.now())}
        assert waiting["message: send"] >= 1
        assert waiting["prompt: opening"] == 1
        counts = await work.outbox.counts()
        assert counts[OutState.HELD] == waiting["message: send"]
        dropped = await work.paused.drop(here.stage.clock.now() - timedelta(days=1), here.stage.clock.now())
        assert dropped >= 2
        await work.paused.end()
        await work.commit()
    await here.stage.calm()
    assert heard(sam).count("words that are sent once") == 1, "dropped"
    states = await here.prompt_states(made.review.id, sam_id)
    assert states["opening"] is PromptState.MISSED


async def test_a_digest_that_waits_is_not_mailed_before_an_operator_has_looked(here: College) -> None:
    made = await here.plan()
    sam = here.phone("Sam")
    await here.comes_in(sam, invitation_of(made, "Sam"))
    await here.at(OPENS)
    await here.sends(sam)
    bot, now = here.stage.bot, here.stage.clock.now()
    async with here.stage.database.work() as work:
        await bot.prompts.digests.make(work, made.review, DigestKind.FIRST)
        await work.paused.begin(now)
        await work.commit()
    assert await bot.mailing.tick() == 0
    assert here.mails == []
    async with here.stage.database.work() as work:
        assert {each.what: each.count for each in await work.paused.waiting(now)}["digest"] >= 1
        await work.paused.end()
        await work.commit()
    await here.stage.calm()
    assert len(here.mails) == 1


async def test_a_start_without_a_restore_pauses_nothing(here: College) -> None:
    await here.plan()
    for _ in range(3):
        await here.stage.bot.keeping.counting.tick()
        await here.stage.restart()
    async with here.stage.database.reading() as work:
        assert await work.paused.since() is None
