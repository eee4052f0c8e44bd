"""Participants: one person in one young person's reviews."""

from __future__ import annotations

from sqlalchemy import select, update

from conversations.script import Role
from storage.bodies import ParticipantBody, SecretBody, dump, load
from storage.models import ParticipantRow, cell
from storage.records import Participant, ParticipantState, Secret
from storage.repository.base import Repository


class Participants(Repository):
    """Those who are asked, each in one role in one young person's reviews."""

    async def add(self, participant: Participant) -> None:
        """Add one. Raises Conflict where the account takes part for this young person already."""
        row = ParticipantRow(
            id=participant.id,
            young_person_id=participant.young_person_id,
            role=participant.role.value,
            state=participant.state,
            account_id=participant.account_id,
            joined_at=participant.joined_at,
            body=self._seal(ParticipantRow.body, participant.id, _body(participant)),
        )
        await self._insert(row)

    async def get(self, participant_id: str) -> Participant | None:
        """Return one."""
        row = await self._find(ParticipantRow, id=participant_id)
        return None if row is None else self._opened(row)

    async def of_young_person(self, young_person_id: str) -> list[Participant]:
        """Return all who are asked about one young person, in the order in which they were added."""
        rows = await self._find_all(ParticipantRow, "id", young_person_id=young_person_id)
        return [self._opened(row) for row in rows]

    async def of_account(self, account_id: str) -> list[Participant]:
        """Return every part that one messenger account holds."""
        rows = await self._find_all(ParticipantRow, "id", account_id=account_id)
        return [self._opened(row) for row in rows]

    async def save(self, participant: Participant) -> None:
        """Store what may change: name, relation, hours, language, profile, state, time of joining. The rest stays."""
        sealed = self._seal(ParticipantRow.body, participant.id, _body(participant))
        values = {"body": sealed, "state": participant.state, "joined_at": participant.joined_at}
        await self._changed(update(ParticipantRow).where(ParticipantRow.id == participant.id).values(values))

    async def set_state(self, participant_id: str, state: ParticipantState) -> None:
        """Note how far a participant has come."""
        await self._changed(update(ParticipantRow).where(ParticipantRow.id == participant_id).values(state=state))

    async def attach(self, participant_id: str, account_id: str) -> None:
        """Give a participant this account, in place of an earlier one.

        Raises:
            Conflict: the account takes part for this young person already (one account, one role).
        """
        change = update(ParticipantRow).where(ParticipantRow.id == participant_id)
        await self._changed(change.values(account_id=account_id))

    async def detach(self, participant_id: str) -> None:
        """Take the account away: a lost phone, or too many wrong tries."""
        change = update(ParticipantRow).where(ParticipantRow.id == participant_id)
        await self._changed(change.values(account_id=None))

    async def set_secret(self, participant_id: str, kind: str, secret_hash: str) -> None:
        """Set the second secret, and forget wrong tries. The hash is sealed as well."""
        plain = dump(SecretBody(kind, secret_hash))
        sealed = self._vault.seal(plain, cell(ParticipantRow.secret, participant_id))
        change = update(ParticipantRow).where(ParticipantRow.id == participant_id)
        await self._changed(change.values(secret=sealed, wrong_tries=0))

    async def secret(self, participant_id: str) -> Secret | None:
        """Return the second secret, where one was set."""
        row = await self._find(ParticipantRow, id=participant_id)
        if row is None or row.secret is None:
            return None
        body = load(SecretBody, self._vault.open(row.secret, cell(ParticipantRow.secret, participant_id)))
        return Secret(body.kind, body.hash, row.wrong_tries)

    async def count_wrong(self, participant_id: str) -> int:
        """Count one more wrong try. Return how many there were since the secret was set."""
        change = update(ParticipantRow).where(ParticipantRow.id == participant_id)
        await self._changed(change.values(wrong_tries=ParticipantRow.wrong_tries + 1))
        tries = await self._one(select(ParticipantRow.wrong_tries).where(ParticipantRow.id == participant_id))
        return tries or 0

    def _opened(self, row: ParticipantRow) -> Participant:
        body = self._open(ParticipantRow.body, row.id, row.body, ParticipantBody)
        return Participant(
            id=row.id,
            young_person_id=row.young_person_id,
            role=Role(row.role),
            relation=body.relation,
            name=body.name,
            state=row.state,
            account_id=row.account_id,
            zone=body.zone,
            earliest=body.earliest,
            latest=body.latest,
            quiet_weekdays=body.quiet_weekdays,
            joined_at=row.joined_at,
            language=body.language,
            profile=body.profile,
            in_place=body.in_place,
        )


def _body(person: Participant) -> ParticipantBody:
    return ParticipantBody(
        relation=person.relation,
        name=person.name,
        zone=person.zone,
        earliest=person.earliest,
        latest=person.latest,
        quiet_weekdays=person.quiet_weekdays,
        language=person.language,
        profile=person.profile,
        in_place=person.in_place,
    )
