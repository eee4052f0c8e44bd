"""Seal what is personal with AES-256-GCM under a ring of keys. It knows no database, and never logs."""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from typing_extensions import override

from storage.errors import KeyMissing, KeyWrong

KEY_BYTES: Final = 32
PAD_STEP: Final = 64
_FORMAT: Final = b"\x01"
_NONCE_BYTES: Final = 12  # random: good for 2**32 values under one key, some years of a whole country's reviews
_KEY_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,16}")


class Sealed(bytes):
    """Bytes that only a key opens. Only `KeyRing.seal` and the columns of the store make one."""

    __slots__ = ()

    @override
    def __repr__(self) -> str:
        return f"Sealed({len(self)} bytes)"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a sealed value lies. The value opens there and nowhere else."""

    table: str
    column: str
    row: str

    def authenticated(self) -> bytes:
        """Return the bytes that are bound to the sealed value."""
        return "\x1f".join((self.table, self.column, self.row)).encode()


class KeyRing:
    """Keys by id; the first is current: it seals. All of them open."""

    __slots__ = ("_ciphers", "_texts", "current")

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        """Take keys of 32 bytes by id, the current one first.

        Raises:
            KeyMissing: there is no key.
            KeyWrong: an id or a key has the wrong form.
        """
        if not keys:
            raise KeyMissing
        for key_id, key in keys.items():
            if not _KEY_ID.fullmatch(key_id) or len(key) != KEY_BYTES:
                raise KeyWrong("A key must look like k1:<32 bytes in base64>.")
        self.current: Final = next(iter(keys))
        self._ciphers: Final = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._texts: Final = {key_id: base64.b64encode(key).decode() for key_id, key in keys.items()}

    @override
    def __repr__(self) -> str:
        return f"KeyRing({', '.join(self.ids)})"

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the keys, the current one first."""
        return tuple(self._ciphers)

    @classmethod
    def parse(cls, text: str) -> KeyRing:
        """Read `k1:base64,k0:base64` (commas, spaces or lines between); lines that begin with `#` are left out.

        Raises:
            KeyMissing: there is no key in the text.
            KeyWrong: the text has the wrong form, or names an id twice.
        """
        lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
        return cls(_read(re.split(r"[,\s]+", " ".join(lines))))

    @classmethod
    def generate(cls, key_id: str = "k1") -> KeyRing:
        """Return a ring with one new random key."""
        return cls({key_id: os.urandom(KEY_BYTES)})

    def rotated(self) -> KeyRing:
        """Return a ring with a new current key before all present ones."""
        numbers = [int(key_id[1:]) for key_id in self.ids if re.fullmatch(r"k[0-9]+", key_id)]
        new = {f"k{max(numbers, default=0) + 1}": os.urandom(KEY_BYTES)}
        return KeyRing(new | {key_id: base64.b64decode(text) for key_id, text in self._texts.items()})

    def joined_by(self, older: KeyRing) -> KeyRing:
        """Return this ring with those keys of another behind it whose ids it does not have."""
        texts = {key_id: older._texts[key_id] for key_id in older.ids if key_id not in self._texts}
        return KeyRing({key_id: base64.b64decode(text) for key_id, text in (*self._texts.items(), *texts.items())})

    def only_current(self) -> KeyRing:
        """Return a ring without the old keys: for when everything is sealed anew."""
        return KeyRing({self.current: base64.b64decode(self._texts[self.current])})

    def derived(self, purpose: bytes) -> KeyRing:
        """Return a ring with the same ids whose keys are made from these for one purpose: neither opens the other's."""
        keys = {key_id: base64.b64decode(text) for key_id, text in self._texts.items()}
        return KeyRing({key_id: _made_from(key, purpose) for key_id, key in keys.items()})

    def reveal(self) -> str:
        """Return the ring as text that `parse` reads. It holds the keys: write it to a key file and nowhere else."""
        return ",".join(f"{key_id}:{text}" for key_id, text in self._texts.items())

    def seal(self, plain: bytes, cell: Cell) -> Sealed:
        """Pad and encrypt for one cell, under the current key."""
        nonce = os.urandom(_NONCE_BYTES)
        body = self._ciphers[self.current].encrypt(nonce, _pad(plain), cell.authenticated())
        return Sealed(self.prefix() + nonce + body)

    def open(self, sealed: Sealed, cell: Cell) -> bytes:
        """Return what was sealed for this cell.

        Raises:
            KeyMissing: the key that sealed it is not on the ring.
            KeyWrong: the key does not open it, or it was changed, or it was moved from another cell.
        """
        key_id, start = _key_id(sealed)
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise KeyMissing
        nonce, body = sealed[start : start + _NONCE_BYTES], sealed[start + _NONCE_BYTES :]
        try:
            return _unpad(cipher.decrypt(nonce, body, cell.authenticated()))
        except (InvalidTag, ValueError) as error:
            raise KeyWrong(f"A value of {cell.table}.{cell.column} does not open. {KeyWrong.remedy}") from error

    def prefix(self) -> bytes:
        """Return the bytes with which everything begins that the current key sealed."""
        name = self.current.encode()
        return _FORMAT + bytes([len(name)]) + name


def _made_from(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(key)


def _read(parts: Iterable[str]) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for part in filter(None, parts):
        key_id, _, text = part.partition(":")
        if key_id in keys:
            raise KeyWrong("Two keys have the same id. Give each its own.")
        try:
            keys[key_id] = base64.b64decode(text, altchars=b"-_" if set("-_") & set(text) else None, validate=True)
        except (binascii.Error, ValueError):
            raise KeyWrong("A key must look like k1:<32 bytes in base64>.") from None
    return keys


def _key_id(sealed: bytes) -> tuple[str, int]:
    if sealed[:1] != _FORMAT or len(sealed) < 2:
        raise KeyWrong("A sealed value has an unknown form. Restore the database from its backup.")
    end = 2 + sealed[1]
    return sealed[2:end].decode("ascii", "replace"), end


def _pad(plain: bytes) -> bytes:
    return plain + b"\x80" + bytes(-(len(plain) + 1) % PAD_STEP)


def _unpad(padded: bytes) -> bytes:
    plain, mark, zeros = padded.rpartition(b"\x80")
    if not mark or any(zeros):
        raise ValueError("the padding is damaged")
    return plain
