from __future__ import annotations

from pathlib import Path

import pytest

from tests.kill import checks
from tests.kill.story import story

pytestmark = pytest.mark.uncounted


@pytest.mark.timeout(600)
async def test_nothing_is_lost_or_doubled_however_often_the_process_is_killed(url: str, tmp_path: Path) -> None:
    async with story(url, tmp_path) as told:
        await told.told()
        assert told.killer.strikes + told.killer.idle >= 20
        assert told.killer.strikes >= 16  # in the midst of work
        for check in checks.ALL:
            await check(told)
