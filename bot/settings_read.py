"""Reads the settings from the environment or a `.env` file. Everything that is missing or wrong is said at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from dotenv import dotenv_values
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.settings import ENV_FILE, PREFIX, Settings, SettingsError

_MOST_ENV_BYTES: Final = 256 * 1024
_REMEDIES: Final[Mapping[str, str]] = {
    "missing": "is missing",
    "int_parsing": "needs a whole number",
    "greater_than_equal": "is too small. The least is {ge}",
    "less_than_equal": "is too large. The most is {le}",
    "enum": "can be {expected}",
    "date_from_datetime_parsing": "needs a date such as 2026-09-01",
    "date_parsing": "needs a date such as 2026-09-01",
}
"""What pydantic finds wrong, in plain words; what it would quote of the value is left out."""


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: with one line for every setting that is missing or wrong.
    """
    try:
        if Path(ENV_FILE).is_file() and Path(ENV_FILE).stat().st_size > _MOST_ENV_BYTES:
            raise SettingsError(
                f"The file {ENV_FILE} is larger than {_MOST_ENV_BYTES // 1024} KiB: not a settings file."
            )
        return Settings()
    except ValidationError as error:
        wrong = [_plain(each) for each in error.errors(include_url=False, include_input=False)]
    except (OSError, UnicodeError):
        wrong = [f"The file {ENV_FILE} cannot be read."]
    raise SettingsError("\n".join([*wrong, *unknown_names()]))


def unknown_names() -> list[str]:
    """A line for every name that looks like a setting and is none: most often a slip of the hand."""
    known = [name.upper() for name in Settings.model_fields]
    try:
        written = {*os.environ, *dotenv_values(ENV_FILE)}
    except (OSError, UnicodeError):
        written = set(os.environ)
    ours = sorted(name.upper().removeprefix(PREFIX) for name in written if name.upper().startswith(PREFIX))
    return [_slip(name, get_close_matches(name, known, 1)) for name in ours if name not in known]


def _slip(name: str, near: list[str]) -> str:
    return f"{PREFIX}{name} is no setting." + (f" Do you mean {PREFIX}{near[0]}?" if near else "")


def _plain(error: ErrorDetails) -> str:
    field = str(error["loc"][0])
    said = _REMEDIES.get(error["type"], error["msg"].removeprefix("Value error, ")).format_map(error.get("ctx", {}))
    purpose = f" {Settings.model_fields[field].description}" if error["type"] in _REMEDIES else ""
    return f"{PREFIX}{field.upper()} {said}.{purpose}"
