from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from conversations.state import ConversationId
from storage.database import Database
from storage.errors import Conflict
from storage.ids import new_token
from storage.records import (
    AccountState,
    InviteState,
    ParticipantState,
    ReviewStage,
    Secret,
    Setting,
    StaffState,
)
from tests.storage.samples import CARER, CHAT, MINUTE, NOW, REVIEW, SAM, SENCO, TUTOR, YOUNG, planted


async def test_the_setting_is_put_and_put_again(database: Database) -> None:
    first = Setting("setting", "Plantedschool", terms=((date(2027, 1, 5), date(2027, 2, 12)),), closures=(NOW.date(),))
    second = replace(first, name="Plantedcollege", safeguarding_lead=SENCO.id)
    async with database.work() as work:
        assert await work.settings.get() is None
        await work.settings.put(first)
        assert await work.settings.get() == first
        await work.settings.put(second)
        await work.commit()
    async with database.reading() as work:
        assert await work.settings.get() == second


async def test_staff_come_back_as_they_were_and_are_found_by_mail(database: Database) -> None:
    await planted(database)
    async with database.reading() as work:
        assert await work.staff.get(SENCO.id) == SENCO
        assert await work.staff.by_email("  PRIYA@plantedmail.EXAMPLE ") == SENCO
        assert await work.staff.by_email("nobody@plantedmail.example") is None
        assert await work.staff.all() == [SENCO, TUTOR]


async def test_two_members_of_staff_cannot_share_an_address(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        with pytest.raises(Conflict):
            await work.staff.add(replace(TUTOR, id="staff-3"))


async def test_a_member_of_staff_who_has_left_no_longer_owns_the_account(database: Database) -> None:
    account_id = await planted(database)
    async with database.work() as work:
        await work.staff.attach(SENCO.id, account_id)
        found = await work.staff.by_account(account_id)
        assert found == replace(SENCO, account_id=account_id)
        await work.staff.end(SENCO.id)
        assert await work.staff.by_account(account_id) is None
        ended = await work.staff.get(SENCO.id)
        assert ended is not None
        assert ended.state is StaffState.ENDED


async def test_a_young_person_is_found_by_reference(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        assert await work.people.get(SAM.id) == SAM
        assert await work.people.by_reference(" ref-PLANTED-77 ") == SAM
        assert await work.people.by_reference("REF-planted-78") is None
        await work.people.add(replace(SAM, id="yp-2", reference=""))
        await work.people.add(replace(SAM, id="yp-3", reference=""))
        assert await work.people.by_reference("") is None


async def test_a_review_comes_back_as_it_was(database: Database) -> None:
    await planted(database)
    later = replace(REVIEW, id="review-2", professional_id=SENCO.id)
    async with database.work() as work:
        await work.reviews.add(later)
        assert await work.reviews.get(REVIEW.id) == REVIEW
        assert await work.reviews.get("none") is None
        assert await work.reviews.all() == [REVIEW, later]
        assert await work.reviews.of_young_person(SAM.id) == [REVIEW, later]
        assert await work.reviews.for_staff(TUTOR.id) == [REVIEW]
        assert await work.reviews.for_staff(SENCO.id) == [REVIEW, later]
        await work.reviews.set_stage(REVIEW.id, ReviewStage.OPEN)
        assert await work.reviews.all(ReviewStage.PLANNED) == [later]
        assert [review.id for review in await work.reviews.all(ReviewStage.OPEN)] == [REVIEW.id]


async def test_a_participant_comes_back_as_they_were(database: Database) -> None:
    account_id = await planted(database)
    attached = replace(YOUNG, account_id=account_id)
    async with database.work() as work:
        assert await work.participants.get(YOUNG.id) == attached
        assert await work.participants.get("none") is None
        assert await work.participants.of_young_person(SAM.id) == [attached, CARER]
        assert await work.participants.of_account(account_id) == [attached]


async def test_what_a_participant_changes_is_kept(database: Database) -> None:
    account_id = await planted(database)
    changed = replace(YOUNG, name="Sammyplanted", latest=time(20), state=ParticipantState.JOINED, joined_at=NOW)
    async with database.work() as work:
        await work.participants.save(changed)
        assert await work.participants.get(YOUNG.id) == replace(changed, account_id=account_id)
        await work.participants.set_state(YOUNG.id, ParticipantState.LEFT)
        left = await work.participants.get(YOUNG.id)
        assert left is not None
        assert left.state is ParticipantState.LEFT


async def test_one_account_never_holds_two_roles_for_one_young_person(database: Database) -> None:
    account_id = await planted(database)
    async with database.work() as work:
        with pytest.raises(Conflict):
            await work.participants.attach(CARER.id, account_id)


async def test_wrong_tries_of_the_second_secret_are_counted_until_it_is_set_anew(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        assert await work.participants.secret(YOUNG.id) is None
        await work.participants.set_secret(YOUNG.id, "picture", "plantedhash")
        assert [await work.participants.count_wrong(YOUNG.id) for _ in range(3)] == [1, 2, 3]
        assert await work.participants.secret(YOUNG.id) == Secret("picture", "plantedhash", 3)
        await work.participants.set_secret(YOUNG.id, "word", "other")
        assert await work.participants.secret(YOUNG.id) == Secret("word", "other", 0)
        assert await work.participants.count_wrong("none") == 0


async def test_an_account_is_found_by_chat(database: Database) -> None:
    account_id = await planted(database)
    async with database.work() as work:
        account = await work.accounts.by_chat(CHAT)
        assert account is not None
        assert (account.id, account.chat_id, account.state) == (account_id, CHAT, AccountState.OPEN)
        assert await work.accounts.by_chat(-CHAT) is None
        assert await work.accounts.get("none") is None
        with pytest.raises(Conflict):
            await work.accounts.add(CHAT)


async def test_floor_state_and_desk_of_an_account_are_kept(database: Database) -> None:
    account_id = await planted(database)
    floor = ConversationId("abcdefghij")
    async with database.work() as work:
        await work.accounts.set_floor(account_id, floor)
        await work.accounts.set_state(account_id, AccountState.BLOCKED)
        await work.accounts.enter_staff_mode(account_id)
        account = await work.accounts.get(account_id)
        assert account is not None
        assert (account.floor, account.state, account.staff_mode) == (floor, AccountState.BLOCKED, True)
        await work.accounts.set_floor(account_id, None)
        await work.accounts.leave_staff_mode(account_id)
        account = await work.accounts.get(account_id)
        assert account is not None
        assert (account.floor, account.staff_mode) == (None, False)


async def test_an_invite_opens_once(database: Database) -> None:
    account_id = await planted(database)
    token = new_token()
    async with database.work() as work:
        invite = await work.invites.add(token, participant_id=YOUNG.id, expires_at=NOW + MINUTE)
        assert await work.invites.find(token) == invite
        assert await work.invites.find(new_token()) is None
        assert await work.invites.used_by(invite.id) is None
        assert await work.invites.use(invite.id, account_id)
        assert not await work.invites.use(invite.id, "another")
        assert await work.invites.used_by(invite.id) == account_id
        used = await work.invites.find(token)
        assert used == replace(invite, state=InviteState.USED)


async def test_ending_invites_touches_only_the_open_ones_of_that_person(database: Database) -> None:
    await planted(database)
    tokens = [new_token() for _ in range(3)]
    async with database.work() as work:
        await work.invites.add(tokens[0], participant_id=YOUNG.id, expires_at=NOW)
        await work.invites.add(tokens[1], participant_id=CARER.id, expires_at=NOW)
        await work.invites.add(tokens[2], staff_id=SENCO.id, expires_at=NOW)
        await work.invites.end_for()
        await work.invites.end_for(participant_id=YOUNG.id)
        found = [await work.invites.find(token) for token in tokens]
        assert [invite.state for invite in found if invite] == [InviteState.ENDED, InviteState.OPEN, InviteState.OPEN]
        await work.invites.end_for(staff_id=SENCO.id)
        ended = await work.invites.find(tokens[2])
        assert ended is not None
        assert ended.state is InviteState.ENDED


async def test_an_account_taken_away_can_be_given_anew(database: Database) -> None:
    account_id = await planted(database)
    async with database.work() as work:
        await work.participants.detach(YOUNG.id)
        assert await work.participants.of_account(account_id) == []
        await work.participants.attach(YOUNG.id, account_id)
        assert [part.id for part in await work.participants.of_account(account_id)] == [YOUNG.id]
