"""The named professional hears and sees what people sent, by the numbers in the digest; others never do."""

from __future__ import annotations

import pytest

from bot.demo import clips
from bot.demo.messages import Kind, ShownMessage
from bot.demo.people import Person
from bot.listening import PLAY
from bot.reviewing import Planned
from conversations.lines import Line
from conversations.script import Role
from conversations.state import MediaId
from storage.records import AuditLine, StoredMedia
from tests.bot.test_photos import PLACE, with_notes
from tests.journeys.college import ANN, CLOSES, OPENS, College, by_bot, invitation_of

pytestmark = pytest.mark.uncounted

VOICE = clips.voice(4)


@pytest.fixture
async def made(here: College) -> Planned:
    """Sam has sent a voice message and a photo with a place in it; Ann has sent words."""
    planned = await here.plan(carers=[ANN])
    sam, ann = here.phone("Sam"), here.phone("Ann")
    for person, name in ((sam, "Sam"), (ann, "Ann")):
        await here.comes_in(person, invitation_of(planned, name))
    await here.at(OPENS)
    await here.press(sam, "o:understand", "r:skip")
    await sam.send_voice(VOICE, 4)
    await here.stage.calm()
    await sam.send_document(with_notes("PNG"), "my-room.xyz", "image/png")
    await here.stage.calm()
    await here.sends(sam)
    await here.sends(ann)
    return planned


async def media_of(here: College, made: Planned) -> list[StoredMedia]:
    conversation = await here.conversation(invitation_of(made, "Sam").participant_id)
    async with here.stage.database.reading() as work:
        return await work.media.of_conversation(conversation.id)


async def data_of(here: College, media: MediaId) -> bytes:
    async with here.stage.database.reading() as work:
        return await work.media.data(media)


async def played(here: College, media: StoredMedia) -> list[AuditLine]:
    async with here.stage.database.reading() as work:
        return [line for line in await work.audit.about(media.id) if line.what == "played_media"]


async def opens_digest(here: College, made: Planned) -> None:
    await here.at(CLOSES)
    await here.press(here.okafor, (await here.digests(made.review.id))[-1].id)


async def press_number(here: College, person: Person, number: int) -> None:
    await person.press(
        lambda button: (button.data or "").startswith(PLAY) and (button.data or "").endswith(f":{number}")
    )
    await here.stage.calm()


def media_in(person: Person) -> list[ShownMessage]:
    """What was played: boards are pictures too, but anybody may pass them on."""
    return [message for message in by_bot(person) if message.attachment is not None and message.protected]


async def test_each_number_in_the_digest_plays_what_stands_there(here: College, made: Planned) -> None:
    await opens_digest(here, made)
    assert here.line(Line.STAFF_MEDIA) in [message.words for message in by_bot(here.okafor)]
    voice, photo = await media_of(here, made)
    await press_number(here, here.okafor, 1)
    await press_number(here, here.okafor, 2)
    first, second = media_in(here.okafor)
    assert first.attachment is not None
    assert second.attachment is not None
    assert (first.attachment.kind, first.content, first.caption) == (Kind.VOICE, VOICE, "1")
    assert (second.attachment.kind, second.caption) == (Kind.PHOTO, "2")
    assert second.content == await data_of(here, photo.id)
    for media in (voice, photo):
        [line] = await played(here, media)
        assert line.actor == made.review.professional_id


async def test_a_photo_sent_as_a_file_is_a_photo_without_its_place(here: College, made: Planned) -> None:
    _, photo = await media_of(here, made)
    kept = await data_of(here, photo.id)
    assert photo.mime == "image/jpeg"
    assert kept.startswith(b"\xff\xd8\xff")
    assert not any(trace in kept for trace in (PLACE, b"lanted", b"Exif"))


async def test_nobody_else_plays_it(here: College, made: Planned) -> None:
    await opens_digest(here, made)
    voice, _ = await media_of(here, made)
    digest = (await here.digests(made.review.id))[-1]
    for name in ("Ann", "Sam", "Stranger"):
        person = here.phone(name)
        await person.press_data(1, f"{PLAY}{digest.id}:1")
        await here.stage.calm()
        assert media_in(person) == []
    assert await played(here, voice) == []


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "", "99999999999999999999", "1:1"])
async def test_a_number_that_is_not_there_plays_nothing(here: College, made: Planned, number: str) -> None:
    await opens_digest(here, made)
    digest = (await here.digests(made.review.id))[-1]
    await here.okafor.press_data(1, f"{PLAY}{digest.id}:{number}")
    await here.okafor.press_data(1, f"{PLAY}nowhere:{number}")
    await here.stage.calm()
    assert media_in(here.okafor) == []


async def test_an_older_version_plays_nothing_any_more(here: College, made: Planned) -> None:
    await opens_digest(here, made)
    before = len(await here.digests(made.review.id))
    await here.press(here.phone("Sam"), "d:withdraw", "d:yes")
    assert len(await here.digests(made.review.id)) > before
    await press_number(here, here.okafor, 1)
    assert media_in(here.okafor) == []


async def test_whoever_is_named_no_more_plays_nothing_from_an_old_button(here: College, made: Planned) -> None:
    await opens_digest(here, made)
    async with here.stage.database.work() as work:
        staff = await work.staff.get(made.review.professional_id)
        assert staff is not None
        account = await work.accounts.get(staff.account_id or "")
        assert account is not None
        person = next(
            each
            for each in await work.participants.of_young_person(made.review.young_person_id)
            if each.role is Role.CARER
        )
        await work.participants.attach(person.id, account.id)  # it is their own child (decision 11)
        await work.commit()
    await press_number(here, here.okafor, 1)
    assert media_in(here.okafor) == []
    async with here.stage.database.work() as work:
        await work.staff.end(made.review.professional_id)
        await work.commit()
    await press_number(here, here.okafor, 2)
    assert media_in(here.okafor) == []


async def test_with_the_mail_go_its_media_named_by_number(here: College, made: Planned) -> None:
    await here.stage.restart(here.stage.settings.model_copy(update={"mail_media": True}))
    await here.at(CLOSES)
    _, photo = await media_of(here, made)
    files = {part.get_filename(): part for part in here.stage.mailbox.messages[0].message.iter_attachments()}
    assert {"voice-1.ogg", "photo-2.jpg"} <= files.keys()
    assert files["voice-1.ogg"].get_content_type() == "audio/ogg"
    assert files["voice-1.ogg"].get_content() == VOICE
    assert files["photo-2.jpg"].get_content() == await data_of(here, photo.id)
    assert "no room" not in here.mails[0]
    assert not any("Sam" in (name or "") for name in files)


async def test_without_the_setting_no_media_go(here: College, made: Planned) -> None:
    await here.at(CLOSES)
    kinds = {part.get_content_type() for part in here.stage.mailbox.messages[0].message.iter_attachments()}
    assert kinds == {"application/pdf"}


async def test_what_does_not_fit_into_a_mail_is_said_in_it(here: College) -> None:
    planned = await here.plan()
    sam = here.phone("Sam")
    await here.comes_in(sam, invitation_of(planned, "Sam"))
    await here.at(OPENS)
    await here.press(sam, "o:understand", "r:skip")
    await sam.send_voice(clips.voice(60, padding=15_000), 60)
    await here.stage.calm()
    await sam.send_photo(clips.photo())
    await here.stage.calm()
    await here.sends(sam)
    limited = {"mail_media": True, "mail_limit_mb": 1}
    await here.stage.restart(here.stage.settings.model_copy(update=limited))
    await here.at(CLOSES)
    [mail] = here.stage.mailbox.messages
    names = {part.get_filename() for part in mail.message.iter_attachments()}
    assert "voice-1.ogg" not in names
    assert "photo-2.jpg" in names
    said = "This mail has no room for number 1. You can play that in Telegram."
    assert said in here.mails[0]
    html = mail.message.get_body(("html",))
    assert html is not None
    assert said in html.get_content()
    assert len(mail.message.as_bytes()) < 1024 * 1024
