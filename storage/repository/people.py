"""Young people."""

from __future__ import annotations

from storage.bodies import YoungPersonBody
from storage.models import YoungPersonRow
from storage.records import YoungPerson
from storage.repository.base import Repository


class YoungPeople(Repository):
    """Young people whose reviews are held here."""

    async def add(self, person: YoungPerson) -> None:
        """Add one. Raises Conflict where the reference is known already."""
        row = YoungPersonRow(
            id=person.id,
            reference=self._reference(person.reference),
            body=self._seal(YoungPersonRow.body, person.id, _body(person)),
        )
        await self._insert(row)

    async def save(self, person: YoungPerson) -> None:
        """Store a changed name or changed days. The reference stays."""
        await self._set(
            YoungPersonRow, {"body": self._seal(YoungPersonRow.body, person.id, _body(person))}, id=person.id
        )

    async def get(self, young_person_id: str) -> YoungPerson | None:
        """Return one."""
        return self._record(await self._find(YoungPersonRow, id=young_person_id))

    async def by_reference(self, reference: str) -> YoungPerson | None:
        """Find by the setting's own reference; capitals and spaces around it do not matter. None for an empty one."""
        index = self._reference(reference)
        if index is None:
            return None
        return self._record(await self._find(YoungPersonRow, reference=index))

    def _reference(self, reference: str) -> str | None:
        plain = reference.strip().casefold()
        return self._vault.blind("reference", plain) if plain else None

    def _record(self, row: YoungPersonRow | None) -> YoungPerson | None:
        if row is None:
            return None
        body = self._open(YoungPersonRow.body, row.id, row.body, YoungPersonBody)
        return YoungPerson(
            row.id, body.first_name, body.reference, body.leaving_date, body.plan_ends, body.telegram_from
        )


def _body(person: YoungPerson) -> YoungPersonBody:
    return YoungPersonBody(
        person.first_name, person.reference, person.leaving_date, person.plan_ends, person.telegram_from
    )
