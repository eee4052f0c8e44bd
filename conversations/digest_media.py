"""Which voices, photos and videos a copy of a digest names, and by which number. Pure."""

from __future__ import annotations

from conversations.digest import Digest
from conversations.state import Media


def media_of(digest: Digest) -> tuple[Media, ...]:
    """The voices, photos and videos of a copy. The place of each, from 1, is its number in document, chat and mail."""
    voices = (digest.young_person, *digest.carers)
    found = (media for voice in voices for entry in (*voice.entries, *voice.steering) for media in entry.media)
    return tuple({media.id: media for media in found}.values())
