"""Alerts and their frozen words, on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from conversations.effects import AlertRoute
from conversations.state import Media, MediaId, MediaKind
from storage.database import Database
from storage.records import DeliveryState, Due
from storage.records.alerts import Alert, AlertState, FrozenWords, NoticeTo
from tests.storage.samples import NOW, REVIEW, SENCO, TUTOR, YOUNG, planted

ALERT = Alert("a" * 32, YOUNG.id, NOW, REVIEW.id, TUTOR.id, who="Samplanted", about="Samplanted", due_at=NOW)
VOICE = Media(MediaId("m" * 32), MediaKind.VOICE)
WORDS = FrozenWords("w" * 32, ALERT.id, NOW, AlertRoute.PHRASE, ("plantedtopic",), words="plantedwords", media=(VOICE,))
LATER = NOW + timedelta(minutes=30)


async def raised(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.alerts.add(ALERT)
        await work.frozen.add(WORDS)
        await work.frozen.add_media(WORDS.id, MediaKind.VOICE, "audio/ogg", b"plantedvoice")
        await work.commit()


async def test_each_stage_is_claimed_once_by_any_number_of_processes(database: Database) -> None:
    await raised(database)

    async def tick() -> int:
        async with database.work() as work:
            claimed = await work.alerts.claim_due(NOW)
            assert await work.alerts.claim_due(NOW) is None, "what is claimed is due no more"
            if claimed is not None:
                await work.alerts.plan(claimed.id, LATER)
            await work.commit()
        return claimed.stage if claimed else 0

    assert sorted(await asyncio.gather(*(tick() for _ in range(5)))) == [0, 0, 0, 0, 1]
    async with database.work() as work:
        planned = await work.alerts.get(ALERT.id)
        assert planned is not None
        assert planned.due_at == LATER
        await work.alerts.claim_due(LATER)  # this process dies before it has told anybody
    async with database.work() as work:
        again = await work.alerts.claim_due(LATER)
        assert again is not None
        assert again.stage == 2


async def test_seen_once_by_name_then_closed_and_released_once(database: Database) -> None:
    await raised(database)
    async with database.work() as work:
        assert not await work.alerts.close(ALERT.id, SENCO.id, NOW, real=True), "nobody has seen it"
        assert await work.alert_notices.add(ALERT.id, 1, NoticeTo.STAFF, SENCO.id, NOW)
        assert await work.alerts.seen(ALERT.id, SENCO.id, LATER)
        assert not await work.alerts.seen(ALERT.id, TUTOR.id, LATER)
        assert await work.alerts.claim_due(LATER) is None
        assert await work.alert_notices.claim(LATER) is None
        assert [each.seen_by for each in await work.alerts.to_tell()] == [SENCO.id]
        assert [await work.alerts.told(ALERT.id, LATER) for _ in range(2)] == [True, False]
        assert await work.alerts.to_tell() == []
        assert await work.alerts.close(ALERT.id, SENCO.id, LATER, real=False)
        assert not await work.alerts.close(ALERT.id, SENCO.id, LATER, real=True)
        assert [await work.alerts.release(ALERT.id, SENCO.id, LATER) for _ in range(2)] == [True, False]
        [found] = await work.alerts.all()
        assert (found.state, found.closed_by, found.released_by) == (AlertState.NOT_REAL, SENCO.id, SENCO.id)
        assert [await work.alerts.past(LATER), await work.alerts.purge(LATER, 9)] == [Due(), 0]
        after = LATER + timedelta(seconds=1)
        assert await work.alerts.past(after) == Due(1, LATER.date())
        assert [await work.alerts.purge(after, most) for most in (0, 9)] == [0, 1]
        assert await work.frozen.of_alert(ALERT.id) == []
        assert await work.frozen.media_of(WORDS.id) == []


async def test_a_mail_is_made_once_for_each_stage_and_tried_until_it_has_gone(database: Database) -> None:
    await raised(database)
    async with database.work() as work:
        made = [await work.alert_notices.add(ALERT.id, 1, NoticeTo.STAFF, SENCO.id, NOW) for _ in range(2)]
        assert made == [True, False]
        mail = await work.alert_notices.claim(NOW)
        assert mail is not None
        assert (mail.to, mail.staff_id, mail.attempts) == (NoticeTo.STAFF, SENCO.id, 1)
        assert await work.alert_notices.claim(NOW) is None
        assert await work.alert_notices.release_stuck(LATER) == 1
        again = await work.alert_notices.claim(NOW)
        assert again is not None
        assert not await work.alert_notices.is_mail_down()
        await work.alert_notices.settle(again.id, DeliveryState.QUEUED, NOW, LATER, "retry")
        assert await work.alert_notices.is_mail_down()
        assert [each.id for each in await work.alerts.unreached()] == [ALERT.id]
        await work.alert_notices.settle(again.id, DeliveryState.SENT, NOW)
        await work.alerts.reached(ALERT.id, NOW)
        assert await work.alert_notices.states(ALERT.id) == [(DeliveryState.SENT, 2)]
        assert await work.alerts.unreached() == []


async def test_frozen_words_outlive_the_person_and_name_none_of_their_rows(database: Database) -> None:
    await raised(database)
    async with database.work() as work:
        forgotten = await work.forget.participant(YOUNG.id)
        await work.forget.traces(forgotten.ids)
        await work.commit()
    async with database.reading() as work:
        [alert] = await work.alerts.all()
        assert (alert.participant_id, alert.who) == (None, "Samplanted")
        assert await work.frozen.of_alert(alert.id) == [WORDS]
        [media] = await work.frozen.media_of(WORDS.id)
        assert await work.frozen.media(media.id) == media
        assert await work.frozen.data(media.id) == b"plantedvoice"
        assert await work.frozen.holding([alert.id], VOICE.id) == [WORDS]


async def test_the_key_of_everything_else_does_not_open_them(database: Database) -> None:
    await raised(database)
    vault = database.vault
    assert vault.apart.ids == vault.ring.ids
    assert vault.apart.reveal() != vault.ring.reveal()


async def test_what_was_shown_is_taken_down_once(database: Database) -> None:
    account = await planted(database)
    async with database.work() as work:
        await work.alert_notices.shown(account, "alert:read:1", LATER)
        assert await work.alert_notices.take_down(NOW) == []
        assert [each.key for each in await work.alert_notices.take_down(LATER)] == ["alert:read:1"]
        assert await work.alert_notices.take_down(LATER) == []
