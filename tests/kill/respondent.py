"""Somebody who answers as a person does: reads the newest question, presses or types, waits for the next one."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from bot.demo.messages import ShownMessage
from conversations.state import Answer
from tests.kill.college import Guest

PATIENCE = 240.0  # seconds of real time, while the bot is killed and started again and again


@dataclass(frozen=True, slots=True)
class Given:
    """What was given as one answer."""

    choices: frozenset[str] = frozenset()
    words: str = ""
    refused: str = ""

    @classmethod
    def of(cls, answer: Answer) -> Given:
        """The same of a stored answer."""
        return cls(frozenset(answer.choices), answer.words, answer.refused.value if answer.refused else "")


@dataclass(frozen=True, slots=True)
class Question:
    """A message of the bot with buttons that belong to a conversation."""

    message: ShownMessage
    conversation: str
    revision: int
    codes: tuple[str, ...]

    @classmethod
    def of(cls, message: ShownMessage) -> Question | None:
        """None where no button belongs to a conversation."""
        found = [(button.data or "").split(":", 2) for button in message.buttons]
        ours = [parts for parts in found if len(parts) == 3 and parts[1].isdigit()]
        if not ours:
            return None
        return cls(message, ours[0][0], int(ours[0][1]), tuple(parts[2] for parts in ours))

    def data(self, code: str) -> str:
        """What a press on this button sends."""
        return f"{self.conversation}:{self.revision}:{code}"


@dataclass(slots=True)
class Respondent:
    """`most` ends it after so many answers, in the middle; None goes on until it is sent."""

    guest: Guest
    random: Random
    most: int | None = None
    confirmed: list[Given] = field(default_factory=list)
    sent: bool = False

    @property
    def name(self) -> str:
        """The first name, by which the documents know this person."""
        return self.guest.invitation.name

    async def answers(self) -> None:
        """Answer until it is sent, or until this person has had enough."""
        question = await self._question_after(0)
        while not self.sent and (self.most is None or len(self.confirmed) < self.most):
            given = await self._gives(question)
            question = await self._question_after(question.revision)
            if given is None:
                self.sent = True
            else:
                self.confirmed.append(given)  # the next question is seen: from here on it must never be lost

    async def _gives(self, question: Question) -> Given | None:
        """Answer one question in the first way that it offers; None where that was Send."""
        codes = question.codes
        refusals = [code for code in codes if code.startswith("r:")]
        if "d:send" in codes:
            await self._presses(question, "d:send")
            return None
        if any(code.startswith("+:") for code in codes):
            return await self._ticks(question)
        if not any(code.startswith("o:") for code in codes):
            return await self._types()
        if refusals and "o:short" not in codes and self.random.random() < 0.2:
            return await self._refuses(question, self.random.choice(refusals))
        return await self._chooses(question, next(code for code in codes if code.startswith("o:")))

    async def _refuses(self, question: Question, code: str) -> Given:
        await self._presses(question, code)
        return Given(refused=code.removeprefix("r:"))

    async def _chooses(self, question: Question, code: str) -> Given:
        await self._presses(question, code)
        return Given(frozenset({code.removeprefix("o:")}))

    async def _ticks(self, question: Question) -> Given:
        offered = [code.removeprefix("+:") for code in question.codes if code.startswith("+:")]
        wanted = self.random.sample(offered, 2)
        for option in wanted:
            await self._presses(question, f"+:{option}")
            await self.guest.person.until(lambda _, on=f"-:{option}": self._shows(question, on), PATIENCE)  # type: ignore[misc]
        await self._presses(question, "d:done")
        return Given(frozenset(wanted))

    async def _types(self) -> Given:
        words = f"{self.name} says thing number {len(self.confirmed)}, and means it."
        await self.guest.person.type(words)
        return Given(words=words)

    async def _presses(self, question: Question, code: str) -> None:
        """Press, sometimes twice, and on any copy of the question: none of it may matter."""
        copies = [each.message.id for each in self._questions() if each.revision == question.revision]
        for _ in range(1 + (self.random.random() < 0.2)):
            await self.guest.person.press_data(self.random.choice(copies), question.data(code))

    def _shows(self, question: Question, code: str) -> bool:
        return any(each.revision == question.revision and code in each.codes for each in self._questions())

    def _questions(self) -> list[Question]:
        found = (Question.of(message) for message in self.guest.person.messages if message.by_bot)
        return [question for question in found if question is not None]

    async def _question_after(self, revision: int) -> Question:
        await self.guest.person.until(lambda _: any(each.revision > revision for each in self._questions()), PATIENCE)
        return max(self._questions(), key=lambda each: (each.revision, each.message.id))
