from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import KeyMissing, KeyWrong
from storage.sealing import KEY_BYTES, PAD_STEP, Cell, KeyRing, Sealed
from storage.vault import Vault, new_root

CELL = Cell("answer", "body", "row-1")
RING = KeyRing.generate()


@given(st.binary(max_size=300))
def test_what_was_sealed_opens_in_its_own_cell(plain: bytes) -> None:
    assert RING.open(RING.seal(plain, CELL), CELL) == plain


@given(st.binary(max_size=300))
def test_the_length_shows_only_steps_of_64_bytes(plain: bytes) -> None:
    extra = len(RING.seal(b"", CELL)) - PAD_STEP
    assert len(RING.seal(plain, CELL)) == extra + PAD_STEP * (len(plain) // PAD_STEP + 1)


@pytest.mark.parametrize(
    "cell", [Cell("note", "body", "row-1"), Cell("answer", "x", "row-1"), Cell("answer", "body", "2")]
)
def test_a_value_does_not_open_in_another_cell(cell: Cell) -> None:
    with pytest.raises(KeyWrong):
        RING.open(RING.seal(b"words", CELL), cell)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_changed_value_does_not_open(place: int, change: int) -> None:
    sealed = bytearray(RING.seal(b"words", CELL))
    sealed[place % len(sealed)] ^= change
    with pytest.raises((KeyWrong, KeyMissing)):
        RING.open(Sealed(bytes(sealed)), CELL)


@pytest.mark.parametrize("content", [b"", b"\x01", b"\x02k1", b"\x01\x02k1", b"\x01\x02k1" + bytes(12)])
def test_what_was_never_sealed_does_not_open(content: bytes) -> None:
    with pytest.raises(KeyWrong):
        KeyRing.parse(f"k1:{base64.b64encode(bytes(KEY_BYTES)).decode()}").open(Sealed(content), CELL)


def test_wrong_padding_does_not_open() -> None:
    ring = KeyRing.generate()
    nonce = bytes(12)
    body = ring._ciphers["k1"].encrypt(nonce, b"no mark", CELL.authenticated())
    with pytest.raises(KeyWrong):
        ring.open(Sealed(ring.prefix() + nonce + body), CELL)


def test_no_secret_shows_in_a_repr() -> None:
    ring = KeyRing.generate()
    vault = Vault(ring, new_root())
    assert repr(ring) == "KeyRing(k1)"
    assert repr(vault) == "Vault(KeyRing(k1))"
    assert repr(ring.seal(b"x", CELL)).startswith("Sealed(")


def test_a_rotated_ring_seals_with_the_new_key_and_opens_with_both() -> None:
    old = KeyRing.generate()
    sealed = old.seal(b"words", CELL)
    new = old.rotated()
    assert new.ids == ("k2", "k1")
    assert new.open(sealed, CELL) == b"words"
    with pytest.raises(KeyMissing):
        old.open(new.seal(b"words", CELL), CELL)
    with pytest.raises(KeyMissing):
        new.only_current().open(sealed, CELL)
    assert KeyRing.generate("main").rotated().ids == ("k1", "main")


def test_a_ring_is_read_as_it_was_written() -> None:
    ring = KeyRing.generate().rotated()
    sealed = ring.seal(b"words", CELL)
    assert KeyRing.parse(ring.reveal()).open(sealed, CELL) == b"words"
    spaced = "# a comment\n" + ring.reveal().replace(",", " ,\n ")
    assert KeyRing.parse(spaced).ids == ring.ids


def test_keys_in_the_web_form_of_base64_are_read() -> None:
    key = bytes([251, 255] * 16)
    plain, web = base64.b64encode(key).decode(), base64.urlsafe_b64encode(key).decode()
    sealed = KeyRing.parse(f"k1:{plain}").seal(b"words", CELL)
    assert KeyRing.parse(f"k1:{web}").open(sealed, CELL) == b"words"


@pytest.mark.parametrize("text", ["", "  ", "# only a comment", ",,"])
def test_no_key_is_a_missing_key(text: str) -> None:
    with pytest.raises(KeyMissing):
        KeyRing.parse(text)


GOOD = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text", ["k1", f"k1:{GOOD[:-8]}", "k1:äöü", f"k 1:{GOOD}", f"{'k' * 17}:{GOOD}", f"k1:{GOOD},k1:{GOOD}", f":{GOOD}"]
)
def test_a_malformed_key_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(KeyWrong) as caught:
        KeyRing.parse(text)
    assert GOOD[:20] not in str(caught.value)


def test_blind_indexes_tell_kinds_values_and_databases_apart() -> None:
    root = new_root()
    vault, same, other = Vault(RING, root), Vault(RING.rotated(), root), Vault(RING, new_root())
    assert vault.blind("chat", "1") == same.blind("chat", "1")
    assert (
        len({vault.blind("chat", "1"), vault.blind("chat", "2"), vault.blind("email", "1"), other.blind("chat", "1")})
        == 4
    )
    assert vault.blind("email", "\ud800") != vault.blind("email", "\ud801")


@given(st.binary(max_size=100))
def test_a_receipt_is_three_groups_of_letters_that_cannot_be_mistaken(content: bytes) -> None:
    vault = Vault(RING, bytes(32))
    code = vault.receipt("submission", content)
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert not set(code) & set("01ilo")
    assert code == vault.receipt("submission", content)
    assert code != vault.receipt("digest", content)
