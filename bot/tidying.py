"""Takes messages out of a chat a day after they are safely stored, where its person wants that (decision 33).

It never takes the open question, the newest message with the reply keyboard, or the help card. Telegram lets a bot do
this for 48 hours; what stayed is said once, with the next thing that the person does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from telegram.error import TelegramError

from bot.afterwards import Afterwards, AnswerPress
from bot.clock import Clock
from bot.outside import person_of
from bot.post import Post, To
from bot.rights.erasing import NOT_IN_YET
from bot.telegram.calls import Calls
from bot.telegram.inbound import (
    Attachment,
    CommandGiven,
    Incoming,
    NotOurs,
    Pressed,
    Start,
    Unwanted,
    Words,
)
from conversations.effects import Button
from conversations.lines import Line
from conversations.tidying import BEFORE, TOO_LATE, is_too_late, tidy_from
from storage.database import Database
from storage.records import Account, AccountState, ChatMessage, TidyChoice
from storage.unit_of_work import UnitOfWork

PREFIX: Final = "tidy:"
COMMAND: Final = "tidy"
MOST: Final = 100
"""So many numbers Telegram takes in one deleteMessages."""
_SOONEST: Final = TOO_LATE - BEFORE

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tidying:
    """Asks once, keeps the choice, and deletes."""

    database: Database
    calls: Calls
    post: Post
    clock: Clock

    async def noted(self, work: UnitOfWork, account: Account, incoming: Incoming) -> None:
        """Note that this message stands in the chat: its number and times, nothing else."""
        if isinstance(incoming, Words | Attachment | CommandGiven | Start | Unwanted) and incoming.message_id:
            now = self.clock.now()
            await work.chats.seen(account.id, incoming.message_id, incoming.sent_at or now, now)

    async def offer(self, work: UnitOfWork, account_id: str, cause: str) -> None:
        """Ask whether the chat shall be tidied, once in its life."""
        if await work.chats.choice(account_id) is None:
            await work.chats.choose(account_id, TidyChoice.ASKED)
            await self._ask(work, account_id, Line.TIDY_ASK, cause)

    async def heard(
        self, work: UnitOfWork, account: Account, incoming: Incoming, cause: str
    ) -> Sequence[Afterwards] | None:
        """/tidy and its buttons; None where this is for others."""
        match incoming:
            case CommandGiven(name=name) if name == COMMAND:
                chosen = await work.chats.choice(account.id)
                is_on = chosen is not None and chosen.choice is TidyChoice.ON
                await self._ask(work, account.id, Line.TIDY_IS_ON if is_on else Line.TIDY_ASK, cause)
                return []
            case Pressed(data=NotOurs(data=data)) if data.startswith(PREFIX):
                await self._choose(work, account, data.removeprefix(PREFIX), cause)
                return [AnswerPress(incoming.callback_id)]
            case _:
                return None

    async def say_what_stayed(self, work: UnitOfWork, account: Account, cause: str) -> None:
        """Name once what could not be deleted, as a reply to what the person just did."""
        chosen = await work.chats.choice(account.id)
        if chosen is not None and chosen.left_over:
            await work.chats.told(account.id)
            post = self.post.speaking_to(await person_of(work, account))
            await post.say(work, To(account.id), f"{cause}:stayed", post.line(Line.TIDY_STAYED))

    async def tick(self) -> int:
        """Delete what may go now in every chat that wants it; how many messages went or were given up."""
        now, done = self.clock.now(), 0
        async with self.database.reading() as work:
            chats = await work.chats.to_tidy(now - _SOONEST)
        for account_id in chats:
            done += await self._tidy(account_id)
        return done

    async def forget(self) -> None:
        """Drop the numbers of messages that nobody can or wants to delete."""
        async with self.database.work() as work:
            await work.chats.forget(self.clock.now() - TOO_LATE)
            await work.commit()

    async def _choose(self, work: UnitOfWork, account: Account, said: str, cause: str) -> None:
        if said not in {TidyChoice.ON, TidyChoice.OFF}:
            await self._ask(work, account.id, Line.TIDY_ASK, cause)
            return
        await work.chats.choose(account.id, TidyChoice(said))
        # What is too old already was said with the yes: it is not named again as something that stayed.
        await work.chats.gone(await work.chats.too_late(account.id, self.clock.now() - BEFORE))
        post = self.post.speaking_to(await person_of(work, account))
        line = Line.TIDY_ON if said == TidyChoice.ON else Line.TIDY_OFF
        await post.say(work, To(account.id), f"{cause}:tidy", post.line(line))

    async def _ask(self, work: UnitOfWork, account_id: str, line: Line, cause: str) -> None:
        account = await work.accounts.get(account_id)
        people = await work.participants.of_account(account_id)
        if account is None or all(each.state in NOT_IN_YET for each in people):
            return
        post = self.post.speaking_to(await person_of(work, account))
        buttons = [
            Button(post.line(Line.TIDY_YES), f"{PREFIX}{TidyChoice.ON}"),
            Button(post.line(Line.TIDY_NO), f"{PREFIX}{TidyChoice.OFF}"),
        ]
        await post.say(work, To(account_id), f"{cause}:tidy_ask", post.line(line), buttons)

    async def _tidy(self, account_id: str) -> int:
        now = self.clock.now()
        async with self.database.reading() as work:
            account, rows = await work.accounts.get(account_id), await work.chats.of_account(account_id)
            kept = await work.chats.open_questions(account_id) | _newest_keyboard(rows)
            rests = await work.chats.waits_for_media(account_id)
        if account is None:
            return 0
        late = [row for row in rows if is_too_late(row.sent_at, now)]
        can = [row for row in rows if row not in late and row.message_id not in kept]
        due = [row for row in can if tidy_from(row.sent_at, row.stored_at) <= now]
        if rests or account.state is AccountState.BLOCKED:
            due = []
        gone, refused = await self._delete(account.chat_id, due)
        stayed = [*refused, *(row for row in late if row.message_id not in kept)]
        if not (gone or refused or late):
            return 0
        async with self.database.work() as work:
            await work.chats.gone([row.id for row in (*gone, *refused, *late)])
            await work.chats.stayed(account_id, len(stayed))
            await work.commit()
        log.info("chat_tidied", account=account_id, gone=len(gone), stayed=len(stayed))
        return len(gone) + len(refused) + len(late)

    async def _delete(self, chat_id: int, rows: Sequence[ChatMessage]) -> tuple[list[ChatMessage], list[ChatMessage]]:
        """Which went, and which Telegram refuses for good; the rest is tried again with the next tick.

        A crash between Telegram's yes and our note of it deletes twice, which Telegram passes over.
        """
        gone: list[ChatMessage] = []
        refused: list[ChatMessage] = []
        try:
            for start in range(0, len(rows), MOST):
                some = rows[start : start + MOST]
                if await self.calls.delete(chat_id, [row.message_id for row in some]):
                    gone += some
                    continue
                for row in some:  # one that cannot be deleted must not keep the others
                    (gone if await self.calls.delete(chat_id, [row.message_id]) else refused).append(row)
        except TelegramError as error:
            log.info("chat_not_tidied", error=type(error).__name__)
        return gone, refused


def _newest_keyboard(rows: Sequence[ChatMessage]) -> set[int]:
    return {max((row.message_id for row in rows if row.keyboard), default=0)}
