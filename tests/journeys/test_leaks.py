"""A word of its own for every path that words can take: it comes out where it should, and nowhere else (P9).

Logs at their most talkative, errors, addresses called, names of files, temporary files, the database with its log.
"""

from __future__ import annotations

import asyncio
import base64
import io
import logging
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from structlog.testing import capture_logs

from bot.demo import clips
from bot.demo.cast import PROFESSIONAL
from bot.demo.faults import DOWNLOAD, Moment
from bot.demo.people import Person
from bot.demo.refusals import Refusal
from bot.demo.telegram_server import DEMO_TOKEN
from bot.ordering import Asked
from bot.reviewing import Planned
from bot.secrets_by_hand import SecretKind
from bot.talking import Talking
from conversations.paper import Keyed
from conversations.script import Role
from tests.journeys.college import CLOSES, OPENS, College, by_bot, invitation_of
from tests.journeys.test_paper import types_in

YOUNG, CARER = "Zephyrine", "Quillon"
OWN, READER, PACK, MAIL, NOBODY = "young", "named professional", "carer", "mail", frozenset[str]()
CANARIES = {
    # what: (the word, where it may be seen besides where the person wrote it; all of that is checked)
    "first name": (YOUNG, frozenset({OWN, READER, PACK, MAIL})),
    "carer's name": (CARER, frozenset({READER, PACK})),
    "relation": ("grandmotherly", frozenset({OWN, READER, MAIL})),
    "reference": ("REF-84213-X", frozenset({READER, MAIL})),
    "plan line": ("ocarina-canary", NOBODY),  # the script of the journeys asks about none
    "answer": ("aubergine-canary", frozenset({OWN, READER, MAIL})),
    "caption": ("tangerine-canary", frozenset({OWN, READER, MAIL})),
    "edited answer": ("juniper-canary", frozenset({OWN, READER, MAIL})),
    "carer's answer": ("butterscotch-canary", frozenset({OWN, PACK, READER, MAIL})),  # decision 5
    "paper": ("parchment-canary", frozenset({OWN, READER, MAIL})),
    "note": ("pumpernickel-canary", NOBODY),  # only `firsthand review notes` shows it
    "complaint": ("grievance-canary", NOBODY),  # only `firsthand complaints list` shows it
    "bytes of a photo": ("marzipan-canary", NOBODY),
    "name of a file": ("filename-canary", NOBODY),
    "name of a contact": ("contact-canary", NOBODY),
    "forwarded words": ("forwarded-canary", NOBODY),
    "words of a stranger": ("passerby-canary", NOBODY),
    "name of a stranger": ("Wolframcanary", NOBODY),
    "made-up link": ("link-canary-000000000", NOBODY),
    "made-up button": ("button-canary", NOBODY),
    "unreadable update": ("update-canary", NOBODY),
    "error of Telegram": ("telegram-error-canary", NOBODY),
    "error of the mail server": ("mail-error-canary", NOBODY),
    "error of the program": ("program-error-canary", NOBODY),
}


@dataclass(slots=True)
class Seen:
    """What was said outside the chats and the mailbox."""

    logged: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @contextmanager
    def watching(self, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
        """Every log line, every address that is called at the stand-in, and what nobody caught."""
        asyncio.get_running_loop().set_exception_handler(lambda _, context: self.failed.append(repr(context)))
        for name in ("", "uvicorn", "aiohttp", "telegram", "apscheduler"):  # a command in this process may quieten them
            caplog.set_level(logging.DEBUG, logger=name or None)
        with capture_logs() as events:
            yield
        # uvicorn serves the stand-in here: what Telegram's own server logs is which addresses were called.
        self.addresses += [each.getMessage() for each in caplog.records if each.name == "uvicorn.access"]
        ours = [record for record in caplog.records if not record.name.startswith("uvicorn")]
        traces = ["".join(traceback.format_exception(*each.exc_info)) for each in ours if each.exc_info]
        self.logged += [repr(each) for each in events]
        self.logged += [f"{each.name} {each.getMessage()} {each.args} {each.stack_info}" for each in ours] + traces


async def test_every_word_is_seen_where_it_should_be_and_nowhere_else(
    here: College, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    seen = Seen()
    with seen.watching(caplog):
        made = await _rich_journey(here, monkeypatch)
    people = {OWN: here.phone(YOUNG), PACK: here.phone(CARER), READER: here.okafor}
    places = {name: _shown_to(here, person) for name, person in people.items()} | {MAIL: _mailed(here)}
    found = {
        what: frozenset(place for place, text in places.items() if word in text) for what, (word, _) in CANARIES.items()
    }
    assert found == {what: wanted for what, (_, wanted) in CANARIES.items()}
    _nowhere_else(here, made, seen, tmp_path)
    assert list(temporary.rglob("*")) == [], "nothing is left lying in temporary files"


def _nowhere_else(here: College, made: Planned, seen: Seen, folder: Path) -> None:
    numbers = [str(each.id) for each in (*here.phones.values(), here.okafor)]
    tokens = [each.token for each in made.invitations]
    words = [*(word for word, _ in CANARIES.values()), "Okafor", "Riverside", PROFESSIONAL, *numbers, *tokens]
    logged, names, stored = "\n".join(seen.logged), _names(folder), _stored(folder)
    assert len(seen.logged) > 50
    assert len(seen.addresses) > 20
    assert len(stored) > 100_000
    assert seen.failed == []
    addresses = "\n".join(seen.addresses)  # the token is in them, since the protocol wants it there
    for word in (*words, DEMO_TOKEN, DEMO_TOKEN.partition(":")[2]):
        assert word not in logged, "in a log"
        assert word not in addresses or word in DEMO_TOKEN, "in an address"
        assert word.lower() not in names.lower(), "in the name of a file"
    for word in (*words, DEMO_TOKEN):
        for form in _forms(word):
            assert form not in stored, f"{word} is readable in the database without its key"


def _forms(word: str) -> list[bytes]:
    """A word as it could lie somewhere: plain, wide, in hexadecimal, in base64 wherever it begins."""
    plain = word.encode()
    coded = [base64.b64encode(b"x" * at + plain)[4 * bool(at) : -4] for at in range(3)]
    return [plain, word.encode("utf-16-le"), word.encode("utf-16-be"), plain.hex().encode(), *filter(None, coded)]


def _names(folder: Path) -> str:
    return "\n".join(path.name for path in sorted(folder.rglob("*")))


def _stored(folder: Path) -> bytes:
    """The bytes of the database with its write-ahead log."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _shown_to(here: College, person: Person) -> str:
    """All that the bot put into this chat: words, buttons, moments' notices, and the documents."""
    shown = by_bot(person)
    files = [each.attachment.file.content for each in shown if each.attachment and each.attachment.file]
    buttons = [button.label for message in shown for button in message.buttons]
    texts = [message.words for message in shown] + buttons + [toast.text for toast in person.toasts]
    return "\n".join([*texts, *map(_words_in, files)])


def _words_in(content: bytes) -> str:
    if not content.startswith(b"%PDF"):
        return content.decode("utf-8", "ignore") if content.startswith(b"{") else ""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return text.replace("\n", "") + text


def _mailed(here: College) -> str:
    parts = [part for mail in here.stage.mailbox.messages for part in mail.message.walk() if not part.is_multipart()]
    heads = [f"{name}: {value}" for mail in here.stage.mailbox.messages for name, value in mail.message.items()]
    assert YOUNG not in "\n".join(heads), "no name in the head of a mail"
    texts = [str(part.get_content()) for part in parts if part.get_content_maintype() == "text"]
    return "\n".join([*heads, *texts])


def word(what: str) -> str:
    return CANARIES[what][0]


async def _rich_journey(here: College, patch: pytest.MonkeyPatch) -> Planned:
    """Answers, a note, media, a complaint, paper, trouble at every edge, a digest, a new version."""
    asked = Asked(Role.CARER, CARER, word("relation"), SecretKind.DIGITS)
    plan_line = f"A calm adult for the {word('plan line')}"
    made = await here.plan(YOUNG, carers=[asked], reference=word("reference"), plan_lines=[plan_line])
    young, carer, stranger = here.phone(YOUNG), here.phone(CARER), here.phone(word("name of a stranger"))
    for person, name in ((young, YOUNG), (carer, CARER)):
        await here.comes_in(person, invitation_of(made, name))
    await here.say(stranger, f"I am {word('words of a stranger')}")
    await here.opens_link(stranger, word("made-up link"))
    await here.say(young, f"Before you ask: {word('note')}")
    await _odd_things(here, young)
    await here.at(OPENS)
    await here.press(young, "o:understand", "+:sport")
    said = await young.type(word("answer"))
    await here.stage.calm()
    await young.edit(said.id, f"{word('answer')} {word('edited answer')}")
    await here.stage.calm()
    await here.press(young, "d:done")
    await _trouble(here, young, patch)
    await here.say(young, "/complain", word("complaint"))
    here.stage.telegram.updates.inject(f'{{"update_id": 700009000, "message": "{word("unreadable update")}"}}'.encode())
    await here.sends(carer, word("carer's answer"))
    paper = Keyed("one_thing", words=word("paper"))
    await types_in(here, made, invitation_of(made, YOUNG), paper)
    here.stage.mailbox.refuse_next(f"451 4.3.0 {word('error of the mail server')}")
    await here.at(CLOSES)
    await here.later(timedelta(minutes=5))
    await here.press(here.okafor, (await here.digests(made.review.id))[-1].id)
    return made


async def _odd_things(here: College, young: Person) -> None:
    """What is refused: nothing of it is kept."""
    await young.send_contact(word("name of a contact"), "01632960123")
    await young.forward(word("forwarded words"), "Somebody")
    await young.send_document(b"%PDF-1.7", f"{word('name of a file')}.pdf")
    await here.stage.calm()
    await young.press_data(young.messages[-1].id, f"desk:{word('made-up button')}")
    await here.stage.calm()


async def _trouble(here: College, young: Person, patch: pytest.MonkeyPatch) -> None:
    """A photo that comes at the second try, errors of Telegram, and one of the program's own."""
    faults = here.stage.telegram.faults
    faults.drop(Moment.BEFORE_ACTING, DOWNLOAD)
    faults.fail(Refusal(500, f"Internal {word('error of Telegram')}"), "getFile")
    await young.send_photo(clips.photo() + word("bytes of a photo").encode(), word("caption"))
    await here.stage.calm()
    faults.fail(Refusal(400, f"Bad Request: {word('error of Telegram')}"), "answerCallbackQuery")
    heard = Talking.heard

    async def falls_over(*_: object) -> object:
        patch.setattr(Talking, "heard", heard)
        raise ValueError(word("error of the program"))

    patch.setattr(Talking, "heard", falls_over)
    await here.press(young, "d:no", "o:no", "d:send")  # nobody else is in the photo
