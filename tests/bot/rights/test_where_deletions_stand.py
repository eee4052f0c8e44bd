"""Where the list of deletions lies, when nobody said: outside the database, where the bot may write."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings
from tests.support.database import TEST_KEYS

TOKEN = "123456:a-made-up-token"


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"keys": TEST_KEYS, "database_url": "sqlite:////srv/f/bot.db"}, "/srv/f/bot.db.deletions"),
        ({"key_file": "/etc/f/keys", "database_url": "sqlite:////srv/f/bot.db"}, "/srv/f/bot.db.deletions"),
        ({"key_file": "/etc/f/keys", "database_url": "postgresql://server/bot"}, "firsthand.deletions"),
        ({"keys": TEST_KEYS, "database_url": "postgresql://server/bot"}, "firsthand.deletions"),
        ({"keys": TEST_KEYS, "database_url": "sqlite:///b.db", "deletions_file": "/var/gone"}, "/var/gone"),
    ],
)
def test_beside_the_sqlite_file_else_where_the_bot_starts(
    given: dict[str, str], place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(_env_file=None, token=TOKEN, **given)  # type: ignore[arg-type]  # strings, as in a file
    assert settings.deletions_path == Path(place)
