"""Members of staff."""

from __future__ import annotations

from storage.bodies import StaffBody
from storage.models import StaffRow
from storage.records import Duty, Staff, StaffState
from storage.repository.base import Repository


class StaffMembers(Repository):
    """Members of staff, those who have left among them."""

    async def add(self, staff: Staff) -> None:
        """Add one. Raises Conflict where the e-mail is known already."""
        body = StaffBody(name=staff.name, title=staff.title, email=staff.email)
        row = StaffRow(
            id=staff.id,
            email=self._email(staff.email),
            body=self._seal(StaffRow.body, staff.id, body),
            duties=" ".join(sorted(staff.duties)),
            state=staff.state,
            account_id=staff.account_id,
        )
        await self._insert(row)

    async def get(self, staff_id: str) -> Staff | None:
        """Return one, ended or not."""
        return self._record(await self._find(StaffRow, id=staff_id))

    async def by_email(self, email: str) -> Staff | None:
        """Find by e-mail; capitals and spaces around it do not matter."""
        return self._record(await self._find(StaffRow, email=self._email(email)))

    async def by_account(self, account_id: str) -> Staff | None:
        """Return the active member of staff to whom a messenger account belongs."""
        return self._record(await self._find(StaffRow, account_id=account_id, state=StaffState.ACTIVE))

    async def all(self) -> list[Staff]:
        """Return all, in the order in which they came."""
        return [self._opened(row) for row in await self._find_all(StaffRow, "id")]

    async def attach(self, staff_id: str, account_id: str) -> None:
        """Give a member of staff this messenger account, in place of an earlier one."""
        await self._set(StaffRow, {"account_id": account_id}, id=staff_id)

    async def detach(self, staff_id: str) -> None:
        """Take the messenger account away: a lost phone, or a link in wrong hands."""
        await self._set(StaffRow, {"account_id": None}, id=staff_id)

    async def end(self, staff_id: str) -> None:
        """Note that a member of staff has left. Their account counts no more."""
        await self._set(StaffRow, {"state": StaffState.ENDED}, id=staff_id)

    def _email(self, email: str) -> str:
        return self._vault.blind("email", email.strip().casefold())

    def _record(self, row: StaffRow | None) -> Staff | None:
        return None if row is None else self._opened(row)

    def _opened(self, row: StaffRow) -> Staff:
        body = self._open(StaffRow.body, row.id, row.body, StaffBody)
        return Staff(
            id=row.id,
            name=body.name,
            title=body.title,
            email=body.email,
            duties=frozenset(Duty(word) for word in row.duties.split()),
            account_id=row.account_id,
            state=row.state,
        )
