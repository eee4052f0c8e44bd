"""One transaction: everything in it is stored together, or nothing is."""

from __future__ import annotations

from storage.line import Line
from storage.repository.accounts import Accounts
from storage.repository.alert_notices import AlertNotices
from storage.repository.alerts import Alerts
from storage.repository.approvals import Approvals
from storage.repository.chats import Chats
from storage.repository.complaints import Complaints
from storage.repository.conversations import Conversations
from storage.repository.digests import Digests
from storage.repository.forgetting import Forgetting
from storage.repository.frozen import Frozen
from storage.repository.inbox import Inbox
from storage.repository.insights import Insights
from storage.repository.invites import Invites
from storage.repository.media import MediaStore
from storage.repository.meta import Audit, Meta
from storage.repository.notes import Notes
from storage.repository.outbox import Outbox
from storage.repository.participants import Participants
from storage.repository.paused import Paused
from storage.repository.people import YoungPeople
from storage.repository.pictures import Pictures
from storage.repository.prompts import Prompts
from storage.repository.readers import Readers
from storage.repository.recordings import Recordings
from storage.repository.retaining import Retaining
from storage.repository.reviews import Reviews
from storage.repository.settings import Settings
from storage.repository.staff import StaffMembers
from storage.repository.submissions import Submissions
from storage.repository.upkeep import Upkeep
from storage.repository.wrong_links import WrongLinks
from storage.vault import Vault


class UnitOfWork:
    """The repositories of one transaction. What is not committed is rolled back when the block ends."""

    def __init__(self, line: Line, vault: Vault) -> None:
        self._line = line
        self.settings = Settings(line, vault)
        self.staff = StaffMembers(line, vault)
        self.people = YoungPeople(line, vault)
        self.reviews = Reviews(line, vault)
        self.participants = Participants(line, vault)
        self.accounts = Accounts(line, vault)
        self.invites = Invites(line, vault)
        self.wrong_links = WrongLinks(line, vault)
        self.conversations = Conversations(line, vault)
        self.submissions = Submissions(line, vault)
        self.notes = Notes(line, vault)
        self.complaints = Complaints(line, vault)
        self.alerts = Alerts(line, vault)
        self.frozen = Frozen(line, vault)
        self.alert_notices = AlertNotices(line, vault)
        self.media = MediaStore(line, vault)
        self.approvals = Approvals(line, vault)
        self.recordings = Recordings(line, vault)
        self.digests = Digests(line, vault)
        self.insights = Insights(line, vault)
        self.prompts = Prompts(line, vault)
        self.readers = Readers(line, vault)
        self.pictures = Pictures(line, vault)
        self.outbox = Outbox(line, vault)
        self.inbox = Inbox(line, vault)
        self.meta = Meta(line, vault)
        self.audit = Audit(line, vault)
        self.forget = Forgetting(line, vault)
        self.upkeep = Upkeep(line, vault)
        self.chats = Chats(line, vault)
        self.retaining = Retaining(line, vault)
        self.paused = Paused(line, vault)

    async def commit(self) -> None:
        """Store everything, on disk when this returns. The unit is over then; begin another for more.

        Raises:
            Conflict: another writer was first.
            DatabaseBusy: the database stayed locked.
            DatabaseFull: no room is left.
            DatabaseGone: the database cannot be reached.
        """
        await self._line.commit()
