"""Where people ask for their rights in the chat: /mydata, /delete and /complain, and the buttons under them.

Nobody comes here before staff have checked who they are. It decides nothing about a conversation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog

from bot.afterwards import Afterwards, AnswerPress, SayDirectly
from bot.authority import is_own
from bot.clock import Clock
from bot.joining import current_review
from bot.outside import person_of
from bot.post import Post, To
from bot.rights.complaints import PREFIX as COMPLAIN
from bot.rights.complaints import Complaining, complainant
from bot.rights.copies import give_copy, play_all
from bot.rights.counting import PREFIX as COUNT
from bot.rights.counting import Counting
from bot.rights.erasing import NOT_IN_YET, Erasing
from bot.rights.longer import PREFIX as LONGER
from bot.rights.longer import Longer, young
from bot.telegram.inbound import CommandGiven, EditedWords, Incoming, NotOurs, Press, Pressed, Words
from conversations.buttons import Action, Do, parsed
from conversations.effects import Button
from conversations.lines import Line
from conversations.state import Spot
from storage.database import Database
from storage.errors import StorageError
from storage.records import Account, Participant
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

PREFIX: Final = "rights:"
_DELETE: Final = f"{PREFIX}delete:"
_ASK: Final = f"{PREFIX}delete"
_COPY: Final = f"{PREFIX}copy"
_PLAY: Final = f"{PREFIX}play"
_CHOICES: Final = ((Line.MYDATA_COPY, _COPY), (Line.MYDATA_PLAY, _PLAY), (Line.MYDATA_DELETE, _ASK))
_MINUTES: Final = 60
"""For how long the button that deletes everything can be pressed; later it asks anew (P10)."""


@dataclass(slots=True)
class Rights:
    """Answers what is asked of it, and passes on everything else."""

    post: Post
    clock: Clock
    erasing: Erasing
    complaining: Complaining
    database: Database
    counts: bool = False
    _untidy: bool = field(default=False, repr=False)

    async def heard(
        self, work: UnitOfWork, account: Account, incoming: Incoming, cause: str
    ) -> Sequence[Afterwards] | None:
        """What to do at Telegram after the commit; None where this is for others."""
        if not await self._concerns(work, account, incoming):
            return await self._perhaps_complaint(work, account, incoming, cause)
        people = [each for each in await work.participants.of_account(account.id) if each.state not in NOT_IN_YET]
        if not people:
            return None
        match incoming:
            case CommandGiven(name=name):
                await self._commanded(work, account, name, cause)
                return []
            case Pressed():
                said = await self._pressed(work, account, people, incoming, cause)
                return [AnswerPress(incoming.callback_id), *said]
            case _:
                return None

    async def settle(self) -> None:
        """Let what was deleted be gone from the files too. Trouble is tried again later."""
        if not self._untidy:
            return
        try:
            self._untidy = not await self.database.tidy()
        except StorageError as error:
            log.warning("tidying_waits", error=type(error).__name__)

    async def _concerns(self, work: UnitOfWork, account: Account, incoming: Incoming) -> bool:
        match incoming:
            case CommandGiven(name="mydata" | "delete" | "complain"):
                return True
            case Pressed(data=NotOurs(data=data)):
                return data.startswith(PREFIX)
            case Pressed(data=Press() as press):
                return await self._stops_for_good(work, account, press)
            case _:
                return False

    async def _complain(self, work: UnitOfWork, account: Account, data: str, cause: str) -> None:
        person = await complainant(work, account)
        if person is not None and data == COMPLAIN:
            await self.complaining.ask(work, person, account, cause)
        elif person is not None:
            await self.complaining.pressed(work, person, account, data, cause)

    async def _perhaps_complaint(
        self, work: UnitOfWork, account: Account, incoming: Incoming, cause: str
    ) -> Sequence[Afterwards] | None:
        """Words and voice are a complaint where one was asked for; anything else ends that."""
        person = await complainant(work, account)
        if person is None:
            return None
        if isinstance(incoming, EditedWords):
            return [] if await self.complaining.edited(work, person, account, incoming, cause) else None
        is_control = isinstance(incoming, Words) and self.post.tongues.control(incoming.text) is not None
        if not is_control and await self.complaining.heard(work, person, account, incoming, cause):
            return []
        await self.complaining.over(work, person)
        return None

    async def _stops_for_good(self, work: UnitOfWork, account: Account, press: Press) -> bool:
        """The last button of the stop menu reaches past its conversation: it is about all that this chat ever said."""
        if parsed(press.code) != Do(Action.LEAVE_FOR_GOOD):
            return False
        conversation = await work.conversations.get(press.mark.conversation)
        if conversation is None or not is_own(account, conversation):
            return False
        return conversation.revision == press.mark.revision and conversation.state.place.spot is Spot.STOP_MENU

    async def _commanded(self, work: UnitOfWork, account: Account, name: str, cause: str) -> None:
        match name:
            case "mydata":
                await self._show(work, account, cause)
            case "complain":
                await self._complain(work, account, COMPLAIN, cause)
            case _:
                await self._ask(work, account, cause)

    async def _pressed(
        self, work: UnitOfWork, account: Account, people: Sequence[Participant], incoming: Pressed, cause: str
    ) -> Sequence[Afterwards]:
        data = incoming.data.data if isinstance(incoming.data, NotOurs) else _ASK
        if data.startswith(_DELETE):
            return await self._decided(work, account, people, incoming, cause)
        if data == _COPY:
            await give_copy(work, await self._post(work, account), account.id, cause)
        elif data == _PLAY:
            await play_all(work, await self._post(work, account), account.id, cause)
        elif data.startswith(COMPLAIN):
            await self._complain(work, account, data, cause)
        elif data.startswith(COUNT):
            await Counting(self.clock).pressed(work, await self._post(work, account), people, data, cause)
        elif data.startswith(LONGER):
            await Longer(self.clock).pressed(work, await self._post(work, account), people, data, cause)
        else:
            await self._ask(work, account, cause)
        return []

    async def _show(self, work: UnitOfWork, account: Account, cause: str) -> None:
        """What is kept, and what can be done with it."""
        post = await self._post(work, account)
        is_young = young(await work.participants.of_account(account.id)) is not None
        choices = [*_CHOICES, (Line.MYDATA_LONGER, LONGER)] if is_young else [*_CHOICES]
        choices += [(Line.MYDATA_COUNT, COUNT)] if self.counts else []
        buttons = [Button(post.line(line), data) for line, data in choices]
        await post.say(work, To(account.id), f"{cause}:mydata", post.line(Line.MYDATA), buttons)

    async def _ask(self, work: UnitOfWork, account: Account, cause: str) -> None:
        """What goes and what cannot, once and plainly; both buttons carry the minute at which it was asked."""
        post, minute = await self._post(work, account), self._minute()
        buttons = [
            Button(post.line(Line.DELETE_YES), f"{_DELETE}yes:{minute}"),
            Button(post.line(Line.DELETE_NO), f"{_DELETE}no:{minute}"),
        ]
        await post.say(work, To(account.id), f"{cause}:delete", post.line(Line.DELETE_ASK), buttons)

    async def _decided(
        self, work: UnitOfWork, account: Account, people: Sequence[Participant], incoming: Pressed, cause: str
    ) -> Sequence[Afterwards]:
        said, minute = _choice(incoming)
        post = await self._post(work, account)
        is_fresh = minute.isdecimal() and len(minute) < 12 and 0 <= self._minute() - int(minute) <= _MINUTES
        if said == "no":
            return [SayDirectly(incoming.chat_id, post.line(Line.DELETE_KEPT))]
        if said != "yes" or not is_fresh:
            await self._ask(work, account, cause)
            return []
        contact = await self._contact(work, account)
        if not await self.erasing.everything(work, people):
            return [SayDirectly(incoming.chat_id, post.line(Line.DELETE_NOT_NOW, contact=contact))]
        self._untidy = True
        return [SayDirectly(incoming.chat_id, post.line(Line.DELETE_DONE))]

    async def _contact(self, work: UnitOfWork, account: Account) -> str:
        person = await person_of(work, account)
        review = await current_review(work, person) if person else None
        staff = await work.staff.get(review.professional_id) if review else None
        setting = await work.settings.get()
        return staff.name if staff else setting.name if setting else ""

    async def _post(self, work: UnitOfWork, account: Account) -> Post:
        return self.post.speaking_to(await person_of(work, account))

    def _minute(self) -> int:
        return int(self.clock.now().timestamp()) // 60


def _choice(incoming: Pressed) -> tuple[str, str]:
    """Yes or no, and the minute at which it was asked, as the button says."""
    data = incoming.data.data if isinstance(incoming.data, NotOurs) else ""
    said, _, minute = data.removeprefix(_DELETE).partition(":")
    return said, minute
