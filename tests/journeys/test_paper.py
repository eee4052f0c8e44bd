"""Somebody writes on paper: it stands beside what they sent, marked, and their own words stay as they were."""

from __future__ import annotations

from datetime import date, timedelta

from bot.demo.cast import COORDINATOR
from bot.paper import Kept, PaperDesk, at_desk, keep, take_back
from bot.reviewing import Invitation, Planned
from conversations.codec import dump_submission
from conversations.digest import Digest, ReaderKind, Standing
from conversations.digest_codec import load_digest
from conversations.paper import Keyed, Read, Typing, read
from conversations.readers import Reader, for_reader
from conversations.state import Means
from conversations.voices import Change
from storage.records import StoredSubmission
from tests.journeys.college import ANN, CLOSES, OPENS, College, all_heard, invitation_of

OWN, PAPER = "A quiet room.", "Written by hand: a bus of my own."
MINUTE = timedelta(minutes=1)


async def types_in(here: College, made: Planned, whose: Invitation, *keyed: Keyed, checked: bool = True) -> Kept:
    """Staff type in somebody's paper, beside the running bot."""
    async with here.stage.database.work() as work:
        desk = await at_desk(work, made.review.id, whose.participant_id, COORDINATOR)
        assert isinstance(desk, PaperDesk)
        now = here.stage.clock.now()
        flow = here.stage.bot.catalogue.current(whose.role.value)
        assert flow is not None
        typing = Typing(desk.staff.name, desk.moment(date(2026, 10, 20)), checked=checked)
        found = read(flow, desk.around.facts(now), keyed, typing)
        assert isinstance(found, Read), found
        kept = await keep(work, desk, flow, found, now)
        await work.commit()
    await here.stage.calm()
    return kept


async def takes_back(here: College, made: Planned, whose: Invitation) -> None:
    async with here.stage.database.work() as work:
        desk = await at_desk(work, made.review.id, whose.participant_id, COORDINATOR)
        assert isinstance(desk, PaperDesk)
        assert await take_back(work, desk, here.stage.clock.now())
        await work.commit()


async def newest(here: College, made: Planned) -> Digest:
    return load_digest((await here.digests(made.review.id))[-1].content)


def unchanged(before: StoredSubmission | None, after: StoredSubmission | None) -> bool:
    assert before is not None
    assert after is not None
    return before == after and dump_submission(before.submission) == dump_submission(after.submission)


async def test_paper_stands_beside_what_was_sent_and_changes_none_of_it(here: College) -> None:
    made = await here.plan(carers=[ANN])
    sam = invitation_of(made, "Sam")
    phone = here.phone("Sam")
    await here.comes_in(phone, sam)
    await here.at(OPENS)
    await here.sends(phone, OWN)
    before, talk, chat = (
        await here.sent(sam.participant_id),
        await here.conversation(sam.participant_id),
        all_heard(phone),
    )
    kept = await types_in(here, made, sam, Keyed("one_thing", words=PAPER), Keyed("matters", ("2",)))
    assert unchanged(before, await here.sent(sam.participant_id))
    assert await here.conversation(sam.participant_id) == talk
    assert all_heard(phone) == chat
    assert await here.verified(sam.participant_id)
    await here.at(CLOSES)
    voice = (await newest(here, made)).young_person
    said = [(each.words, each.entered_by, each.checked) for each in voice.entries if each.step == "one_thing"]
    assert said == [(OWN, "", False), (PAPER, "Ms Patel", True)]
    assert [each.means for each in voice.entries if each.entered_by] == [{Means.PAPER}] * 2
    assert voice.typed_in is not None
    assert voice.typed_in.code == kept.stored.code != voice.code
    mail = here.mails[-1]
    assert mail.index(OWN) < mail.index(PAPER)
    assert "Ms Patel" in mail[mail.index(PAPER) :]


async def test_who_only_wrote_on_paper_has_a_part_that_says_so(here: College) -> None:
    made = await here.plan()
    await here.at(CLOSES - timedelta(days=1))
    kept = await types_in(here, made, invitation_of(made, "Sam"), Keyed("one_thing", words=PAPER), checked=False)
    assert kept.new
    await here.at(CLOSES)
    voice = (await newest(here, made)).young_person
    assert voice.standing is Standing.SENT
    assert (voice.code, voice.sent_at) == ("", None)
    assert [(each.words, each.entered_by, each.checked) for each in voice.entries] == [(PAPER, "Ms Patel", False)]
    mail = " ".join(here.mails[-1].split())
    assert PAPER in mail
    assert "Written on paper on 20 October 2026. Staff typed it in on 2 November 2026." in mail
    assert kept.stored.code in mail
    assert "in a chat on" not in mail, "nothing was answered in a chat"


async def test_a_carers_paper_stands_in_the_carers_part_alone(here: College) -> None:
    made = await here.plan(carers=[ANN])
    ann = invitation_of(made, "Ann")
    await types_in(here, made, ann, Keyed("better_help", words="So kind, on paper."))
    await here.at(CLOSES)
    digest = await newest(here, made)
    assert digest.young_person.entries == ()
    assert [each.words for each in digest.carers[0].entries] == ["So kind, on paper."]
    own = for_reader(digest, Reader(ReaderKind.CARER, ann.participant_id))
    assert [each.words for each in own.carers[0].entries] == ["So kind, on paper."]
    assert "So kind" not in str(for_reader(digest, Reader(ReaderKind.SAFEGUARDING)))


async def test_paper_that_comes_later_is_a_new_version_that_says_so(here: College) -> None:
    made = await here.plan()
    sam = invitation_of(made, "Sam")
    await here.at(CLOSES)
    await types_in(here, made, sam, Keyed("one_thing", words=PAPER))
    await here.later(MINUTE)
    assert (await newest(here, made)).young_person.change is Change.ADDED
    await types_in(here, made, sam, Keyed("one_thing", words="Better so."))
    await here.later(MINUTE)
    second = (await newest(here, made)).young_person
    assert (second.change, [each.words for each in second.entries]) == (Change.CHANGED, ["Better so."])
    await takes_back(here, made, sam)
    await here.later(MINUTE)
    third = (await newest(here, made)).young_person
    assert (third.change, third.entries) == (Change.WITHDRAWN, ())
    assert third.standing is Standing.NOT_REACHED
    assert len(await here.digests(made.review.id)) == 4


async def test_who_takes_their_words_back_in_the_chat_takes_back_their_paper_too(here: College) -> None:
    made = await here.plan()
    sam, phone = invitation_of(made, "Sam"), here.phone("Sam")
    await here.comes_in(phone, sam)
    await here.at(OPENS)
    await here.sends(phone, OWN)
    await types_in(here, made, sam, Keyed("one_thing", words=PAPER))
    await here.press(phone, "d:withdraw", "d:yes")
    await here.at(CLOSES)
    voice = (await newest(here, made)).young_person
    assert (voice.standing, voice.entries, voice.typed_in) == (Standing.TOOK_BACK, (), None)


async def test_paper_first_and_the_chat_later_are_both_there(here: College) -> None:
    made = await here.plan()
    sam, phone = invitation_of(made, "Sam"), here.phone("Sam")
    kept = await types_in(here, made, sam, Keyed("one_thing", words=PAPER))
    await here.comes_in(phone, sam)
    await here.at(OPENS)
    await here.sends(phone, OWN)
    async with here.stage.database.reading() as work:
        paper = await work.submissions.latest(work.conversations.paper_id(sam.participant_id, made.review.id))
    assert unchanged(kept.stored, paper)
    await here.at(CLOSES)
    voice = (await newest(here, made)).young_person
    assert [each.words for each in voice.entries if each.step == "one_thing"] == [OWN, PAPER]
