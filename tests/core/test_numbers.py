"""Numbers in print."""

from __future__ import annotations

import pytest

from components.core.estimate import Estimate, Reason, missing
from components.core.numbers import (
    any_of,
    bare_p,
    count,
    decimal,
    happened,
    inside,
    interval,
    joined,
    p_value,
    patients,
    percent,
    with_interval,
    with_unit,
)
from data.variables import DICTIONARY


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (0.125, 2, "0.13"),
        (-0.125, 2, "−0.13"),
        (2.675, 2, "2.68"),
        (1234567.5, 0, "1\u202f234\u202f568"),
        (-0.0001, 1, "0.0"),
        (0, 1, "0.0"),
        (69.505, 2, "69.51"),
    ],
)
def test_rounding_half_away_from_zero(value: float, places: int, printed: str) -> None:
    assert decimal(value, places) == printed


def test_intervals() -> None:
    assert interval(1.18, 69.51, 2) == "1.18–69.51"
    assert interval(-1.5, 2.5, 1) == "−1.5 to 2.5"
    assert interval(None, 3.0, 1) == "NE–3.0"
    assert interval(0.0, float("inf"), 2) == "0.00–∞"
    assert with_interval(Estimate(9.04, 1.18, 69.51), 2) == "9.04 (1.18–69.51)"
    assert with_interval(Estimate(0.5, 0.25, 0.75), 1, 100, "%") == "50.0% (25.0–75.0%)"
    assert with_interval(Estimate(0.5), 1) == "0.5"
    assert with_interval(missing(Reason.NOT_REACHED), 1) == "NR"


def test_p_values() -> None:
    assert p_value(0.0004) == "p < 0.001"
    assert p_value(0.0205) == "p = 0.021"
    assert bare_p(0.0205) == "0.021"
    assert bare_p(0.0004) == "< 0.001"
    assert bare_p(None) == "–"


def test_p_values_are_printed_down_to_a_thousandth() -> None:
    assert [bare_p(p) for p in (0.005, 0.001, 0.00099)] == ["0.005", "0.001", "< 0.001"]


def test_counts_and_lists() -> None:
    assert count(12345) == "12\u202f345"
    assert patients(1) == "1 patient"
    assert patients(0) == "0 patients"
    assert percent(0.9034) == "90.3%"
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert [any_of(n) for n in (1, 3)] == ["this patient", "any of these 3 patients"]
    assert [happened(DICTIONARY.endpoints[1], n) for n in (0, 1)] == [
        "0 progressions or deaths",
        "1 progression or death",
    ]


def test_a_name_with_its_unit() -> None:
    assert with_unit("KL-6", "U/mL") == "KL-6, U/mL"
    assert with_unit("Score", "") == "Score"
    assert with_unit("%FVC", "%") == "%FVC"


def test_labels_inside_a_sentence() -> None:
    assert inside("Subtype") == "subtype"
    assert inside("KL-6") == "KL-6"
    assert inside("PaO₂") == "PaO₂"
    assert inside("Anti-MDA5 antibody") == "anti-MDA5 antibody"
    assert inside("Raynaud phenomenon") == "Raynaud phenomenon"
    assert inside("Stevens-Johnson syndrome") == "Stevens-Johnson syndrome"
    assert inside("Pneumocystis jirovecii pneumonia") == "Pneumocystis jirovecii pneumonia"
    assert inside("Sjögren’s disease") == "Sjögren’s disease"
    assert inside("Still disease") == "Still disease"
    assert inside("Still’s disease") == "Still’s disease"
    assert inside("Still taking tacrolimus") == "still taking tacrolimus"
    assert inside("Sweet syndrome") == "Sweet syndrome"


def test_a_half_that_lost_its_last_digit_in_computing_is_rounded_as_a_half() -> None:
    assert decimal(1.1249999999999998, 2) == "1.13"
    assert decimal(1.1249999999, 2) == "1.12"
    assert decimal(100 * 0.285, 0) == "29"


def test_a_limit_of_what_is_not_estimable_is_ne_and_of_what_is_not_reached_is_nr() -> None:
    half = Estimate(None, 100.0, None, Reason.BEYOND_FOLLOW_UP, "beta product")
    assert with_interval(half, 1) == "not estimable (100.0 to NE, beta product)"
    assert with_interval(Estimate(None, 100.0, None, Reason.NOT_REACHED), 1) == "NR (100.0 to NR)"
