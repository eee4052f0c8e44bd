"""Keys are changed under a bot that does not know the new one: it waits, loses nothing, and learns it from its file."""

from __future__ import annotations

from pathlib import Path

from bot.key_renewal import is_unknown_to_bot
from storage.database import open_database
from storage.keyfile import write_key_file
from storage.reseal import reseal
from storage.sealing import KeyRing
from tests.journeys.college import OPENS, College, heard, invitation_of


async def test_an_answer_that_comes_before_the_bot_knows_the_key_waits_and_counts_once(
    here: College, tmp_path: Path
) -> None:
    made = await here.plan()
    sam, sam_id = here.phone("Sam"), invitation_of(made, "Sam").participant_id
    await here.comes_in(sam, invitation_of(made, "Sam"))
    await here.at(OPENS)
    old, file = KeyRing.parse(here.stage.settings.key_text()), tmp_path / "keys"
    write_key_file(file, old)
    await here.stage.restart(here.stage.settings.model_copy(update={"keys": None, "key_file": file}))
    await here.press(sam, "o:understand", "+:sport", "d:done")
    ring = old.rotated()
    async with await open_database(here.stage.settings.database_url, ring) as rotating:
        async with rotating.reading() as work:
            assert await is_unknown_to_bot(work, ring.current, here.stage.clock.now()), "rotate would refuse"
        assert [each async for each in reseal(rotating)], "and here nobody asked"
    before = len(heard(sam))
    await sam.type("I like maps.")
    await here.stage.telegram.settled(quiet=0.002, within=60)
    for _ in range(5):
        await here.stage.bot.intake.drain()
    async with here.stage.database.reading() as work:
        assert await work.inbox.parked() == [], "the update has done nothing wrong"
    assert len(heard(sam)) == before
    write_key_file(file, ring)
    await here.stage.bot.keeping.keys.tick()
    await here.stage.calm()
    conversation = await here.conversation(sam_id)
    assert [each.words for each in conversation.state.answers].count("I like maps.") == 1
    async with here.stage.database.reading() as work:
        assert not await is_unknown_to_bot(work, ring.current, here.stage.clock.now())
    file.unlink()
    await here.stage.bot.keeping.keys.tick()
    await here.say(sam, "/answers")
    assert len(heard(sam)) > before + 1, "a file that is gone stops nobody"
