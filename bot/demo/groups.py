"""A group into which somebody puts the bot, although it talks in private chats only."""

from typing import final

from bot.demo.chats import Chat, Standing
from bot.demo.formatting import typed
from bot.demo.people import Person
from bot.demo.world import Draft, World


@final
class Group:
    """An invented group."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self.chat = chat

    @property
    def has_bot(self) -> bool:
        """Whether the bot is a member."""
        return self.chat.standing is Standing.OPEN

    async def add_bot(self, by: Person) -> None:
        """Let `by` put the bot into the group."""
        self.chat.standing = Standing.OPEN
        self._world.membership(self.chat, by.user, ("left", "member"))

    async def type(self, by: Person, text: str) -> None:
        """Let `by` write into the group; the bot hears it while it is a member."""
        message = self._world.post(self.chat, by.user, Draft(formatted=typed(text)))
        if self.has_bot:
            self._world.updates.put("message", self.chat.told(message), self.chat.id)
