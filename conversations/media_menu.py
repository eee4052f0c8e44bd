"""One answer's voice, photos and videos at the check screen: hear or see them again, or take out one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conversations.asides import others_with
from conversations.buttons import Action, Do, Numbered, button
from conversations.effects import Button
from conversations.scene import Scene
from conversations.state import Answer, Means, Media, MediaKind
from conversations.wording import word
from conversations.words import Word

MEANS = {MediaKind.VOICE: Means.VOICE, MediaKind.PHOTO: Means.PHOTO, MediaKind.VIDEO: Means.VIDEO}
_TAKE_OUT = {
    MediaKind.VOICE: Word.TAKE_OUT_VOICE,
    MediaKind.PHOTO: Word.TAKE_OUT_PHOTO,
    MediaKind.VIDEO: Word.TAKE_OUT_VIDEO,
}


def media_buttons(scene: Scene, answer: Answer) -> list[Button]:
    """Hear or see it again; and where something would be left, one button for each that can be taken out."""
    if not answer.media:
        return []
    again = button(word(scene, Word.PLAY_AGAIN), Do(Action.PLAY))
    if not _something_left(answer):
        return [again]
    return [again, *_take_out(scene, answer)]


def numbered(answer: Answer) -> Iterator[tuple[Media, str]]:
    """Each with its number among those of its kind; empty where it is the only one."""
    kinds = [media.kind for media in answer.media]
    for index, media in enumerate(answer.media):
        yield media, str(kinds[: index + 1].count(media.kind)) if kinds.count(media.kind) > 1 else ""


def without_medium(answer: Answer, number: int) -> Answer | None:
    """The answer without its medium of this number (from 1); None where there is none, or nothing would be left."""
    if not (_something_left(answer) and 0 < number <= len(answer.media)):
        return None
    media = (*answer.media[: number - 1], *answer.media[number:])
    kept = {each.id for each in media}
    gone = frozenset(MEANS.values()) - {MEANS[each.kind] for each in media}
    return replace(
        answer,
        media=media,
        means=answer.means - gone,
        others=others_with(answer, media),
        transcripts=tuple(each for each in answer.transcripts if each.media in kept),
    )


def _something_left(answer: Answer) -> bool:
    return bool(answer.words or answer.choices) or len(answer.media) > 1


def _take_out(scene: Scene, answer: Answer) -> Iterator[Button]:
    for number, (media, count) in enumerate(numbered(answer), 1):
        yield button(word(scene, _TAKE_OUT[media.kind], count=count).strip(), Numbered(number))
