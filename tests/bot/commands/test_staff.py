"""`firsthand staff` and `firsthand setting`: who works here."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.records import Lane, NewMessage, OutKind, OutState, StaffState
from storage.unit_of_work import UnitOfWork
from tests.bot.commands.desk import Desk

OKAFOR = "okafor@example.org"


def add(desk: Desk, email: str = OKAFOR, name: str = "Mr Okafor") -> None:
    desk.run("staff", "add", email, "--name", name, "--title", "Tutor", "--duty", "professional")


def test_a_colleague_is_added_and_listed(desk: Desk) -> None:
    assert "Nobody yet" in desk.run("staff", "list").stdout
    add(desk)
    (row,) = desk.rows("staff", "list")
    assert row == {
        "name": "Mr Okafor",
        "title": "Tutor",
        "e-mail": OKAFOR,
        "duties": "professional",
        "in Telegram": "no",
        "state": "active",
    }
    assert "Mr Okafor" in desk.run("staff", "list").stdout


def test_an_address_is_there_once_whatever_its_capitals(desk: Desk) -> None:
    add(desk)
    told = desk.refused("staff", "add", " OKAFOR@example.org", "--name", "Another")
    assert "is there already" in told
    assert len(desk.rows("staff", "list")) == 1


@pytest.mark.parametrize(("email", "name"), [("okafor", "A"), ("a@b@c", "A"), ("a b@c.org", "A"), ("a@b.org", "  ")])
def test_what_is_no_address_or_no_name_is_refused(desk: Desk, email: str, name: str) -> None:
    assert "needs a name" in desk.refused("staff", "add", email, "--name", name, code=2)


def test_names_are_shown_as_they_are(desk: Desk) -> None:
    odd = "[/bold] :smile: [red]O'Hara " + "x" * 120
    add(desk, name=odd)
    assert desk.rows("staff", "list")[0]["name"] == odd
    assert odd in desk.run("staff", "list").stdout


def test_a_link_is_made_and_the_one_before_ends(desk: Desk) -> None:
    add(desk)
    first = desk.run("staff", "link", OKAFOR).stdout.split()[0].partition("start=")[2]
    second = desk.run("staff", "link", "OKAFOR@EXAMPLE.ORG").stdout.split()[0].partition("start=")[2]
    old, new = desk.ask(lambda work: work.invites.find(first)), desk.ask(lambda work: work.invites.find(second))
    assert old is not None
    assert new is not None
    assert (old.state.value, new.state.value) == ("ended", "open")
    assert new.expires_at == desk.clock.now() + timedelta(days=7)


def test_an_unknown_colleague_gets_no_link_and_cannot_leave(desk: Desk) -> None:
    assert "works here" in desk.refused("staff", "link", "nobody@example.org")
    assert "works here" in desk.refused("staff", "end", "nobody@example.org")


async def joined(work: UnitOfWork) -> None:
    staff = await work.staff.by_email(OKAFOR)
    assert staff is not None
    account = await work.accounts.add(7)
    await work.staff.attach(staff.id, account.id)


def test_who_has_left_gets_nothing_more_at_once(desk: Desk) -> None:
    add(desk)
    token = desk.run("staff", "link", OKAFOR).stdout.split()[0].partition("start=")[2]
    desk.ask(joined)

    async def queue(work: UnitOfWork) -> None:
        account = await work.accounts.by_chat(7)
        assert account is not None
        now = desk.clock.now()
        await work.outbox.add(NewMessage(account.id, None, Lane.CONVERSATION, OutKind.SEND, b"{}", "k", now))

    desk.ask(queue)
    assert desk.rows("staff", "list")[0]["in Telegram"] == "yes"
    desk.run("staff", "end", OKAFOR)
    assert desk.rows("staff", "list")[0]["state"] == StaffState.ENDED
    invite = desk.ask(lambda work: work.invites.find(token))
    assert invite is not None
    assert invite.state.value == "ended"
    assert desk.ask(lambda work: work.outbox.counts()) == {OutState.CANCELLED: 1}
    assert "works here" in desk.refused("staff", "link", OKAFOR)


def test_a_colleague_who_is_a_parent_here_keeps_only_what_comes_to_them_as_a_parent(college: Desk) -> None:
    ann = college.plan("--carer", "Ann/mother")[1]["participant"]

    async def parent_and_colleague(work: UnitOfWork) -> None:
        await joined(work)
        account = await work.accounts.by_chat(7)
        assert account is not None
        await work.participants.attach(ann, account.id)
        now = college.clock.now()
        for key, person in (("as a parent", ann), ("as a colleague", None)):
            await work.outbox.add(NewMessage(account.id, person, Lane.CONVERSATION, OutKind.SEND, b"{}", key, now))

    college.ask(parent_and_colleague)
    college.run("staff", "end", OKAFOR)
    assert college.ask(lambda work: work.outbox.counts()) == {OutState.QUEUED: 1, OutState.CANCELLED: 1}


@pytest.mark.parametrize("how", ["end", "link"])
def test_what_waits_since_a_restore_does_not_come_to_an_account_that_is_no_colleagues(desk: Desk, how: str) -> None:
    add(desk)
    desk.ask(joined)

    async def restored(work: UnitOfWork) -> None:
        account = await work.accounts.by_chat(7)
        assert account is not None
        now = desk.clock.now()
        await work.outbox.add(NewMessage(account.id, None, Lane.DOCUMENT, OutKind.DOCUMENT, b"{}", "copy", now))
        await work.paused.begin(now)

    desk.ask(restored)
    desk.run("staff", how, OKAFOR)
    desk.ask(lambda work: work.paused.end())
    assert desk.ask(lambda work: work.outbox.counts()) == {OutState.CANCELLED: 1}


def test_a_new_link_ends_the_account_that_a_colleague_had(desk: Desk) -> None:
    add(desk)
    desk.ask(joined)
    desk.run("staff", "link", OKAFOR)
    staff = desk.ask(lambda work: work.staff.by_email(OKAFOR))
    assert staff is not None
    assert staff.account_id is None, "whoever holds the old phone is nobody here any more"


def test_the_setting_is_set_and_what_is_left_out_stays(desk: Desk) -> None:
    add(desk, "reid@example.org", "Ms Reid")
    add(desk, "hall@example.org", "Mr Hall")
    words = ("setting", "set", "--name", " Riverside ", "--safeguarding-lead", "reid@example.org")
    more = ("--safeguarding-deputy", "hall@example.org", "--term", "2026-09-01/2026-12-18", "--closure", "2026-11-20")
    desk.run(*words, *more)
    first = desk.ask(lambda work: work.settings.get())
    desk.run(*words)
    assert first is not None
    assert first.name == "Riverside"
    assert (len(first.terms), len(first.closures), bool(first.safeguarding_deputy)) == (1, 1, True)
    assert desk.ask(lambda work: work.settings.get()) == first


@pytest.mark.parametrize(
    "wrong",
    [
        ("--term", "2026-12-18/2026-09-01"),
        ("--term", "autumn"),
        ("--term", "2026-09-01"),
        ("--closure", "2026-02-30"),
        ("--closure", "20 November"),
    ],
)
def test_a_date_that_is_none_is_refused(desk: Desk, wrong: tuple[str, str]) -> None:
    words = ("setting", "set", "--name", "Riverside", "--safeguarding-lead", "reid@example.org")
    assert "2026-09-01/2026-12-18" in desk.refused(*words, *wrong, code=2)


def test_a_setting_needs_a_name_and_safeguarding_by_people_who_work_here(college: Desk) -> None:
    words = ("setting", "set", "--name", "Riverside", "--safeguarding-lead")
    assert "not known" in college.refused(*words, "nobody@example.org")
    assert "not known" in college.refused(*words, "reid@example.org", "--safeguarding-deputy", "nobody@example.org")
    assert "needs a name" in college.refused(
        "setting", "set", "--name", " ", "--safeguarding-lead", "reid@example.org", code=2
    )
    college.run("staff", "end", "reid@example.org")
    assert "not known" in college.refused(*words, "reid@example.org")
