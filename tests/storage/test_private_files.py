"""Files for their owner's eyes alone: made so, whole or not at all, and found where they are open to others."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.epoch import EpochFile
from storage.private_files import readable_by_others, remove_drafts, replace_private, write_private


def test_a_new_file_is_its_owners_and_nothing_is_written_over_or_through(tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "own", tmp_path / "elsewhere"
    write_private(file, b"words")
    assert file.stat().st_mode & 0o777 == 0o600
    link = tmp_path / "link"
    link.symlink_to(elsewhere)
    for taken in (file, link):
        with pytest.raises(FileExistsError):
            write_private(taken, b"others")
    assert file.read_bytes() == b"words"
    assert not elsewhere.exists()


def test_a_file_is_replaced_in_one_step_and_a_link_is_not_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"theirs")
    link.symlink_to(target)
    replace_private(link, b"words")
    assert (link.is_symlink(), link.read_bytes(), target.read_bytes()) == (False, b"words", b"theirs")
    assert link.stat().st_mode & 0o777 == 0o600
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(OSError, match="irectory"):
        replace_private(folder, b"words")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "link", "target"], "no draft is left"


def test_what_a_crash_left_is_removed_at_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(Killed):
            replace_private(tmp_path / "file", b"words")
    [left] = tmp_path.iterdir()
    assert left.stat().st_mode & 0o777 == 0o600
    assert remove_drafts(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []


def test_files_that_others_can_read_are_found(tmp_path: Path) -> None:
    closed, opened = tmp_path / "closed", tmp_path / "open"
    write_private(closed, b"")
    write_private(opened, b"")
    opened.chmod(0o640)
    assert readable_by_others([closed, opened, tmp_path / "none"]) == [opened]


@pytest.mark.parametrize("spoiled", [b"", b"12x", b"\xff", "٣".encode()])
def test_a_counter_that_a_power_cut_spoiled_counts_as_none(tmp_path: Path, spoiled: bytes) -> None:
    file = EpochFile(tmp_path / "epoch")
    assert file.read() == 0
    file.write(41)
    assert file.read() == 41
    file.path.write_bytes(spoiled)
    assert file.read() == 0
