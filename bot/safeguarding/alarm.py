"""Raises alerts: what was said is frozen in the unit of work that holds it. Whoever is told, is told by a tick."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.facts import Circle, NoSuchReviewError, circle
from bot.prompt_rows import ask_for_update
from bot.safeguarding.rota import AT_LEAST, Rota
from conversations.asked import Asked
from conversations.catalogue import Catalogue
from conversations.effects import AlertRoute, RaiseAlert
from conversations.open_hours import OpenHours
from conversations.state import MediaId
from storage.ids import new_id
from storage.records import AccountState, Note, Participant, Staff, StoredMedia
from storage.records.alerts import Alert, AlertState, FrozenWords
from storage.unit_of_work import UnitOfWork

LAST: Final = 3
"""From this stage on everybody is told again, and so is the route out of hours."""
STALE: Final = timedelta(minutes=2)
"""How long a notice may be on its way before it counts as not getting through."""

_OPEN: Final = frozenset({AlertState.WAITING, AlertState.SEEN})

log = structlog.get_logger(__name__)


async def always_safe(_work: UnitOfWork, _person: Participant) -> bool:
    """Nobody has said that it is not safe to write to them."""
    return True


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered for when the database cannot be asked: it is learned anew at each tick."""

    can_tell: bool = False
    hours: OpenHours | None = None
    lead: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    setting: str = field(default="", repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    contact_email: str = field(default="", repr=False)


@dataclass(slots=True)
class Alarm:
    """Whoever may not be safe is heard at once; nothing here waits for mail or Telegram."""

    rota: Rota
    catalogue: Catalogue
    safe_to_write: Callable[[UnitOfWork, Participant], Awaitable[bool]] = always_safe
    known: Known = field(default_factory=Known)

    async def raise_alert(
        self, work: UnitOfWork, person: Participant, review_id: str | None, raised: RaiseAlert, now: datetime
    ) -> str:
        """Freeze what was said and let the team be told; the id of the alert.

        While an earlier alert of this person waits to be seen, this joins it: whoever reads it reads both.
        """
        around = await _circle(work, person, review_id)
        alert = await self._waiting(work, person, review_id, elsewhere=raised.elsewhere)
        if alert is None:
            alert = _alert(person, around, raised, now)
            await work.alerts.add(alert)
            await work.audit.add(now, "bot", "alert_raised", alert.id)
            log.warning("alert_raised", alert=alert.id)
            if alert.elsewhere:
                await _copy_what_was_said(work, alert)
        elif raised.route is AlertRoute.ASKED and not (raised.words or raised.media):
            return alert.id  # the same button again
        elif alert.stage >= LAST:
            await work.alerts.plan(alert.id, now)
        frozen = await self._freeze(work, alert, around, raised, now)
        for note in await work.notes.of_participant(person.id):
            await _keep_apart(work, note, frozen)
        return alert.id

    async def note_kept(self, work: UnitOfWork, note: Note) -> None:
        """Words outside a question were kept: where the same turn raised an alert, only its readers read them."""
        for alert in await work.alerts.of_participant(note.participant_id):
            for frozen in await work.frozen.of_alert(alert.id):
                await _keep_apart(work, note, frozen)

    async def first_reader(self, work: UnitOfWork, alert_id: str) -> str:
        """The name of whoever is told first of this alert; empty where nobody can be."""
        alert = await work.alerts.get(alert_id)
        readers = await self.rota.readers(work, alert) if alert else []
        return readers[0].name if readers else ""

    async def media_kept(self, work: UnitOfWork, media: StoredMedia, data: bytes, mime: str) -> None:
        """The bytes of something that was frozen have come: they are copied, so that they stay when the person's go."""
        alerts = [each.id for each in await work.alerts.of_participant(media.participant_id)]
        for words in await work.frozen.holding(alerts, media.id):
            await work.frozen.add_media(words.id, media.kind, mime, data)

    async def holds(self, work: UnitOfWork, participant_id: str) -> set[MediaId]:
        """The voices and photos of this person that are frozen. Until their bytes are copied they must not go."""
        alerts = await work.alerts.of_participant(participant_id)
        return {each.id for alert in alerts for words in await work.frozen.of_alert(alert.id) for each in words.media}

    def seen_by(self, now: datetime) -> datetime | None:
        """By when the team sees what is raised now; None while nobody can be told."""
        known = self.known
        return known.hours.deadline(now, self.rota.rules.minutes) if known.can_tell and known.hours else None

    def is_open(self, now: datetime) -> bool:
        """Whether the team is at work."""
        return self.known.hours is not None and self.known.hours.is_open(now)

    async def learn(self, work: UnitOfWork, now: datetime) -> None:
        """Remember who can be told, and how."""
        setting, team = await work.settings.get(), await self.rota.team(work)
        contact = await self.rota.contact(work)
        self.known = Known(
            can_tell=len(team) >= AT_LEAST and await self._gets_through(work, team, now),
            hours=self.rota.hours(setting, now),
            lead=team[0].name if team else "",
            contact=contact.name if contact else "",
            setting=setting.name if setting else "",
            emails=tuple(each.email for each in team),
            contact_email=contact.email if contact else "",
        )

    async def _gets_through(self, work: UnitOfWork, team: list[Staff], now: datetime) -> bool:
        """Whether there is a way to somebody, and none that waits is stuck."""
        if any(now - each.raised_at >= STALE for each in await work.alerts.unreached()):
            return False
        if self.rota.rules.by_mail and not await work.alert_notices.is_mail_down():
            return True
        for each in team:
            account = await work.accounts.get(each.account_id) if each.account_id else None
            if account is not None and account.state is AccountState.OPEN:
                return True
        return False

    async def _waiting(
        self, work: UnitOfWork, person: Participant, review_id: str | None, *, elsewhere: bool
    ) -> Alert | None:
        same = (
            each
            for each in await work.alerts.of_participant(person.id)
            if (each.state, each.review_id, each.elsewhere) == (AlertState.WAITING, review_id or "", elsewhere)
        )
        return next(same, None)

    async def _freeze(
        self, work: UnitOfWork, alert: Alert, around: Circle | None, raised: RaiseAlert, now: datetime
    ) -> FrozenWords:
        asked, chosen = self._as_shown(around, raised, now)
        frozen = FrozenWords(
            id=new_id(),
            alert_id=alert.id,
            at=now,
            route=raised.route,
            topics=raised.topics,
            step=raised.step,
            item=raised.item,
            choices=raised.choices,
            words=raised.words,
            media=raised.media,
            asked=asked,
            chosen=chosen,
        )
        await work.frozen.add(frozen)
        for each in raised.media:
            kept = await work.media.get(each.id)
            data = await work.media.data(each.id)
            if kept is not None and data:
                await work.frozen.add_media(frozen.id, kept.kind, kept.mime, data)
        return frozen

    def _as_shown(self, around: Circle | None, raised: RaiseAlert, now: datetime) -> tuple[str, tuple[str, ...]]:
        """The question and the labels in English, as the team reads them; the ids where the script is not there."""
        flow = self.catalogue.current(around.participant.role.value) if around else None
        if around is None or flow is None or not raised.step:
            return raised.step, raised.choices
        asked = Asked(flow, around.facts(now))
        question = asked.question(raised.step, asked.thing(raised.step, raised.item))
        return question or raised.step, tuple(each.label for each in asked.options(raised.step, raised.choices))


async def _copy_what_was_said(work: UnitOfWork, alert: Alert) -> None:
    """Whoever asks for "someone else" has often said what it is about just before: that reader gets it too."""
    for other in await work.alerts.of_participant(alert.participant_id or ""):
        if other.elsewhere or other.review_id != alert.review_id or other.state not in _OPEN:
            continue
        for words in await work.frozen.of_alert(other.id):
            copy = replace(words, id=new_id(), alert_id=alert.id)
            await work.frozen.add(copy)
            for each in await work.frozen.media_of(words.id):
                await work.frozen.add_media(copy.id, each.kind, each.mime, await work.frozen.data(each.id))


async def seen(work: UnitOfWork, alert: Alert, staff: Staff, now: datetime) -> bool:
    """A reader says that they have seen it; false where somebody had before."""
    done = await work.alerts.seen(alert.id, staff.id, now)
    if done:
        await work.notes.alert_seen(alert.id, staff.id, now)
        await work.audit.add(now, staff.id, "alert_seen", alert.id)
    return done


async def release(work: UnitOfWork, alert: Alert, staff: Staff, now: datetime) -> bool:
    """The words may stand in the digest from now on; where there is one already, a new version is made."""
    if not await work.alerts.release(alert.id, staff.id, now):
        return False
    review = await work.reviews.get(alert.review_id)
    if review is not None and alert.participant_id is not None:
        around = await circle(work, review.id, alert.participant_id)
        await work.notes.alert_released(alert.id, around.reads_by(now))
        await ask_for_update(work, review, now, f"released-{alert.id}")
    await work.audit.add(now, staff.id, "alert_released", alert.id)
    return True


async def _keep_apart(work: UnitOfWork, note: Note, frozen: FrozenWords) -> None:
    """What was kept as a note in the very moment in which it was frozen is the same thing."""
    media = {each.id for each in frozen.media}
    is_same = note.words == frozen.words if frozen.words else any(each.id in media for each in note.media)
    if is_same and note.at == frozen.at and note.alert_id is None:
        await work.notes.keep_apart(note.id, frozen.alert_id)


def _alert(person: Participant, around: Circle | None, raised: RaiseAlert, now: datetime) -> Alert:
    return Alert(
        id=new_id(),
        participant_id=person.id,
        raised_at=now,
        review_id=around.review.id if around else "",
        professional_id=around.professional.id if around else "",
        elsewhere=raised.elsewhere,
        young_person_id=person.young_person_id,
        who=person.name,
        role=person.role,
        relation=person.relation,
        about=around.about.first_name if around else "",
        reference=around.about.reference if around else "",
        due_at=now,
    )


async def _circle(work: UnitOfWork, person: Participant, review_id: str | None) -> Circle | None:
    try:
        return await circle(work, review_id, person.id) if review_id else None
    except NoSuchReviewError:
        return None
