"""The story: from planning a review to the digest, over eight weeks, told through the real bot's HTTP line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.demo import clips
from bot.demo.cast import STARTS, Cast, Scene, cast, invitation_of, planned, staff_links
from bot.demo.people import Person
from bot.demo.stage import Stage
from bot.demo.transcript import Transcript
from bot.documents.digest_docx import MIME as WORD
from bot.documents.meeting_day import MIME as CALENDAR
from bot.invitations import write_letter
from bot.reviewing import Invitation, Planned
from bot.secrets_by_hand import SecretKind
from conversations.lines import Line

__all__ = ["STARTS", "tell"]


async def tell(stage: Stage, folder: Path, say: Callable[[str], object]) -> Cast:
    """Play the whole story, write its documents into `folder`, and return the people for whoever goes on."""
    _clear(folder)
    people = cast(stage)
    scene = Scene(stage, people, Transcript(say))
    made = await _plan(scene, folder)
    await _join(scene, made)
    await _sam_begins(scene)
    await _sam_goes_on(scene)
    await _ann_answers(scene)
    await _the_digest(scene)
    await _the_pack(scene)
    await _added_later(scene)
    _keep(scene, folder)
    return people


async def _plan(scene: Scene, folder: Path) -> Planned:
    stage, transcript = scene.stage, scene.transcript
    transcript.scene(stage.clock.now(), "Riverside College. Everyone here is invented.")
    await scene.cast.okafor.start(await staff_links(stage))
    await scene.happens()
    made = await planned(stage)
    days = made.review.timetable
    transcript.aside(
        f"Ms Patel plans Sam's review for {days['meeting']}.\n"
        f"The bot will ask from {days['opening']}. Answers close on {days['close']}.\n"
        "Sam, Ann and Ben each get a letter with a link. Their secrets come by another way."
    )
    for invitation in made.invitations:
        await write_letter(stage.database, made.review, invitation, folder)
    return made


async def _join(scene: Scene, made: Planned) -> None:
    await scene.at(datetime(2026, 10, 1, 15, 0, tzinfo=UTC), "The letters have come")
    people = scene.cast
    for person, name in ((people.sam, "Sam"), (people.ann, "Ann"), (people.ben, "Ben")):
        await _opens_letter(scene, person, invitation_of(made, name))
    scene.transcript.aside("Ben does not want this on his phone. He blocks the bot.")
    await people.ben.block_bot()
    await scene.happens()


async def _opens_letter(scene: Scene, person: Person, invitation: Invitation) -> None:
    await person.start(invitation.token)
    await scene.happens()
    if invitation.secret.kind is SecretKind.PICTURE:
        await scene.press(person, invitation.secret.text)
    else:
        await scene.say(person, invitation.secret.text)
    await scene.press(scene.cast.okafor, invitation.participant_id)


async def _sam_begins(scene: Scene) -> None:
    sam = scene.cast.sam
    await scene.at(datetime(2026, 10, 13, 16, 30, tzinfo=UTC), "Six weeks before the meeting, the bot asks")
    await scene.press(sam, "o:full", "o:understand", "o:both", "o:family", "+:reads", "d:done", "+:making", "+:sport")
    await scene.say(sam, "🎵")
    await sam.send_photo(clips.photo(), "My newest painting")
    await scene.happens()
    await scene.press(sam, "d:done", "d:no", "+:friends", "+:quiet", "d:done")
    await scene.press(sam, "o:well", "o:well", "o:well", "o:sometimes", "o:sometimes")
    await scene.say(sam, "👎🏾")
    scene.transcript.aside("Sam has had enough for today, and stops in the middle.")
    await scene.say(sam, scene.stage.bot.lines[Line.CONTROL_STOP])
    await scene.press(sam, "d:enough")


async def _sam_goes_on(scene: Scene) -> None:
    sam = scene.cast.sam
    await scene.at(datetime(2026, 10, 17, 10, 15, tzinfo=UTC), "Saturday. Sam goes on")
    await scene.press(sam, "d:resume", "r:dont_know", "o:well", "o:people", "o:quiet_space")
    await scene.press(sam, "o:get_some", "o:well", "o:keep", "o:get_no")
    await scene.say(sam, "I want it on Mondays. That is my hard day.")
    await scene.press(sam, "o:on_the_way", "o:still_yes", "o:up_and_down", "o:health_some", "+:worry", "d:done")
    await scene.press(sam, "o:apprentice", "o:own_place", "o:travel", "o:clubs")
    await scene.say(sam, "I want to go to college on the bus without my taxi.")
    await sam.send_voice(clips.voice(4), 4)
    await scene.happens()
    await scene.press(sam, "o:part_of_it", "+:parent", "d:done", "+:have_breaks", "d:done")
    await scene.press(sam, "r:rather_not", "o:yes")
    scene.transcript.aside("Sam looks at everything once more, and keeps one answer for Mr Okafor alone.")
    await scene.press(sam, "n:5", "d:only", "d:send")
    scene.transcript.aside("Sam also gets a page of their own, to keep and to show to anyone.")
    await scene.press(sam, "d:page")


async def _ann_answers(scene: Scene) -> None:
    ann = scene.cast.ann
    await scene.at(datetime(2026, 10, 23, 15, 30, tzinfo=UTC), "Ann has not answered yet. A reminder comes")
    await scene.press(
        ann, "o:short", "o:understand", "o:yes", "o:both", "o:parent", "+:learning", "+:confidence", "d:done"
    )
    await scene.press(ann, "+:friends", "d:done")
    await scene.say(ann, "A lunch club, perhaps. Sam likes board games.")
    await scene.press(ann, "+:moving_on", "d:done")
    await scene.say(ann, "What happens after July?")
    await scene.press(ann, "d:send")


async def _the_digest(scene: Scene) -> None:
    await scene.at(datetime(2026, 11, 3, 12, 30, tzinfo=UTC), "Three weeks before. The digest is ready")
    await scene.press(scene.cast.okafor, await _newest_digest(scene))
    _mailbox(scene)


async def _the_pack(scene: Scene) -> None:
    sam = scene.cast.sam
    await scene.at(datetime(2026, 11, 5, 17, 0, tzinfo=UTC), "Sam has checked the copy, and changes one thing")
    await scene.press(sam, "d:change", "n:4", "d:change", "-:sport", "d:done", "d:send")
    await scene.at(datetime(2026, 11, 9, 12, 30, tzinfo=UTC), "Two weeks before. The pack goes to Mr Okafor")
    _mailbox(scene)


async def _added_later(scene: Scene) -> None:
    ann = scene.cast.ann
    await scene.at(datetime(2026, 11, 16, 18, 0, tzinfo=UTC), "A week before, Ann adds something")
    await scene.press(ann, "d:change")
    await scene.say(ann, "7")
    await scene.press(ann, "d:change")
    await scene.say(ann, "What happens after July? Could Sam try the bus in the holidays first?")
    await scene.press(ann, "d:send")
    await scene.at(datetime(2026, 11, 23, 12, 0, tzinfo=UTC), "The day before the meeting")
    await scene.press(scene.cast.okafor, await _newest_digest(scene))
    _mailbox(scene)


async def _newest_digest(scene: Scene) -> str:
    async with scene.stage.database.reading() as work:
        reviews = await work.reviews.all()
        latest = await work.digests.latest(reviews[0].id)
    return latest.id if latest else ""


def _mailbox(scene: Scene) -> None:
    count = len(scene.stage.mailbox.messages)
    subject = scene.stage.mailbox.messages[-1].message["Subject"]
    scene.transcript.aside(f"In Mr Okafor's mailbox, message {count}: {subject}")


def _clear(folder: Path) -> None:
    """What an earlier story left."""
    for pattern in ("letter-*.pdf", "version-*", "opened-in-chat-*", "sams-own-*", "story.txt"):
        for path in folder.glob(pattern):
            path.unlink()


_KEPT: Final = {"text/plain": "txt", "text/html": "html", "application/pdf": "pdf", WORD: "docx", CALENDAR: "ics"}


def _keep(scene: Scene, folder: Path) -> None:
    """Leave the documents, and the story itself, where the newcomer can open them."""
    for number, delivered in enumerate(scene.stage.mailbox.messages, 1):
        for part in delivered.message.walk():
            suffix = _KEPT.get(part.get_content_type())
            if suffix:
                content = part.get_payload(decode=True)
                name = Path(part.get_filename() or f"mail.{suffix}").stem
                (folder / f"version-{number}-{name}.{suffix}").write_bytes(bytes(content))
    for number, message in enumerate((m for m in scene.cast.okafor.messages if m.content.startswith(b"%PDF")), 1):
        (folder / f"opened-in-chat-{number}.pdf").write_bytes(message.content)
    page, card, *copies = (m for m in scene.cast.sam.messages if m.by_bot and m.content.startswith(b"%PDF"))
    (folder / "sams-own-page.pdf").write_bytes(page.content)
    (folder / "sams-own-card.pdf").write_bytes(card.content)
    for number, message in enumerate(copies, 1):
        (folder / f"sams-own-copy-{number}.pdf").write_bytes(message.content)
    (folder / "story.txt").write_text("\n".join(scene.transcript.lines) + "\n", "utf-8")
