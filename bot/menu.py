"""The menus of commands in Telegram, and what is said in the log about files that were set aside at a start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.offered import asked_for
from bot.own_safety import own_problems
from bot.settings import Settings
from bot.tongues import Tongues
from conversations.catalogue import Catalogue
from conversations.languages import Languages
from conversations.lines import Line, Lines
from storage.database import Database
from storage.records import StaffState

log = structlog.get_logger(__name__)

MENU: Final = (
    ("help", Line.MENU_HELP),
    ("stop", Line.MENU_STOP),
    ("answers", Line.MENU_ANSWERS),
    ("who", Line.MENU_WHO),
)
"""What people see there: four, and no more (decision 18). Every other command works as well."""
STAFF_MENU: Final = (("help", Line.MENU_HELP), ("reviews", Line.STAFF_MENU_REVIEWS), ("record", Line.STAFF_MENU_RECORD))
_TELEGRAM_CODE: Final = 2
"""Telegram knows the menus of an app's language by codes of two letters."""


async def set_menu(bot: Bot, tongues: Tongues) -> None:
    """Name the commands in English, and in each other language for those whose app speaks it.

    Raises:
        telegram.error.TelegramError: Telegram refuses, or cannot be reached.
    """
    for tongue in tongues.known.values():
        if tongue.language.is_english:
            await bot.set_my_commands(_commands(tongue.lines, MENU))
        elif tongue.language in tongues.offered and len(tongue.language.code) == _TELEGRAM_CODE:
            await bot.set_my_commands(_commands(tongue.lines, MENU), language_code=tongue.language.code)


@dataclass(slots=True)
class StaffMenus:
    """The menu in the chats of colleagues: their own, as long as nobody is asked there and they work here."""

    bot: Bot
    lines: Lines
    _set: set[int] = field(default_factory=set, repr=False)

    async def bring_up_to_date(self, database: Database) -> None:
        """Set what is new, and take back what is over. Trouble at Telegram is logged and tried again later."""
        wanted = await self._wanted(database)
        for chat in wanted ^ self._set:
            scope = BotCommandScopeChat(chat)
            try:
                if chat in wanted:
                    await self.bot.set_my_commands(_commands(self.lines, STAFF_MENU), scope=scope)
                    self._set.add(chat)
                else:
                    await self.bot.delete_my_commands(scope=scope)
                    self._set.discard(chat)
            except TelegramError as error:
                log.info("staff_menu_waits", error=type(error).__name__)

    async def _wanted(self, database: Database) -> set[int]:
        async with database.reading() as work:
            serving = [staff for staff in await work.staff.all() if staff.state is StaffState.ACTIVE]
            mine = [each.account_id for each in serving if each.account_id]
            only = [each for each in mine if not await work.participants.of_account(each)]
            accounts = [await work.accounts.get(each) for each in only]
        return {account.chat_id for account in accounts if account is not None}


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


def _commands(lines: Lines, menu: Sequence[tuple[str, Line]]) -> list[BotCommand]:
    return [BotCommand(name, lines[line]) for name, line in menu]
