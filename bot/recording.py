"""Colleagues read questions aloud, one after another, and send each as a voice message: /record.

What they send plays to everybody who is asked that question, so it never comes from anyone but staff.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.authority import About, Action, Actor, may
from bot.clock import Clock
from bot.playing import Playing
from bot.post import Post, To
from bot.telegram.inbound import Attachment, CommandGiven, Incoming
from conversations.catalogue import Catalogue
from conversations.effects import Button
from conversations.lines import Line
from conversations.script import Flow
from conversations.spoken import Passage, passages
from conversations.state import MediaKind
from storage.ids import new_id
from storage.records import Recording, Staff
from storage.unit_of_work import UnitOfWork

COMMAND: Final = "record"
RECORD: Final = "desk:rec:"
_NONE: Final = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a colleague is: a script in a language, and which of its passages."""

    script: str
    language: str
    number: int

    @property
    def code(self) -> str:
        """As a button and the store hold it."""
        return f"{self.script}:{self.language}:{self.number}"

    def at(self, number: int) -> Spot:
        """The same script at another passage."""
        return Spot(self.script, self.language, number)


def spot_in(code: str) -> Spot | None:
    """What `Spot.code` wrote; None for anything else: a button may be forged or old."""
    parts = code.split(":")
    if len(parts) != 3 or not parts[2].isdecimal() or len(parts[2]) > 4:
        return None
    return Spot(parts[0], parts[1], int(parts[2]))


@dataclass(frozen=True, slots=True)
class Studio:
    """Asks for one recording after another. It remembers where a colleague is, also over a restart."""

    post: Post
    catalogue: Catalogue
    clock: Clock

    def may(self, staff: Staff) -> bool:
        """Whether this colleague records."""
        return may(Actor(staff=staff), Action.READ_ALOUD, About()).is_yes

    async def heard(self, work: UnitOfWork, staff: Staff, incoming: Incoming, cause: str) -> bool:
        """The command, or a voice message while a recording is asked for; false for everything else."""
        match incoming:
            case CommandGiven(name=name) if name == COMMAND and self.may(staff):
                await self._offer(work, staff, cause)
                return True
            case Attachment(kind=MediaKind.VOICE, file_id=file_id) if self.may(staff):
                return await self._take(work, staff, file_id, cause)
            case _:
                return False

    async def pressed(self, work: UnitOfWork, staff: Staff, data: str, cause: str) -> str:
        """A button of the studio; the words of a toast, empty for none."""
        verb, _, code = data.removeprefix(RECORD).partition(":")
        spot = spot_in(code)
        if not self.may(staff):
            return self.post.line(Line.STAFF_NOT_YOURS)
        if verb == "stop":
            await work.meta.put(_key(staff), _NONE)
            await self._say(work, staff, f"{cause}:stop", self.post.line(Line.RECORD_STOPPED))
            return ""
        if spot is None or not self._passages(spot):
            return self.post.line(Line.MOVED_ON)
        if verb == "hear":
            return await self._play(work, staff, spot, cause)
        await self.show(work, staff, spot, cause)
        return ""

    async def show(self, work: UnitOfWork, staff: Staff, spot: Spot, cause: str) -> None:
        """Ask for the recording at this spot; behind the last one, say that it is done."""
        all_of_it = self._passages(spot)
        if spot.number >= len(all_of_it):
            await work.meta.put(_key(staff), _NONE)
            await self._say(work, staff, f"{cause}:done", self.post.line(Line.RECORD_DONE))
            return
        await work.meta.put(_key(staff), spot.code)
        passage = all_of_it[spot.number]
        there = await self._kept(work, spot, passage)
        count = {"number": str(spot.number + 1), "count": str(len(all_of_it))}
        texts = [self.post.line(Line.RECORD_STEP, **count), "\n".join(passage.lines)]
        if there is not None:
            texts.append(self.post.line(Line.RECORD_HAVE if there.said == passage.code else Line.RECORD_OLD))
        rows = self._buttons(spot, len(all_of_it), has_one=there is not None)
        await self.post.board(work, _to(staff), f"{cause}:record", "\n\n".join(texts), rows)

    async def where(self, work: UnitOfWork, staff: Staff) -> Spot | None:
        """Where this colleague is; None where they are not recording."""
        return spot_in(await work.meta.get(_key(staff)) or _NONE)

    def spot_of(self, recording: Recording) -> Spot | None:
        """Where a recording belongs; None where it is asked for no more."""
        found = self._passages(Spot(recording.script, recording.language, 0))
        places = [number for number, each in enumerate(found) if (each.step, each.item) == _place(recording)]
        return Spot(recording.script, recording.language, places[0]) if places else None

    def _passages(self, spot: Spot) -> list[Passage]:
        flow = self.catalogue.current(spot.script, spot.language)
        return [] if flow is None else [each for each in passages(flow) if not each.personal]

    async def _offer(self, work: UnitOfWork, staff: Staff, cause: str) -> None:
        rows = [
            (Button(self._title(flow), f"{RECORD}go:{Spot(flow.id, flow.language, 0).code}"),) for flow in self._flows()
        ]
        await self.post.board(work, _to(staff), f"{cause}:which", self.post.line(Line.RECORD_WHICH), rows)

    def _flows(self) -> list[Flow]:
        found = (
            self.catalogue.current(script, language.code)
            for script in self.catalogue.newest
            for language in self.catalogue.languages
        )
        return [flow for flow in found if flow is not None]

    def _title(self, flow: Flow) -> str:
        name = self.catalogue.languages.of(flow.language).name
        return f"{flow.title} · {name}" if len(list(self.catalogue.languages)) > 1 else flow.title

    async def _take(self, work: UnitOfWork, staff: Staff, file_id: str, cause: str) -> bool:
        spot = await self.where(work, staff)
        found = self._passages(spot) if spot is not None else []
        if spot is None or spot.number >= len(found):
            return False
        passage = found[spot.number]
        recording = Recording(
            id=new_id(),
            script=spot.script,
            step=passage.step,
            item=passage.item,
            language=spot.language,
            said=passage.code,
            by=staff.id,
            at=self.clock.now(),
            file_id=file_id,
        )
        await work.recordings.arrived(recording)
        await self._say(work, staff, f"{cause}:got", self.post.line(Line.RECORD_SAVING))
        return True

    async def _play(self, work: UnitOfWork, staff: Staff, spot: Spot, cause: str) -> str:
        found = self._passages(spot)
        there = await self._kept(work, spot, found[spot.number]) if spot.number < len(found) else None
        if there is None:
            return self.post.line(Line.STAFF_MEDIA_GONE)
        await Playing(self.post).recording(work, _to(staff), there, f"{cause}:hear")
        return ""

    async def _kept(self, work: UnitOfWork, spot: Spot, passage: Passage) -> Recording | None:
        kept = await work.recordings.of(spot.script, spot.language)
        return next((each for each in kept if _place(each) == (passage.step, passage.item)), None)

    def _buttons(self, spot: Spot, count: int, *, has_one: bool) -> Sequence[Sequence[Button]]:
        def button(line: Line, verb: str, number: int) -> Button:
            return Button(self.post.line(line), f"{RECORD}{verb}:{spot.at(number).code}")

        back = [button(Line.RECORD_BACK, "go", spot.number - 1)] if spot.number else []
        onward = [button(Line.RECORD_NEXT, "go", spot.number + 1)] if spot.number + 1 < count else []
        hear = [button(Line.RECORD_HEAR, "hear", spot.number)] if has_one else []
        return [row for row in (hear, [*back, *onward], [button(Line.RECORD_STOP, "stop", spot.number)]) if row]

    async def _say(self, work: UnitOfWork, staff: Staff, key: str, text: str) -> None:
        await self.post.say(work, _to(staff), key, text)


def _to(staff: Staff) -> To:
    return To(staff.account_id or "")


def _key(staff: Staff) -> str:
    return f"recording:{staff.id}"


def _place(recording: Recording) -> tuple[str, str]:
    return recording.step, recording.item
