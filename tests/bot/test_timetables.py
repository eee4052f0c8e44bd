"""The operator's own days: every offset of every kind, and plain words for what does not fit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.settings import SettingsError
from bot.settings_read import load_settings
from bot.timetables import STAGES, offsets_in
from conversations.offsets import DEFAULTS, ReviewKind
from tests.support.database import TEST_KEYS


def test_without_words_the_days_are_those_of_the_law_and_of_good_practice() -> None:
    assert offsets_in("") == DEFAULTS


@pytest.mark.parametrize("kind", ReviewKind)
@pytest.mark.parametrize("stage", sorted(STAGES))
def test_every_day_of_every_kind_can_be_set(kind: ReviewKind, stage: str) -> None:
    longer = getattr(DEFAULTS[kind], stage) + (0 if stage in {"last_call", "check_ends"} else 1)
    made = offsets_in(f"{kind} {stage}={longer}")
    assert made == {**DEFAULTS, kind: replace(DEFAULTS[kind], **{stage: longer})}


def test_kinds_are_told_apart_by_commas() -> None:
    made = offsets_in("sen_support opening=28 reminder=20, ehc_annual close=22")
    assert (made[ReviewKind.SEN_SUPPORT].opening, made[ReviewKind.SEN_SUPPORT].reminder) == (28, 20)
    assert (made[ReviewKind.EHC_ANNUAL].close, made[ReviewKind.TRANSITION]) == (22, DEFAULTS[ReviewKind.TRANSITION])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("yearly opening=42", "kind of review"),
        ("ehc_annual begin=42", "days before the meeting"),
        ("ehc_annual opening=soon", "days before the meeting"),
        ("ehc_annual opening=-3", "days before the meeting"),
        ("ehc_annual opening=5", "before the next"),
    ],
)
def test_what_does_not_fit_is_said_plainly_among_the_settings(
    text: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIRSTHAND_TOKEN", "123456:AAsecretsecretsecret")
    monkeypatch.setenv("FIRSTHAND_KEYS", TEST_KEYS)
    monkeypatch.setenv("FIRSTHAND_TIMETABLE", text)
    with pytest.raises(SettingsError, match=f"FIRSTHAND_TIMETABLE .*{said}"):
        load_settings()
