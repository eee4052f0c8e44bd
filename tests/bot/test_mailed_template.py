"""The pack brings the digest in the deployer's own Word template, and comes without it where that has a fault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.demo.mailbox import Mailbox
from storage.records import DigestKind
from tests.bot.college import College
from tests.bot.documents.test_own_template import template
from tests.bot.test_mailing import made

OWN = "review-2026-11-24-own-template.docx"


async def enclosed(college: College, mailbox: Mailbox, file: Path | None, kind: DigestKind) -> list[str | None]:
    """The names of what comes with a digest of this kind."""
    mailing = college.bot.mailing
    with_template = replace(mailing, settings=mailing.settings.model_copy(update={"word_template": file}))
    await made(college, kind)
    await with_template.tick()
    return [each.get_filename() for each in mailbox.messages[-1].message.iter_attachments()]


async def test_it_comes_with_the_pack(mailing_college: College, mailbox: Mailbox, tmp_path: Path) -> None:
    assert OWN in await enclosed(mailing_college, mailbox, template(tmp_path), DigestKind.PACK)


async def test_not_with_the_first_version(mailing_college: College, mailbox: Mailbox, tmp_path: Path) -> None:
    assert OWN not in await enclosed(mailing_college, mailbox, template(tmp_path), DigestKind.FIRST)


async def test_one_that_is_gone_keeps_no_mail_back(mailing_college: College, mailbox: Mailbox, tmp_path: Path) -> None:
    names = await enclosed(mailing_college, mailbox, tmp_path / "none.docx", DigestKind.PACK)
    assert OWN not in names
    assert "review.ics" in names
