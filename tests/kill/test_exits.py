"""How `firsthand run` ends, as the operator sees it: an exit code, and plain words with the remedy."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.clock import SystemClock, write_instant
from bot.demo.refusals import UNAUTHORIZED
from bot.demo.telegram_server import DEMO_TOKEN, TelegramStandIn
from storage.engines import open_engine
from storage.errors import KeyMissing, KeyWrong, SchemaNewer
from tests.kill.process import BotProcess, Ended, ended
from tests.support.database import TEST_KEYS, new_database_url

pytestmark = pytest.mark.uncounted

OTHER_KEY = "k1:" + "YW5vdGhlciBrZXksIHdoaWNoIG9wZW5zIG5vdGhpbmc="
OTHER_NAME = TEST_KEYS.replace("k1:", "k2:")
WITHIN = 60.0


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn(DEMO_TOKEN, SystemClock()) as stand_in:
        yield stand_in


async def good_settings(telegram: TelegramStandIn, folder: Path) -> dict[str, str]:
    return {
        "TOKEN": DEMO_TOKEN,
        "TELEGRAM_URL": telegram.origin,
        "DATABASE_URL": await new_database_url(folder),
        "KEYS": TEST_KEYS,
    }


async def run(settings: dict[str, str], folder: Path) -> Ended:
    done = await ended(settings, folder, "run")
    assert "Traceback" not in done.said
    for secret in (settings.get("TOKEN", ""), settings.get("KEYS", "").partition(":")[2]):
        assert not secret or secret not in done.said
    return done


async def test_a_wrong_token_ends_it_with_code_2_and_says_where_to_get_the_right_one(
    telegram: TelegramStandIn, tmp_path: Path
) -> None:
    settings = await good_settings(telegram, tmp_path) | {"TOKEN": "1000:some-other-token-of-right-form"}
    done = await run(settings, tmp_path)
    assert done.code == 2
    assert done.said.splitlines() == [
        "Telegram does not accept the bot's token. Copy it again from BotFather: FIRSTHAND_TOKEN."
    ]


async def test_a_token_that_is_taken_back_ends_a_running_bot_with_code_2(
    telegram: TelegramStandIn, tmp_path: Path
) -> None:
    telegram.faults.fail(UNAUTHORIZED, "getUpdates")
    done = await run(await good_settings(telegram, tmp_path), tmp_path)
    assert done.code == 2
    assert "BotFather" in done.said


async def test_every_setting_that_is_missing_or_wrong_is_named_at_once(tmp_path: Path) -> None:
    done = await run({"DATABASE_URL": "mysql://nowhere", "MAIL_HOST": "mail.example.org"}, tmp_path)
    assert done.code == 2
    for name in ("TOKEN", "DATABASE_URL", "KEYS", "MAIL_FROM"):
        assert f"FIRSTHAND_{name}" in done.said


@pytest.mark.parametrize(("keys", "remedy"), [(OTHER_NAME, KeyMissing.remedy), (OTHER_KEY, KeyWrong.remedy)])
async def test_a_key_that_does_not_open_the_database_ends_it_with_the_remedy(
    telegram: TelegramStandIn, tmp_path: Path, keys: str, remedy: str
) -> None:
    done = await run(await good_settings(telegram, tmp_path) | {"KEYS": keys}, tmp_path)
    assert done.code == 1
    assert remedy in done.said
    assert not telegram.calls  # nobody was told anything


async def test_a_key_that_is_none_counts_as_a_wrong_setting(telegram: TelegramStandIn, tmp_path: Path) -> None:
    done = await run(await good_settings(telegram, tmp_path) | {"KEYS": "k1:short"}, tmp_path)
    assert done.code == 2
    assert "FIRSTHAND_KEYS" in done.said
    assert "firsthand keys new" in done.said


async def test_a_database_of_a_newer_program_is_left_alone(telegram: TelegramStandIn, tmp_path: Path) -> None:
    settings = await good_settings(telegram, tmp_path)
    engine = open_engine(settings["DATABASE_URL"], 5)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    done = await run(settings, tmp_path)
    assert done.code == 1
    assert done.said.splitlines() == [SchemaNewer.remedy]
    assert not telegram.calls


async def test_a_second_bot_with_the_same_token_is_said_in_the_log_of_the_first(
    telegram: TelegramStandIn, tmp_path: Path
) -> None:
    bots: list[BotProcess] = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        clock = folder / "clock"
        write_instant(clock, telegram.world.clock.now())
        bots.append(BotProcess(await good_settings(telegram, folder) | {"DEMO_CLOCK": str(clock)}, folder))
    first, second = bots
    try:
        await first.start()
        await telegram.world.pulse.until(lambda: telegram.polling.polls, within=WITHIN)
        await second.start()
        await telegram.world.pulse.until(lambda: telegram.polling.polls > 1, within=WITHIN)
        await telegram.world.pulse.until(lambda: "another_poller" in first.log(), within=WITHIN)
        assert "Only one may. Stop the other." in first.log()
        assert DEMO_TOKEN not in first.log() + second.log()
    finally:
        for each in bots:
            await each.take_away()
