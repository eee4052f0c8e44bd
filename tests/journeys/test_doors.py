"""Locked out, and let in again: limits that survive a restart, and that nobody can turn against somebody else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.demo.cast import COORDINATOR
from bot.doors import AN_HOUR, WRONG_LINKS
from bot.secrets_by_hand import SecretKind
from conversations.lines import Line
from storage.ids import new_token
from storage.records import ParticipantState
from tests.journeys.college import ANN, College, heard, invitation_of

WRONG = ("0000", "1111", "2222", "3333")


def handed_over(here: College) -> tuple[str, str]:
    """Link and secret that the named professional got in the chat, each in a message of its own."""
    link, secret = heard(here.okafor)[-2:]
    found = re.search(r"start=(\S+)", link)
    assert found is not None
    return found[1], secret.splitlines()[0].rpartition(" ")[2]


async def press_new_link(here: College) -> None:
    await here.okafor.press(lambda button: (button.data or "").startswith("desk:invite:"))
    await here.stage.calm()


async def test_wrong_links_are_remembered_over_a_restart_for_an_hour_and_for_that_chat_alone(here: College) -> None:
    made = await here.plan(carers=[ANN])
    guesser, ann = here.phone("Guesser"), here.phone("Ann")
    for _ in range(WRONG_LINKS):
        await guesser.start(new_token())
    await here.stage.calm()
    await here.stage.restart()
    await here.opens_link(guesser, invitation_of(made, "Sam").token)
    assert heard(guesser)[-1] == here.line(Line.JOIN_TOO_MANY)
    await here.opens_link(ann, invitation_of(made, "Ann").token)
    assert here.line(Line.JOIN_HELLO, name="Ann") in heard(ann)[-1], "nobody else waits for a guesser"
    await here.later(AN_HOUR + timedelta(minutes=1))
    await here.stage.bot.tidy()
    async with here.stage.database.reading() as work:
        assert await work.wrong_links.tries(guesser.id, here.stage.clock.now() - timedelta(days=1)) == 0, "it is gone"
    await here.opens_link(guesser, new_token())
    assert heard(guesser)[-1] == here.line(Line.JOIN_UNKNOWN)


async def test_who_burns_a_leaked_link_is_undone_with_one_press(here: College) -> None:
    made = await here.plan(carers=[ANN])
    thief, ann, first = here.phone("Thief"), here.phone("Ann"), invitation_of(made, "Ann")
    wrong = [each for each in WRONG if each != first.secret.text][:3]
    await here.opens_link(thief, first.token)
    await here.opens_link(ann, first.token)
    assert heard(ann) == [here.line(Line.JOIN_USED)]
    twice = here.line(Line.STAFF_INVITE_TWICE, name="Ann (mother)")
    assert heard(here.okafor).count(twice) == 1
    await here.opens_link(ann, first.token)
    assert heard(here.okafor).count(twice) == 1, "staff hear it once"
    await here.say(thief, *wrong)
    assert heard(here.okafor)[-1] == here.line(Line.STAFF_INVITE_ENDED, name="Ann (mother)")
    await press_new_link(here)
    token, secret = handed_over(here)
    assert not any(token in words and secret in words for words in heard(here.okafor))
    assert here.okafor.last().buttons[0].label == here.line(Line.HELP_HIDE)
    # A second press of the old button does not end the link that was just handed over.
    twice_button = next(each for each in here.okafor.messages if each.words == twice)
    await here.okafor.press_data(twice_button.id, str(twice_button.buttons[0].data))
    await here.stage.calm()
    assert here.okafor.toasts[-1].text == here.line(Line.MOVED_ON)
    again = replace(first, token=token, secret=replace(first.secret, text=secret))
    assert again.secret.kind is SecretKind.DIGITS
    assert re.fullmatch(r"\d{4}", secret), "the kind of secret that she likes stays"
    before = len(heard(thief))
    await here.opens_link(ann, token)
    await here.say(thief, secret)
    await here.tells_secret(ann, again)
    await here.press(here.okafor, first.participant_id)
    assert (await here.participant(first.participant_id)).state is ParticipantState.JOINED
    assert all("Thank you" not in words for words in heard(thief)[before:])


async def test_it_was_not_them_ends_a_stranger_who_knew_link_and_secret(here: College) -> None:
    made = await here.plan(carers=[ANN])
    thief, first = here.phone("Thief"), invitation_of(made, "Ann")
    await here.opens_link(thief, first.token)
    await here.tells_secret(thief, first)
    await press_new_link(here)
    person = await here.participant(first.participant_id)
    assert (person.state, person.account_id) == (ParticipantState.INVITED, None)
    await here.okafor.press(lambda button: (button.data or "").startswith("desk:checked:"))
    await here.stage.calm()
    assert here.okafor.toasts[-1].text == here.line(Line.MOVED_ON)
    token, secret = handed_over(here)
    ann = here.phone("Ann")
    await here.comes_in(ann, replace(first, token=token, secret=replace(first.secret, text=secret)))
    # Nobody who is in can be thrown out by a button that is left over.
    async with here.stage.database.reading() as work:
        invite = await work.invites.latest(first.participant_id)
    assert invite is not None
    await here.okafor.press_data(here.okafor.messages[-1].id, f"desk:invite:{invite.id}")
    await here.stage.calm()
    assert here.okafor.toasts[-1].text == here.line(Line.MOVED_ON)
    assert (await here.participant(first.participant_id)).state is ParticipantState.JOINED


@pytest.mark.parametrize("who", ["nobody", "another colleague", "the person"])
async def test_only_staff_of_the_review_can_make_a_new_link_in_the_chat(here: College, who: str) -> None:
    made = await here.plan()
    sam, first = here.phone("Sam"), invitation_of(made, "Sam")
    await here.opens_link(sam, first.token)
    presser = sam if who == "the person" else here.phone(who)
    if who == "another colleague":
        token = new_token()
        async with here.stage.database.work() as work:
            hall = next(each for each in await work.staff.all() if each.name not in {"Mr Okafor", "Ms Patel"})
            assert hall.email != COORDINATOR
            await work.invites.add(token, staff_id=hall.id, expires_at=here.stage.clock.now() + timedelta(days=1))
            await work.commit()
        await here.opens_link(presser, token)
    else:
        await here.say(presser, "hello")
    async with here.stage.database.reading() as work:
        invite = await work.invites.latest(first.participant_id)
    assert invite is not None
    await presser.press_data(presser.messages[-1].id, f"desk:invite:{invite.id}")
    await here.stage.calm()
    assert not any("start=" in words for words in heard(presser))
    assert (await here.participant(first.participant_id)).account_id is not None, "Sam's link still holds"
