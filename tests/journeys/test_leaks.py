"""Nobody's words, names, numbers or the bot's token in a log, a file name or, without the key, in the database (P9)."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.demo import clips
from bot.demo.cast import PROFESSIONAL
from bot.demo.faults import DOWNLOAD, Moment
from bot.demo.refusals import Refusal
from bot.demo.telegram_server import DEMO_TOKEN
from bot.reviewing import Asked
from bot.secrets_by_hand import SecretKind
from conversations.script import Role
from tests.journeys.college import CLOSES, OPENS, College, invitation_of

YOUNG, CARER, RELATION, REFERENCE = "Zephyrine", "Quillon", "grandmotherly", "REF-84213-X"
WORDS = ("aubergine-canary", "marzipan-canary", "tangerine-canary", "pumpernickel-canary", "butterscotch-canary")
PLAN = "Ocarina lessons with a calm adult"


async def test_a_rich_journey_leaves_nothing_readable_outside_the_chats_and_the_mailbox(
    here: College, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with capture_logs() as events:
        ids, tokens = await _rich_journey(here)
    # uvicorn serves the stand-in here; what Telegram's own server logs is not ours.
    ours = [record for record in caplog.records if not record.name.startswith("uvicorn")]
    logged = "\n".join([repr(events), *(f"{record.getMessage()} {record.args} {record.exc_text}" for record in ours)])
    assert len(events) > 10
    for secret in (*_secrets(ids), *tokens, DEMO_TOKEN, DEMO_TOKEN.partition(":")[2]):
        assert secret not in logged, "in a log"
    names, stored = _on_disk(tmp_path)
    for secret in _secrets(ids):
        assert secret.lower() not in names.lower(), "in a file name"
    assert len(stored) > 100_000
    for secret in (*_secrets(ids), *tokens, DEMO_TOKEN):
        for form in (secret.encode(), secret.encode("utf-16-le"), secret.encode().hex().encode()):
            assert form not in stored, "readable in the database without its key"


def _on_disk(folder: Path) -> tuple[str, bytes]:
    """The names of all files, and the bytes of the database with its write-ahead log."""
    paths = sorted(folder.rglob("*"))
    return "\n".join(path.name for path in paths), b"".join(path.read_bytes() for path in paths if path.is_file())


def _secrets(ids: list[int]) -> tuple[str, ...]:
    return (*WORDS, YOUNG, CARER, RELATION, REFERENCE, PLAN, "Okafor", "Riverside", PROFESSIONAL, *map(str, ids))


async def _rich_journey(here: College) -> tuple[list[int], list[str]]:
    """Answers, a note, media, trouble at every edge, a digest, a new version; names and words all along."""
    made = await here.plan(
        YOUNG, carers=[Asked(Role.CARER, CARER, RELATION, SecretKind.DIGITS)], reference=REFERENCE, plan_lines=[PLAN]
    )
    young, carer, stranger = here.phone(YOUNG), here.phone(CARER), here.phone("Stranger")
    for person, name in ((young, YOUNG), (carer, CARER)):
        await here.comes_in(person, invitation_of(made, name))
    await here.say(stranger, f"My name is {WORDS[4]}")
    await here.say(young, f"Before you ask: {WORDS[3]}")
    await here.at(OPENS)
    await here.press(young, "o:understand", "+:sport")
    await here.say(young, WORDS[0])
    await here.press(young, "d:done")
    faults = here.stage.telegram.faults
    faults.drop(Moment.BEFORE_ACTING, DOWNLOAD)
    faults.fail(Refusal(500, f"Internal {WORDS[0]}"), "getFile")
    await young.send_photo(clips.photo() + WORDS[1].encode(), WORDS[2])
    await here.stage.calm()
    faults.fail(Refusal(400, f"Bad Request: {WORDS[0]}"), "answerCallbackQuery")
    await here.press(young, "d:no", "o:no", "d:send")  # nobody else is in the photo
    await here.say(young, WORDS[3])
    here.stage.telegram.updates.inject(f'{{"update_id": 700009000, "message": "{WORDS[0]}"}}'.encode())
    await here.sends(carer, WORDS[4])
    here.stage.mailbox.refuse_next(f"451 4.3.0 {WORDS[1]}")
    await here.at(CLOSES)
    await here.later(timedelta(minutes=5))
    await here.press(here.okafor, (await here.digests(made.review.id))[-1].id)
    await here.press(young, "d:withdraw", "d:yes")
    assert any(WORDS[0] in text for text in here.mails), "the digest has them, sealed until it was sent"
    people = (young, carer, stranger, here.okafor)
    return [person.id for person in people], [invitation.token for invitation in made.invitations]
