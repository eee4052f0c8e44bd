"""The list of deletions: on disk before anybody is told, for its owner alone, and never spoilt by a torn line."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.ids import new_id
from storage.ledger import Ledger


def test_ids_are_there_once_in_their_order(tmp_path: Path) -> None:
    ledger, ids = Ledger(tmp_path / "deletions"), [new_id() for _ in range(3)]
    assert ledger.ids() == ()
    ledger.add(ids[:2])
    ledger.add(ids[1:])
    assert Ledger(tmp_path / "deletions").ids() == tuple(ids)


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "deletions")
    ledger.add([new_id()])
    assert ledger.path.stat().st_mode & 0o077 == 0


def test_a_torn_line_spoils_no_other(tmp_path: Path) -> None:
    ledger, first, last = Ledger(tmp_path / "deletions"), new_id(), new_id()
    ledger.add([first])
    with ledger.path.open("ab") as file:
        file.write(new_id()[:11].encode() + b"\xff")
    ledger.add([last])
    assert ledger.ids() == (first, last)


def test_it_says_whether_it_could_take_a_line(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "deletions")
    assert ledger.is_writable()
    assert not ledger.path.exists()
    ledger.add([new_id()])
    assert ledger.is_writable()
    assert not Ledger(tmp_path / "nowhere" / "deletions").is_writable()


def test_a_place_that_takes_nothing_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "deletions").mkdir()
    with pytest.raises(OSError, match="directory"):
        Ledger(tmp_path / "deletions").add([new_id()])
