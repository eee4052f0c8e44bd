from __future__ import annotations

from pathlib import Path

import pytest

from storage.errors import KeyFileUnsafe, KeyMissing, KeyWrong
from storage.keyfile import read_key_file, write_key_file
from storage.sealing import Cell, KeyRing

CELL = Cell("a", "b", "c")


def test_a_key_file_is_for_its_owners_eyes_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    ring = KeyRing.generate()
    write_key_file(path, ring)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_key_file(path).open(ring.seal(b"words", CELL), CELL) == b"words"


def test_a_newer_ring_replaces_the_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    ring = KeyRing.generate()
    (tmp_path / "keys.new").write_text("left by a crash")
    write_key_file(path, ring)
    write_key_file(path, ring.rotated())
    assert read_key_file(path).ids == ("k2", "k1")
    assert [file.name for file in tmp_path.iterdir()] == ["keys"]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys"
    write_key_file(path, KeyRing.generate())
    path.chmod(mode)
    with pytest.raises(KeyFileUnsafe):
        read_key_file(path)


def test_a_key_file_that_is_not_there_or_empty_is_a_missing_key(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing):
        read_key_file(tmp_path / "none")
    (tmp_path / "empty").touch(mode=0o600)
    with pytest.raises(KeyMissing):
        read_key_file(tmp_path / "empty")


def test_a_key_file_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.touch(mode=0o600)
    path.write_text("not a key")
    with pytest.raises(KeyWrong):
        read_key_file(path)
