"""The college of every journey: staff are in, reviews are planned, and people answer on their phones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.demo.cast import COORDINATOR, PROFESSIONAL, staff_links
from bot.demo.mailbox import Delivered
from bot.demo.markup import Button
from bot.demo.messages import ShownMessage
from bot.demo.people import Person
from bot.demo.stage import Stage, Terms, stage
from bot.ordering import Asked, Order
from bot.reviewing import Invitation, Planned, Reviewing
from bot.secrets_by_hand import SecretKind
from conversations.lines import Line
from conversations.offsets import ReviewKind
from conversations.script import Role
from storage.records import (
    Conversation,
    Note,
    Participant,
    Prompt,
    PromptState,
    StoredDigest,
    StoredSubmission,
)
from tests.support.database import TEST_KEYS, new_database_url

STARTS = datetime(2026, 9, 28, 9, 0, tzinfo=UTC)
MEETING = date(2026, 11, 24)
OPENS = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)
"""Six weeks before, at 16:00 in London."""
CLOSES = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
SCRIPTS = Path(__file__).parent / "scripts"
"""As few questions as show everything: the shipped scripts have journeys of their own in the story."""
ANN = Asked(Role.CARER, "Ann", "mother", SecretKind.DIGITS)

_LIKED = (
    "d:carry_on", "o:short", "o:understand", "o:both", "o:just_me", "o:well", "o:all_of_it", "o:no", "o:parent",
    "r:skip", "d:no",
)  # fmt: skip
_LEAVES_A_PART = frozenset({"d:carry_on", "d:enough"})


@dataclass(slots=True, repr=False)
class College:
    """One college on a stage, with its named professional's phone."""

    stage: Stage
    okafor: Person
    phones: dict[str, Person] = field(default_factory=dict)

    def phone(self, name: str) -> Person:
        """The phone of this name; a new one where it is new."""
        if name not in self.phones:
            self.phones[name] = self.stage.telegram.person(name)
        return self.phones[name]

    def line(self, line: Line, **values: str) -> str:
        """A sentence of the catalogue."""
        return self.stage.bot.lines[line].format(**values)

    async def plan(
        self,
        name: str = "Sam",
        meeting: date = MEETING,
        carers: Sequence[Asked] = (),
        reference: str = "",
        plan_lines: Sequence[str] = (),
        reason: str = "",
        goals: Sequence[str] = (),
    ) -> Planned:
        """Plan a review and store it."""
        order = Order(
            first_name=name,
            reference=reference or f"RC-{name}",
            born=date(2009, 5, 14),
            meeting=meeting,
            kind=ReviewKind.EHC_ANNUAL,
            professional=PROFESSIONAL,
            coordinator=COORDINATOR,
            secret=SecretKind.PICTURE,
            carers=tuple(carers),
            plan_lines=tuple(plan_lines),
            goals=tuple(goals),
            short_notice_reason=reason,
        )
        async with self.stage.database.work() as work:
            made = await Reviewing(self.stage.bot.prompts.quiet_days).plan(work, order, self.stage.clock.now())
            assert isinstance(made, Planned), made
            await work.commit()
        return made

    async def invite_again(self, participant_id: str, kind: SecretKind = SecretKind.WORD) -> Invitation:
        """Staff make a new invite for somebody."""
        async with self.stage.database.work() as work:
            participant = await work.participants.get(participant_id)
            assert participant is not None
            reviewing = Reviewing(self.stage.bot.prompts.quiet_days)
            made = await reviewing.invite(work, participant, kind, self.stage.clock.now())
            await work.commit()
        return made

    async def opens_link(self, person: Person, token: str) -> None:
        """Press Start on a link."""
        await person.start(token)
        await self.stage.calm()

    async def tells_secret(self, person: Person, invitation: Invitation) -> None:
        """Press or type the second secret."""
        if invitation.secret.kind is SecretKind.PICTURE:
            await self.press(person, invitation.secret.text)
        else:
            await self.say(person, invitation.secret.text)

    async def comes_in(self, person: Person, invitation: Invitation) -> None:
        """All the way in: link, secret, and the named professional's check."""
        await self.opens_link(person, invitation.token)
        await self.tells_secret(person, invitation)
        await self.press(self.okafor, invitation.participant_id)

    async def press(self, person: Person, *codes: str) -> None:
        """Press buttons by what they do; the end of a part is passed."""
        for code in codes:
            if code not in _LEAVES_A_PART:
                await self._past_a_part(person)
            await person.press(lambda button, code=code: does(button, code))  # type: ignore[misc]  # mypy: default args
            await self.stage.calm()

    async def say(self, person: Person, *words: str) -> None:
        """Type words, one message after another."""
        for each in words:
            await self._past_a_part(person)
            await person.type(each)
            await self.stage.calm()

    async def _past_a_part(self, person: Person) -> None:
        shown = {code.split(":", 3)[-1] for code in codes(person)}
        if shown >= _LEAVES_A_PART:
            await self.press(person, "d:carry_on")

    async def leaves_for_good(self, person: Person) -> None:
        """The last button of the stop menu, and yes to the question that it asks."""
        await self.say(person, "/stop")
        await self.press(person, "d:leave_for_good")
        await person.press(lambda button: (button.data or "").startswith("rights:delete:yes"))
        await self.stage.calm()

    async def answers(self, person: Person, words: str = "A quiet room.") -> None:
        """Up to the check screen: the first free question gets `words`, every other is answered or skipped."""
        said = False
        while "d:send" not in (shown := [code.split(":", 3)[-1] for code in codes(person)]):
            free = not any(code[0] in "o+" or code.startswith("d:") for code in shown)
            if free and not said:
                await self.say(person, words)
                said = True
            else:
                liked = [code for code in _LIKED if code in shown]
                assert liked, f"nothing to press: {shown} under {heard(person)[-2:]}"
                await self.press(person, liked[0])

    async def sends(self, person: Person, words: str = "A quiet room.") -> None:
        """Answer the short way and press Send."""
        await self.answers(person, words)
        await self.press(person, "d:send")

    async def at(self, moment: datetime) -> None:
        """Let time pass; what falls due on the way is done on its day."""
        await self.stage.move_to(moment)

    async def later(self, span: timedelta) -> None:
        """Let a span pass."""
        await self.at(self.stage.clock.now() + span)

    async def participant(self, participant_id: str) -> Participant:
        """As stored now."""
        async with self.stage.database.reading() as work:
            found = await work.participants.get(participant_id)
        assert found is not None
        return found

    async def conversations(self, participant_id: str) -> list[Conversation]:
        """As stored now."""
        async with self.stage.database.reading() as work:
            return await work.conversations.of_participant(participant_id)

    async def conversation(self, participant_id: str) -> Conversation:
        """The only one."""
        [one] = await self.conversations(participant_id)
        return one

    async def notes(self, participant_id: str) -> list[Note]:
        """As stored now."""
        async with self.stage.database.reading() as work:
            return await work.notes.of_participant(participant_id)

    async def sent(self, participant_id: str) -> StoredSubmission | None:
        """What counts as sent by this person."""
        conversation = await self.conversation(participant_id)
        async with self.stage.database.reading() as work:
            return await work.submissions.latest(conversation.id)

    async def prompts(self, review_id: str, participant_id: str | None = None) -> Mapping[str, Prompt]:
        """The prompts of a person, or of the review itself, by kind."""
        async with self.stage.database.reading() as work:
            rows = await work.prompts.of_review(review_id)
        return {row.kind: row for row in rows if row.participant_id == participant_id}

    async def prompt_states(self, review_id: str, participant_id: str) -> dict[str, PromptState]:
        """How each prompt of a person stands."""
        return {kind: row.state for kind, row in (await self.prompts(review_id, participant_id)).items()}

    async def digests(self, review_id: str) -> list[StoredDigest]:
        """All versions."""
        async with self.stage.database.reading() as work:
            return await work.digests.of_review(review_id)

    @property
    def mails(self) -> list[str]:
        """The text of every mail that arrived."""
        return [text_of(mail) for mail in self.stage.mailbox.messages]

    async def verified(self, participant_id: str) -> bool:
        """Whether the stored submission is the one for which the receipt was given."""
        sent = await self.sent(participant_id)
        async with self.stage.database.reading() as work:
            return sent is not None and await work.submissions.verify(sent.id)


def does(button: Button, code: str) -> bool:
    """Whether a button does this."""
    return f":{button.data}".endswith(f":{code}")


def codes(person: Person) -> list[str]:
    """What the buttons of the newest question send."""
    asked = [message for message in by_bot(person) if any(_is_marked(button) for button in message.buttons)]
    return [f":{button.data}" for button in asked[-1].buttons] if asked else []


def _is_marked(button: Button) -> bool:
    return (button.data or "").count(":") >= 3 and not (button.data or "").startswith("desk:")


def by_bot(person: Person) -> list[ShownMessage]:
    """What the bot wrote in this chat and still stands."""
    return [message for message in person.messages if message.by_bot]


def heard(person: Person) -> list[str]:
    """The words of the bot in this chat, oldest first."""
    return [message.words for message in by_bot(person)]


def all_heard(person: Person) -> str:
    """The same as one text."""
    return "\n".join(heard(person))


def text_of(mail: Delivered) -> str:
    """The plain text of a mail."""
    part = mail.message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def invitation_of(made: Planned, name: str) -> Invitation:
    """The invitation of this person."""
    return next(each for each in made.invitations if each.name == name)


@asynccontextmanager
async def college(folder: Path, terms: Terms | None = None, start: datetime = STARTS) -> AsyncIterator[College]:
    """A college whose named professional is in."""
    terms = replace(terms or Terms(scripts=SCRIPTS), keys=TEST_KEYS)
    if not terms.database_url:
        terms = replace(terms, database_url=await new_database_url(folder))
    async with stage(start, terms) as made:
        here = College(made, made.telegram.person("Okafor"))
        await here.opens_link(here.okafor, await staff_links(made))
        yield here
