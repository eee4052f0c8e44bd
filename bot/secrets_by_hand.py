"""The second secret (decision 10): a word, four digits or a picture, given by another route than the link.

Only a slow salted hash is kept. Three wrong tries end the invite, so short secrets are enough.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources
from typing import Final

import emoji

from conversations.said_files import said

TRIES: Final = 3
_SKIN: Final = re.compile("[\U0001f3fb-\U0001f3ff]")
_SCRYPT: Final = {"n": 2**14, "r": 8, "p": 1}


class SecretKind(StrEnum):
    """Which kind the person likes best."""

    WORD = "word"
    DIGITS = "digits"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret as it is told to staff, once."""

    kind: SecretKind
    text: str = field(repr=False)


def pictures() -> tuple[str, ...]:
    """The pictures to choose from, in the order in which they are shown."""
    return tuple(_lists()["pictures"])


def new_secret(kind: SecretKind) -> Secret:
    """A fresh one, from the operating system's randomness."""
    match kind:
        case SecretKind.WORD:
            return Secret(kind, secrets.choice(_lists()["words"]))
        case SecretKind.DIGITS:
            return Secret(kind, f"{secrets.randbelow(10_000):04}")
        case SecretKind.PICTURE:
            return Secret(kind, secrets.choice(pictures()))


def hashed(secret: Secret) -> str:
    """What the store keeps: salt and hash, both in hex."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}:{_digest(_picture(secret.text), salt).hex()}"


def fits(said: str, kept: str) -> bool:
    """Whether the words sent are the secret; capital letters, spaces, skin tones and foreign digits do not matter.

    Words with a picture beside them count as either. Two different pictures are no answer.
    """
    salt, _, digest = kept.partition(":")
    found = {_digest(each, bytes.fromhex(salt)) for each in {_letters(said), _picture(said)}}
    return any(hmac.compare_digest(each, bytes.fromhex(digest)) for each in found)


def _digest(plain: str, salt: bytes) -> bytes:
    return hashlib.scrypt(plain.encode("utf-8", "replace"), salt=salt, **_SCRYPT)


def _letters(text: str) -> str:
    return "".join(str(unicodedata.decimal(char, char)) for char in text.casefold() if char.isalnum())


def _picture(text: str) -> str:
    """The picture's name in letters; those of the text where it holds no picture, or several."""
    found = emoji.distinct_emoji_list(_SKIN.sub("", text))
    return _letters(emoji.demojize(found[0])) if len(found) == 1 else _letters(text)


def _lists() -> dict[str, list[str]]:
    text = resources.files("bot").joinpath("secret_words.yaml").read_text("utf-8")
    lists: dict[str, list[str]] = said(text)
    return lists
