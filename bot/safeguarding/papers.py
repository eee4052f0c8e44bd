"""What staff typed in from paper is matched too: whoever types may have looked at the page and not at the words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.facts import Circle
from bot.safeguarding.alarm import Alarm
from bot.safeguarding.phrases import matching
from bot.safeguarding.rota import Rota, rules_in
from bot.settings import Settings
from conversations.catalogue import Catalogue
from conversations.effects import AlertRoute, RaiseAlert
from conversations.safety_file import own_phrases
from conversations.state import Answer
from storage.unit_of_work import UnitOfWork


async def alarm_paper(
    work: UnitOfWork, settings: Settings, scripts: Catalogue, typed: tuple[Circle, Iterable[Answer]], now: datetime
) -> None:
    """Raise an alert for the typed answers of this person that match; the running bot tells the team."""
    (around, answers), matched = typed, matching(own_phrases(settings.safety_phrases)[0])
    alarm = Alarm(Rota(rules_in(settings)), scripts)
    for each in answers:
        if topics := matched(each.words):
            raised = RaiseAlert(AlertRoute.PHRASE, topics, each.step, each.item, each.choices, each.words)
            await alarm.raise_alert(work, around.participant, around.review.id, raised, now)
