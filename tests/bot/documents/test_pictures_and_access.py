"""What a digest shows beside words: pictures, how somebody likes to be asked, and where an answer came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import typst
from typing_extensions import override

from bot.documents.digest_html import html
from bot.documents.digest_pdf import pdf
from bot.documents.digest_text import text
from bot.documents.pictures import OPENMOJI, OpenMoji
from bot.documents.setting import Content, compiled
from bot.pictures.sets import open_set
from conversations import catalogue
from conversations.digest import Digest, ReaderKind, compose
from conversations.document_words import DocumentWords, read_phrases
from conversations.pictures import ATTRIBUTION
from conversations.profile import Look, Profile, Shows
from conversations.readers import Reader, for_reader
from conversations.script import Way
from conversations.state import Answer, Audience, Means, Media, MediaId, MediaKind, Others, Transcript
from conversations.voices import Contribution
from tests.bot.documents.samples import WORDS, read, saying, squeezed
from tests.bot.documents.structure import loose_content, smaller_than, tagged
from tests.conversations.digest_samples import MADE, WHEN, carer, review, young

OWN = Reader(ReaderKind.YOUNG_PERSON)
OTHERS = (Reader(ReaderKind.OTHER_PROFESSIONAL), Reader(ReaderKind.CARER, "m"))
PROFILE = Profile(Shows.BOTH, choices=3, reading_help=True, asked_on=date(2026, 12, 1))
HELPED = Answer("helper", WHEN, choices=("family",))
CARDS = {"lessons": "well", "friends": "sometimes", "travel": "not_well", "safe": "not_well"}


def asked_with_pictures(*answers: Answer, profile: Profile | None = None, safe: bool = True) -> Contribution:
    """The young person, who answered the script that ships."""
    flow = catalogue.load().current("young_person")
    assert flow is not None
    cards = {card: point for card, point in CARDS.items() if safe or card != "safe"}
    sorted_ = tuple(Answer("going", WHEN, card, (point,)) for card, point in cards.items())
    person = young((*sorted_, *answers), share=True)
    assert person.submission is not None
    return replace(person, flow=flow, submission=replace(person.submission, profile=profile))


def digest(*answers: Answer, profile: Profile | None = None) -> Digest:
    return compose(review(), [asked_with_pictures(*answers, profile=profile), carer("m", "mother")], MADE)


def drawn(copy: Digest, words: DocumentWords) -> str:
    return read(pdf(copy, words))


ALL = pytest.mark.parametrize("draw", [text, html, drawn])


def test_the_mat_has_a_picture_on_each_point_and_each_card() -> None:
    tags = tagged(pdf(digest(), WORDS))
    assert [each.alt for each in tags.of("/Figure")] == [
        "A thumb up", "An arrow to both sides", "A thumb down", "Books", "Two people hold hands", "A bus"
    ]  # fmt: skip
    assert len(tags.of("/TH")) == 3 + 3 + 3 + 6, "the scale, side by side, outcomes, next steps"


@ALL
def test_a_safety_card_is_on_no_mat_and_leaves_no_gap(draw: Callable[[Digest, DocumentWords], str]) -> None:
    with_it, without = digest(), compose(review(), [asked_with_pictures(safe=False), carer("m", "mother")], MADE)
    assert "Feeling safe" not in draw(with_it, WORDS)
    assert draw(with_it, WORDS) == draw(without, WORDS)


@ALL
@pytest.mark.parametrize("reader", [None, OWN])
def test_how_somebody_likes_to_be_asked_stands_first_for_those_who_may_know(
    draw: Callable[[Digest, DocumentWords], str], reader: Reader | None
) -> None:
    whole = digest(HELPED, profile=PROFILE)
    said = draw(for_reader(whole, reader) if reader else whole, WORDS)
    name, verb, gets = ("You", "like", "You get") if reader else ("Sam", "likes", "Sam gets")
    first = f"{name} {verb} words and pictures and three choices at a time."
    assert f"{first} {name} {verb} help with reading. {gets} help from: Family." in said
    assert said.index(first) < said.index("For the meeting on")


@ALL
@pytest.mark.parametrize("reader", OTHERS)
def test_nobody_else_learns_how_somebody_likes_to_be_asked(
    draw: Callable[[Digest, DocumentWords], str], reader: Reader
) -> None:
    plain, told = (for_reader(each, reader) for each in (digest(), digest(HELPED, profile=PROFILE)))
    assert draw(plain, WORDS) == draw(told, WORDS)


def test_every_part_of_a_profile_has_its_words() -> None:
    most = Profile(Shows.PICTURES, False, 4, Look.DARK, True, True, Way.SHORT, date(2026, 12, 1))
    said = text(digest(profile=most), WORDS)
    assert "Sam likes pictures with few words, four choices at a time, dark cards, and no emoji." in said
    assert "Sam likes help with reading, speaking more than typing, and few questions at a time." in said
    assert "Sam likes" not in text(digest(profile=Profile()), WORDS)


def test_a_carer_is_asked_in_their_own_way_and_that_stands_in_their_own_part() -> None:
    mother = carer("m", "mother")
    assert mother.submission is not None
    likes = replace(mother, submission=replace(mother.submission, profile=PROFILE))
    said = text(compose(review(), [young(), likes], MADE), WORDS)
    assert said.index("Carer A (mother) likes words and pictures") > said.index("Parents and carers")


@ALL
def test_media_are_numbered_and_say_who_is_in_them(draw: Callable[[Digest, DocumentWords], str]) -> None:
    photo, voice = Media(MediaId("b"), MediaKind.PHOTO), Media(MediaId("a"), MediaKind.VOICE)
    said = squeezed(
        draw(
            digest(
                Answer("one_thing", WHEN, media=(voice,), transcripts=(Transcript(voice.id, "The bus, alone.", True),)),
                Answer("must_stay", WHEN, media=(photo,), others=Others.YES),
            ),
            WORDS,
        )
    )
    assert squeezed("A voice message is kept with this answer. Number 1.") in said
    assert squeezed("“The bus, alone.”") in said
    assert squeezed("Heard by a machine. Sam checked it.") in said
    assert squeezed("A photo is kept with this answer. Number 2.") in said
    assert squeezed("Someone else is in this photo.") in said


def test_only_where_the_buttons_are_do_numbers_stand() -> None:
    first, second = (Media(MediaId(name), MediaKind.VOICE) for name in "ab")
    only = Answer("one_thing", WHEN, media=(first,), audience=Audience.ONLY_PROFESSIONAL)
    whole = digest(only, Answer("must_stay", WHEN, media=(second,)))
    assert "with this answer. Number 2." in text(whole, WORDS)
    for reader in (OWN, *OTHERS):
        said = text(for_reader(whole, reader), WORDS)
        assert "Number" not in said, "the first voice of this copy is the second of the named professional's"


def test_what_a_machine_heard_counts_only_once_it_was_confirmed() -> None:
    voice = Media(MediaId("a"), MediaKind.VOICE)
    unsure = Answer("one_thing", WHEN, media=(voice,), transcripts=(Transcript(voice.id, "The bass alone.", False),))
    said = text(digest(unsure), WORDS)
    assert "The bass" not in said
    assert "Heard by a machine" not in said


@pytest.mark.parametrize(("checked", "mark"), [(True, "Sam has checked it."), (False, "Sam has not seen it.")])
def test_words_from_paper_say_who_typed_them_and_whether_they_were_checked(checked: bool, mark: str) -> None:
    paper = Answer(
        "must_stay", WHEN, words="Music", entered_by="Jo Bell", checked=checked, means=frozenset({Means.PAPER})
    )
    assert f"Written on paper. Typed in by Jo Bell. · {mark}" in text(digest(paper), WORDS)


@ALL
def test_an_emoji_in_own_words_stands_with_its_name_and_the_words_stay(
    draw: Callable[[Digest, DocumentWords], str],
) -> None:
    said = draw(saying("I ♥ my 🦑 and 🦑 too 👍🏽"), WORDS)
    for name in ("squid", "thumbs up medium skin tone"):
        assert said.count(name) == 1
    if draw is not drawn:
        assert "I ♥ my 🦑 and 🦑 too 👍🏽" in said


@pytest.mark.parametrize("sign", ["\U0001faea", "\U0001fadd", "\U0001facf", "\U0001faff"])
def test_an_emoji_newer_than_any_package_is_named_and_withholds_no_document(sign: str) -> None:
    for draw in (text, html, drawn):
        assert draw(saying(f"I like {sign}"), WORDS)
    assert f"“I like {sign}”" in text(saying(f"I like {sign}"), WORDS)


def test_a_broken_picture_leaves_its_words_standing() -> None:
    class Broken(OpenMoji):
        @override
        def svg(self, name: str) -> str | None:
            return "<svg" if name == "1F68C" else OPENMOJI.svg(name)

    made = pdf(digest(), WORDS, Broken())
    assert "Getting there" in read(made)
    assert not tagged(made).of("/Figure")


def test_a_sign_that_cannot_be_joined_takes_no_picture_away(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    def refusing(template: str, content: Content, at: datetime) -> bytes:
        tries.append(template)
        if len(tries) == 1:
            raise typst.TypstError("no glyph", "")
        return compiled(template, content, at)

    monkeypatch.setattr("bot.documents.setting.compiled", refusing)
    assert tagged(pdf(digest(), WORDS)).of("/Figure")


def test_a_missing_picture_leaves_its_words_standing() -> None:
    class Bare(OpenMoji):
        @override
        def svg(self, name: str) -> str | None:
            return None

    made = pdf(digest(), WORDS, Bare())
    assert "Getting there" in read(made)
    assert ATTRIBUTION not in read(made)


def test_whose_pictures_they_are_stands_in_the_document(tmp_path: Path) -> None:
    assert ATTRIBUTION in read(pdf(digest(), WORDS))
    (tmp_path / "LICENCE").write_text("Licence: bought 2026\nSource: Pictures Ltd, set 4 \U0001faea\n", "utf-8")
    unused = read(pdf(digest(), WORDS, open_set(tmp_path)))
    assert ATTRIBUTION in unused
    assert "Pictures Ltd" not in unused
    (tmp_path / "1F68C.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', "utf-8")
    used = squeezed(read(pdf(digest(), WORDS, open_set(tmp_path))))
    assert squeezed(f"{ATTRIBUTION} Source: Pictures Ltd, set 4") in used
    assert squeezed("Licence: bought 2026.") in used


def test_everything_drawn_is_tagged_or_decoration() -> None:
    made = pdf(digest(Answer("must_stay", WHEN, words="Music 🥁"), profile=PROFILE), WORDS)
    found = tagged(made)
    assert not loose_content(made)
    assert (found.marked, found.shows_title, found.language) == (True, True, "en-GB")
    levels = [int(each.kind[2]) for each in found.tags if each.kind[:2] == "/H" and each.kind[2:].isdigit()]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_document_in_a_language_that_runs_from_right_to_left_says_so() -> None:
    turned = DocumentWords(read_phrases(), "ur", rtl=True)
    made = pdf(digest(), turned)
    assert tagged(made).language == "ur"
    assert '<html lang="ur" dir="rtl">' in html(digest(), turned)


def test_staff_read_no_text_under_11_points_and_people_none_under_14() -> None:
    whole = digest(Answer("must_stay", WHEN, words="Music 🥁"), profile=PROFILE)
    assert not smaller_than(pdf(whole, WORDS), 11, ATTRIBUTION)
    assert not smaller_than(pdf(for_reader(whole, OWN), WORDS), 14, ATTRIBUTION)


def test_a_document_from_right_to_left_has_the_same_pictures() -> None:
    class Asked(OpenMoji):
        def __init__(self) -> None:
            self.found: list[bool] = []

        @override
        def svg(self, name: str) -> str | None:
            drawn = super().svg(name)
            self.found.append(drawn is not None)
            return drawn

    plain, turned = Asked(), Asked()
    pdf(digest(), WORDS, plain)
    pdf(digest(), DocumentWords(read_phrases(), "ur", rtl=True), turned)
    assert all(turned.found)
    assert len(turned.found) == len(plain.found) > 0
