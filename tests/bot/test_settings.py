"""Settings: everything that is wrong is named at once, and no secret shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import LogFormat, Settings, SettingsError
from bot.settings_read import load_settings, unknown_names
from tests.support.database import TEST_KEYS

TOKEN = "123456:AAsecretsecretsecret"
PRIVATE = ("AAsecret", "dGVzdCBr", "hunter2", "hookhook")


@pytest.fixture(autouse=True)
def env(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment with the two things that are needed, in a folder without a .env file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIRSTHAND_TOKEN", TOKEN)
    monkeypatch.setenv("FIRSTHAND_KEYS", TEST_KEYS)
    return monkeypatch


def wrong(env: pytest.MonkeyPatch, **values: str) -> list[str]:
    for name, value in values.items():
        env.setenv(f"FIRSTHAND_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert not any(each in f"{caught.value!r} {caught.value}" for each in PRIVATE)
    return str(caught.value).splitlines()


def test_two_settings_are_enough() -> None:
    settings = load_settings()
    assert settings.token.get_secret_value() == TOKEN
    assert settings.key_text() == TEST_KEYS
    assert not settings.is_demo


def test_everything_that_is_missing_or_wrong_is_named_at_once_with_what_to_do(env: pytest.MonkeyPatch) -> None:
    env.delenv("FIRSTHAND_KEYS")
    found = wrong(
        env,
        TOKEN="AAsecretsecretsecret",
        DATABASE_URL="mysql://bot:hunter2@host/db",
        MAIL_HOST="mail.example.org",
        MAIL_PORT="70000",
        MAIL_SECURITY="none",
        WEBHOOK_PORT="eighty",
        WEBHOOK_SECRET="hook hook!",
        LOG_FORMAT="xml",
        DPIA_DATE="soon",
        MINIMUM_AGE="9",
        DEMO_CLOCK="clock",
        MINIMUN_AGE="16",
    )
    names = (
        "TOKEN", "DATABASE_URL", "KEY_FILE", "MAIL_FROM", "MAIL_PORT", "MAIL_SECURITY", "WEBHOOK_PORT",
        "WEBHOOK_SECRET", "LOG_FORMAT", "DPIA_DATE", "MINIMUM_AGE", "DEMO_CLOCK", "MINIMUN_AGE",
    )  # fmt: skip
    assert sorted(line.split()[0].removeprefix("FIRSTHAND_") for line in found) == sorted(names)
    assert all(len(line.split()) > 3 for line in found)


def test_a_missing_token_says_where_it_comes_from(env: pytest.MonkeyPatch) -> None:
    env.delenv("FIRSTHAND_TOKEN")
    assert wrong(env) == ["FIRSTHAND_TOKEN is missing. The bot's token, from BotFather."]


@pytest.mark.parametrize(
    "token", ["12:AAsecretsecretsecret", "123456", "123456:short", "bot123456:AAsecretsecret", "123456:AAsecret secret"]
)
def test_what_is_no_token_is_refused(env: pytest.MonkeyPatch, token: str) -> None:
    (line,) = wrong(env, TOKEN=token)
    assert "BotFather" in line


@pytest.mark.parametrize("keys", [{"KEYS": "k1:short"}, {"KEYS": "hunter2"}, {"KEYS": " # nothing"}])
def test_what_is_no_key_is_refused(env: pytest.MonkeyPatch, keys: dict[str, str]) -> None:
    (line,) = wrong(env, **keys)
    assert "firsthand keys new" in line


def test_keys_by_two_ways_are_one_too_many(env: pytest.MonkeyPatch) -> None:
    (line,) = wrong(env, KEY_FILE="keys.txt")
    assert "set one of the two" in line


@pytest.mark.parametrize(
    "url",
    ["sqlite://", "sqlite:///:memory:", "sqlite:///", "firsthand.db", "mysql://h/x", "postgresql://u:hunter2@h:port/x"],
)
def test_an_unknown_database_is_refused_without_its_password(env: pytest.MonkeyPatch, url: str) -> None:
    (line,) = wrong(env, DATABASE_URL=url)
    assert "sqlite:///" in line


@pytest.mark.parametrize("url", ["sqlite:///x.db", "sqlite:////var/x.db", "postgresql://u:p@h/x?sslmode=require"])
def test_a_known_database_is_taken(env: pytest.MonkeyPatch, url: str) -> None:
    env.setenv("FIRSTHAND_DATABASE_URL", url)
    assert load_settings().database_url == url


def test_mail_needs_a_sender_and_encryption_off_this_machine(env: pytest.MonkeyPatch) -> None:
    assert len(wrong(env, MAIL_HOST="mail.example.org", MAIL_SECURITY="none")) == 2
    env.setenv("FIRSTHAND_MAIL_HOST", "LOCALHOST")
    env.setenv("FIRSTHAND_MAIL_FROM", "bot@example.org")
    assert load_settings().mail_host == "LOCALHOST"


def test_telegram_is_asked_in_clear_on_this_machine_only(env: pytest.MonkeyPatch) -> None:
    (line,) = wrong(env, TELEGRAM_URL="http://telegram.example.org")
    assert "https://" in line
    env.setenv("FIRSTHAND_TELEGRAM_URL", "http://127.0.0.1:8081")
    assert load_settings().telegram_url == "http://127.0.0.1:8081"


def test_the_demo_clock_never_stands_beside_the_real_telegram(env: pytest.MonkeyPatch) -> None:
    (line,) = wrong(env, DEMO_CLOCK="clock")
    assert "demo only" in line
    env.setenv("FIRSTHAND_TELEGRAM_URL", "http://127.0.0.1:8081")
    assert load_settings().is_demo


def test_what_is_left_empty_counts_as_not_set(env: pytest.MonkeyPatch) -> None:
    for name in ("MINIMUM_AGE", "DPIA_DATE", "KEY_FILE", "MAIL_PORT", "LOG_FORMAT", "DEMO_CLOCK"):
        env.setenv(f"FIRSTHAND_{name}", "")
    settings = load_settings()
    assert (settings.minimum_age, settings.dpia_date, settings.mail_port) == (None, None, 587)


def test_a_slip_in_a_name_is_told_with_the_nearest_name(env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env.setenv("FIRSTHAND_MAIL_HOTS", "x")
    (tmp_path / ".env").write_text("FIRSTHAND_SOMETHING_ELSE_ENTIRELY=1\nOTHER=2\nfirsthand_token=3\n")
    assert unknown_names() == [
        "FIRSTHAND_MAIL_HOTS is no setting. Do you mean FIRSTHAND_MAIL_HOST?",
        "FIRSTHAND_SOMETHING_ELSE_ENTIRELY is no setting.",
    ]


def test_the_env_file_is_read_and_the_environment_wins(env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env.delenv("FIRSTHAND_TOKEN")
    (tmp_path / ".env").write_text(f"FIRSTHAND_TOKEN={TOKEN}\nFIRSTHAND_LOG_FORMAT=json\nFIRSTHAND_MAIL_PORT=25\n")
    env.setenv("FIRSTHAND_MAIL_PORT", "465")
    settings = load_settings()
    assert settings.token.get_secret_value() == TOKEN
    assert (settings.log_format, settings.mail_port) == (LogFormat.JSON, 465)


def test_an_env_file_that_cannot_be_read_is_said(env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"FIRSTHAND_MAIL_USER=\xff\xfe\n")
    assert wrong(env) == ["The file .env cannot be read."]


def test_no_secret_shows_in_a_repr(env: pytest.MonkeyPatch) -> None:
    env.setenv("FIRSTHAND_DATABASE_URL", "postgresql://bot:hunter2@host/db")
    env.setenv("FIRSTHAND_MAIL_PASSWORD", "hunter2")
    env.setenv("FIRSTHAND_WEBHOOK_SECRET", "hookhookhookhook")
    settings = load_settings()
    assert not any(each in f"{settings!r} {settings}" for each in PRIVATE)
    assert settings.mail_password is not None


def key_file(env: pytest.MonkeyPatch, path: Path) -> Settings:
    env.delenv("FIRSTHAND_KEYS")
    env.setenv("FIRSTHAND_KEY_FILE", str(path))
    return load_settings()


def test_keys_are_read_from_a_file_that_is_for_its_owner_alone(env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(f"# the newest first\n{TEST_KEYS}\n")
    path.chmod(0o644)
    settings = key_file(env, path)
    with pytest.raises(SettingsError, match="chmod 600"):
        settings.key_text()
    path.chmod(0o600)
    assert settings.key_text() == TEST_KEYS


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"hunter2"])
def test_a_key_file_that_holds_no_key_is_said_plainly(
    env: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "keys"
    if content is not None:
        path.write_bytes(content)
        path.chmod(0o600)
    with pytest.raises(SettingsError, match="FIRSTHAND_KEY_FILE") as caught:
        key_file(env, path).key_text()
    assert "hunter2" not in str(caught.value)


def test_a_folder_is_no_key_file(env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    with pytest.raises(SettingsError, match="cannot be read"):
        key_file(env, folder).key_text()
