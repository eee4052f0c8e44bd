"""Secrets come by the environment or by a file. A command line stands in the list of processes, and in a history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from bot.__main__ import app
from bot.secrets_by_hand import SecretKind
from bot.settings import Settings
from tests.bot.college import TOKEN
from tests.bot.commands.desk import Desk

_SECRET = re.compile(r"token|password|passphrase|key|secret|credential|database.?url|dsn", re.IGNORECASE)
_KINDS = {"--secret"}
"""Which kind of second secret a person likes: a word, digits or a picture. Never the secret."""


def parameters() -> Iterator[tuple[str, Any]]:
    def below(command: object, path: str) -> Iterator[tuple[str, Any]]:
        for name, each in getattr(command, "commands", {}).items():
            yield from below(each, f"{path} {name}")
        for each in getattr(command, "params", []):
            yield path, each

    yield from below(typer.main.get_command(app), "firsthand")


def test_no_command_takes_a_secret() -> None:
    found = list(parameters())
    assert len(found) > 60
    names = {(path, name) for path, each in found for name in (*each.opts, *each.secondary_opts)}
    assert {(path, name) for path, name in names if _SECRET.search(name) and name not in _KINDS} == set()


@pytest.mark.parametrize("command", [("review", "plan", "Sam"), ("invite", "new", "someone")])
def test_the_second_secret_itself_cannot_be_given(desk: Desk, command: tuple[str, ...]) -> None:
    told = desk.run(*command, "--secret", "marigold", code=2).output
    assert all(f"'{kind}'" in told for kind in SecretKind)


def test_no_command_reads_a_secret_from_an_option_by_another_name() -> None:
    secrets = {name for name, each in Settings.model_fields.items() if "Secret" in str(each.annotation)}
    assert {"token", "keys", "webhook_secret", "mail_password"} <= secrets
    taken = {each.name for _, each in parameters()}
    assert taken & secrets == set()


@pytest.mark.parametrize("wrong", ["TOKEN", "KEYS", "WEBHOOK_SECRET", "DATABASE_URL"])
def test_a_setting_that_is_wrong_is_not_quoted(desk: Desk, wrong: str) -> None:
    desk.env.setenv(f"FIRSTHAND_{wrong}", f"wrong {TOKEN}")
    told = desk.run("staff", "list", code=2)
    assert f"FIRSTHAND_{wrong}" in told.stderr
    assert TOKEN.partition(":")[2] not in told.output
    assert "wrong " not in told.output.replace("is wrong", "")
