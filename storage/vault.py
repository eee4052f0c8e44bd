"""Seal for the database, and make the keyed hashes by which sealed things are found again."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from typing_extensions import override

from storage.sealing import Cell, KeyRing, Sealed

ROOT_CELL: Final = Cell("vault", "root", "root")
_SAFEGUARDING: Final = b"firsthand safeguarding"
_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0, 1, i, l, o: a receipt may be read aloud
_GROUPS: Final = 3
_GROUP_LENGTH: Final = 4


class Vault:
    """The key ring of a database, with the root secret that the database keeps sealed.

    `apart` are the keys of the safeguarding record: made from those of the ring, with which they are rotated.
    Blind indexes and receipt codes hang on the root, not on a key: they stay the same when keys are rotated.
    """

    __slots__ = ("_index", "_receipt", "apart", "ring")

    def __init__(self, ring: KeyRing, root: bytes) -> None:
        """Take the opened root secret (32 bytes)."""
        self.ring = ring
        self.apart = ring.derived(_SAFEGUARDING)
        self._index = _subkey(root, b"firsthand blind index")
        self._receipt = _subkey(root, b"firsthand receipt")

    @override
    def __repr__(self) -> str:
        return f"Vault({self.ring!r})"

    def seal(self, plain: bytes, cell: Cell) -> Sealed:
        """Seal for this cell under the current key."""
        return self.ring.seal(plain, cell)

    def open(self, sealed: Sealed, cell: Cell) -> bytes:
        """Open what was sealed for this cell. Raises KeyMissing or KeyWrong."""
        return self.ring.open(sealed, cell)

    def ring_of(self, *, apart: bool) -> KeyRing:
        """Return the keys that seal a table: those of the safeguarding record, or the others."""
        return self.apart if apart else self.ring

    def blind(self, kind: str, value: str) -> str:
        """Return 32 hexadecimal digits by which an equal value of the same kind is found, and no other."""
        return _keyed(self._index, kind, value.encode("utf-8", "surrogatepass")).hex()[:32]

    def receipt(self, kind: str, content: bytes) -> str:
        """Return the receipt's code of these bytes: 4-4-4 characters that cannot be mistaken for each other."""
        number = int.from_bytes(_keyed(self._receipt, kind, content), "big")
        letters = []
        for _ in range(_GROUPS * _GROUP_LENGTH):
            number, index = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[index])
        code = "".join(letters)
        return "-".join(code[start : start + _GROUP_LENGTH] for start in range(0, len(code), _GROUP_LENGTH))


def new_root() -> bytes:
    """Return a new root secret."""
    return secrets.token_bytes(32)


def _subkey(root: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(root)


def _keyed(key: bytes, kind: str, content: bytes) -> bytes:
    return hmac.new(key, kind.encode() + b"\x1f" + content, hashlib.sha256).digest()
