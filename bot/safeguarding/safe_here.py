"""Whether somebody said that it is not safe to write to them in the chat: then nobody follows up there."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.alerts import safe_to_write
from conversations.catalogue import Catalogue
from storage.records import Participant
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AsTheySaid:
    """One "no" counts, in whichever review it was said. Whoever was not asked, or did not say, is written to."""

    catalogue: Catalogue

    async def __call__(self, work: UnitOfWork, person: Participant) -> bool:
        """Whether this person may be written to about what they said."""
        for each in await work.conversations.of_participant(person.id):
            flow = self.catalogue.flow(each.script, each.version)
            if flow is not None and safe_to_write(flow, each.state.answers) is False:
                return False
        return True
