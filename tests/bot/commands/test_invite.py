"""`firsthand invite`: a new link ends the old one, and the word of staff lets somebody in."""

from __future__ import annotations

import pytest
from pypdf import PdfReader

from storage.records import InviteState, ParticipantState, ReviewStage
from storage.unit_of_work import UnitOfWork
from tests.bot.commands.desk import Desk
from tests.bot.commands.test_review import approve_urdu

OKAFOR = "okafor@example.org"


@pytest.fixture
def sam(college: Desk) -> dict[str, str]:
    (row,) = college.plan()
    return row


def token(row: dict[str, str]) -> str:
    return row["link"].partition("start=")[2]


def put_in(desk: Desk, participant_id: str, state: ParticipantState) -> None:
    async def change(work: UnitOfWork) -> None:
        account = await work.accounts.by_chat(7) or await work.accounts.add(7)
        await work.participants.attach(participant_id, account.id)
        await work.participants.set_state(participant_id, state)

    desk.ask(change)


def test_a_new_invite_ends_the_old_one_and_the_old_account(college: Desk, sam: dict[str, str]) -> None:
    put_in(college, sam["participant"], ParticipantState.JOINED)
    (fresh,) = college.rows("invite", "new", sam["participant"], "--secret", "picture")
    old, new = college.ask(lambda w: w.invites.find(token(sam))), college.ask(lambda w: w.invites.find(token(fresh)))
    person = college.ask(lambda work: work.participants.get(sam["participant"]))
    assert old is not None
    assert new is not None
    assert person is not None
    assert (old.state.value, new.state.value) == ("ended", "open")
    assert (person.state, person.account_id) == (ParticipantState.INVITED, None)
    assert fresh["secret"].startswith("picture: ")
    told = college.run("invite", "new", sam["participant"], "--letters", "letters").stdout
    assert "https://t.me/" in told
    assert len(list((college.folder / "letters").iterdir())) == 1


def test_a_new_invite_can_be_in_another_language(college: Desk, sam: dict[str, str]) -> None:
    college.env.setenv("FIRSTHAND_LANGUAGES", "en, ur")
    college.env.setenv("FIRSTHAND_DRAFT_LANGUAGES", "yes")
    assert "(ur)" in college.refused("invite", "new", sam["participant"], "--language", "ur", code=3)
    approve_urdu(college)
    college.run("invite", "new", sam["participant"], "--language", "ur", "--letters", "letters")
    college.run("invite", "new", sam["participant"], "--letters", "again")  # the language stays
    for folder in ("letters", "again"):
        (letter,) = (college.folder / folder).iterdir()
        assert str(PdfReader(letter).root_object["/Lang"]) == "ur"
    college.env.setenv("FIRSTHAND_LANGUAGES", "en")
    college.run("invite", "new", sam["participant"], "--letters", "taken away")  # it is no longer offered
    (letter,) = (college.folder / "taken away").iterdir()
    assert str(PdfReader(letter).root_object["/Lang"]) == "en-GB"


@pytest.mark.parametrize(("code", "said"), [("xx", "languages list"), ("ur", "FIRSTHAND_LANGUAGES")])
def test_a_language_that_nobody_can_choose_makes_no_invite(
    college: Desk, sam: dict[str, str], code: str, said: str
) -> None:
    assert said in college.refused("invite", "new", sam["participant"], "--language", code, code=2)
    kept = college.ask(lambda work: work.invites.find(token(sam)))
    assert kept is not None
    assert kept.state is InviteState.OPEN


def test_nobody_unknown_or_removed_is_invited(college: Desk, sam: dict[str, str]) -> None:
    assert "no such participant" in college.refused("invite", "new", "none")
    college.ask(lambda work: work.participants.set_state(sam["participant"], ParticipantState.ENDED))
    assert "no such participant" in college.refused("invite", "new", sam["participant"])


def test_without_a_review_to_come_there_is_a_link_and_no_letter(college: Desk, sam: dict[str, str]) -> None:
    (review,) = college.ask(lambda work: work.reviews.all())
    college.ask(lambda work: work.reviews.set_stage(review.id, ReviewStage.HELD))
    assert college.rows("invite", "new", sam["participant"], "--letters", "letters")
    assert list((college.folder / "letters").iterdir()) == []


def test_the_word_of_staff_lets_in_who_has_said_the_secret(college: Desk, sam: dict[str, str]) -> None:
    put_in(college, sam["participant"], ParticipantState.ANSWERED_CODE)
    words = ("invite", "checked", sam["participant"], "--email", OKAFOR)
    assert "Sam is in." in college.run(*words).stdout
    assert college.rows("review", "list")[0]["state"] == "joined"
    assert "Sam is in." in college.run(*words).stdout
    audit = college.ask(lambda work: work.audit.about(sam["participant"]))
    assert [line.what for line in audit].count("checked") == 1


@pytest.mark.parametrize("state", [ParticipantState.INVITED, ParticipantState.LEFT, ParticipantState.BLOCKED])
def test_nobody_is_let_in_before_the_secret(college: Desk, sam: dict[str, str], state: ParticipantState) -> None:
    put_in(college, sam["participant"], state)
    told = college.refused("invite", "checked", sam["participant"], "--email", OKAFOR)
    assert "secret" in told
    assert college.rows("review", "list")[0]["state"] == state


def test_only_staff_who_are_named_on_the_review_and_work_here_let_in(college: Desk, sam: dict[str, str]) -> None:
    put_in(college, sam["participant"], ParticipantState.ANSWERED_CODE)
    words = ("invite", "checked", sam["participant"], "--email")
    assert "works here" in college.refused(*words, "nobody@example.org")
    assert "not named" in college.refused(*words, "reid@example.org")
    college.run("staff", "end", OKAFOR)
    assert "works here" in college.refused(*words, OKAFOR)
    assert "no such participant" in college.refused("invite", "checked", "none", "--email", "patel@example.org")
    assert college.rows("review", "list")[0]["state"] == "answered_code"
    college.run(*words, "patel@example.org")


def test_a_name_from_before_the_first_start_is_no_link(college: Desk) -> None:
    async def forget(work: UnitOfWork) -> None:
        await work.meta.put("bot_username", "AnotherBot")

    college.ask(forget)
    assert all(row["link"].startswith("https://t.me/AnotherBot?start=") for row in college.plan())
