"""Everybody tries everything, at the real doors. What came of it is a page that a deployer can read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from bot.authority import TABLE, Action, Relation
from bot.paper import PaperDesk, at_desk
from bot.recording import RECORD
from bot.telegram import outbound
from bot.telegram.incoming import CommandGiven, Press
from conversations.lines import Line
from conversations.state import Mark
from storage.ids import new_id
from storage.records import ParticipantState
from tests.bot.college import NOW, OKAFOR, PATEL, College
from tests.bot.who import ACTORS, LATER, LOWE, OPERATOR, SAMS, YOUNG, Scene, Try, staged

pytestmark = pytest.mark.uncounted

ELSEWHERE = frozenset({"joining.py"})
"""Where two roles of one account are kept apart (P1): no right is given there."""
PAGE = Path(__file__).parents[2] / "docs" / "who-may-what.md"


async def _own_part(scene: Scene, chat: int, _: str) -> bool:
    """Sam's open question; and the copy of Sam's data, which is found by the chat: no function can give it away."""
    before = await scene.talk()
    await scene.press(chat, Press(Mark(SAMS, before.revision), "r:skip"))
    answered = await scene.talk() != before
    queued = await scene.after(chat, scene.press(chat, "rights:copy"))
    copied = any(f"page:{scene.account}" in outbound.load(each.payload).file for each in queued)
    assert copied is (chat == ACTORS[YOUNG][0])
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
    return await scene.after(chat, scene.press(chat, f"desk:open:{scene.digest}")) != []


async def _play(scene: Scene, chat: int, _: str) -> bool:
    """There is no ninth medium: whoever may play is told so, and nobody else learns even that."""
    return await scene.press(chat, f"desk:play:{scene.digest}:9") == scene.college.bot.lines[Line.STAFF_MEDIA_GONE]


async def _alert(scene: Scene, chat: int, _: str) -> bool:
    return await scene.after(chat, scene.press(chat, f"desk:alert:read:{scene.alert}")) != []


async def _aloud(scene: Scene, chat: int, _: str) -> bool:
    queued = await scene.after(
        chat, scene.give(chat, CommandGiven(chat_id=chat, name="record", argument="", text="/record"))
    )
    return any(RECORD in str(outbound.load(each.payload).parameters) for each in queued)


async def _waits(scene: Scene, _: int, email: str) -> bool:
    await scene.note()
    return scene.review in await scene.command("review", "waiting", "--email", email, "--json")


async def _change(scene: Scene, _: int, email: str) -> bool:
    return "reminder" in await scene.command("review", "nudge", scene.review, "--as", email, "--json")


async def _hand_over(scene: Scene, chat: int, email: str) -> bool:
    """The coordination, and back: whoever runs the review stays who they are for the next try."""
    if chat and not email:
        return False  # only who has the machine of the bot can leave out the name
    there = await scene.command(
        "review", "hand-over", scene.review, "--to", LOWE.email, "--as", email, "--coordination", "--yes"
    )
    await scene.command("review", "hand-over", scene.review, "--to", PATEL.email, "--coordination", "--yes")
    return bool(there)


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
    listed = scene.complaint in await scene.command("complaints", "list", "--email", email, "--json")
    return bool(await scene.command("complaints", "answer", scene.complaint, "--email", email)) or listed


async def _export(scene: Scene, _: int, email: str) -> bool:
    to = f"export-{new_id()}"
    return bool(await scene.command("export", "--person", scene.ann, "--to", to, "--as", email))


TRIES: Final = {
    Action.OWN_PART: _own_part,
    Action.CHECK_IDENTITY: _check,
    Action.INVITE_AGAIN: _invite,
    Action.CHANGE_REVIEW: _change,
    Action.HAND_OVER: _hand_over,
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
    return await staged(college, tmp_path, monkeypatch)


async def tried(scene: Scene) -> dict[Action, dict[str, bool]]:
    """What came of everybody's trying everything."""
    return {action: {who: await scene.attempt(who, trying) for who in ACTORS} for action, trying in TRIES.items()}


async def tried_later(scene: Scene, *who: str) -> dict[Action, list[bool]]:
    """The same for a few, once something about them has changed."""
    return {action: [await scene.attempt(each, trying) for each in who] for action, trying in TRIES.items()}


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


async def test_every_door_asks_the_one_function(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that says yes to everybody opens each door to somebody who has no business there."""
    before = await tried(scene)
    monkeypatch.setattr("bot.authority._relations", lambda *_: frozenset(Relation))
    shut = [action for action, trying in TRIES.items() if not await _opens(scene, trying, before[action])]
    assert shut == []


async def test_nothing_gets_past_the_one_function(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that says no to everybody shuts each door, to those too whom it is for."""
    monkeypatch.setattr("bot.authority._relations", lambda *_: frozenset())
    found = (await tried(scene)).items()
    open_ = {action: [who for who, done in row.items() if done and who is not OPERATOR] for action, row in found}
    assert {action: who for action, who in open_.items() if who} == {}


async def _opens(scene: Scene, trying: Try, before: Mapping[str, bool]) -> bool:
    for who, done in before.items():
        if not done and who is not OPERATOR and await trying(scene, *ACTORS[who]):
            return True
    return False


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
