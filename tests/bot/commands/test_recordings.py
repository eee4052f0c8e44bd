"""`firsthand recordings`: questions read aloud, from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.demo import clips
from storage.records import Recording
from tests.bot.commands.desk import Desk

SOUND = clips.voice(2)


@pytest.fixture
def file(tmp_path: Path) -> str:
    place = tmp_path / "question.wrong-ending"
    place.write_bytes(SOUND)
    return str(place)


def kept(desk: Desk) -> list[Recording]:
    return desk.ask(lambda work: work.recordings.all())


def test_a_file_is_kept_listed_and_taken_away(desk: Desk, file: str) -> None:
    assert "Nothing is read aloud" in desk.run("recordings", "list").stdout
    assert "Kept" in desk.run("recordings", "add", "young_person", "going.lessons", file).stdout
    [recording] = kept(desk)
    assert (recording.step, recording.item, recording.mime) == ("going", "lessons", "audio/ogg")
    assert desk.ask(lambda work: work.recordings.data(recording.id)) == SOUND
    [row] = desk.rows("recordings", "list")
    assert (row["script"], row["step"], row["language"], row["played"]) == (
        "young_person",
        "going.lessons",
        "en",
        "yes",
    )
    desk.run("recordings", "add", "young_person", "going.lessons", file)
    assert len(kept(desk)) == 1
    assert "Taken away" in desk.run("recordings", "remove", "young_person", "going.lessons").stdout
    assert kept(desk) == []
    assert "no such recording" in desk.refused("recordings", "remove", "young_person", "going.lessons")


def test_what_fits_nowhere_is_refused(desk: Desk, file: str, tmp_path: Path) -> None:
    assert "no such script" in desk.refused("recordings", "add", "nobody", "going.lessons", file)
    assert "no such question" in desk.refused("recordings", "add", "young_person", "nothing", file)
    assert "language" in desk.refused("recordings", "add", "young_person", "going.lessons", file, "--language", "xx")
    for name, content in (("empty", b""), ("picture", clips.photo()), ("silent", clips.voice(0))):
        (tmp_path / name).write_bytes(content)
        said = desk.refused("recordings", "add", "young_person", "going.lessons", str(tmp_path / name), code=2)
        assert "no sound" in said
    assert kept(desk) == []
