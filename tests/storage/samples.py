"""A review with one young person, one carer, two members of staff and one account, to hang things on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.effects import Submission
from conversations.script import Role
from conversations.state import Answer, ConversationId, ConversationState, Place, PlanLine, Spot
from storage.database import Database
from storage.engines import open_engine
from storage.records import (
    Conversation,
    ConversationStatus,
    Duty,
    Lane,
    NewMessage,
    OutKind,
    Participant,
    Prompt,
    Review,
    Staff,
    YoungPerson,
)
from storage.unit_of_work import UnitOfWork

NOW = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CHAT = 4_815_162_342
TALK = ConversationId("kX3f_9QaZz")

SENCO = Staff("staff-1", "Priya Plantedname", "SENCO", "Priya@plantedmail.example", frozenset({Duty.COORDINATOR}))
TUTOR = Staff("staff-2", "Tom Plantedtutor", "Tutor", "tom@plantedmail.example", frozenset({Duty.PROFESSIONAL}))
SAM = YoungPerson("yp-1", "Samplanted", "REF-planted-77", date(2028, 7, 21))
REVIEW = Review(
    id="review-1",
    young_person_id=SAM.id,
    kind="annual",
    meeting=date(2027, 3, 2),
    professional_id=TUTOR.id,
    coordinator_id=SENCO.id,
    planned_at=NOW,
    timetable={"opening": "2027-01-19", "close": "2027-02-09"},
    plan_lines=(PlanLine("l1", "Plantedline: a quiet room", "Priya"),),
    goals=(PlanLine("g1", "Plantedgoal: catch the bus", "Tom"),),
    short_notice_reason="plantedreason",
    flags=frozenset({"acting_in_place"}),
)
YOUNG = Participant(
    id="part-1",
    young_person_id=SAM.id,
    role=Role.YOUNG_PERSON,
    relation="plantedself",
    name="Samplanted",
    zone="Europe/Jersey",
    earliest=time(10, 15),
    latest=time(18),
    quiet_weekdays=(5, 6),
)
CARER = Participant("part-2", SAM.id, Role.CARER, relation="plantedmother", name="Deeplanted")


async def plant(work: UnitOfWork) -> str:
    """Add everybody. Returns the account's id."""
    await work.staff.add(SENCO)
    await work.staff.add(TUTOR)
    await work.people.add(SAM)
    await work.reviews.add(REVIEW)
    await work.participants.add(YOUNG)
    await work.participants.add(CARER)
    account = await work.accounts.add(CHAT)
    await work.participants.attach(YOUNG.id, account.id)
    await work.conversations.add(talk(account.id))
    return account.id


async def planted(database: Database) -> str:
    """Add everybody and commit. Returns the account's id."""
    async with database.work() as work:
        account_id = await plant(work)
        await work.commit()
    return account_id


def talk(account_id: str | None = None, participant_id: str = YOUNG.id, talk_id: ConversationId = TALK) -> Conversation:
    """A conversation at its first question."""
    state = ConversationState(talk_id, "young_person", 1, 3, Place(Spot.QUESTION, "s_plantedstep"))
    return Conversation(
        id=talk_id,
        participant_id=participant_id,
        review_id=REVIEW.id,
        account_id=account_id,
        script=state.script,
        version=state.version,
        revision=state.revision,
        status=ConversationStatus.ACTIVE,
        state=state,
        touched_at=NOW,
    )


def answer(step: str = "s1", words: str = "plantedwords", item: str = "") -> Answer:
    return Answer(step=step, at=NOW, item=item, words=words)


def submission(number: int = 1, words: str = "plantedwords", talk_id: ConversationId = TALK) -> Submission:
    return Submission(talk_id, "young_person", 1, number, (answer(words=words),), NOW, late=False, share=True)


def message(account_id: str, key: str, lane: Lane = Lane.CONVERSATION, not_before: datetime = NOW) -> NewMessage:
    return NewMessage(account_id, YOUNG.id, lane, OutKind.SEND, f"plantedpayload {key}".encode(), key, not_before)


def prompt(prompt_id: str, kind: str, due_at: datetime = NOW, participant_id: str | None = YOUNG.id) -> Prompt:
    return Prompt(prompt_id, REVIEW.id, participant_id, kind, due_at, due_at + 60 * MINUTE)


@asynccontextmanager
async def raw(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection that knows no keys: what somebody else sees of the database. Commits at its end."""
    engine = open_engine(url, 5)
    try:
        async with engine.begin() as connection:
            yield connection
    finally:
        await engine.dispose()
