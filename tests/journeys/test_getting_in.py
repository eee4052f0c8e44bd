"""From a link to being known: whoever is not the right person opens nothing."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.demo import clips
from bot.demo.cast import COORDINATOR
from bot.demo.faults import DOWNLOAD
from bot.secrets_by_hand import SecretKind, pictures
from conversations.cards import read_cards
from conversations.lines import Line
from storage.ids import new_token
from storage.records import InviteState, ParticipantState
from tests.journeys.college import ANN, OPENS, College, all_heard, codes, heard, invitation_of

pytestmark = pytest.mark.uncounted

VOICE = clips.voice(2)


async def test_a_link_that_nobody_made_opens_nothing(here: College) -> None:
    stranger = here.phone("Stranger")
    await here.opens_link(stranger, new_token())
    assert heard(stranger) == [here.line(Line.JOIN_UNKNOWN)]
    async with here.stage.database.reading() as work:
        assert await work.accounts.by_chat(stranger.id) is None


async def test_guessing_links_ends_for_an_hour(here: College) -> None:
    made = await here.plan()
    guesser = here.phone("Guesser")
    for _ in range(10):
        await guesser.start(new_token())
    await here.stage.calm()
    right = invitation_of(made, "Sam").token
    await here.opens_link(guesser, right)
    assert heard(guesser)[-1] == here.line(Line.JOIN_TOO_MANY)
    await here.later(timedelta(hours=1, minutes=1))
    await here.opens_link(guesser, right)
    assert here.line(Line.JOIN_HELLO, name="Sam") in heard(guesser)[-1]


async def test_a_link_opens_once(here: College) -> None:
    made = await here.plan()
    sam, other = here.phone("Sam"), here.phone("Other")
    invitation = invitation_of(made, "Sam")
    await here.opens_link(sam, invitation.token)
    await here.opens_link(other, invitation.token)
    assert heard(other) == [here.line(Line.JOIN_USED)]
    # The same account again is told what is still to be done, and only in the end that it is in.
    await here.opens_link(sam, invitation.token)
    assert len(heard(sam)) == 2
    assert heard(sam)[0] == heard(sam)[1]
    await here.tells_secret(sam, invitation)
    await here.opens_link(sam, invitation.token)
    assert heard(sam)[-1] == here.line(Line.JOIN_WAIT, contact="Mr Okafor")
    await here.press(here.okafor, invitation.participant_id)
    await here.opens_link(sam, invitation.token)
    assert heard(sam)[-1] == here.line(Line.JOIN_ALREADY)


async def test_an_expired_link_opens_nothing(here: College) -> None:
    made = await here.plan()
    sam = here.phone("Sam")
    await here.at(datetime(2026, 11, 27, 9, 0, 1, tzinfo=UTC))
    await here.opens_link(sam, invitation_of(made, "Sam").token)
    assert heard(sam) == [here.line(Line.JOIN_ENDED)]


async def test_one_account_holds_one_role_in_a_young_persons_reviews(here: College) -> None:
    made = await here.plan(carers=[ANN])
    ann, token = here.phone("Ann"), invitation_of(made, "Sam").token
    await here.opens_link(ann, invitation_of(made, "Ann").token)
    await here.opens_link(ann, token)
    assert heard(ann)[-1] == here.line(Line.JOIN_SECOND_ROLE)
    await here.opens_link(here.okafor, token)
    assert heard(here.okafor)[-1] == here.line(Line.JOIN_SECOND_ROLE), "staff named on it could speak as Sam"
    sam = await here.participant(invitation_of(made, "Sam").participant_id)
    assert (sam.account_id, sam.state) == (None, ParticipantState.INVITED)
    await here.opens_link(here.phone("Sam"), token)
    assert here.line(Line.JOIN_HELLO, name="Sam") in heard(here.phone("Sam"))[-1]


async def test_a_parent_or_a_colleague_cannot_use_another_staff_members_link(here: College) -> None:
    made = await here.plan(carers=[ANN])
    ann, token = here.phone("Ann"), new_token()
    await here.comes_in(ann, invitation_of(made, "Ann"))
    async with here.stage.database.work() as work:
        patel = await work.staff.by_email(COORDINATOR)
        assert patel is not None
        await work.invites.add(token, staff_id=patel.id, expires_at=datetime(2026, 12, 1, tzinfo=UTC))
        await work.commit()
    for person in (ann, here.okafor):
        await here.opens_link(person, token)
        assert heard(person)[-1] == here.line(Line.JOIN_SECOND_ROLE)
    patels = here.phone("Patel")
    await here.opens_link(patels, token)
    assert heard(patels) == [here.line(Line.JOIN_STAFF, name="Ms Patel")]


async def test_three_wrong_secrets_end_the_invite_and_a_new_one_works(here: College) -> None:
    made = await here.plan(carers=[ANN])
    ann, first = here.phone("Ann"), invitation_of(made, "Ann")
    await here.opens_link(ann, first.token)
    wrong = "0000" if first.secret.text != "0000" else "1111"
    await here.say(ann, wrong, wrong)
    assert heard(ann)[-2:] == [here.line(Line.JOIN_WRONG)] * 2
    await here.say(ann, wrong)
    assert heard(ann)[-1] == here.line(Line.JOIN_WRONG_LAST, contact="Mr Okafor")
    assert heard(here.okafor)[-1] == here.line(Line.STAFF_INVITE_ENDED, name="Ann (mother)")
    await here.say(ann, first.secret.text)
    await here.opens_link(ann, first.token)
    assert heard(ann)[-1] == here.line(Line.JOIN_ENDED)
    assert (await here.participant(first.participant_id)).state is ParticipantState.INVITED
    again = await here.invite_again(first.participant_id)
    await here.comes_in(ann, again)
    assert (await here.participant(first.participant_id)).state is ParticipantState.JOINED


async def test_the_right_secret_does_not_stay_in_the_chat(here: College) -> None:
    made = await here.plan(carers=[ANN])
    sam, ann = here.phone("Sam"), here.phone("Ann")
    for person, name in ((sam, "Sam"), (ann, "Ann")):
        invitation = invitation_of(made, name)
        await here.opens_link(person, invitation.token)
        await here.tells_secret(person, invitation)
    typed = invitation_of(made, "Ann").secret.text
    assert all(message.words != typed for message in ann.messages)
    assert not any(button.label in pictures() for message in sam.messages for button in message.buttons)


async def test_nothing_personal_is_shown_before_staff_have_checked(here: College) -> None:
    made = await here.plan(carers=[ANN], plan_lines=["A quiet room"])
    sam, invitation = here.phone("Sam"), invitation_of(made, "Sam")
    await here.opens_link(sam, invitation.token)
    await sam.send_voice(clips.voice(1), 1)
    await sam.type("/who")
    await sam.type("/answers")
    await sam.type("/start")
    await here.stage.calm()
    await here.tells_secret(sam, invitation)
    await here.at(OPENS + timedelta(days=1))
    await here.say(sam, "Is anyone there?")
    await sam.send_photo(clips.photo())
    await here.stage.calm()
    general = read_cards()["who_general"]  # the same for everybody, strangers too
    assert general in heard(sam)
    said = "\n".join(text for text in heard(sam) if text != general)
    for personal in ("mother", "Ann", "quiet room", "November", "review", "RC-Sam"):
        assert personal not in said
    assert heard(sam)[-1] == here.line(Line.JOIN_WAIT, contact="Mr Okafor"), "they hear what is waited for"
    assert await here.notes(invitation.participant_id) == [], "who is not known yet puts nothing into Sam's part"
    async with here.stage.database.reading() as work:
        assert await work.media.pending() == []
    assert await here.conversations(invitation.participant_id) == []
    await here.press(here.okafor, invitation.participant_id)
    assert "Hello Sam." in all_heard(sam), "checked after the opening's day: it is asked at once"


async def test_only_staff_of_the_review_can_say_that_they_checked(here: College) -> None:
    made = await here.plan(carers=[ANN])
    sam, ann = here.phone("Sam"), here.phone("Ann")
    invitation = invitation_of(made, "Sam")
    await here.opens_link(sam, invitation.token)
    await here.tells_secret(sam, invitation)
    await here.opens_link(ann, invitation_of(made, "Ann").token)
    for forger in (sam, ann):
        await forger.press_data(forger.messages[-1].id, f"desk:checked:{invitation.participant_id}")
        await here.stage.calm()
        assert forger.toasts[-1].text == here.line(Line.MOVED_ON)
    assert (await here.participant(invitation.participant_id)).state is ParticipantState.ANSWERED_CODE


async def test_an_old_check_button_lets_nobody_in(here: College) -> None:
    made = await here.plan()
    sam, first = here.phone("Sam"), invitation_of(made, "Sam")
    await here.opens_link(sam, first.token)
    await here.tells_secret(sam, first)
    await here.invite_again(first.participant_id)
    await here.press(here.okafor, first.participant_id)
    assert here.okafor.toasts[-1].text == here.line(Line.MOVED_ON)
    assert (await here.participant(first.participant_id)).state is ParticipantState.INVITED


async def test_a_new_phone_ends_the_old_one_and_the_conversation_goes_on(here: College) -> None:
    made = await here.plan()
    old, new = here.phone("Old phone"), here.phone("New phone")
    invitation = invitation_of(made, "Sam")
    await here.comes_in(old, invitation)
    await here.at(OPENS)
    await here.press(old, "o:understand", "+:sport", "d:done")
    button = next(button.data for button in old.last().buttons if button.data)
    await old.type("I was in the middle")  # answers the free question; the next is asked
    await here.stage.calm()
    before = len(heard(old))
    again = await here.invite_again(invitation.participant_id)
    # The old phone: nothing that it does counts.
    await old.press_data(old.last().id, button)
    await here.say(old, "Words from a thief")
    assert old.toasts[-1].text == here.line(Line.MOVED_ON)
    assert heard(old)[before:] == [here.line(Line.NOTHING_OPEN)]
    await here.opens_link(old, invitation.token)
    assert heard(old)[-1] == here.line(Line.JOIN_ENDED)
    # The new one: where it stood, and not before the check.
    await here.opens_link(new, again.token)
    await here.tells_secret(new, again)
    assert "In the middle".lower() not in all_heard(new).lower()
    await here.press(here.okafor, invitation.participant_id)
    assert "o:yes" in {code.split(":", 3)[-1] for code in codes(new)}
    await here.press(new, "o:no", "d:send")
    sent = await here.sent(invitation.participant_id)
    assert sent is not None
    assert "I was in the middle" in {answer.words for answer in sent.submission.answers}
    assert "thief" not in str(sent.submission)
    assert await here.notes(invitation.participant_id) == []


async def test_a_phone_lost_on_the_day_of_the_opening_loses_no_question(here: College) -> None:
    made = await here.plan()
    invitation = invitation_of(made, "Sam")
    await here.comes_in(here.phone("Old phone"), invitation)
    again = await here.invite_again(invitation.participant_id)
    await here.at(OPENS + timedelta(hours=1))
    new = here.phone("New phone")
    await here.comes_in(new, again)
    await here.at(OPENS + timedelta(days=1))
    assert "Hello Sam." in all_heard(new)
    assert all_heard(new).count("Hello Sam.") == 1


async def test_media_under_way_when_the_phone_is_lost_is_kept(here: College) -> None:
    made = await here.plan()
    sam, invitation = here.phone("Sam"), invitation_of(made, "Sam")
    await here.comes_in(sam, invitation)
    await here.at(OPENS)
    await here.press(sam, "o:understand", "r:skip")
    arrives = asyncio.Event()
    here.stage.telegram.faults.slow(arrives, DOWNLOAD)
    await sam.send_voice(VOICE, 2)
    await sam.sees("I am saving it now")
    again = await here.invite_again(invitation.participant_id)
    arrives.set()
    await here.stage.calm()
    conversation = await here.conversation(invitation.participant_id)
    async with here.stage.database.reading() as work:
        [voice] = await work.media.of_conversation(conversation.id)
        assert await work.media.data(voice.id) == VOICE
    assert any(answer.media for answer in conversation.state.answers)
    assert "I have saved that." not in heard(sam), "the old phone hears nothing more"
    new = here.phone("New phone")
    await here.comes_in(new, again)
    assert "o:yes" in {code.split(":", 3)[-1] for code in codes(new)}, "it goes on behind the voice message"


@pytest.mark.parametrize("kind", [SecretKind.WORD, SecretKind.DIGITS])
async def test_capitals_and_spaces_in_a_secret_do_not_matter(here: College, kind: SecretKind) -> None:
    made = await here.plan()
    invitation = await here.invite_again(invitation_of(made, "Sam").participant_id, kind)
    sam = here.phone("Sam")
    await here.opens_link(sam, invitation.token)
    await here.say(sam, f"  {invitation.secret.text.upper()} ")
    assert (await here.participant(invitation.participant_id)).state is ParticipantState.ANSWERED_CODE


async def test_an_invite_that_was_replaced_is_ended(here: College) -> None:
    made = await here.plan()
    first = invitation_of(made, "Sam")
    await here.invite_again(first.participant_id)
    async with here.stage.database.reading() as work:
        found = await work.invites.find(first.token)
    assert found is not None
    assert found.state is InviteState.ENDED
