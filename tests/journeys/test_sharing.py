"""A copy for parents and carers: no unless they say yes, and a yes that can be taken back."""

from __future__ import annotations

from datetime import timedelta

from bot.documents.digest_text import text
from conversations.digest import ReaderKind
from conversations.digest_codec import load_digest
from conversations.document_words import load_document_words
from conversations.readers import Reader, for_reader
from tests.journeys.college import ANN, CLOSES, OPENS, College, by_bot, invitation_of

WORDS = "A quiet room, please."


async def carers_copy(here: College, review_id: str, ann: str) -> str:
    """What Ann would get of the newest version."""
    [*_, newest] = await here.digests(review_id)
    return text(for_reader(load_digest(newest.content), Reader(ReaderKind.CARER, ann)), load_document_words())


async def test_a_yes_can_be_taken_back_and_the_next_copy_has_no_words(here: College) -> None:
    made = await here.plan(carers=[ANN])
    sam, ann = here.phone("Sam"), invitation_of(made, "Ann").participant_id
    for name in ("Sam", "Ann"):
        await here.comes_in(here.phone(name), invitation_of(made, name))
    await here.at(OPENS)
    await here.press(sam, "o:understand", "+:sport", "d:done")
    await here.say(sam, WORDS)
    await here.press(sam, "o:yes", "d:send")
    await here.at(CLOSES)
    assert WORDS in await carers_copy(here, made.review.id, ann)

    await here.press(sam, "d:change")
    lines = [line for message in by_bot(sam)[-2:] for line in message.words.splitlines()]
    number = next(line.split(".")[0] for line in lines if "have a copy of what you send" in line)
    await here.press(sam, f"n:{number}", "d:change", "o:no", "d:send")
    await here.later(timedelta(days=1))
    copy = await carers_copy(here, made.review.id, ann)
    assert WORDS not in copy
    assert "This copy has no words from Sam." in copy
    told = here.mails[-1]
    assert "Sam said no." in told, "the named professional knows it from the newest version"
