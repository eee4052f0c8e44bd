"""The people of the story, all invented, and the stage on which they meet the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from bot.demo.markup import Button
from bot.demo.messages import ShownMessage
from bot.demo.people import Person
from bot.demo.stage import Stage
from bot.demo.transcript import Transcript
from bot.ordering import Asked, Order
from bot.reviewing import Invitation, Planned, Reviewing
from bot.secrets_by_hand import SecretKind
from conversations.offsets import ReviewKind
from conversations.script import Role
from storage.ids import new_id, new_token
from storage.records import Duty, Setting, Staff

STARTS: Final = datetime(2026, 9, 28, 9, 0, tzinfo=UTC)
MEETING: Final = date(2026, 11, 24)
"""Eight weeks later: summer time ends on the way."""

_LEAVES_A_PART: Final = frozenset({"d:carry_on", "d:enough"})

PROFESSIONAL: Final = "okafor@example.org"
COORDINATOR: Final = "patel@example.org"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who has a phone in the story."""

    sam: Person
    ann: Person
    ben: Person
    okafor: Person

    def named(self) -> dict[str, Person]:
        """Everyone, by the name that the transcript uses."""
        return {"Sam": self.sam, "Ann": self.ann, "Ben": self.ben, "Mr Okafor": self.okafor}


@dataclass(frozen=True, slots=True)
class Scene:
    """The stage, the cast and who writes it all down."""

    stage: Stage
    cast: Cast
    transcript: Transcript

    async def happens(self) -> None:
        """Let the bot answer, and write down what the chats show now."""
        await self.stage.calm()
        for name, person in self.cast.named().items():
            self.transcript.catch_up(name, person)

    async def press(self, person: Person, *codes: str) -> None:
        """Press buttons one after another, each on what the chat then shows, by what they do and not by their words.

        Raises:
            LookupError: the chat shows no such button.
        """
        name = next(name for name, each in self.cast.named().items() if each is person)
        for code in codes:
            if code not in _LEAVES_A_PART:
                await self._past_the_end_of_a_part(person)
            self.transcript.pressed(name, await _pressed(person, code))
            await self.happens()

    async def _past_the_end_of_a_part(self, person: Person) -> None:
        """Where the parts of a script end is for the co-design group to say: the people of the story just carry on."""
        shown = {code.split(":", 3)[-1] for code in _codes(person.last())}
        if shown >= _LEAVES_A_PART:
            await self.press(person, "d:carry_on")

    async def say(self, person: Person, *words: str) -> None:
        """Type words, one message after another."""
        for each in words:
            await self._past_the_end_of_a_part(person)
            await person.type(each)
            await self.happens()

    async def at(self, moment: datetime, title: str) -> None:
        """Let time pass; what falls due on the way is done on its day."""
        await self.stage.move_to(moment)
        self.transcript.scene(self.stage.clock.now(), title)
        await self.happens()


def _codes(message: ShownMessage) -> list[str]:
    return [f":{button.data}" for button in message.buttons]


async def _pressed(person: Person, code: str) -> str:
    """Press the newest button that does this; its label."""
    labels: list[str] = []

    def is_it(button: Button) -> bool:
        labels.append(button.label)
        return f":{button.data}".endswith(f":{code}")

    await person.press(is_it)
    return labels[-1]


def cast(stage: Stage) -> Cast:
    """Four phones."""
    named = stage.telegram.person
    return Cast(named("Sam"), named("Ann"), named("Ben"), named("Okafor"))


async def staff_links(stage: Stage) -> str:
    """The college is set up; the link with which the named professional joins."""
    okafor = Staff(new_id(), "Mr Okafor", "Learning support lead", PROFESSIONAL, frozenset({Duty.PROFESSIONAL}))
    patel = Staff(new_id(), "Ms Patel", "SEN coordinator", COORDINATOR, frozenset({Duty.COORDINATOR}))
    lead = Staff(new_id(), "Ms Reid", "Safeguarding lead", "reid@example.org", frozenset({Duty.SAFEGUARDING}))
    deputy = Staff(new_id(), "Mr Hall", "Safeguarding deputy", "hall@example.org", frozenset({Duty.SAFEGUARDING}))
    token = new_token()
    async with stage.database.work() as work:
        for staff in (okafor, patel, lead, deputy):
            await work.staff.add(staff)
        await work.settings.put(
            Setting(new_id(), "Riverside College", safeguarding_lead=lead.id, safeguarding_deputy=deputy.id)
        )
        await work.invites.add(token, staff_id=okafor.id, expires_at=datetime(2026, 10, 31, tzinfo=UTC))
        await work.commit()
    return token


async def planned(stage: Stage) -> Planned:
    """The coordinator plans the review.

    Raises:
        RuntimeError: it could not be planned: the story would make no sense.
    """
    order = Order(
        first_name="Sam",
        reference="RC-0417",
        born=date(2009, 5, 14),
        meeting=MEETING,
        kind=ReviewKind.EHC_ANNUAL,
        professional=PROFESSIONAL,
        coordinator=COORDINATOR,
        secret=SecretKind.PICTURE,
        carers=(
            Asked(Role.CARER, "Ann", "mother"),
            Asked(Role.CARER, "Ben", "father", SecretKind.DIGITS),
        ),
        plan_lines=("A quiet room when you need a break", "Someone to help you in maths, three times a week"),
        goals=("I travel to college by bus on my own.",),
    )
    async with stage.database.work() as work:
        made = await Reviewing(stage.bot.prompts.quiet_days).plan(work, order, stage.clock.now())
        await work.commit()
    match made:
        case Planned():
            return made
        case _:
            raise RuntimeError(f"the story's review was refused: {made}")


def invitation_of(made: Planned, name: str) -> Invitation:
    """The invitation of this person."""
    return next(each for each in made.invitations if each.name == name)
