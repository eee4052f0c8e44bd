"""What a voice message or a video is, by its bytes: never by its name, and never by what its sender says."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clips import Clip, ClipFault, read_clip
from bot.demo import clips
from conversations.state import MediaKind

MB = 1024 * 1024


def voice(data: bytes) -> Clip | ClipFault:
    return read_clip(MediaKind.VOICE, data)


def video(data: bytes) -> Clip | ClipFault:
    return read_clip(MediaKind.VIDEO, data)


@pytest.mark.parametrize("seconds", [0.02, 1, 4, 61.5])
def test_a_voice_message_tells_how_long_it_is(seconds: float) -> None:
    assert voice(clips.voice(seconds)) == Clip("audio/ogg", seconds)


def test_twenty_minutes_within_the_limit_are_taken() -> None:
    long = clips.voice(20 * 60, padding=15_000)
    assert 15 * MB < len(long) < 20 * MB
    assert voice(long) == Clip("audio/ogg", 1200)


def test_nothing_said_is_nothing() -> None:
    for empty in (b"", clips.voice(0), clips.video(0, handler=b"soun"), b"ID3" + bytes(7)):
        assert voice(empty) is ClipFault.NOTHING_IN_IT
    for empty in (b"", clips.video(0), b"\x1aE\xdf\xa3"):
        assert video(empty) is ClipFault.NOTHING_IN_IT


def wave(content: bytes) -> bytes:
    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    body = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(content)) + content
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (clips.video(3, handler=b"soun"), "audio/mp4"),
        (b"ID3\x04" + bytes(400), "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + bytes(400), "audio/mpeg"),
        (wave(bytes(800)), "audio/wav"),
        (b"fLaC" + bytes(400), "audio/flac"),
        (b"#!AMR\n" + bytes(400), "audio/amr"),
        (b"\xff\xf1" + bytes(400), "audio/aac"),
    ],
)
def test_other_recordings_are_taken_as_what_they_are(data: bytes, mime: str) -> None:
    found = voice(data)
    assert isinstance(found, Clip)
    assert found.mime == mime


def test_a_vorbis_recording_counts_by_its_own_rate() -> None:
    sound = clips.voice(4)
    head = b"\x01vorbis" + bytes(5) + (24_000).to_bytes(4, "little") + bytes(14)
    first = sound.index(b"OggS", 4)
    page = sound[:26] + bytes([1, len(head)]) + head
    found = voice(page + sound[first:])
    assert isinstance(found, Clip)
    assert found.seconds == pytest.approx((4 * 48_000 + 312) / 24_000)


def test_a_video_tells_how_long_it_is_whatever_its_shape() -> None:
    assert video(clips.video(3)) == Clip("video/mp4", 3)
    assert video(clips.video(3, height=100)) == Clip("video/mp4", 3)
    assert video(clips.video(2).replace(b"isom\0\0\x02\0", b"qt  \0\0\x02\0")) == Clip("video/quicktime", 2)
    assert video(b"\x1aE\xdf\xa3" + bytes(200)) == Clip("video/webm")


def test_a_video_written_in_pieces_is_taken_without_its_length() -> None:
    pieces = clips.video(0) + struct.pack(">I", 16) + b"moof" + bytes(8)
    assert video(pieces) == Clip("video/mp4")


@pytest.mark.parametrize(
    "lie",
    [
        b"MZ a program",
        b"<html>",
        clips.photo(),
        clips.video(3),
        b"RIFF\x10\0\0\0WEBPVP8 " + bytes(100),
        b"OggS",
        b"OggS\0" + bytes(500),
        b"OggS\0\x02" + bytes(20) + b"\x01\x04abcd" + bytes(100),
        b"\0\0\0\x14ftypisom" + bytes(200),
    ],
)
def test_a_lie_is_no_voice(lie: bytes) -> None:
    assert voice(lie) is ClipFault.NOT_WHAT_IT_SAYS


@pytest.mark.parametrize("lie", [b"MZ a program", clips.photo(), clips.voice(1), clips.video(3, handler=b"soun")])
def test_a_lie_is_no_video(lie: bytes) -> None:
    assert video(lie) is ClipFault.NOT_WHAT_IT_SAYS


@pytest.mark.parametrize("whole", [clips.voice(3), clips.video(3), clips.video(3, handler=b"soun"), wave(bytes(300))])
def test_it_may_be_cut_off_anywhere(whole: bytes) -> None:
    for end in range(len(whole)):
        for kind in (MediaKind.VOICE, MediaKind.VIDEO):
            assert isinstance(read_clip(kind, whole[:end]), Clip | ClipFault)


@given(data=st.binary(max_size=400), begin=st.sampled_from([b"", b"OggS\0", b"\0\0\0\x10ftypisom", b"RIFF", b"ID3"]))
def test_no_bytes_make_it_raise(data: bytes, begin: bytes) -> None:
    for kind in (MediaKind.VOICE, MediaKind.VIDEO):
        assert isinstance(read_clip(kind, begin + data), Clip | ClipFault)
