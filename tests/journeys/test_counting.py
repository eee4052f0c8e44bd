"""A person is asked once whether their buttons may be counted; no is the rule, and a yes can be taken back."""

from __future__ import annotations

from tests.journeys.college import OPENS, College, by_bot, heard, invitation_of

ASKED = "May I count the buttons that you pressed"


async def counted(here: College) -> frozenset[str]:
    async with here.stage.database.reading() as work:
        return await work.insights.counted()


async def test_asked_after_send_only_where_the_deployer_wants_it_and_free_to_change(here: College) -> None:
    made = await here.plan()
    sam, who = here.phone("Sam"), invitation_of(made, "Sam").participant_id
    await here.stage.restart(here.stage.settings.model_copy(update={"insights": True}))
    await here.comes_in(sam, invitation_of(made, "Sam"))
    await here.at(OPENS)
    await here.sends(sam)
    [asked] = [message for message in by_bot(sam) if ASKED in message.words]
    assert [button.label for button in asked.buttons] == ["🔢 Yes, count them", "↩️ No, do not count"]
    assert await counted(here) == frozenset(), "silence is no"

    await here.press(sam, "rights:count:yes")
    assert await counted(here) == {who}
    assert "I count your buttons with those of others." in heard(sam)[-1]
    await here.say(sam, "/mydata")
    await here.press(sam, "rights:count", "rights:count:no")
    assert await counted(here) == frozenset()

    await here.press(sam, "d:change", "d:send")
    assert sum(ASKED in words for words in heard(sam)) == 2, "once after the first Send, once when Sam asked"


async def test_nobody_is_asked_where_nothing_is_counted(here: College) -> None:
    made = await here.plan()
    sam = here.phone("Sam")
    await here.comes_in(sam, invitation_of(made, "Sam"))
    await here.at(OPENS)
    await here.sends(sam)
    await here.say(sam, "/mydata")
    assert not [button for message in by_bot(sam) for button in message.buttons if "count" in (button.data or "")]
    assert ASKED not in "\n".join(heard(sam))
