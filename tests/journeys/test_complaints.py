"""A complaint from the chat: kept, acknowledged with whom it goes to and by when, and told to them without content."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.demo import clips
from bot.demo.people import Person
from bot.reviewing import Planned
from bot.rights.answering import ask_to_tell
from conversations.lines import Line
from storage.records import Complaint, ComplaintState
from tests.journeys.college import ANN, OPENS, College, heard, invitation_of

WRONG = "Nobody listens to what I say."


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan(carers=[ANN])
    for name in ("Sam", "Ann"):
        await here.comes_in(here.phone(name), invitation_of(planned, name))
    await here.at(OPENS)
    return planned


async def complaints(here: College, made: Planned, name: str = "Sam") -> list[Complaint]:
    async with here.stage.database.reading() as work:
        return await work.complaints.of_participant(invitation_of(made, name).participant_id)


async def presses(here: College, person: Person, what: str) -> None:
    await person.press(lambda button: (button.data or "").startswith(f"rights:complain:{what}"))
    await here.stage.calm()


@pytest.mark.parametrize("name", ["Sam", "Ann"])
async def test_words_are_kept_and_acknowledged_with_whom_and_by_when(here: College, made: Planned, name: str) -> None:
    person = here.phone(name)
    await here.say(person, "/complain")
    before = await here.conversation(invitation_of(made, name).participant_id)
    await here.say(person, WRONG)
    [complaint] = await complaints(here, made, name)
    assert (complaint.words, complaint.state) == (WRONG, ComplaintState.KEPT)
    assert complaint.answer_by == OPENS.date() + timedelta(days=30)
    async with here.stage.database.reading() as work:
        staff = await work.staff.get(complaint.staff_id)
    assert staff is not None
    assert complaint.staff_id != made.review.professional_id
    assert heard(person)[-1].startswith(f"Thank you. Your complaint goes to {staff.name}.")
    assert "Thursday 12 November 2026" in heard(person)[-1]
    assert await here.conversation(before.participant_id) == before
    assert await here.notes(before.participant_id) == []
    assert WRONG not in "\n".join(heard(here.okafor))


async def test_a_voice_message_is_acknowledged_when_it_is_kept(here: College, made: Planned) -> None:
    sam = here.phone("Sam")
    await here.say(sam, "/complain")
    await sam.send_voice(clips.voice(), 4)
    await here.stage.calm()
    [complaint] = await complaints(here, made)
    assert len(complaint.media) == 1
    assert here.line(Line.COMPLAIN_SAVING) in heard(sam)
    assert heard(sam)[-1].startswith("Thank you. Your complaint goes to")
    assert not any("I have kept this" in words for words in heard(sam))


async def test_what_could_not_be_heard_is_asked_for_again_and_is_still_the_complaint(
    here: College, made: Planned
) -> None:
    sam = here.phone("Sam")
    await here.say(sam, "/complain")
    await sam.send_voice(b"no sound at all", 4)
    await here.stage.calm()
    await here.say(sam, WRONG)
    [complaint] = await complaints(here, made)
    assert complaint.words == WRONG
    assert await here.notes(invitation_of(made, "Sam").participant_id) == []


async def test_more_can_be_added_and_then_words_are_answers_again(here: College, made: Planned) -> None:
    sam = here.phone("Sam")
    await here.press(sam, "o:understand", "+:sport", "d:done")
    await here.say(sam, "/complain")
    await here.say(sam, WRONG)
    await presses(here, sam, "more")
    await here.say(sam, "And it was loud.")
    await here.say(sam, "This is my answer.")
    [complaint] = await complaints(here, made)
    assert complaint.words == f"{WRONG}\n\nAnd it was loud."
    conversation = await here.conversation(invitation_of(made, "Sam").participant_id)
    assert [each.words for each in conversation.state.answers][-1] == "This is my answer."


@pytest.mark.parametrize("how", ["stop", "control", "an hour"])
async def test_who_goes_on_to_something_else_has_not_complained(here: College, made: Planned, how: str) -> None:
    sam = here.phone("Sam")
    await here.press(sam, "o:understand", "+:sport", "d:done")
    await here.say(sam, "/complain")
    match how:
        case "stop":
            await presses(here, sam, "stop")
        case "control":
            await here.say(sam, here.line(Line.CONTROL_EXPLAIN))
        case _:
            await here.later(timedelta(hours=1, minutes=1))
    await here.say(sam, "This is my answer.")
    assert [each for each in await complaints(here, made) if each.state is not ComplaintState.ASKED] == []
    conversation = await here.conversation(invitation_of(made, "Sam").participant_id)
    assert [each.words for each in conversation.state.answers][-1] == "This is my answer."


async def test_an_edit_of_a_complaint_joins_it_and_reaches_nobody_else(here: College, made: Planned) -> None:
    sam = here.phone("Sam")
    await here.press(sam, "o:understand", "+:sport", "d:done")
    await here.say(sam, "/complain")
    sent = await sam.type(WRONG)
    await here.stage.calm()
    await sam.edit(sent.id, "Mr Okafor never listens.")
    await here.stage.calm()
    [complaint] = await complaints(here, made)
    assert complaint.words == f"{WRONG}\n\nMr Okafor never listens."
    sam_id = invitation_of(made, "Sam").participant_id
    assert await here.notes(sam_id) == []
    assert all("Okafor never" not in each.words for each in (await here.conversation(sam_id)).state.answers)


async def test_where_only_the_named_professional_is_left_it_says_whom_to_ask(here: College, made: Planned) -> None:
    sam = here.phone("Sam")
    async with here.stage.database.work() as work:
        for staff in await work.staff.all():
            if staff.id != made.review.professional_id:
                await work.staff.end(staff.id)
        await work.commit()
    await here.say(sam, "/complain")
    assert heard(sam)[-1] == here.line(Line.COMPLAIN_NOBODY, contact="Riverside College")


async def test_a_complaint_goes_with_everything_else(here: College, made: Planned) -> None:
    sam = here.phone("Sam")
    await here.say(sam, "/complain")
    await here.say(sam, WRONG)
    await here.leaves_for_good(sam)
    assert await complaints(here, made) == []
    async with here.stage.database.reading() as work:
        assert await work.complaints.open_ones() == []


@pytest.mark.parametrize("hour", [15, 22])
async def test_an_answer_comes_as_a_quote_with_a_name_at_a_decent_hour(here: College, made: Planned, hour: int) -> None:
    sam = here.phone("Sam")
    await here.say(sam, "/complain")
    await here.say(sam, WRONG)
    await here.at(OPENS.replace(hour=hour) + timedelta(days=1))
    async with here.stage.database.work() as work:
        [complaint] = await work.complaints.of_participant(invitation_of(made, "Sam").participant_id)
        now, said = here.stage.clock.now(), "You are right. {contact} was late."
        answered = replace(
            complaint, state=ComplaintState.ANSWERED, answered_at=now, answered_by=complaint.staff_id, answer=said
        )
        await work.complaints.save(answered)
        assert await ask_to_tell(work, answered, now)
        staff = await work.staff.get(complaint.staff_id)
        await work.commit()
    await here.stage.calm()
    assert staff is not None
    quote = f"It is from {staff.name}:\n\n“{said}”"
    assert (quote in heard(sam)[-1]) is (hour == 15), "not at ten in the evening"
    await here.later(timedelta(hours=14))
    assert quote in heard(sam)[-1]
