from collections import Counter
from datetime import timedelta

from bot.demo.faults import Moment
from bot.demo.limits import RateLimits
from bot.demo.refusals import Refusal
from bot.telegram import outbound
from conversations.effects import Button, Reply
from conversations.state import ConversationId, Mark
from storage.records import Lane, OutState
from tests.bot.delivery.stage import Stage, heard


async def test_a_chat_hears_everything_in_order_and_once(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.say(ann, "one", "two", "three")
    assert await stage.delivery.run_once() == 1
    assert heard(ann) == ["one"]
    assert await stage.delivery.drain() == 2
    assert heard(ann) == ["one", "two", "three"]
    assert await stage.counts() == {OutState.SENT: 3}
    assert await stage.delivery.drain() == 0


async def test_interactive_replies_go_before_bulk(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.say(ann, "paper", lane=Lane.DOCUMENT)
    await stage.say(ann, "reminder", lane=Lane.PROMPT)
    await stage.say(ann, "reply")
    await stage.delivery.drain()
    assert heard(ann) == ["reply", "reminder", "paper"]


async def test_edits_find_the_message_they_change(stage: Stage) -> None:
    ann = await stage.person("Ann")
    mark = Mark(ConversationId("kX3f_9Qa"), 3)
    reply = Reply(("How is it?",), ((Button("Well", "c.well"),),), mark)
    await stage.queue(ann, *outbound.message(reply), key="mark:kX3f_9Qa:3")
    await stage.queue(ann, outbound.settle(reply, "You chose: Well", "mark:kX3f_9Qa:3"))
    await stage.queue(ann, outbound.settle(reply, "You chose: Well", "mark:kX3f_9Qa:3"))  # "is not modified"
    await stage.queue(ann, outbound.edit(reply, "never-sent"))
    await stage.delivery.drain()
    assert heard(ann) == ["How is it?\n\nYou chose: Well"]
    assert ann.visible_buttons() == []
    assert await stage.counts() == {OutState.SENT: 3, OutState.CANCELLED: 1}


async def test_a_message_that_is_gone_needs_no_edit_or_deletion(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await stage.queue(ann, outbound.edit(Reply(("new",)), message_id=999), outbound.delete(message_id=998))
    await stage.queue(ann, *outbound.plain("x"), key="k")
    await stage.queue(ann, outbound.delete("k"))
    await stage.delivery.drain()
    assert heard(ann) == []
    assert await stage.counts() == {OutState.SENT: 4}


async def test_order_holds_in_every_chat_whatever_fails(stage: Stage) -> None:
    people = [await stage.person(name) for name in ("Ann", "Ben", "Cem", "Dee", "Eva", "Fay")]
    texts = [str(number) for number in range(6)]
    for text in texts:
        for person in people:
            await stage.say(person, text)
    faults = stage.telegram.faults
    faults.fail(Refusal(500, "x"), "sendMessage", times=3)
    faults.drop(Moment.BEFORE_ACTING, "sendMessage", times=3)
    faults.fail(Refusal(429, "x", 1), "sendMessage", times=4)
    faults.drop(Moment.AFTER_ACTING, "sendMessage", times=2)
    for _ in range(30):
        await stage.delivery.drain()
        stage.clock.move_by(timedelta(seconds=30))
        stage.time.now += 30
    repeated = 0
    for person in people:
        assert list(dict.fromkeys(heard(person))) == texts
        assert heard(person) == sorted(heard(person))
        repeated += sum(times - 1 for times in Counter(heard(person)).values())
    assert repeated == 2
    assert await stage.counts() == {OutState.SENT: 36}


async def test_one_chat_gets_three_at_once_and_then_one_a_second(stage: Stage) -> None:
    stage.telegram.world.limits = RateLimits(stage.time.monotonic)
    ann = await stage.person("Ann")
    await stage.say(ann, *"abcdef")
    await stage.delivery.drain()
    assert heard(ann) == list("abcdef")
    assert stage.time.pauses == [1, 1, 1]
    assert {record.status for record in stage.telegram.calls_of("sendMessage")} == {200}


async def test_thirty_chats_a_second_and_edits_for_nothing(stage: Stage) -> None:
    stage.telegram.world.limits = RateLimits(stage.time.monotonic)
    people = [await stage.person(f"P{number}") for number in range(31)]
    for person in people:
        await stage.queue(person, *outbound.plain("hello"), key=f"first{person.id}")
        await stage.queue(person, outbound.edit(Reply(("changed",)), f"first{person.id}"))
    await stage.delivery.drain()
    assert stage.time.pauses == [1]
    assert {text for person in people for text in heard(person)} == {"changed"}
