"""Their own data, from the chat: what is kept, a copy to read and one for a computer, and their media (P13)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.demo import clips
from bot.demo.people import Person
from bot.reviewing import Planned
from bot.rights.own_json import FORMAT
from conversations.lines import Line
from tests.journeys.college import ANN, CLOSES, OPENS, College, all_heard, by_bot, heard, invitation_of
from tests.journeys.walking import pdf_text, squeezed

SAM_SAYS, ANN_SAYS, NOTE = "A quiet room in the morning.", "A lunch club please.", "One more thing of mine."


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan(carers=[ANN])
    for name in ("Sam", "Ann"):
        await here.comes_in(here.phone(name), invitation_of(planned, name))
    await here.at(OPENS)
    return planned


async def presses(here: College, person: Person, what: str) -> None:
    await person.press(lambda button: (button.data or "") == f"rights:{what}")
    await here.stage.calm()


async def copies(here: College, person: Person) -> tuple[str, dict[str, Any]]:
    """Ask for the copy; the words of its PDF without spaces, and the JSON."""
    before = len(by_bot(person))
    await here.say(person, "/mydata")
    assert heard(person)[-1] == here.line(Line.MYDATA)
    await presses(here, person, "copy")
    making, page, file = by_bot(person)[before + 1 :]
    assert making.words == here.line(Line.MYDATA_MAKING)
    assert page.content.startswith(b"%PDF")
    return pdf_text(page.content), json.loads(file.content)


async def test_each_gets_their_own_words_of_every_kind_and_nobody_elses(here: College, made: Planned) -> None:
    sam, ann = here.phone("Sam"), here.phone("Ann")
    await here.sends(sam, SAM_SAYS)
    await here.say(sam, NOTE)
    await here.sends(ann, ANN_SAYS)
    await here.at(CLOSES)
    await here.press(here.okafor, (await here.digests(made.review.id))[-1].id)
    page, data = await copies(here, sam)
    text = json.dumps(data)
    for own in (SAM_SAYS, NOTE):
        assert squeezed(own) in page
        assert own in text
    assert ANN_SAYS not in text
    assert squeezed(ANN_SAYS) not in page
    assert "Ann" not in text
    assert "mother" not in text
    assert squeezed("It went to Mr Okafor on 3 November 2026.") in page
    assert squeezed("Mr Okafor opened it on 3 November 2026.") in page
    other, theirs = await copies(here, ann)
    assert squeezed(ANN_SAYS) in other
    assert squeezed(SAM_SAYS) not in other
    assert SAM_SAYS not in json.dumps(theirs)
    assert [part["relation"] for part in theirs["parts"]] == ["mother"]


async def test_the_file_for_a_computer_has_what_was_sent_and_who_got_it(here: College, made: Planned) -> None:
    sam = here.phone("Sam")
    await here.sends(sam, SAM_SAYS)
    sent = await here.sent(invitation_of(made, "Sam").participant_id)
    await here.at(CLOSES)
    _, data = await copies(here, sam)
    assert data["format"] == FORMAT
    [part] = data["parts"]
    [review] = part["reviews"]
    [sending] = review["sendings"]
    assert sent is not None
    assert (sending["code"], sending["state"], sending["at"]) == (sent.code, "sent", sent.sent_at.isoformat())
    assert len(sending["answers"]) == len(sent.submission.answers)
    assert {each["channel"] for each in sending["handed"]} == {"mail", "telegram"}
    assert all(each["to"] == "Mr Okafor" and each["sent_at"] for each in sending["handed"])
    assert review["unsent"] == []
    assert [each["kind"] for each in review["written"]] == ["opening", "check_copy"]
    assert (part["language"], part["earliest"], part["latest"], part["role"]) == (
        "en",
        "09:00",
        "19:00",
        "young_person",
    )


async def test_what_is_not_sent_yet_is_in_it_and_media_are_named_and_can_be_played(
    here: College, made: Planned
) -> None:
    sam = here.phone("Sam")
    await here.press(sam, "o:understand", "+:sport", "d:done")
    await here.say(sam, "Not sent yet.")
    await sam.send_photo(clips.photo(), "My room.")
    await here.stage.calm()
    page, data = await copies(here, sam)
    assert squeezed("Not sent yet.") in page
    assert squeezed("photo-1") in page
    [part] = data["parts"]
    assert [(each["name"], each["kind"], each["kept"]) for each in part["media"]] == [("photo-1", "photo", True)]
    assert part["reviews"][0]["sendings"] == []
    assert any(each["words"] == "Not sent yet." for each in part["reviews"][0]["unsent"])
    await here.say(sam, "/mydata")
    await presses(here, sam, "play")
    assert "photo-1" in heard(sam)[-1]


async def test_a_later_version_tells_a_carer_nothing_of_what_others_did(here: College, made: Planned) -> None:
    sam, ann = here.phone("Sam"), here.phone("Ann")
    await here.sends(ann, ANN_SAYS)
    await here.at(CLOSES)
    _, before = await copies(here, ann)
    await here.sends(sam, SAM_SAYS)
    await here.later(timedelta(days=1))
    assert len(await here.digests(made.review.id)) == 2
    _, after = await copies(here, ann)
    assert after["parts"] == before["parts"]


async def test_whoever_has_nothing_to_play_is_told_so(here: College, made: Planned) -> None:
    ann = here.phone("Ann")
    await here.say(ann, "/mydata")
    await presses(here, ann, "play")
    assert heard(ann)[-1] == here.line(Line.MYDATA_NOTHING)


async def test_a_forged_press_brings_nobody_elses_copy(here: College, made: Planned) -> None:
    ann, stranger = here.phone("Ann"), here.phone("Stranger")
    await here.say(stranger, "Hello")
    await stranger.press_data(stranger.last().id, "rights:copy")
    await here.stage.calm()
    assert "data" not in all_heard(stranger)
    async with here.stage.database.reading() as work:
        account = await work.accounts.by_chat(here.phone("Sam").id)
    assert account is not None
    await here.say(ann, "/mydata")
    await ann.press_data(ann.last().id, f"rights:copy:{account.id}")
    await here.stage.calm()
    assert all(not message.content.startswith((b"%PDF", b"{")) for message in by_bot(ann))


async def test_a_parent_of_two_gets_both_and_deletes_both(here: College) -> None:
    ann = here.phone("Ann")
    made = [await here.plan(name, carers=[ANN]) for name in ("Sam", "Kim")]
    for each in made:
        await here.comes_in(ann, invitation_of(each, "Ann"))
    await here.at(OPENS)
    _, data = await copies(here, ann)
    assert {part["about"] for part in data["parts"]} == {"Sam", "Kim"}
    await here.say(ann, "/delete")
    await presses_yes(here, ann)
    assert heard(ann)[-1] == here.line(Line.DELETE_DONE)
    async with here.stage.database.reading() as work:
        for each in made:
            assert await work.participants.get(invitation_of(each, "Ann").participant_id) is None
            assert await work.participants.get(invitation_of(each, each.invitations[0].name).participant_id)
        assert await work.accounts.by_chat(ann.id) is None


async def presses_yes(here: College, person: Person) -> None:
    await person.press(lambda button: (button.data or "").startswith("rights:delete:yes"))
    await here.stage.calm()
