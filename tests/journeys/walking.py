"""Takes a person through a whole script. What they want to say stands in a table; how they say it is theirs."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from types import MappingProxyType
from typing import TypeAlias

from pypdf import PdfReader

from bot.demo.files import picture_words
from bot.demo.messages import ShownMessage
from bot.demo.people import Person
from conversations.locating import locate, options_of
from conversations.path import path
from conversations.scene import Scene, scene_of
from conversations.script import ChooseMany, Flow, Option, PlainStep, Records, Tell, Way
from conversations.state import Answer, ConversationState, Place, Spot
from storage.records import Conversation, StoredSubmission
from tests.journeys.college import OPENS, College, by_bot, codes, invitation_of, text_of

Wants: TypeAlias = Mapping[str, tuple[str, ...]]
Given: TypeAlias = Mapping[tuple[str, str], tuple[str, ...]]

PLAN_LINES = ("A quiet room when you need a break", "Help in maths, three times a week")
GOALS = ("I travel to college by bus on my own.",)
SAYS: Wants = MappingProxyType(
    {
        "agree": ("understand",),
        "helper": ("just_me",),
        "good_at": ("making", "sport"),
        "matters": ("family", "friends"),
        "going": ("well",),
        "working": ("people",),
        "plan_get": ("get_yes",),
        "plan_helps": ("well",),
        "plan_next": ("keep",),
        "goal_how": ("on_the_way",),
        "goal_still": ("still_yes",),
        "feeling": ("mostly_good",),
        "health_help": ("health_yes",),
        "next_step": ("college",),
        "live": ("own_place",),
        "by_myself": ("travel",),
        "community": ("relationship",),
        "attend": ("all_of_it",),
        "who_comes": ("parent",),
        "adjust": ("show_pictures",),
        "share": ("no",),
    }
)
"""What everybody says, each in their own way; what is not here is said in own words, or skipped.

Nothing here opens a question that own words would not open, so that all ways lead along the same path.
"""


@dataclass(frozen=True, slots=True)
class Question:
    """What stands before the person, and what they want to say to it: some of `options`, or words of their own."""

    place: Place
    step: PlainStep
    options: tuple[Option, ...]
    wanted: tuple[Option, ...]

    @property
    def name(self) -> str:
        """The id of the step."""
        return self.step.id

    @property
    def many(self) -> bool:
        """Whether more than one can be chosen, so that Done is pressed at the end."""
        return isinstance(self.step, ChooseMany)

    @property
    def is_free(self) -> bool:
        """Whether there is nothing to choose from."""
        return isinstance(self.step, Tell)

    @property
    def takes_words(self) -> bool:
        """To agree is no view: only its button says it."""
        return self.step.records is not Records.AGREEMENT

    def number(self, option: Option) -> int:
        """The number that stands beside an option."""
        return self.options.index(option) + 1


Gives: TypeAlias = Callable[["Walk", Question], Awaitable[None]]


@dataclass(slots=True, repr=False)
class Walk:
    """One person on their way through a script."""

    here: College
    person: Person
    participant_id: str
    gives: Gives
    wants: Wants = field(default_factory=lambda: SAYS)
    said: list[str] = field(default_factory=list)
    """The own words that were sent on the way."""

    async def conversation(self) -> Conversation:
        """The one that was last touched, as stored now."""
        return max(await self.here.conversations(self.participant_id), key=lambda each: each.touched_at)

    async def state(self) -> ConversationState:
        """As stored now."""
        return (await self.conversation()).state

    async def scene(self) -> Scene:
        """The script in this person's language, with the facts of the review."""
        conversation = await self.conversation()
        async with self.here.stage.database.reading() as work:
            opening = self.here.stage.bot.intake.turns.talking.opening
            moment = await opening.moment(work, conversation, "test")
        return scene_of(moment.flow, moment.facts, conversation.state)

    async def question(self) -> Question:
        """The present question."""
        state, scene = await self.state(), await self.scene()
        point = locate(scene, state, state.place)
        assert point.step is not None, state.place
        options = options_of(scene, point.step)
        names = self.wants.get(point.step.id, ())
        return Question(state.place, point.step, options, tuple(each for each in options if each.id in names))

    async def to_the_check(self) -> None:
        """Every question, one after another, up to the check screen."""
        while (place := (await self.state()).place).spot is not Spot.CHECK:
            if place.spot is Spot.PART_END:
                await self.here.press(self.person, "d:carry_on")
                continue
            await self.gives(self, await self.question())
            assert (await self.state()).place != place, f"{place} was not answered"

    async def sends(self) -> None:
        """All the way to Send."""
        await self.to_the_check()
        await self.here.press(self.person, "d:send")
        sent = await self.sent()
        async with self.here.stage.database.reading() as work:
            assert await work.submissions.verify(sent.id)

    async def sent(self) -> StoredSubmission:
        """What was sent last."""
        conversation = await self.conversation()
        async with self.here.stage.database.reading() as work:
            sent = await work.submissions.latest(conversation.id)
        assert sent is not None
        return sent

    async def answers(self) -> tuple[Answer, ...]:
        """The same, answer by answer."""
        return (await self.sent()).submission.answers

    async def given(self) -> Given:
        """What was chosen, by step and item."""
        return {(each.step, each.item): each.choices for each in await self.answers()}

    async def asked(self) -> frozenset[tuple[str, str]]:
        """Every step and item that the script has for these answers, whatever the profile."""
        scene, conversation = await self.scene(), await self.conversation()
        places = path(scene.flow, scene.facts, conversation.state.way, conversation.state.answers)
        return frozenset((place.step, place.item) for place in places if place.spot is Spot.QUESTION)

    async def press_wanted(self, question: Question) -> None:
        """By buttons alone; what stands on another page is turned to."""
        for option in question.wanted:
            await self.turn_to(f"+:{option.id}" if question.many else f"o:{option.id}")
        if question.many:
            await self.here.press(self.person, "d:done")

    async def turn_to(self, code: str) -> None:
        """Press this, turning pages until it is there."""
        for _ in range(10):
            shown = [each.split(":", 3)[-1] for each in codes(self.person)]
            if code in shown:
                break
            await self.here.press(self.person, next(each for each in shown if each.startswith("p:")))
        await self.here.press(self.person, code)

    def newest(self) -> ShownMessage:
        """The message with the present question."""
        return [each for each in by_bot(self.person) if each.buttons][-1]


async def presses(walk: Walk, question: Question) -> None:
    """Presses what is wanted; at a free question types own words."""
    if question.wanted:
        await walk.press_wanted(question)
    else:
        walk.said.append(f"my own words {len(walk.said)}")
        await walk.here.say(walk.person, walk.said[-1])
        if question.many:
            await walk.here.press(walk.person, "d:done")


async def comes_in(here: College, gives: Gives, wants: Wants | None = None, *, language: str = "") -> Walk:
    """Sam, from the letter to the first question."""
    made = await here.plan(plan_lines=PLAN_LINES, goals=GOALS)
    sam, invitation = here.phone("Sam"), invitation_of(made, "Sam")
    await here.opens_link(sam, invitation.token)
    if language:
        await here.press(sam, f"language:{language}")
    await here.tells_secret(sam, invitation)
    await here.press(here.okafor, invitation.participant_id)
    await here.at(OPENS)
    return Walk(here, sam, invitation.participant_id, gives, {**SAYS, **(wants or {})})


def flow_of(here: College, script: str = "young_person") -> Flow:
    """The script as it now is."""
    flow = here.stage.bot.catalogue.current(script)
    assert flow is not None
    return flow


def ways(way: Way, shows: str = "both") -> Wants:
    """The answers of the opening that say how the person likes to be asked."""
    return {"ready": (way.value,), "access": (shows,)}


def pictures_of(person: Person) -> list[ShownMessage]:
    """What the bot sent as a picture."""
    return [each for each in by_bot(person) if picture_words(each.content)]


def mail_text(here: College, number: int = 0) -> str:
    """The text of a mail that arrived, on one line."""
    return " ".join(text_of(here.stage.mailbox.messages[number]).split())


def mail_pdf(here: College, number: int = 0) -> bytes:
    """The PDF in a mail that arrived."""
    files = here.stage.mailbox.messages[number].message.iter_attachments()
    return next(bytes(each.get_content()) for each in files if each.get_content_type() == "application/pdf")


def pdf_text(pdf: bytes) -> str:
    """The words of a PDF without any space: a reader guesses at those."""
    pages = PdfReader(BytesIO(pdf)).pages
    return squeezed("".join(page.extract_text() for page in pages))


def squeezed(text: str) -> str:
    """Without spaces and marks that only part words. A PDF may show an isolate where it says, beside it, a space."""
    return "".join(re.sub("[\u200b\u00ad\u2066-\u2069]", "", text).split())
