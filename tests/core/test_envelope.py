"""What several cohorts give for one number: printed alike, nearly alike, or not."""

import numpy as np
import pytest

from components.core.across import SharesAcross
from components.core.envelope import Envelope, Openness, Ranged, envelope
from components.core.envelope_words import RangeRow, not_fixed, row_of_shares, spread, verdict

FIXED = Ranged("age", Envelope(2.0, 2.0, 8, 8), 1)
NEARLY = Ranged("alive", Envelope(0.880, 0.890, 8, 8), 1, 100, "%")
OPEN = Ranged("ratio", Envelope(1.0, 2.0, 8, 8), 2)


def test_the_least_and_the_most_of_those_that_have_a_number() -> None:
    found = envelope(np.array([2.0, np.nan, 1.0, np.inf]))
    assert found == Envelope(1.0, 2.0, 2, 4)
    assert envelope(np.array([np.nan])).known == 0


@pytest.mark.parametrize(
    ("least", "most", "openness"),
    [
        (0.8831, 0.8834, Openness.FIXED),
        (0.8834, 0.8836, Openness.NEARLY),
        (0.880, 0.890, Openness.NEARLY),
        (0.880, 0.8906, Openness.OPEN),
    ],
)
def test_openness_is_that_of_the_printed_digits(least: float, most: float, openness: Openness) -> None:
    assert Ranged("", Envelope(least, most, 3, 3), 1, 100).openness is openness


def test_patients_nearly_agree_only_when_they_differ_by_one() -> None:
    assert Ranged("", Envelope(5, 6, 3, 3)).openness is Openness.NEARLY
    assert Ranged("", Envelope(5, 7, 3, 3)).openness is Openness.OPEN


@pytest.mark.parametrize(
    ("n", "percent", "openness"),
    [
        ((12, 12), (52.2, 52.2), Openness.FIXED),
        ((12, 12), (52.2, 75.0), Openness.OPEN),
        ((12, 12), (52.2, 57.2), Openness.NEARLY),
        ((0, 1), (0.0, 5.0), Openness.NEARLY),
        ((0, 1), (0.0, 5.1), Openness.OPEN),
        ((0, 1), (0.0, 100.0), Openness.OPEN),
        ((5, 7), (5.0, 7.0), Openness.OPEN),
    ],
)
def test_patients_are_judged_with_their_percentage(
    n: tuple[int, int], percent: tuple[float, float], openness: Openness
) -> None:
    assert Ranged("", Envelope(*n, 3, 3), percent=Envelope(*percent, 3, 3)).openness is openness


def test_a_row_of_shares_of_one_patient_is_open_and_says_its_percentage() -> None:
    row = row_of_shares("Pulse", SharesAcross((Envelope(0, 1, 8, 8),), (Envelope(0.0, 100.0, 8, 8),)), ["all"])
    found = verdict([FIXED, *row.numbers], 8)
    assert found.open_
    assert found.sentence.endswith("pulse, all, 0–1 (0.0–100.0%).")


def test_what_only_some_cohorts_can_estimate_is_open_and_what_none_can_is_fixed() -> None:
    assert Ranged("", Envelope(1.0, 1.0, 2, 3), 1).openness is Openness.OPEN
    assert Ranged("", Envelope(np.nan, np.nan, 0, 3), 1).openness is Openness.FIXED


def test_in_print() -> None:
    assert spread(Ranged("", Envelope(1 / 3, 2 / 3, 8, 8), 1, 100, "%")) == "33.3–66.7%"
    assert spread(Ranged("", Envelope(0.8831, 0.8834, 8, 8), 1, 100, "%")) == "88.3%"
    assert spread(Ranged("", Envelope(2.0, 2.0, 5, 8), 2)) == "2.00; NE in 3"
    assert spread(Ranged("", Envelope(-1.0, 1.0, 8, 8))) == "−1 to 1"
    assert spread(Ranged("", Envelope(np.nan, np.nan, 0, 8), 1)) == "NE in all"
    assert spread(Ranged("", Envelope(0.0001, 0.02, 8, 8), 3, p=True)) == "< 0.001 to 0.020"


def test_what_is_fixed_or_little_open_stands_small_under_the_figure() -> None:
    fixed = verdict([FIXED, FIXED], 8)
    assert fixed.under_figure.startswith("Fixed by the paper: each of the 2 numbers")
    assert fixed.notices == ()
    little = verdict([FIXED, FIXED, FIXED, NEARLY, OPEN], 8)
    assert "3 fixed by the paper, 1 nearly fixed, 1 open" in little.under_figure
    assert little.under_figure.endswith("The widest range: ratio, 1.00–2.00.")


def test_what_is_much_open_is_read_before_the_figure() -> None:
    much = verdict([FIXED, OPEN, NEARLY], 8)
    assert much.under_figure == ""
    [notice] = much.notices
    said = "Open: the paper fixes 1 of the 3 numbers here and does not decide 1; the widest range across 8 "
    assert notice == f"{said}reconstructions: ratio, 1.00–2.00."
    [none] = verdict([OPEN, OPEN], 8).notices
    assert none.startswith("Open: the paper decides none of the 2 numbers here; the widest range across 8 ")
    assert verdict([], 8).sentence == ""


def test_rows_that_are_fixed_are_left_out_but_for_the_one_over_a_row_that_is_not() -> None:
    rows = [
        RangeRow("a", ("2.0",), (FIXED,)),
        RangeRow("b", ("2.0",), (FIXED,)),
        RangeRow("c", ("1.00–2.00",), (OPEN,), inner=True),
    ]
    table = not_fixed(["All"], rows, 8)
    assert table is not None
    assert table.rows == (("b", "2.0"), ("c", "1.00–2.00"))
    assert table.inner == {1}
    assert not_fixed(["All"], rows[:2], 8) is None
