"""Puts messages into the outbox, in the same unit of work as what they tell of. Nothing here talks to Telegram."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.clock import Clock
from bot.telegram import outbound
from bot.telegram.outbound import Outgoing
from bot.tongues import HELP_KEYS, Tongues
from conversations.directions import isolated
from conversations.effects import Button, Reply
from conversations.emojis import unadorned
from conversations.languages import ENGLISH, Language
from conversations.lines import Line, Lines
from conversations.profile import HelpKey
from conversations.state import Mark
from conversations.wording import day_in, moment_in
from conversations.words import Word
from storage.records import Lane, NewMessage, Participant
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class To:
    """Whose chat a message is for; `participant_id` lets a stop end it while it still waits (P12)."""

    account_id: str
    participant_id: str | None = None
    lane: Lane = Lane.CONVERSATION
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The message to change: by its number where a press told it, else by the key under which it was queued."""

    original: str
    message_id: int | None = None


def carrier(mark: Mark, number: int = 0) -> str:
    """The outbox key of the message that carried this mark, the first time or again, so that an edit finds it."""
    return f"mark:{mark.conversation}:{mark.revision}:{number}"


@dataclass(frozen=True, slots=True)
class Post:
    """Words to people, as rows. `words` are the catalogue's, for dates and labels.

    It speaks English, to staff and to whoever is not known, until `speaking` makes it speak another language.
    """

    lines: Lines
    words: Mapping[str, str]
    clock: Clock
    tongues: Tongues = field(default_factory=Tongues)
    language: Language = ENGLISH
    emoji: bool = True
    help_key: HelpKey = HelpKey.HELP

    def speaking(self, code: str, *, emoji: bool = True) -> Post:
        """The same in a language that people can choose, else in the language of now; without `emoji`, without any."""
        tongue = self.tongues.of(code)
        if tongue is None:
            return replace(self, emoji=emoji)
        return replace(self, lines=tongue.lines, words=tongue.words, language=tongue.language, emoji=emoji)

    def speaking_to(self, person: Participant | None) -> Post:
        """The same in the language of this person, and with emoji only for who likes them."""
        if person is None:
            return self
        spoken = self.speaking(person.language, emoji=person.profile.emoji)
        return replace(spoken, help_key=person.profile.help_key)

    def line(self, line: Line, **values: str | date | datetime) -> str:
        """A sentence of the catalogue, filled in; dates and moments are said as people say them."""
        said = {key: self._said(value) for key, value in values.items()}
        if self.language.rtl:
            said = {key: isolated(value) for key, value in said.items()}
        return self._bare(self.lines[line]).format_map(said)

    def word(self, word: Word) -> str:
        """A word of the scripts' catalogue that stands alone, without anything to fill in."""
        return self._bare(self.words[word])

    def _bare(self, text: str) -> str:
        return text if self.emoji else unadorned(text)

    def _said(self, value: str | date | datetime) -> str:
        match value:
            case datetime():
                return moment_in(self.words, value)
            case date():
                return day_in(self.words, value)
            case _:
                return value

    async def show(self, work: UnitOfWork, to: To, reply: Reply, key: str) -> None:
        """Queue a message; with the same key a second time it does nothing (P3)."""
        await self._add_all(work, to, outbound.message(reply, self.controls()), key)

    async def say(self, work: UnitOfWork, to: To, key: str, text: str, buttons: Sequence[Button] = ()) -> None:
        """Queue plain words with buttons whose codes are whole callback data."""
        await self._add_all(work, to, outbound.plain(text, tuple((button,) for button in buttons)), key)

    async def board(self, work: UnitOfWork, to: To, key: str, text: str, rows: Sequence[Sequence[Button]]) -> None:
        """Queue plain words with buttons in rows."""
        await self._add_all(work, to, outbound.plain(text, rows), key)

    async def edit(self, work: UnitOfWork, to: To, reply: Reply, target: Target, key: str) -> None:
        """Queue a change of a message that was sent before."""
        await self._add(work, to, outbound.edit(reply, target.original, target.message_id), key)

    async def strip(self, work: UnitOfWork, to: To, target: Target, key: str) -> None:
        """Queue the end of an older copy of a question: it loses its buttons."""
        await self._add(work, to, outbound.strip(target.original), key)

    async def change(self, work: UnitOfWork, to: To, outgoing: Outgoing, key: str) -> None:
        """Queue a change of a message that was sent before, as `outbound` made it."""
        await self._add(work, to, outgoing, key)

    async def document(self, work: UnitOfWork, to: To, outgoing: Outgoing, key: str) -> None:
        """Queue a document; its bytes are made when it is sent."""
        await self._add(work, to, outgoing, key)

    def controls(self) -> tuple[tuple[str, ...], ...]:
        """The labels of the pace and safety controls, by row."""
        return (
            (self.line(Line.CONTROL_BACK), self.line(Line.CONTROL_EXPLAIN)),
            (self.line(Line.CONTROL_STOP), self.line(Line.CONTROL_ANSWERS)),
            (self.line(Line.CONTROL_MY_WAY), self.line(HELP_KEYS[self.help_key])),
        )

    async def _add_all(self, work: UnitOfWork, to: To, parts: Sequence[Outgoing], key: str) -> None:
        """The last part carries the buttons, so it has the key by which an edit finds it."""
        for number, part in enumerate(parts, start=1):
            await self._add(work, to, part, key if number == len(parts) else f"{key}#{number}")

    async def _add(self, work: UnitOfWork, to: To, outgoing: Outgoing, key: str) -> None:
        await work.outbox.add(
            NewMessage(
                account_id=to.account_id,
                participant_id=to.participant_id,
                lane=to.lane,
                kind=outgoing.kind,
                payload=outbound.dump(outgoing),
                dedupe_key=key,
                not_before=to.not_before or self.clock.now(),
            )
        )
