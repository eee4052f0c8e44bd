"""What is frozen stands in no copy of a digest, byte for byte as if it had never been said, until it is released."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.safeguarding.alarm import release
from conversations.effects import AlertRoute, RaiseAlert
from conversations.script import Role
from conversations.state import Answer, Audience
from storage.records import DigestKind, Review, StoredSubmission
from tests.bot.college import NOW, REID, College
from tests.storage.samples import submission, talk

FIRST = Answer("good_at", NOW, words="Drums.")
ALERTED = Answer("working", NOW, words="quince-canary: he hits me", audience=Audience.EVERYONE)
LAST = Answer("matters", NOW, words="My sister.")


async def sends(college: College, review: Review, person_id: str, *answers: Answer) -> None:
    account = await college.joins(person_id, 700)
    async with college.database.work() as work:
        await work.conversations.add(replace(talk(account, person_id), review_id=review.id))
        await work.submissions.add(replace(submission(), answers=answers), person_id, review.id)
        await work.commit()


async def raised(college: College, review: Review, person_id: str) -> str:
    async with college.database.work() as work:
        person = await work.participants.get(person_id)
        assert person is not None
        what = RaiseAlert(AlertRoute.PHRASE, ("hurt",), ALERTED.step, words=ALERTED.words)
        alert_id = await college.bot.safeguarding.alarm.raise_alert(work, person, review.id, what, NOW)
        await work.commit()
    return alert_id


async def composed(college: College, review: Review) -> bytes:
    """The next version's bytes; it is not kept."""
    async with college.database.work() as work:
        stored = await college.bot.prompts.digests.make(work, review, DigestKind.FIRST)
    assert stored is not None
    return stored.content


async def without_it(college: College, review: Review, person_id: str) -> bytes:
    """The bytes of the version that would be made if the answer had never been given."""
    async with college.database.work() as work:
        [sent] = await work.submissions.of_participant(person_id)
        left = replace(sent, submission=replace(sent.submission, answers=(FIRST, LAST)))
        digests = college.bot.prompts.digests
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(work.submissions), "latest", _only(left))
            stored = await digests.make(work, review, DigestKind.FIRST)
    assert stored is not None
    return stored.content


def _only(sent: StoredSubmission) -> object:
    async def latest(_self: object, conversation_id: str) -> StoredSubmission | None:
        return sent if conversation_id == sent.conversation_id else None

    return latest


@pytest.mark.parametrize("role", list(Role))
async def test_the_digest_equals_one_without_that_answer_until_it_is_released(college: College, role: Role) -> None:
    made = await college.plan()
    [person_id] = [each.id for each in await college.people(made.review) if each.role is role]
    await sends(college, made.review, person_id, FIRST, ALERTED, LAST)
    everything = await composed(college, made.review)
    assert b"quince-canary" in everything
    alert_id = await raised(college, made.review, person_id)
    kept_back = await composed(college, made.review)
    assert b"quince-canary" not in kept_back
    assert kept_back == await without_it(college, made.review, person_id)
    async with college.database.work() as work:
        alert = await work.alerts.get(alert_id)
        [sent] = await work.submissions.of_participant(person_id)
        assert sent.submission.answers == (FIRST, ALERTED, LAST), "the receipt's submission keeps it"
        assert await work.submissions.verify(sent.id)
        assert alert is not None
        assert await release(work, alert, REID, NOW)
        await work.commit()
    assert await composed(college, made.review) == everything


async def test_an_alert_of_another_review_or_person_keeps_nothing_back(college: College) -> None:
    made = await college.plan()
    sam, ann = (each.id for each in await college.people(made.review))
    await sends(college, made.review, sam, FIRST, ALERTED, LAST)
    await raised(college, made.review, ann)
    await raised(college, replace(made.review, id="another"), sam)
    assert b"quince-canary" in await composed(college, made.review)


async def test_a_release_makes_a_new_version_where_there_was_one(college: College) -> None:
    made = await college.plan()
    [sam, *_] = [each.id for each in await college.people(made.review)]
    await sends(college, made.review, sam, FIRST, ALERTED)
    alert_id = await raised(college, made.review, sam)
    async with college.database.work() as work:
        await college.bot.prompts.digests.make(work, made.review, DigestKind.FIRST)
        alert = await work.alerts.get(alert_id)
        assert alert is not None
        assert await release(work, alert, REID, NOW)
        assert not await release(work, alert, REID, NOW)
        await work.commit()
    assert len([each for each in await college.prompts(made.review) if alert_id in each.kind]) == 1
