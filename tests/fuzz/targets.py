"""What strangers' bytes are given to, one function for each. Any error but the one that is promised is a finding.

The text of a promised error must not quote its input: it could be a person's words, and errors end up in logs.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Final

import bot.photos as photos_module
import bot.pictures.safety as safety_module
import bot.telegram.batch as batch_module
import conversations.po_files as po_module
import storage.errors as errors_module
import storage.sealing as sealing_module
from bot.clips import read_clip
from bot.commands.answer_files import filled_in
from bot.listening import pressed_on
from bot.mail import DigestMail, MailSettings, MailVerdict, _written
from bot.many.orders import columns, ordered
from bot.many.tables import Unreadable, table
from bot.photos import PhotoRefusedError, clean
from bot.pictures.safety import UnsafePictureError, png_as_svg, svg_text
from bot.recording import spot_in
from bot.secrets_by_hand import _letters, _picture
from bot.settings import MailSecurity
from bot.telegram.batch import UnreadableBatchError, read_batch, read_update
from bot.telegram.fields import storable
from bot.telegram.inbound import Pressed, Start, chat_of, decode, read
from bot.telegram.splitting import split
from bot.timetables import offsets_in
from conversations import scripts
from conversations.glossary import read_glossary
from conversations.languages import language_in
from conversations.po_files import BrokenBookError, read_book
from conversations.reading import decode as text_of
from conversations.sentences import read_words
from conversations.state import MediaKind
from storage.errors import StorageError
from storage.sealing import KeyRing

AT: Final = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
PROMISED: Final = (
    UnreadableBatchError,
    PhotoRefusedError,
    UnsafePictureError,
    BrokenBookError,
    StorageError,
)
_WORD: Final = re.compile(r"[a-zA-Z0-9]{4,}")
_RAISERS: Final = (batch_module, photos_module, safety_module, po_module, errors_module, sealing_module)
_OURS: Final = frozenset(word for each in _RAISERS for word in _WORD.findall(inspect.getsource(each)))
"""Words that stand in the source of what raises: an input may hold them too."""


class QuotedError(AssertionError):
    """A promised error whose text holds a piece of its input."""


@dataclass(frozen=True, slots=True)
class Target:
    """One reader of foreign bytes; `seconds` is what one input may take at most."""

    take: Callable[[bytes], object]
    seconds: int = 5

    def __call__(self, data: bytes) -> None:
        """Give it one input.

        Raises:
            QuotedError: it was refused in words that quote it.
        """
        try:
            self.take(data)
        except PROMISED as error:
            quoted = set(_WORD.findall(str(error))) - _OURS
            if any(word in data.decode("latin-1") for word in quoted):
                raise QuotedError(type(error).__name__) from None


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass") if _is_text(data) else data.decode("latin-1")


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def update(data: bytes) -> None:
    """An update by itself, as a webhook brings it and as the store gives it back."""
    found = decode(data)
    raw = read_update(data)
    assert repr(raw) == f"RawUpdate(update_id={raw.update_id!r})", "an update must not show itself"
    assert -(2**63) <= raw.key < 2**63
    if hasattr(found, "text"):
        found.text.encode()


def batch(data: bytes) -> None:
    """An answer of getUpdates: what is whole in it is found, once each."""
    for each in read_batch(data):
        decode(each.raw)


def press(data: bytes) -> None:
    """Callback data, which anybody can make up."""
    said = _text(data)
    message = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}}
    query = {"id": "q", "from": {"id": 7}, "data": said, "message": message}
    found = read({"update_id": 1, "callback_query": query})
    assert isinstance(found, Pressed)
    pressed_on(storable(said))
    spot_in(storable(said))


def start(data: bytes) -> None:
    """What stands behind /start, and what is typed as a secret."""
    said = _text(data)
    chat = {"id": 7, "type": "private"}
    found = read({"update_id": 1, "message": {"message_id": 5, "date": 1, "chat": chat, "text": f"/start {said}"}})
    assert chat_of({"message": {"chat": chat}}) == 7
    if isinstance(found, Start):
        found.payload.encode()
    _letters(storable(said))
    _picture(storable(said))
    assert "".join("".join(split(storable(said), 64)).split()) == "".join(storable(said).split())


def answers_csv(data: bytes) -> None:
    """A table into which staff typed a paper."""
    _answers(data, "paper.csv")


def answers_yaml(data: bytes) -> None:
    """The same as YAML."""
    _answers(data, "paper.yaml")


def _answers(data: bytes, name: str) -> None:
    found = filled_in(data, name)
    if isinstance(found, tuple):
        assert found
        assert all(each.what and each.remedy for each in found)
    else:
        assert len(repr(found)) < 1000, "words must not show in a repr"


def script(data: bytes) -> None:
    """A script, a file of words and a glossary."""
    text = text_of(data, "script.yaml")
    if isinstance(text, str):
        scripts.read(text, "script.yaml", {})
        read_words(text, "words.yaml", {})
        read_glossary(text)


def catalogue(data: bytes) -> None:
    """A message catalogue."""
    language_in(read_book(data), [], "xx.po")


def mail(data: bytes) -> None:
    """Names, addresses and subjects in the head of a mail: no line of theirs becomes a line of the head."""
    said = _text(data)
    parts = [*said.split("\0"), "", "", ""][:3]
    made = DigestMail(
        to=parts[0] or "okafor@example.org",
        subject=parts[1],
        text=said,
        html=said,
        pdf=b"%PDF",
        file_name=parts[2] or "digest.pdf",
        message_id="id@firsthand.invalid",
        at=AT,
        reply_to=parts[1],
    )
    settings = MailSettings("localhost", 25, "bot@example.org", MailSecurity.NONE)
    written = _written(settings, made)
    if isinstance(written, MailVerdict):
        return
    read_back = message_from_bytes(written.content, policy=policy.default)
    known = {"from", "to", "reply-to", "subject", "date", "message-id", "auto-submitted", "mime-version"}
    names = [name.lower() for name in read_back]
    assert len(names) == len(set(names))
    assert set(names) <= known | {"content-type"}
    assert "\n" not in written.to + written.sender
    assert "\r" not in written.to + written.sender


def photo(data: bytes) -> None:
    """A photo, as a phone sends it."""
    assert clean(data).startswith(b"\xff\xd8")


def picture(data: bytes) -> None:
    """A deployer's own picture."""
    png_as_svg(data) if data.startswith(b"\x89PNG") else svg_text(data)


def clip(data: bytes) -> None:
    """A voice message or a video."""
    for kind in (MediaKind.VOICE, MediaKind.VIDEO):
        read_clip(kind, data)


def setting(data: bytes) -> None:
    """Settings that are parsed by hand: keys and timetables."""
    with suppress(ValueError):
        offsets_in(_text(data))
    KeyRing.parse(_text(data))


def _list(data: bytes, name: str) -> None:
    found = table(data, name)
    if isinstance(found, Unreadable):
        return
    places, _ = columns(found[0])
    for row in found[1:]:
        wanted = ordered(row, places)
        assert not isinstance(wanted, list) or all(len(each.what) < 200 for each in wanted)


def list_csv(data: bytes) -> None:
    """A list of reviews as CSV."""
    _list(data, "list.csv")


def list_xlsx(data: bytes) -> None:
    """A list of reviews as a workbook."""
    _list(data, "list.xlsx")


TARGETS: Final[Mapping[str, Target]] = {
    "update": Target(update),
    "batch": Target(batch),
    "press": Target(press),
    "start": Target(start),
    "answers_csv": Target(answers_csv),
    "answers_yaml": Target(answers_yaml, 10),
    "list_csv": Target(list_csv),
    "list_xlsx": Target(list_xlsx, 20),
    "script": Target(script, 20),
    "catalogue": Target(catalogue, 10),
    "mail": Target(mail),
    "photo": Target(photo, 20),
    "picture": Target(picture, 20),
    "clip": Target(clip),
    "setting": Target(setting),
}
