"""Schoenfeld's formula: by hand, against published numbers, and by its laws."""

from __future__ import annotations

from math import exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.engine.schoenfeld import detectable_ratio

counts = st.integers(1, 500)


def test_by_hand() -> None:
    # 16 deaths, half of the patients in each group: exp((1.959964 + 0.841621) / 2).
    assert detectable_ratio(16, 50, 50) == pytest.approx(exp(2.801585 / 2), rel=1e-6)
    assert detectable_ratio(16, 28, 141) == pytest.approx(exp(2.801585 / sqrt(16 * 28 / 169 * 141 / 169)), rel=1e-6)


def test_it_inverts_the_number_of_events_in_textbooks() -> None:
    """Hazard ratio 2, equal groups, 80% power, two-sided 5%: 65.3 events; hazard ratio 1.5 with 90% power: 255.7."""
    assert detectable_ratio(65, 100, 100) == pytest.approx(2, abs=0.004)
    assert detectable_ratio(256, 300, 300, power=0.9) == pytest.approx(1.5, abs=0.001)


def test_without_events_or_patients_there_is_none() -> None:
    assert detectable_ratio(0, 5, 5) is None
    assert detectable_ratio(3, 5, 0) is None


@given(counts, counts, counts, st.integers(2, 5))
def test_laws(events: int, a: int, b: int, m: int) -> None:
    found = detectable_ratio(events, a, b)
    assert found is not None
    assert found > 1
    assert found == pytest.approx(detectable_ratio(events, b, a))  # which group is the reference does not matter
    assert found == pytest.approx(detectable_ratio(events, m * a, m * b))  # only the groups' shares count
    fewer = detectable_ratio(m * m * events, a, b)
    assert fewer is not None
    assert log(found) == pytest.approx(m * log(fewer))


def test_refused() -> None:
    for power, level in ((0, 0.95), (1, 0.95), (0.8, 1.0), (0.01, 0.95)):
        with pytest.raises(ValueError, match="no such power or level"):
            detectable_ratio(5, 5, 5, power, level)
