"""Who tries what in the tests of rights: one review in which everything is there to be asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.afterwards import AnswerPress, SayDirectly
from bot.ordering import Asked
from bot.telegram import outbound
from bot.telegram.incoming import CommandGiven, NotOurs, Press, Pressed
from conversations.effects import AlertRoute, RaiseAlert, Submission
from conversations.script import Role
from conversations.state import Answer, ConversationId, Place, Spot
from storage.ids import new_id
from storage.records import (
    Complaint,
    ComplaintState,
    Conversation,
    DigestKind,
    Duty,
    Note,
    OutMessage,
    Participant,
    ParticipantState,
    Staff,
)
from tests.bot.college import NOW, OKAFOR, ORDER, PATEL, REID, TOKEN, College, another
from tests.storage.samples import talk
from tests.support.database import TEST_KEYS

LOWE: Final = Staff("st-lowe", "Mr Lowe", "Tutor", "lowe@example.org", frozenset({Duty.PROFESSIONAL, Duty.COORDINATOR}))
HILL: Final = Staff("st-hill", "Ms Hill", "Tutor", "hill@example.org", frozenset(Duty))
SAMS: Final = ConversationId("t" * 22)
YOUNG: Final = "The young person"
SUPPORTER: Final = "Supporter with a phone of their own"
OPERATOR: Final = "Operator, in nobody's name"
LATER: Final = ("Professional who has left", "Coordinator who has left", "Young person who had blocked the bot")
ACTORS: Final[Mapping[str, tuple[int, str]]] = {
    YOUNG: (701, ""),
    "Carer who is asked": (702, ""),
    "Other carer": (703, ""),
    "Named professional": (710, OKAFOR.email),
    "Coordinator": (711, PATEL.email),
    "Staff of another review": (712, LOWE.email),
    "Safeguarding lead": (713, REID.email),
    "Colleague who is a carer here": (714, HILL.email),
    SUPPORTER: (798, ""),
    OPERATOR: (0, ""),
    "Stranger": (799, "nobody@example.org"),
}
CANARIES: Final = ("canaryanswer", "canarynote", "canarycomplaint", "canaryalert")
"""One word of each kind of content. Whoever is told no sees none of them on the way."""


class Try(Protocol):
    """How one action is tried: by a chat, or by the e-mail of a colleague."""

    __name__: str

    def __call__(self, scene: Scene, chat: int, email: str, /) -> Awaitable[bool]: ...


@dataclass(frozen=True, slots=True, repr=False)
class Scene:
    """One review in which everything is there to be asked for, and the ids of it."""

    college: College
    review: str
    account: str
    ann: str
    digest: str
    complaint: str
    alert: str
    shown: list[str] = field(default_factory=list)

    async def attempt(self, who: str, trying: Try) -> bool:
        """Let this actor try; whether it was done. Where it was not, nothing of anybody was shown to them."""
        chat, email = ACTORS[who]
        self.shown.clear()
        done = await trying(self, chat, email)
        await self.drain(chat)
        if not done:
            assert not [word for word in CANARIES for each in self.shown if word in each], f"{who}, {trying.__name__}"
        return done

    async def drain(self, chat: int) -> list[OutMessage]:
        """All that is queued, and sent with that; what goes to this chat is shown there."""
        async with self.college.database.reading() as work:
            account = await work.accounts.by_chat(chat)
        queued = await self.college.queued()
        mine = [each for each in queued if account is not None and each.account_id == account.id]
        self.shown.extend(str(outbound.load(each.payload).parameters) for each in mine)
        return queued

    async def press(self, chat: int, data: str | Press) -> str:
        """Press a button in this chat; what is shown for a moment."""
        return await self.give(chat, Pressed(callback_id="c", chat_id=chat, data=_data(data)))

    async def give(self, chat: int, incoming: Pressed | CommandGiven) -> str:
        """Hand one input to the bot as from this chat."""
        turns = self.college.bot.intake.turns
        async with self.college.database.work() as work:
            account = await work.accounts.by_chat(chat)
            if account is None:
                deeds = turns._stranger(incoming)
            else:
                deeds = await turns._known(work, account, incoming, f"try-{new_id()}")
            await work.commit()
        self.shown.extend(str(deed) for deed in deeds)
        self.shown.extend(deed.text for deed in deeds if isinstance(deed, SayDirectly))
        return next((deed.toast for deed in deeds if isinstance(deed, AnswerPress)), "")

    async def after(self, chat: int, doing: Awaitable[object]) -> list[OutMessage]:
        """What is queued for this chat by this, and by nothing before it."""
        await self.drain(chat)
        await doing
        async with self.college.database.reading() as work:
            account = await work.accounts.by_chat(chat)
        return [each for each in await self.drain(chat) if account is not None and each.account_id == account.id]

    async def talk(self) -> Conversation:
        """Sam's conversation."""
        async with self.college.database.reading() as work:
            found = await work.conversations.get(SAMS)
        assert found is not None
        return found

    async def person(self) -> Participant:
        """Ann, as stored now."""
        async with self.college.database.reading() as work:
            found = await work.participants.get(self.ann)
        assert found is not None
        return found

    async def invite(self) -> str:
        """Ann's newest invite."""
        async with self.college.database.reading() as work:
            found = await work.invites.latest(self.ann)
        assert found is not None
        return found.id

    async def put(self, state: ParticipantState) -> None:
        """Ann has come so far."""
        await self.college.set_state(self.ann, state)

    async def note(self) -> str:
        """Ann has written something outside a question."""
        note = Note(new_id(), self.ann, NOW, self.review, "Please ring me: canarynote.")
        async with self.college.database.work() as work:
            await work.notes.add(note)
            await work.commit()
        return note.words

    async def command(self, *words: str) -> str:
        """Type a command; what it prints, empty where it refuses. The operator leaves out whose name it is done in."""
        typed = list(words)
        while "" in typed:
            at = typed.index("")
            del typed[at - 1 : at + 1]
        done = await asyncio.to_thread(CliRunner().invoke, app, typed)
        self.shown.append(done.output)
        return done.stdout if done.exit_code == 0 else ""


def _data(data: str | Press) -> Press | NotOurs:
    return NotOurs(data) if isinstance(data, str) else data


async def staged(college: College, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The scene, in this college and folder."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("bot.golive.ITEMS", ())
    url = f"sqlite:///{folder / 'firsthand.db'}"
    for name, value in {"TOKEN": TOKEN, "KEYS": TEST_KEYS, "DATABASE_URL": url}.items():
        monkeypatch.setenv(f"FIRSTHAND_{name}", value)
    carers = tuple(Asked(Role.CARER, name, "carer") for name in ("Ann", "Ben", "Hill"))
    made = await college.plan(replace(ORDER, carers=carers))
    async with college.database.work() as work:
        for staff in (LOWE, HILL):
            await work.staff.add(staff)
        for number, staff in ((710, OKAFOR), (711, PATEL), (712, LOWE), (713, REID), (714, HILL)):
            await work.staff.attach(staff.id, (await work.accounts.add(number)).id)
        for number in (798, 799):
            await work.accounts.add(number)
        await work.commit()
    people = {each.name: each.participant_id for each in made.invitations}
    for name, chat in (("Sam", 701), ("Ann", 702), ("Ben", 703), ("Hill", 714)):
        await college.joins(people[name], chat)
    await college.plan(replace(another("Lee", "RC-2"), professional=LOWE.email, coordinator=LOWE.email))
    async with college.database.work() as work:
        sam = await work.participants.get(people["Sam"])
        assert sam is not None
        talked = replace(talk(sam.account_id, sam.id, SAMS), review_id=made.review.id)
        first = college.bot.catalogue.current("young_person")
        assert first is not None
        asked = next(each.id for each in first.parts[1].steps)
        place = Place(Spot.QUESTION, asked)
        await work.conversations.add(replace(talked, state=replace(talked.state, place=place)))
        answers = (Answer(asked, NOW, words="A quiet room: canaryanswer."),)
        sent = Submission(SAMS, "young_person", first.version, 1, answers, NOW, late=False)
        await work.submissions.add(sent, sam.id, made.review.id)
        digest = await college.bot.prompts.digests.make(work, made.review, DigestKind.FIRST)
        assert digest is not None
        due = (NOW + timedelta(days=30)).date()
        complaint = Complaint(
            new_id(), people["Ann"], PATEL.id, NOW, due, ComplaintState.KEPT, "Nobody rings: canarycomplaint."
        )
        await work.complaints.add(complaint)
        raised = RaiseAlert(AlertRoute.PHRASE, words="I am afraid: canaryalert.")
        alert = await college.bot.safeguarding.alarm.raise_alert(work, sam, made.review.id, raised, NOW)
        await work.commit()
    return Scene(college, made.review.id, sam.account_id or "", people["Ann"], digest.id, complaint.id, alert)
