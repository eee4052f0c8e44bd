import pytest

from conversations.offsets import DEFAULTS, After, Offsets, ReviewKind


def test_every_kind_of_review_has_offsets() -> None:
    assert set(DEFAULTS) == set(ReviewKind)


def test_an_annual_review_opens_six_weeks_before_and_packs_a_day_before_the_two_weeks() -> None:
    offsets = DEFAULTS[ReviewKind.EHC_ANNUAL]
    assert (offsets.opening, offsets.close, offsets.check_ends, offsets.pack) == (42, 21, 17, 15)


def test_sen_support_is_shorter_and_has_no_duties_of_a_plan() -> None:
    offsets = DEFAULTS[ReviewKind.SEN_SUPPORT]
    assert (offsets.opening, offsets.reminder, offsets.last_call) == (21, 14, 9)
    assert (offsets.close, offsets.check_ends, offsets.pack) == (7, 5, 3)
    assert offsets.after == After(10, None, None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"reminder": 42},
        {"last_call": 33},
        {"close": 24},
        {"check_ends": 21},
        {"pack": 18},
        {"pack": 0},
        {"minimum_school_days": 0},
        {"notice": -1},
    ],
)
def test_offsets_out_of_order_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"stage|pack|minimum"):
        Offsets(**wrong)  # type: ignore[arg-type]  # `after` is never among the wrong ones


@pytest.mark.parametrize("wrong", [{"feedback_school_days": 0}, {"report": 0}, {"report": 29}])
def test_duties_before_the_meeting_or_out_of_order_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"after it|follow each other"):
        After(**wrong)
