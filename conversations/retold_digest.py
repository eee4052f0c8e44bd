"""A person's own copy of a digest in their language: what they were asked and chose. Their own words stay theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from conversations.asked import Asked, Thing
from conversations.digest import Digest
from conversations.languages import Language
from conversations.retelling import Kind
from conversations.script import Picture
from conversations.voices import Chosen, Entry, Voice


def in_language(digest: Digest, language: Language, asked: Mapping[str, Asked]) -> Digest:
    """The same copy; `asked` has, for each `who` that can be retold, the script in this language. Others stay."""
    retelling = _Retelling(language, asked)
    return replace(
        digest,
        young_person=retelling.voice(digest.young_person),
        carers=tuple(retelling.voice(voice) for voice in digest.carers),
    )


@dataclass(frozen=True, slots=True)
class _Retelling:
    language: Language
    asked: Mapping[str, Asked]

    def voice(self, voice: Voice) -> Voice:
        asked = self.asked.get(voice.who)
        if asked is None:
            return voice
        entries = tuple(self._entry(asked, entry) for entry in voice.entries)
        steering = tuple(self._entry(asked, entry) for entry in voice.steering)
        supporters = tuple(self._label(each) for each in voice.supporters)
        return replace(voice, entries=entries, steering=steering, supporters=supporters)

    def _entry(self, asked: Asked, entry: Entry) -> Entry:
        item = entry.item if entry.cited else self._label(entry.item)
        return replace(
            entry,
            asked=asked.question(entry.step, Thing(item, entry.item_emoji, entry.cited)) or entry.asked,
            item=item,
            scale=tuple(self._chosen(each) for each in entry.scale),
            chosen=tuple(self._chosen(each) for each in entry.chosen),
            helped=tuple(self._label(each) for each in entry.helped),
            item_picture=self._picture(entry.item_picture),
        )

    def _label(self, label: str) -> str:
        return self.language.say(Kind.LABEL, label) if label else label

    def _chosen(self, chosen: Chosen) -> Chosen:
        return replace(chosen, label=self._label(chosen.label), picture=self._picture(chosen.picture))

    def _picture(self, picture: Picture | None) -> Picture | None:
        return replace(picture, alt=self.language.say(Kind.ALT, picture.alt)) if picture else None
