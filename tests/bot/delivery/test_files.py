from datetime import timedelta

from structlog.testing import capture_logs

from bot.demo.refusals import bad_request
from bot.telegram import outbound
from bot.telegram.sending import FileId, NoFiles
from conversations.effects import Reply
from storage.records import Lane, OutState
from tests.bot.delivery.stage import Stage, heard


async def test_a_document_is_uploaded_once_and_then_sent_by_name(stage: Stage) -> None:
    ann, ben = await stage.person("Ann"), await stage.person("Ben")
    await stage.queue(ann, outbound.document("pack", "Review.pdf", "Here it is."), lane=Lane.DOCUMENT)
    await stage.delivery.drain()
    assert isinstance(stage.shelf.files["pack"], str)
    await stage.queue(ben, outbound.document("pack", "Review.pdf"), lane=Lane.DOCUMENT)
    await stage.delivery.drain()
    for person in (ann, ben):
        attachment = person.last().attachment
        assert attachment is not None
        assert attachment.file is not None
        assert attachment.file.content == b"%PDF-1.7 pack"
    assert ann.last().caption == "Here it is."


async def test_a_document_that_is_gone_is_given_up(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.queue(ann, outbound.document("none", "Review.pdf"), lane=Lane.DOCUMENT)
    await stage.delivery.drain()
    assert await stage.counts() == {OutState.REJECTED: 1}
    assert await NoFiles().load("x") is None
    await NoFiles().uploaded("x", FileId("y"))


async def test_a_document_that_cannot_be_made_stops_nobody(stage: Stage) -> None:
    ann, ben = await stage.person("Ann"), await stage.person("Ben")
    stage.shelf.broken.add("pack")
    await stage.queue(ann, outbound.document("pack", "Review.pdf"), lane=Lane.DOCUMENT)
    await stage.say(ben, "hello")
    with capture_logs() as logs:
        await stage.delivery.drain()
    assert heard(ben) == ["hello"]
    assert "somebody" not in repr(logs)
    stage.shelf.broken.clear()
    stage.clock.move_by(timedelta(minutes=1))
    await stage.delivery.drain()
    assert ann.last().attachment is not None
    stage.shelf.broken.add("pack")
    await stage.queue(ann, outbound.document("pack", "Review.pdf"), lane=Lane.DOCUMENT)
    for _ in range(24):
        await stage.delivery.drain()
        stage.clock.move_by(timedelta(minutes=1))
    assert await stage.counts() == {OutState.SENT: 2, OutState.FAILED: 1}


async def test_a_document_whose_name_telegram_refuses_is_uploaded_again(stage: Stage) -> None:
    ann = await stage.person("Ann")
    stage.shelf.files["pack"] = FileId("of-another-bot")
    await stage.queue(ann, outbound.document("pack", "Review.pdf"), lane=Lane.DOCUMENT)
    await stage.delivery.drain()
    assert ann.last().content == b"%PDF-1.7 pack"
    assert stage.shelf.files["pack"] not in {"of-another-bot", b"%PDF-1.7 pack"}
    assert await stage.counts() == {OutState.SENT: 1}


async def test_a_change_that_fits_no_form_is_rejected(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.say(ann, "x")
    await stage.delivery.drain()
    stage.telegram.faults.fail(bad_request("there is no text in the message to edit").refusal, "editMessageText")
    await stage.queue(ann, outbound.edit(Reply(("y",)), message_id=ann.last().id))
    await stage.delivery.drain()
    assert await stage.counts() == {OutState.SENT: 1, OutState.REJECTED: 1}
