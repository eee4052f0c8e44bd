"""/privacy, /rights and /who: at any time, for anyone, one idea at a time; and the way out of Telegram."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from telegram import BotCommandScopeChat

from bot.demo.files import picture_words
from bot.demo.people import Person
from bot.reviewing import Planned
from conversations.cards import read_cards
from conversations.lines import Line
from conversations.profile import Shows
from storage.records import ParticipantState, PromptState
from tests.journeys.college import ANN, CLOSES, OPENS, College, all_heard, by_bot, heard, invitation_of

COMMANDS = ("/privacy", "/rights", "/who")
PERSONAL = ("Okafor", "Reid", "24 November", "Sam")
TEXTS = read_cards()
MORE = "➡️ More"


async def ask(here: College, person: Person, command: str) -> str:
    """Send a command; the words of the card."""
    await person.type(command)
    await here.stage.calm()
    return person.last().words


async def open_topic(here: College, person: Person, label: str) -> str:
    """Press a topic of the newest message; what stands in its place."""
    message = person.last()
    await person.press(label)
    await here.stage.calm()
    assert person.last().id == message.id, "a topic opens in place"
    return person.last().words


def labels(person: Person) -> list[str]:
    return [button.label for button in person.last().buttons]


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan(carers=[ANN])
    for name in ("Sam", "Ann"):
        await here.comes_in(here.phone(name), invitation_of(planned, name))
    await here.at(OPENS)
    return planned


async def test_a_topic_opens_in_place_and_leads_back(here: College, made: Planned) -> None:
    sam = here.phone("Sam")
    first = await ask(here, sam, "/rights")
    page = labels(sam)
    for label in (page[0], page[-2]):
        assert await open_topic(here, sam, label) != first
        assert labels(sam) == [TEXTS["card_back"]]
        assert await open_topic(here, sam, TEXTS["card_back"]) == first
    await open_topic(here, sam, MORE)
    assert labels(sam) != page
    await open_topic(here, sam, MORE)
    assert labels(sam) == page
    assert not any(toast.text for toast in sam.toasts[-6:])
    told = await open_topic(here, sam, TEXTS["rights_advocacy_button"])
    for said in ("Riverside Advocacy", "01632 960 123", "https://advocacy.example.org/help"):
        assert said in told  # the deployer's own file
    await ask(here, sam, "/privacy")
    assert "https://riverside.example.org/privacy" in await open_topic(here, sam, TEXTS["privacy_kept_button"])


async def test_young_people_and_carers_are_told_apart(here: College, made: Planned) -> None:
    sam, ann = here.phone("Sam"), here.phone("Ann")
    assert "Mr Okafor reads what you send by" in await ask(here, sam, "/who")
    assert "unless you say yes" in await open_topic(here, sam, TEXTS["who_family_button"])
    await ask(here, ann, "/who")
    told = await open_topic(here, ann, "👥 You and Sam")
    assert "Sam may see what you send, except what you mark only for Mr Okafor." in told
    await ask(here, ann, "/rights")
    assert "The letter goes to Sam" in await open_topic(here, ann, TEXTS["rights_plan_button"])


async def test_they_stand_while_paused_after_send_and_after_leaving(here: College, made: Planned) -> None:
    sam, me = here.phone("Sam"), invitation_of(made, "Sam").participant_id
    for do in ("d:enough", "d:send", "d:leave_review"):
        if do == "d:send":
            await here.say(sam, "/carryon")
            await here.answers(sam)
        else:
            await here.say(sam, "/stop")
        await here.press(sam, do)
        before = await here.conversation(me)
        for command, key in zip(COMMANDS, ("privacy", "rights", "who"), strict=True):
            said = TEXTS[key].format(contact="Mr Okafor", reads_by="Tuesday 3 November 2026")
            assert said in await ask(here, sam, command)
        assert await here.conversation(me) == before


@pytest.mark.parametrize("who", ["stranger", "not in yet", "secret said"])
async def test_who_is_not_in_gets_the_general_form_and_nothing_of_any_review(here: College, who: str) -> None:
    planned, person = await here.plan(), here.phone("Sam")
    if who != "stranger":
        await here.opens_link(person, invitation_of(planned, "Sam").token)
    if who == "secret said":
        await here.tells_secret(person, invitation_of(planned, "Sam"))
    before = len(heard(person))
    for command, key in zip(COMMANDS, ("privacy_general", "rights", "who_general"), strict=True):
        assert await ask(here, person, command) == TEXTS[key]
        assert TEXTS["privacy_stop_button"] not in labels(person)
    assert "the person who invited you" in await open_topic(here, person, TEXTS["who_only_button"])
    await ask(here, person, "/rights")
    assert "Riverside Mediation" in await open_topic(here, person, TEXTS["rights_mediation_button"])
    told = "\n".join(heard(person)[before:])
    assert not any(word in told for word in PERSONAL)
    if who == "stranger":
        async with here.stage.database.reading() as work:
            assert await work.accounts.by_chat(person.id) is None


async def test_a_colleague_gets_no_card_of_a_review(here: College, made: Planned) -> None:
    assert await ask(here, here.okafor, "/who") == here.line(Line.STAFF_NOTHING_HERE)


async def test_who_likes_pictures_gets_one_beside_each_idea(here: College, made: Planned) -> None:
    sam = here.phone("Sam")
    person = await here.participant(invitation_of(made, "Sam").participant_id)
    await ask(here, sam, "/rights")
    assert picture_words(sam.last().content)
    await open_topic(here, sam, TEXTS["rights_say_button"])
    assert picture_words(sam.last().content)
    async with here.stage.database.work() as work:
        await work.participants.save(replace(person, profile=replace(person.profile, shows=Shows.WORDS)))
        await work.commit()
    await open_topic(here, sam, TEXTS["card_back"])  # the message has a picture, and keeps one
    assert picture_words(sam.last().content)
    await ask(here, sam, "/rights")
    assert not picture_words(sam.last().content)


@pytest.mark.parametrize("by", ["card", "stop menu"])
async def test_the_agreement_to_use_telegram_can_be_taken_back(here: College, made: Planned, by: str) -> None:
    sam, me = here.phone("Sam"), invitation_of(made, "Sam").participant_id
    await here.press(sam, "o:understand")
    kept = await here.conversation(me)
    if by == "card":
        await ask(here, sam, "/privacy")
        await open_topic(here, sam, TEXTS["privacy_stop_button"])
        await sam.press(TEXTS["privacy_stop_yes"])
        await here.stage.calm()
    else:
        await here.say(sam, "/stop")
        await here.press(sam, "d:leave_telegram")
    assert "I have told Mr Okafor. They will ask you in another way." in sam.last().words
    assert not sam.last().buttons
    assert any("Sam does not want to use Telegram any more." in text for text in heard(here.okafor))
    assert (await here.participant(me)).state is ParticipantState.ELSEWHERE
    assert "Sam does not want" not in all_heard(here.phone("Ann"))
    # Nothing comes by itself any more; Ann is asked on.
    count = len(heard(sam))
    await here.at(CLOSES + timedelta(days=1))
    assert len(heard(sam)) == count
    states = await here.prompt_states(made.review.id, me)
    assert PromptState.PENDING not in states.values()
    # Words are kept for a person to read; old buttons do nothing; help and the cards stand.
    await here.say(sam, "I still want to say this.")
    assert [note.words for note in await here.notes(me)][-1] == "I still want to say this."
    await sam.press_data(by_bot(sam)[0].id, f"{kept.id}:{kept.revision}:o:both")
    await here.stage.calm()
    now = await here.conversation(me)
    assert now.state.answers == kept.state.answers
    assert await ask(here, sam, "/privacy") == TEXTS["privacy_general"]
    # What the digest says of them is that they have not said anything yet, not that they did not want to.
    assert "has not given views yet" in " ".join(here.mails[0].split())


async def test_a_new_invite_brings_them_back_to_where_they_were(here: College, made: Planned) -> None:
    sam, me = here.phone("Sam"), invitation_of(made, "Sam").participant_id
    await here.press(sam, "o:understand")
    place = (await here.conversation(me)).state.place
    await here.say(sam, "/stop")
    await here.press(sam, "d:leave_telegram")
    await here.comes_in(sam, await here.invite_again(me))
    await here.later(timedelta(hours=1))
    assert (await here.participant(me)).state is ParticipantState.JOINED
    assert (await here.conversation(me)).state.place == place
    await here.sends(sam)
    assert await here.sent(me) is not None


async def test_a_yes_from_yesterday_asks_anew(here: College, made: Planned) -> None:
    sam = here.phone("Sam")
    await ask(here, sam, "/privacy")
    await open_topic(here, sam, TEXTS["privacy_stop_button"])
    await here.later(timedelta(hours=2))
    await sam.press(TEXTS["privacy_stop_yes"])
    await here.stage.calm()
    assert (await here.participant(invitation_of(made, "Sam").participant_id)).state is ParticipantState.JOINED
    assert sam.toasts[-1].text == here.line(Line.MOVED_ON)


async def test_the_menu_shows_four_and_colleagues_have_their_own(here: College, made: Planned) -> None:
    async def menu(chat: int | None = None) -> list[str]:
        scope = BotCommandScopeChat(chat) if chat else None
        return [each.command for each in await here.stage.bot.bot.get_my_commands(scope=scope)]

    await here.stage.bot.learn_contact()
    assert await menu() == ["help", "stop", "answers", "who"]
    assert await menu(here.okafor.id) == ["help", "reviews", "record"]
    assert await menu(here.phone("Sam").id) == []
    async with here.stage.database.work() as work:
        account = await work.accounts.by_chat(here.okafor.id)
        assert account is not None
        staff = await work.staff.by_account(account.id)
        assert staff is not None
        await work.staff.end(staff.id)
        await work.commit()
    await here.stage.bot.learn_contact()
    assert await menu(here.okafor.id) == []


async def test_who_has_it_is_told_once_it_went_and_says_who_opened_it(here: College, made: Planned) -> None:
    sam, ann = here.phone("Sam"), here.phone("Ann")
    await here.sends(sam)
    await ask(here, sam, "/who")
    assert TEXTS["who_went_button"] not in labels(sam), "it has gone to nobody yet"
    await here.at(CLOSES)
    await ask(here, sam, "/who")
    told = await open_topic(here, sam, TEXTS["who_went_button"])
    assert "On Tuesday 3 November 2026 to Mr Okafor, by e-mail." in told
    assert "On Tuesday 3 November 2026 to Mr Okafor, in Telegram." in told
    assert "opened" not in told
    await here.later(timedelta(days=1))
    await here.okafor.press(lambda button: (button.data or "").startswith("desk:open:"))
    await here.stage.calm()
    await ask(here, sam, "/who")
    assert "Mr Okafor opened it on Wednesday 4 November 2026." in await open_topic(here, sam, TEXTS["who_went_button"])
    await here.later(timedelta(days=1))
    await here.okafor.press(here.line(Line.STAFF_READ_BUTTON))
    await here.stage.calm()
    assert here.okafor.toasts[-1].text == here.line(Line.STAFF_READ_NOTED)
    await here.later(timedelta(days=1))
    await here.okafor.press(here.line(Line.STAFF_READ_BUTTON))
    await ask(here, sam, "/who")
    told = await open_topic(here, sam, TEXTS["who_went_button"])
    assert "Mr Okafor said on Thursday 5 November 2026: I have read it." in told, "the first time counts"
    await ask(here, ann, "/who")
    assert TEXTS["who_went_button"] not in labels(ann), "whether others sent anything is told to nobody"
