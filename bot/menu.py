"""The menu of commands in Telegram, and what is said in the log about files that were set aside at a start."""

from __future__ import annotations

from typing import Final

import structlog
from telegram import Bot, BotCommand

from bot.offered import asked_for
from bot.own_safety import own_problems
from bot.settings import Settings
from bot.tongues import Tongue, Tongues
from conversations.catalogue import Catalogue
from conversations.languages import Languages
from conversations.lines import Line

log = structlog.get_logger(__name__)

MENU: Final = (
    ("help", Line.MENU_HELP),
    ("stop", Line.MENU_STOP),
    ("answers", Line.MENU_ANSWERS),
    ("myway", Line.MENU_MY_WAY),
    ("who", Line.MENU_WHO),
)
_CHOICE: Final = ("language", Line.MENU_LANGUAGE)
_TELEGRAM_CODE: Final = 2
"""Telegram knows the menus of an app's language by codes of two letters."""


async def set_menu(bot: Bot, tongues: Tongues) -> None:
    """Name the commands in English, and in each other language for those whose app speaks it.

    Raises:
        telegram.error.TelegramError: Telegram refuses, or cannot be reached.
    """
    for tongue in tongues.known.values():
        if tongue.language.is_english:
            await bot.set_my_commands(_commands(tongue, tongues))
        elif tongue.language in tongues.offered and len(tongue.language.code) == _TELEGRAM_CODE:
            await bot.set_my_commands(_commands(tongue, tongues), language_code=tongue.language.code)


def tell_what_is_set_aside(catalogue: Catalogue, languages: Languages, settings: Settings) -> None:
    """In the log: every file or sentence that is not used, and every language that was asked for and not offered."""
    for problem in catalogue.problems:
        log.error("script_set_aside", file=problem.file, line=problem.line)
    for problem in own_problems(settings):
        log.error("safety_file_set_aside", file=problem.file, line=problem.line)
    for problem in languages.problems:
        log.error("language_set_aside", file=problem.file)
    for language in languages:
        if language.broken:
            log.warning("translations_not_used", language=language.code, count=language.broken)
    for code in asked_for(settings):
        if code not in catalogue.languages.known:
            log.warning("language_not_offered", language=code)


def _commands(tongue: Tongue, tongues: Tongues) -> list[BotCommand]:
    menu = (*MENU, _CHOICE) if tongues.is_choice else MENU
    return [BotCommand(name, tongue.lines[line]) for name, line in menu]
