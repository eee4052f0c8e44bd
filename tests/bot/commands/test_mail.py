"""`firsthand mail bounced`, as a mail server pipes a report into it."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from bot.__main__ import app
from storage.records import Channel, DeliveryState, DigestKind, StoredDigest
from storage.unit_of_work import UnitOfWork
from tests.bot.college import NOW
from tests.bot.commands.desk import Desk
from tests.bot.test_bounces import report


def sent(college: Desk) -> str:
    """A delivery that counted as sent."""
    college.plan()

    async def mailed(work: UnitOfWork) -> str:
        [review] = await work.reviews.all()
        digest = await work.digests.add(StoredDigest("d" * 32, review.id, 1, DigestKind.FIRST, NOW, b"{}"))
        assert digest is not None
        await work.digests.add_delivery(digest.id, review.professional_id, Channel.MAIL, NOW)
        [one] = await work.digests.deliveries(digest.id)
        await work.digests.settle_delivery(one.id, DeliveryState.SENT, NOW)
        return one.id

    return college.ask(mailed)


def test_a_report_is_taken_in_once(college: Desk) -> None:
    delivery = sent(college)
    Path("report.eml").write_bytes(report(message_id=f"{delivery}@firsthand.invalid"))
    assert "Staff are told" in college.run("mail", "bounced", "report.eml").output
    assert "was known" in college.run("mail", "bounced", "report.eml").output


def test_it_comes_through_a_pipe_and_other_mail_changes_nothing(college: Desk) -> None:
    delivery = sent(college)
    piped = CliRunner().invoke(app, ["mail", "bounced", "-"], input=report(message_id=f"{delivery}@firsthand.invalid"))
    assert (piped.exit_code, "Staff are told" in piped.output) == (0, True)
    other = CliRunner().invoke(app, ["mail", "bounced", "-"], input=b"Subject: Hello\r\n\r\nHello")
    assert (other.exit_code, "no report" in other.output) == (0, True)


def test_a_file_that_is_not_there(college: Desk) -> None:
    assert "cannot be read" in college.refused("mail", "bounced", "nowhere.eml")
