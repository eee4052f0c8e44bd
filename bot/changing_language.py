"""The language is changed in the middle of things: same conversation, same place, same answers, other words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.carry_out import CarryOut, Moment
from bot.choosing import ask, choose, said_of_draft
from bot.outside import person_of
from bot.post import Post, To
from conversations.effects import Keyboard
from conversations.engine import present
from conversations.lines import Line
from storage.records import Account
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ChangingLanguage:
    """What /language and the buttons under it do."""

    carry_out: CarryOut

    @property
    def post(self) -> Post:
        """Where messages are queued."""
        return self.carry_out.post

    async def ask(self, work: UnitOfWork, account: Account, cause: str) -> None:
        """Show the languages; where there is only one, say so."""
        await ask(work, self.post.speaking_to(await person_of(work, account)), To(account.id), f"{cause}:languages")

    async def keep(self, work: UnitOfWork, account: Account, code: str) -> bool:
        """Keep the choice; False where this language is not offered."""
        return await choose(work, self.post, account, code)

    async def say(self, work: UnitOfWork, account: Account, moment: Moment | None, cause: str) -> None:
        """Say it in the new language; what was shown last is shown again, with the keyboard, in its words."""
        post = self.post.speaking_to(await person_of(work, account))
        texts = (post.line(Line.LANGUAGE_CHOSEN, language=post.language.name), *said_of_draft(post))
        if moment is None:
            await post.say(work, To(account.id), f"{cause}:language", "\n\n".join(texts))
            return
        asked = present(moment.flow, moment.facts, moment.conversation.state)
        again = replace(asked, texts=("\n\n".join(texts), *asked.texts), keyboard=Keyboard.CONTROLS)
        await self.carry_out.show(moment, again, f"{cause}:language")
