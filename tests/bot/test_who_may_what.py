"""Everybody tries everything, at the real doors. What came of it is a page that a deployer can read."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.afterwards import AnswerPress
from bot.authority import TABLE, Action
from bot.paper import PaperDesk, at_desk
from bot.recording import RECORD
from bot.reviewing import Asked
from bot.telegram import outbound
from bot.telegram.incoming import CommandGiven, NotOurs, Press, Pressed
from conversations.effects import AlertRoute, RaiseAlert
from conversations.lines import Line
from conversations.script import Role
from conversations.state import ConversationId, Mark, Place, Spot
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

pytestmark = pytest.mark.uncounted

ELSEWHERE = frozenset({"joining.py"})
"""Where two roles of one account are kept apart (P1): no right is given there."""
PAGE = Path(__file__).parents[2] / "docs" / "who-may-what.md"
LOWE: Final = Staff("st-lowe", "Mr Lowe", "Tutor", "lowe@example.org", frozenset({Duty.PROFESSIONAL, Duty.COORDINATOR}))
HILL: Final = Staff("st-hill", "Ms Hill", "Tutor", "hill@example.org", frozenset(Duty))
SAMS: Final = ConversationId("t" * 22)
YOUNG: Final = "The young person"
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
    "Stranger": (799, "nobody@example.org"),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """One review in which everything is there to be asked for, and the ids of it."""

    college: College
    review: str
    account: str
    ann: str
    digest: str
    complaint: str
    alert: str

    async def press(self, chat: int, data: str | Press) -> str:
        """Press a button in this chat; what is shown for a moment."""
        return await self.give(chat, Pressed(callback_id="c", chat_id=chat, data=_data(data)))

    async def give(self, chat: int, incoming: Pressed | CommandGiven) -> str:
        """Hand one input to the bot as from this chat."""
        turns = self.college.bot.intake.turns
        async with self.college.database.work() as work:
            account = await work.accounts.by_chat(chat)
            assert account is not None
            deeds = await turns._known(work, account, incoming, f"try-{new_id()}")
            await work.commit()
        return next((deed.toast for deed in deeds if isinstance(deed, AnswerPress)), "")

    async def after(self, doing: Awaitable[object]) -> list[OutMessage]:
        """What is queued by this, and by nothing before it."""
        await self.college.queued()
        await doing
        return await self.college.queued()

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
        note = Note(new_id(), self.ann, NOW, self.review, "Please ring me.")
        async with self.college.database.work() as work:
            await work.notes.add(note)
            await work.commit()
        return note.words

    async def command(self, *words: str) -> str:
        """Type a command; what it prints, empty where it refuses."""
        if "" in words:
            return ""  # nobody types a command without an e-mail of their own
        done = await asyncio.to_thread(CliRunner().invoke, app, words)
        return done.stdout if done.exit_code == 0 else ""


def _data(data: str | Press) -> Press | NotOurs:
    return NotOurs(data) if isinstance(data, str) else data


async def _own_part(scene: Scene, chat: int, _: str) -> bool:
    """Sam's open question, and the copy of Sam's data: both in Sam's chat, or none of them in another."""
    before = await scene.talk()
    await scene.press(chat, Press(Mark(SAMS, before.revision), "r:skip"))
    answered = await scene.talk() != before
    queued = await scene.after(scene.press(chat, "rights:copy"))
    copied = any(f"page:{scene.account}" in outbound.load(each.payload).file for each in queued)
    assert answered is copied
    return answered


async def _check(scene: Scene, chat: int, _: str) -> bool:
    await scene.put(ParticipantState.ANSWERED_CODE)
    await scene.press(chat, f"desk:checked:{scene.ann}")
    state = (await scene.person()).state
    await scene.put(ParticipantState.JOINED)
    return state is ParticipantState.JOINED


async def _invite(scene: Scene, chat: int, _: str) -> bool:
    await scene.put(ParticipantState.INVITED)
    before, mine = await scene.invite(), (await scene.person()).account_id or ""
    await scene.press(chat, f"desk:invite:{before}")
    made = await scene.invite() != before
    async with scene.college.database.work() as work:
        await work.participants.attach(scene.ann, mine)
        await work.commit()
    await scene.put(ParticipantState.JOINED)
    return made


async def _open(scene: Scene, chat: int, _: str) -> bool:
    return await scene.after(scene.press(chat, f"desk:open:{scene.digest}")) != []


async def _play(scene: Scene, chat: int, _: str) -> bool:
    """There is no ninth medium: whoever may play is told so, and nobody else learns even that."""
    return await scene.press(chat, f"desk:play:{scene.digest}:9") == scene.college.bot.lines[Line.STAFF_MEDIA_GONE]


async def _alert(scene: Scene, chat: int, _: str) -> bool:
    return await scene.after(scene.press(chat, f"desk:alert:read:{scene.alert}")) != []


async def _aloud(scene: Scene, chat: int, _: str) -> bool:
    queued = await scene.after(scene.give(chat, CommandGiven(chat_id=chat, name="record", argument="", text="/record")))
    return any(RECORD in str(outbound.load(each.payload).parameters) for each in queued)


async def _waits(scene: Scene, _: int, email: str) -> bool:
    await scene.note()
    return scene.review in await scene.command("review", "waiting", "--email", email, "--json")


async def _notes(scene: Scene, _: int, email: str) -> bool:
    words = await scene.note()
    return words in await scene.command("review", "notes", scene.review, "--email", email, "--json")


async def _paper(scene: Scene, _: int, email: str) -> bool:
    async with scene.college.database.reading() as work:
        return isinstance(await at_desk(work, scene.review, scene.ann, email), PaperDesk)


async def _release(scene: Scene, _: int, email: str) -> bool:
    return bool(await scene.command("alerts", "release", scene.alert[-6:], "--as", email))


async def _figures(scene: Scene, _: int, email: str) -> bool:
    return bool(await scene.command("alerts", "figures", "--as", email))


async def _in_place(scene: Scene, _: int, email: str) -> bool:
    paper = ("--evidence", "file 7", "--decided-by", "the court", "--since", "2026-09-01", "--until", "2026-12-31")
    return bool(await scene.command("review", "in-place", scene.ann, "--as", email, *paper))


async def _complaint(scene: Scene, _: int, email: str) -> bool:
    return scene.complaint in await scene.command("complaints", "list", "--email", email, "--json")


async def _export(scene: Scene, _: int, email: str) -> bool:
    to = f"export-{new_id()}"
    return bool(await scene.command("export", "--person", scene.ann, "--to", to, "--as", email))


TRIES: Final = {
    Action.OWN_PART: _own_part,
    Action.CHECK_IDENTITY: _check,
    Action.INVITE_AGAIN: _invite,
    Action.SEE_WHAT_WAITS: _waits,
    Action.READ_NOTES: _notes,
    Action.OPEN_DIGEST: _open,
    Action.PLAY_MEDIA: _play,
    Action.TYPE_IN_PAPER: _paper,
    Action.MARK_IN_PLACE: _in_place,
    Action.READ_ALERT: _alert,
    Action.RELEASE_WORDS: _release,
    Action.SEE_FIGURES: _figures,
    Action.ANSWER_COMPLAINT: _complaint,
    Action.EXPORT: _export,
    Action.READ_ALOUD: _aloud,
}


@pytest.fixture
async def scene(college: College, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.golive.ITEMS", ())
    url = f"sqlite:///{tmp_path / 'firsthand.db'}"
    for name, value in {"TOKEN": TOKEN, "KEYS": TEST_KEYS, "DATABASE_URL": url}.items():
        monkeypatch.setenv(f"FIRSTHAND_{name}", value)
    carers = tuple(Asked(Role.CARER, name, "carer") for name in ("Ann", "Ben", "Hill"))
    made = await college.plan(replace(ORDER, carers=carers))
    async with college.database.work() as work:
        for staff in (LOWE, HILL):
            await work.staff.add(staff)
        for number, staff in ((710, OKAFOR), (711, PATEL), (712, LOWE), (713, REID), (714, HILL)):
            await work.staff.attach(staff.id, (await work.accounts.add(number)).id)
        await work.accounts.add(799)
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
        digest = await college.bot.prompts.digests.make(work, made.review, DigestKind.FIRST)
        assert digest is not None
        due = (NOW + timedelta(days=30)).date()
        complaint = Complaint(new_id(), people["Ann"], PATEL.id, NOW, due, ComplaintState.KEPT, "Nobody rings.")
        await work.complaints.add(complaint)
        raised = RaiseAlert(AlertRoute.ASKED)
        alert = await college.bot.safeguarding.alarm.raise_alert(work, sam, made.review.id, raised, NOW)
        await work.commit()
    return Scene(college, made.review.id, sam.account_id or "", people["Ann"], digest.id, complaint.id, alert)


async def tried(scene: Scene) -> dict[Action, dict[str, bool]]:
    """What came of everybody's trying everything."""
    return {action: {who: await attempt(scene, *ACTORS[who]) for who in ACTORS} for action, attempt in TRIES.items()}


async def tried_later(scene: Scene, *who: str) -> dict[Action, list[bool]]:
    """The same for a few, once something about them has changed."""
    return {action: [await attempt(scene, *ACTORS[each]) for each in who] for action, attempt in TRIES.items()}


def table(found: Mapping[Action, Mapping[str, bool]], later: Mapping[Action, list[bool]]) -> str:
    """As a page shows it."""
    head = ["| To | " + " | ".join((*ACTORS, *LATER)) + " |", "|---|" + "---|" * (len(ACTORS) + len(LATER))]
    rows = [
        [action.value, *("yes" if done else "-" for done in (*(row[who] for who in ACTORS), *later[action]))]
        for action, row in found.items()
    ]
    return "\n".join([*head, *("| " + " | ".join(row) + " |" for row in rows)])


async def test_everybody_tries_everything_and_the_page_says_what_came_of_it(scene: Scene, update_golden: bool) -> None:
    found = await tried(scene)
    async with scene.college.database.work() as work:
        await work.staff.end(OKAFOR.id)
        await work.staff.end(PATEL.id)
        account = await work.accounts.by_chat(ACTORS[YOUNG][0])
        assert account is not None
        await scene.college.bot.intake.turns.doors.blocked(work, account, NOW)
        await work.commit()
    later = await tried_later(scene, "Named professional", "Coordinator", YOUNG)
    made = table(found, later)
    head, start, _ = PAGE.read_text("utf-8").partition("| To |")
    if update_golden:
        PAGE.write_text(f"{head}{made}\n", "utf-8")
    assert start, "the page has its table"
    assert PAGE.read_text("utf-8") == f"{head}{made}\n"


async def test_a_press_makes_no_link_while_the_go_live_list_is_not_met(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing_is_there(_: object) -> list[str]:
        return ["everything"]

    monkeypatch.setattr("bot.golive.ITEMS", (nothing_is_there,))
    assert not await _invite(scene, *ACTORS["Coordinator"])
    await scene.put(ParticipantState.INVITED)
    said = await scene.press(ACTORS["Coordinator"][0], f"desk:invite:{await scene.invite()}")
    assert said == scene.college.bot.lines[Line.STAFF_NOT_LIVE]


def test_every_action_has_a_rule_and_every_rule_was_tried() -> None:
    assert set(TABLE) == set(Action)
    assert set(TRIES) == set(Action)


def test_no_other_file_decides() -> None:
    """Who is named on a review, or whose child it is, is compared in one place."""
    deciding = re.compile(r"staff\.id (?:not )?in \{|\.(?:professional|coordinator)_id [!=]= staff|staff\.duties &")
    root = Path(__file__).parents[2] / "bot"
    found = {
        path.relative_to(root).as_posix() for path in root.rglob("*.py") if deciding.search(path.read_text("utf-8"))
    }
    assert found - ELSEWHERE == {"authority.py"}
