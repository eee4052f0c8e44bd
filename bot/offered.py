"""Which languages people can choose, as the operator decided, and which of them are not fit for real people yet."""

from __future__ import annotations

import re
from typing import Final

from bot.settings import Settings
from conversations.catalogue import Catalogue
from conversations.language_checks import Severity, findings
from conversations.languages import Language, Languages
from conversations.sources import all_messages

_SPLIT: Final = re.compile(r"[,\s]+")


def asked_for(settings: Settings) -> tuple[str, ...]:
    """The codes that the operator wrote, each once."""
    return tuple(dict.fromkeys(code for code in _SPLIT.split(settings.languages) if code))


def offered(settings: Settings, languages: Languages) -> tuple[str, ...]:
    """Those of them that are there, and are approved; drafts too where the operator or the demo wants them."""
    drafts = settings.draft_languages or settings.is_demo
    there = (languages.known[code] for code in asked_for(settings) if code in languages.known)
    return tuple(language.code for language in there if drafts or not language.is_draft)


def not_fit(settings: Settings, languages: Languages, catalogue: Catalogue) -> list[str]:
    """What is missing before real people may be spoken to in these languages, for the go-live list."""
    lacking: list[str] = []
    for code in asked_for(settings):
        language = languages.known.get(code)
        if language is None:
            lacking.append(f"a translation for '{code}', or its code taken out of FIRSTHAND_LANGUAGES")
        elif language.is_draft:
            lacking.append(f"someone who speaks {language.name} ({code}) and approves its translation")
        elif _broken(language, catalogue):
            lacking.append(f"a whole translation for {language.name}: `firsthand languages check {code}`")
    return lacking


def _broken(language: Language, catalogue: Catalogue) -> bool:
    if language.is_english:
        return False
    return any(each.severity is Severity.FINDING for each in findings(language, all_messages(catalogue)))
