"""What staff typed in from paper, and what a machine heard, are counted and told apart in every copy."""

from __future__ import annotations

from dataclasses import replace

from conversations.captured import captured
from conversations.digest import compose
from conversations.state import Answer, Means, Media, MediaId, MediaKind, Others, Transcript
from conversations.voices import Voice
from tests.conversations.digest_samples import MADE, WHEN, review, young

PAPER = frozenset({Means.PAPER})
VOICE, PHOTO = Media(MediaId("v"), MediaKind.VOICE), Media(MediaId("p"), MediaKind.PHOTO)


def voice_of(*answers: Answer) -> Voice:
    return compose(review(), [young(answers)], MADE).young_person


def card(name: str, choice: str = "well") -> Answer:
    return Answer("going", WHEN, name, (choice,))


def test_paper_is_counted_with_who_typed_it_in_and_what_was_checked() -> None:
    found = captured(
        voice_of(
            replace(card("lessons"), means=PAPER, entered_by="Ms Okafor", checked=True),
            replace(card("friends"), means=PAPER, entered_by="Ms Okafor"),
            replace(card("travel"), means=PAPER, entered_by="Mr Lee"),
            card("food"),
        ),
        "UTC",
    )
    assert (found.on_paper, found.checked) == (3, 1)
    assert found.entered_by == ("Ms Okafor", "Mr Lee")
    assert found.means == {Means.PAPER: 3}


def test_without_paper_nothing_is_said_of_it() -> None:
    found = captured(voice_of(card("lessons"), replace(card("friends"), checked=True)), "UTC")
    assert (found.on_paper, found.entered_by, found.checked, found.transcripts) == (0, (), 0, 0)


def test_an_entry_carries_who_is_in_the_photo_and_only_what_was_confirmed() -> None:
    right, wrong = Transcript(VOICE.id, "I like it", confirmed=True), Transcript(PHOTO.id, "noise")
    answer = replace(card("lessons"), media=(VOICE, PHOTO), others=Others.YES, transcripts=(right, wrong))
    voice = voice_of(answer)
    assert voice.entries[0].others is Others.YES
    assert voice.entries[0].transcripts == (right,)
    assert captured(voice, "UTC").transcripts == 1
