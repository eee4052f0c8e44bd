"""Which languages people can choose, and which keep real people from being invited."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.offered import asked_for, not_fit, offered
from bot.settings import Settings
from conversations.catalogue import load
from conversations.languages import load_languages

HEAD = 'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"X-Firsthand-Status: approved by Noor on 2026-09-01\\n"\n'


def settings(languages: str, *, drafts: bool = False, demo: Path | None = None) -> Settings:
    return Settings.model_construct(languages=languages, draft_languages=drafts, demo_clock=demo)


@pytest.mark.parametrize("written", ["en, ur", "en,ur", " en  ur en", "en,,ur,"])
def test_codes_are_read_as_people_write_them(written: str) -> None:
    assert asked_for(settings(written)) == ("en", "ur")


def test_a_draft_is_offered_in_the_demo_or_where_the_operator_says_so() -> None:
    languages = load_languages()
    assert offered(settings("en, ur, xx"), languages) == ("en",)
    assert offered(settings("en, ur", drafts=True), languages) == ("en", "ur")
    assert offered(settings("ur, en", demo=Path("clock")), languages) == ("ur", "en")


def test_real_people_are_not_spoken_to_in_a_draft_whatever_the_settings_say(tmp_path: Path) -> None:
    catalogue = load()
    assert not_fit(settings("en"), load_languages(), catalogue) == []
    assert len(not_fit(settings("en, ur, xx", drafts=True), load_languages(), catalogue)) == 2
    (tmp_path / "ar.po").write_text(HEAD, "utf-8")
    [half] = not_fit(settings("ar"), load_languages(tmp_path), catalogue)
    assert "languages check ar" in half
