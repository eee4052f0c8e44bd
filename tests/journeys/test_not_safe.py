"""From an answer to the safeguarding team and back, with the list that ships: engine, store, notices and digest."""

from __future__ import annotations

from datetime import timedelta

from conversations.lines import Line
from storage.records.alerts import AlertState
from tests.journeys.alarmed import alerts, joins, presses
from tests.journeys.college import CLOSES, OPENS, College, all_heard, heard, invitation_of

TOLD = "My uncle hits me when he is drunk. Quince-canary."
MORE = "It was on Sunday. Medlar-canary."


async def test_an_answer_that_tells_of_danger_reaches_the_team_and_no_digest(here: College) -> None:
    await joins(here, "reid@example.org", "Reid")
    made = await here.plan()
    sam, reid = here.phone("Sam"), here.phone("Reid")
    await here.comes_in(sam, invitation_of(made, "Sam"))
    await here.at(OPENS)
    await here.press(sam, "o:understand", "+:sport", "d:done")
    await here.say(sam, TOLD)
    assert heard(sam)[-1].startswith("Thank you for telling me. That sounds important.")
    assert "I am a bot. So I tell Ms Reid. They see it by" in heard(sam)[-1]
    [alert] = await alerts(here)
    assert heard(reid)[-1] == here.line(Line.STAFF_ALERT, number=alert.id[-6:])
    waits = here.line(Line.STAFF_NOTE, name="Sam", date="Tuesday 24 November 2026").split("\n")[0]
    assert waits not in all_heard(here.okafor), "the named professional does not even hear that words came"

    await sam.press(lambda button: (button.data or "").endswith(":d:tell"))
    await here.stage.calm()
    await sam.type(MORE)
    await here.stage.calm()
    assert [each.id for each in await alerts(here)] == [alert.id], "it joins the alert that waits"
    await presses(here, reid, "read")
    assert TOLD in all_heard(reid)
    assert MORE in all_heard(reid)
    await presses(here, reid, "seen")
    assert here.line(Line.ALERT_SEEN, name="Ms Reid") in heard(sam)[-1]

    await here.press(sam, "d:carry_on", "o:no", "d:send")
    assert (await here.conversation(invitation_of(made, "Sam").participant_id)).state.unsent is False
    await here.at(CLOSES + timedelta(hours=1))
    assert here.mails, "the digest went"
    for canary in ("Quince", "Medlar"):
        assert canary not in "\n".join(here.mails) + all_heard(here.okafor)
    assert [each.state for each in await alerts(here)] == [AlertState.SEEN]
    assert await here.verified(invitation_of(made, "Sam").participant_id), "the receipt is of all that was sent"
