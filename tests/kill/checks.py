"""What must be true at the end, whenever and however often the process was killed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from bot.demo.telegram_server import CallRecord
from bot.outages import LONG
from conversations.digest_codec import load_digest
from conversations.voices import Entry, Voice
from storage.records import Channel, Conversation, DigestKind, OutState, Prompt, PromptState, StoredSubmission
from tests.kill.respondent import Given, Respondent
from tests.kill.story import Story

_NEW = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
_TROUBLE = ("Traceback", "update_failed", "tick_failed", "delivery_odd", "message_given_up")
_TIMED = ("opening", "reminder", "last_call")


@dataclass(frozen=True, slots=True)
class Told:
    """One new message as Telegram got it: in which life of the process, and what tells it from every other."""

    life: int
    what: str
    revision: int | None


async def answers_stand_once(story: Story) -> None:
    """Each answer after which the person saw the next question is stored once, and in its order."""
    async with story.database.reading() as work:
        for respondent in story.respondents:
            (conversation,) = await work.conversations.of_participant(respondent.guest.invitation.participant_id)
            stored = [Given.of(answer) for answer in await work.conversations.answers(conversation.id)]
            assert stored == respondent.confirmed
            sent = await work.submissions.of_review(respondent.guest.review.id)
            _sent_once(respondent, conversation, sent)


def _sent_once(respondent: Respondent, conversation: Conversation, sent: Sequence[StoredSubmission]) -> None:
    mine = [one for one in sent if one.conversation_id == conversation.id]
    assert len(mine) == respondent.sent
    for one in mine:
        assert one.number == 1
        assert [Given.of(answer) for answer in one.submission.answers] == respondent.confirmed


async def digests_hold_each_answer_once(story: Story) -> None:
    """Each review has two versions, made once; both hold what was sent, nothing twice, and nothing of who did not."""
    async with story.database.reading() as work:
        for review in story.college.reviews:
            versions = await work.digests.of_review(review.id)
            assert [one.kind for one in versions] == [DigestKind.FIRST, DigestKind.PACK]
            codes = {one.participant_id: one.code for one in await work.submissions.of_review(review.id)}
            for version in versions:
                digest = load_digest(version.content)
                for voice in (digest.young_person, *digest.carers):
                    _holds(voice, _respondent(story, voice.who))
                    assert voice.code == codes.get(voice.who, "")


def _holds(voice: Voice, respondent: Respondent) -> None:
    """Some answers are never printed (what was agreed to, for one); typed words always are."""
    sent = respondent.confirmed if respondent.sent else []
    said = Counter(_given(entry) for entry in (*voice.steering, *voice.entries))
    assert said <= Counter(sent)
    assert {given for given in said if given.words} == {given for given in sent if given.words}
    assert bool(said) == respondent.sent


def _given(entry: Entry) -> Given:
    refused = entry.refused.value if entry.refused else ""
    return Given(frozenset(chosen.id for chosen in entry.chosen), entry.words, refused)


def _respondent(story: Story, participant_id: str) -> Respondent:
    return next(one for one in story.respondents if one.guest.invitation.participant_id == participant_id)


async def mails_came_once_or_twice(story: Story) -> None:
    """Each version was mailed, at most twice, and then as the same mail; it holds each typed answer once."""
    async with story.database.reading() as work:
        expected = {
            f"<{delivery.id}@firsthand.invalid>": review.id
            for review in story.college.reviews
            for version in await work.digests.of_review(review.id)
            for delivery in await work.digests.deliveries(version.id)
            if delivery.channel is Channel.MAIL
        }
    came = Counter(str(mail.message["Message-ID"]) for mail in story.mailbox.messages)
    assert set(came) == set(expected)
    assert set(came.values()) <= {1, 2}
    for mail in story.mailbox.messages:
        review = expected[str(mail.message["Message-ID"])]
        body = mail.message.get_body(("plain",))
        assert body is not None
        text = " ".join(_own_parts(str(body.get_content())).split())
        for words in _typed(story, review):
            assert text.count(words) == 1


def _own_parts(text: str) -> str:
    """A digest without the tables of the meeting, which say words of its parts a second time."""
    kept, lines = list[str](), text.splitlines()
    heading = ""
    for line, under in zip(lines, [*lines[1:], ""], strict=True):
        heading = line if under == "=" * 40 else heading
        if heading not in {"Side by side", "Possible outcomes", "Next steps"}:
            kept.append(line)
    assert len(kept) < len(lines), "the tables are there"
    return "\n".join(kept)


def _typed(story: Story, review_id: str) -> list[str]:
    theirs = [one for one in story.respondents if one.guest.review.id == review_id and one.sent]
    return [given.words for one in theirs for given in one.confirmed if given.words]


async def prompts_are_as_planned(story: Story) -> None:
    """No row is lost or doubled, and each has ended as it should; what was due while nobody was there was said."""
    expected: dict[tuple[str, str | None, str], PromptState] = {}
    for review in story.college.reviews:
        expected |= {(review.id, None, kind): PromptState.DONE for kind in ("first_digest", "pack")}
        expected[review.id, None, "held"] = PromptState.PENDING
    for respondent in story.respondents:
        expected |= _personal(story, respondent)
    async with story.database.reading() as work:
        rows = [prompt for review in story.college.reviews for prompt in await work.prompts.of_review(review.id)]
    assert Counter(map(_name, rows)) == Counter(dict.fromkeys(expected, 1))
    assert {_name(row): row.state for row in rows} == expected


def _personal(story: Story, respondent: Respondent) -> dict[tuple[str, str | None, str], PromptState]:
    review, who = respondent.guest.review.id, respondent.guest.invitation.participant_id
    kinds = {kind: PromptState.DONE if kind == "opening" else PromptState.NOT_NEEDED for kind in _TIMED}
    if not respondent.sent:
        kinds |= dict.fromkeys(kinds, PromptState.DONE)
        kinds |= {f"outage:{since.isoformat()}": PromptState.DONE for since in _heard_silences(story)}
    elif respondent.guest.is_young_person:
        kinds["check_copy"] = PromptState.DONE
    return {(review, who, kind): state for kind, state in kinds.items()}


def _heard_silences(story: Story) -> list[datetime]:
    """Since when the bot was off, each time that it was off for long after the questions had begun."""
    return [since for since, until in story.silences[1:] if until - since > LONG]


def _name(prompt: Prompt) -> tuple[str, str | None, str]:
    return prompt.review_id, prompt.participant_id, prompt.kind


async def chats_are_in_order(story: Story) -> None:
    """One life says a thing once. What a kill left open is said again by the next life, before anything else."""
    for chat_id, told in _chats(story.telegram.calls).items():
        once = Counter((each.life, each.what) for each in told)
        assert set(once.values()) == {1}, f"chat {chat_id}: one life repeated itself"
        in_a_row = [what for what, _ in groupby(each.what for each in told)]
        assert len(in_a_row) == len(set(in_a_row)), f"chat {chat_id}: something came again after something else"
    for respondent in story.respondents:
        told = _chats(story.telegram.calls)[respondent.guest.person.id]
        revisions = [revision for revision, _ in groupby(each.revision for each in told) if revision is not None]
        asked = list(dict.fromkeys(revisions))
        assert asked == list(range(asked[0], len(asked) + asked[0])), "a question was left out or came out of order"


def _chats(calls: Sequence[CallRecord]) -> dict[int, list[Told]]:
    life, chats = 0, dict[int, list[Told]]()
    for record in calls:
        life += record.method == "getMe"
        if record.method in _NEW and record.status == 200:
            chats.setdefault(record.call.integer("chat_id"), []).append(_told(life, record))
    return chats


def _told(life: int, record: CallRecord) -> Told:
    call = record.call
    markup = call.text("reply_markup")
    found = [
        button["callback_data"].split(":")
        for row in (json.loads(markup) if markup else {}).get("inline_keyboard", [])
        for button in row
    ]
    revision = next((int(parts[1]) for parts in found if len(parts) >= 3 and parts[1].isdigit()), None)
    what = "|".join([record.method, call.text("text"), call.text("caption"), markup])
    return Told(life, what, revision)


async def nothing_is_left_over(story: Story) -> None:
    """No update failed or was set aside, no tick failed, and every message that was decided has arrived."""
    async with story.database.reading() as work:
        assert not await work.inbox.parked()
        assert set(await work.outbox.counts()) == {OutState.SENT}
    trouble = [line for line in story.killer.process.log().splitlines() if any(sign in line for sign in _TROUBLE)]
    assert not trouble


ALL: Final = (
    answers_stand_once,
    digests_hold_each_answer_once,
    mails_came_once_or_twice,
    prompts_are_as_planned,
    chats_are_in_order,
    nothing_is_left_over,
)
