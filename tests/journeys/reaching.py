"""That what was answered reaches the digest, with how the person likes to be asked and how it was given."""

from __future__ import annotations

from dataclasses import replace

from conversations.locating import locate, options_of
from conversations.state import Place, Spot
from tests.journeys.college import CLOSES, College
from tests.journeys.walking import (
    Walk,
    mail_pdf,
    mail_text,
    pdf_text,
    squeezed,
)


async def reaches_the_digest(
    here: College, walk: Walk, liked: str, how: str, *also: str, labelled: bool = True
) -> None:
    """The answers, how the person likes to be asked, and how they were given, in the mail and in its PDF."""
    await here.at(CLOSES)
    labels = await said_in_english(here, walk)
    assert labels or not labelled
    mail, pdf = mail_text(here), pdf_text(mail_pdf(here))
    for expected in (liked, how, *labels, *also):
        assert expected in mail
        assert squeezed(expected) in pdf, expected


async def said_in_english(here: College, walk: Walk) -> list[str]:
    """The labels of everything that was chosen, but for what only steers the conversation."""
    flow = here.stage.bot.catalogue.current("young_person")
    assert flow is not None
    scene, state = replace(await walk.scene(), flow=flow), await walk.state()
    labels: list[str] = []
    for answer in await walk.answers():
        step = locate(scene, state, Place(Spot.QUESTION, answer.step, answer.item)).step
        if step is not None and step.records is None:
            labels += [option.label for option in options_of(scene, step) if option.id in answer.choices]
    return labels
