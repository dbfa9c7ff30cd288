"""What several cohorts give for one number: printed alike, nearly alike, or not."""

import numpy as np
import pytest

from components.core.envelope import Envelope, Openness, envelope
from components.core.envelope_words import spread, spread_of_p, verdict


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
    assert Envelope(least, most, 3, 3).openness(1, 100) is openness


def test_what_only_some_cohorts_can_estimate_is_open_and_what_none_can_is_fixed() -> None:
    assert Envelope(1.0, 1.0, 2, 3).openness(1) is Openness.OPEN
    assert Envelope(np.nan, np.nan, 0, 3).openness(1) is Openness.FIXED


def test_in_print() -> None:
    assert spread(Envelope(1 / 3, 2 / 3, 8, 8), 1, 100, "%") == "33.3–66.7%"
    assert spread(Envelope(0.8831, 0.8834, 8, 8), 1, 100, "%") == "88.3%"
    assert spread(Envelope(2.0, 2.0, 5, 8), 2) == "2.00; NE in 3"
    assert spread(Envelope(-1.0, 1.0, 8, 8), 0) == "−1 to 1"
    assert spread(Envelope(np.nan, np.nan, 0, 8), 1) == "NE in all"
    assert spread_of_p(Envelope(0.0001, 0.02, 8, 8)) == "< 0.001 to 0.020"


def test_the_verdict_is_that_of_the_most_open_number() -> None:
    fixed, nearly, open_ = Openness
    assert verdict([fixed, fixed], 8).startswith("Fixed by the paper: 8 reconstructions")
    assert verdict([fixed, nearly], 8).startswith("Nearly fixed by the paper")
    assert verdict([fixed, nearly, open_], 8).startswith("Open (1 of the 3 numbers below)")
