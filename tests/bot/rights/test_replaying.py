"""At a start, whoever stands on the list of deletions is deleted again; nobody else is touched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.rights.erasing import DELETED, erase
from bot.rights.replaying import replay
from conversations.script import Role
from storage.database import Database
from storage.ids import new_id
from storage.ledger import Ledger
from tests.storage.samples import CARER as OTHER
from tests.storage.samples import CHAT, NOW, SAM, YOUNG, message, planted

SAM_HIMSELF = new_id()
CARER = new_id()
NEW_CHAT = CHAT + 1


async def two_people(database: Database) -> None:
    """Two participants with ids of the right form, the second one in a chat with a message that waits."""
    await planted(database)
    async with database.work() as work:
        await work.forget.participant(YOUNG.id)
        chat = await work.accounts.add(NEW_CHAT)
        await work.participants.add(replace(YOUNG, id=SAM_HIMSELF, account_id=None))
        await work.participants.add(replace(YOUNG, id=CARER, role=Role.CARER, account_id=chat.id))
        await work.outbox.add(replace(message(chat.id, "waits"), participant_id=CARER))
        await work.commit()


async def test_a_restored_person_is_gone_before_anything_is_sent(database: Database, tmp_path: Path) -> None:
    await two_people(database)
    ledger = Ledger(tmp_path / "deletions")
    assert await replay(database, ledger, NOW) == 0
    ledger.add([new_id(), CARER])
    assert await replay(database, ledger, NOW) == 1
    async with database.reading() as work:
        left = [each.id for each in await work.participants.of_young_person(SAM.id)]
        assert sorted(left) == sorted([SAM_HIMSELF, OTHER.id])
        assert await work.accounts.by_chat(NEW_CHAT) is None
        assert await work.outbox.is_empty()
        assert [line.what for line in await work.audit.about(CARER)] == [DELETED]
    assert await replay(database, ledger, NOW) == 0


async def test_deleting_twice_leaves_one_line(database: Database) -> None:
    await two_people(database)
    async with database.work() as work:
        assert await erase(work, CARER, NOW)
        assert not await erase(work, CARER, NOW)
        await work.commit()
    async with database.reading() as work:
        assert len(await work.audit.about(CARER)) == 1


async def test_a_list_that_cannot_be_read_stops_the_start(database: Database, tmp_path: Path) -> None:
    (tmp_path / "deletions").mkdir()
    with pytest.raises(OSError, match="directory"):
        await replay(database, Ledger(tmp_path / "deletions"), NOW)
