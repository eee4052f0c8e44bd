"""A parent of two: one conversation holds the floor, and each message says whom it is about (decision 11)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.demo.people import Person
from bot.ordering import Asked
from bot.reviewing import Planned
from bot.secrets_by_hand import SecretKind
from conversations.lines import Line
from conversations.script import Role
from storage.records import ConversationStatus, ParticipantState
from tests.journeys.college import ANN, OPENS, College, all_heard, by_bot, codes, heard, invitation_of

pytestmark = pytest.mark.uncounted

SAM_SAID, KIM_SAID = "Sam needs a lunch club.", "Kim needs a taxi."


@pytest.fixture
async def ann(here: College) -> Person:
    return here.phone("Ann")


@pytest.fixture
async def both(here: College, ann: Person) -> tuple[Planned, Planned]:
    sam, kim = await here.plan("Sam", carers=[ANN]), await here.plan("Kim", carers=[ANN])
    await here.comes_in(ann, invitation_of(sam, "Ann"))
    await here.comes_in(ann, invitation_of(kim, "Ann"))
    await here.at(OPENS)
    return sam, kim


async def test_one_begins_and_the_other_waits_in_line(
    here: College, ann: Person, both: tuple[Planned, Planned]
) -> None:
    states = [(await here.conversation(invitation_of(made, "Ann").participant_id)).status for made in both]
    assert sorted(states) == [ConversationStatus.ACTIVE, ConversationStatus.WAITING]
    assert sum("would help" in text for text in heard(ann)) == 0
    assert sum("There is also a review for" in text for text in heard(ann)) == 1


async def test_every_question_says_whom_it_is_about(here: College, ann: Person, both: tuple[Planned, Planned]) -> None:
    first = await _about(here, both)
    await here.press(ann, "o:understand")
    asked = [message.words for message in by_bot(ann) if message.buttons or "OK to use Telegram" in message.words]
    assert all(text.startswith(f"About {first}") or "There is also" in text for text in asked)


async def test_after_send_the_next_one_begins(here: College, ann: Person, both: tuple[Planned, Planned]) -> None:
    first = await _about(here, both)
    said = {"Sam": SAM_SAID, "Kim": KIM_SAID}
    other = next(name for name in said if name != first)
    await here.sends(ann, said[first])
    await here.sends(ann, said[other])
    for made, name in zip(both, ("Sam", "Kim"), strict=True):
        sent = await here.sent(invitation_of(made, "Ann").participant_id)
        assert sent is not None
        assert {answer.words for answer in sent.submission.answers} >= {said[name]}
        assert said["Kim" if name == "Sam" else "Sam"] not in str(sent.submission.answers)


async def test_who_is_this_about_switches(here: College, ann: Person, both: tuple[Planned, Planned]) -> None:
    first = await _about(here, both)
    other = "Kim" if first == "Sam" else "Sam"
    await here.press(ann, "o:understand")
    await here.say(ann, "/who")
    assert ann.last().words.startswith(f"About {first}\n\nMr Okafor reads what you send by")
    assert ann.last().words.endswith(here.line(Line.WHO_IS_THIS_ABOUT))
    await ann.press(f"About {other}")
    await here.stage.calm()
    assert ann.toasts[-1].text == here.line(Line.WHO_NOW, about=other)
    await here.answers(ann, f"{other} needs this.")
    await here.press(ann, "d:send")
    made = both[0] if other == "Sam" else both[1]
    sent = await here.sent(invitation_of(made, "Ann").participant_id)
    assert sent is not None
    assert f"{other} needs this." in {answer.words for answer in sent.submission.answers}
    # What was begun before is shown again, so that the next words go where they seem to go.
    assert by_bot(ann)[-1].words.startswith(f"About {first}")
    await here.say(ann, "And this is for the first.")
    kept = await here.conversation(invitation_of(both[0] if first == "Sam" else both[1], "Ann").participant_id)
    assert "And this is for the first." in {answer.words for answer in kept.state.answers}


async def test_an_old_button_of_a_closed_review_does_not_take_the_floor(
    here: College, ann: Person, both: tuple[Planned, Planned]
) -> None:
    first = await _about(here, both)
    old = next(button.data for button in by_bot(ann)[-2].buttons + by_bot(ann)[-1].buttons if button.data)
    await here.say(ann, "/stop")
    await here.press(ann, "d:leave_review")
    await ann.press_data(by_bot(ann)[0].id, old)
    await here.stage.calm()
    await here.answers(ann, "This is for the other.")
    other = both[1] if first == "Sam" else both[0]
    kept = await here.conversation(invitation_of(other, "Ann").participant_id)
    assert "This is for the other." in {answer.words for answer in kept.state.answers}


async def test_a_second_link_does_not_swallow_answers_to_the_first_review(here: College, ann: Person) -> None:
    sam = await here.plan("Sam", carers=[ANN])
    kim = await here.plan("Kim", carers=[Asked(Role.CARER, "Ann", "mother", SecretKind.DIGITS)])
    await here.comes_in(ann, invitation_of(sam, "Ann"))
    await here.at(OPENS)
    await here.press(ann, "o:understand")
    await here.opens_link(ann, invitation_of(kim, "Ann").token)
    await here.say(ann, SAM_SAID)
    kept = await here.conversation(invitation_of(sam, "Ann").participant_id)
    assert SAM_SAID in {answer.words for answer in kept.state.answers}
    await here.tells_secret(ann, invitation_of(kim, "Ann"))
    state = (await here.participant(invitation_of(kim, "Ann").participant_id)).state
    assert state is ParticipantState.ANSWERED_CODE


async def test_two_open_links_take_either_secret(here: College, ann: Person) -> None:
    sam, kim = await here.plan("Sam", carers=[ANN]), await here.plan("Kim", carers=[ANN])
    links = [invitation_of(made, "Ann") for made in (sam, kim)]
    for link in links:
        await here.opens_link(ann, link.token)
    for link in reversed(links):
        await here.tells_secret(ann, link)
    states = {(await here.participant(link.participant_id)).state for link in links}
    assert states == {ParticipantState.ANSWERED_CODE}


async def test_a_reminder_of_a_waiting_review_offers_to_turn_to_it(
    here: College, ann: Person, both: tuple[Planned, Planned]
) -> None:
    first = await _about(here, both)
    other = "Kim" if first == "Sam" else "Sam"
    before = len(heard(ann))
    await here.later(timedelta(days=11))
    new = by_bot(ann)[before:]
    assert any(f"The review for {other}" in message.words and f"About {other}" in _labels(message) for message in new)
    assert "d:send" not in codes(ann)
    assert all_heard(ann).count("There is also a review") == 2


def _labels(message: object) -> list[str]:
    return [button.label for button in getattr(message, "buttons", ())]


async def _about(here: College, both: tuple[Planned, Planned]) -> str:
    """Whose conversation holds the floor."""
    first = await here.conversation(invitation_of(both[0], "Ann").participant_id)
    return "Sam" if first.status is ConversationStatus.ACTIVE else "Kim"
