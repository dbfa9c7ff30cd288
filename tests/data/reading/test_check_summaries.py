from __future__ import annotations

import numpy as np
import pytest

from data.reading.check_summaries import names_a_summary, sums_up
from data.reading.read import opened


@pytest.mark.parametrize(
    "name",
    [
        "Total",
        "TOTAL:",
        "Total (n=3)",
        "Total n=12",
        "PM total",
        "Grand total",
        "Gesamt",
        "Mean ± SD",
        "合計",
        "計（n＝3）",
    ],
)
def test_words_for_sums_and_means(name: str) -> None:
    assert names_a_summary(name)


@pytest.mark.parametrize("name", ["SUM-001", "MEAN01", "P1", "Totalin", "N", "Sumiko", "", "平成", "A-12", "SD Kim"])
def test_codes_of_patients_are_none(name: str) -> None:
    assert not names_a_summary(name)


def test_numbers_that_sum_up_those_above() -> None:
    days, ages = np.array([400.0, 300, 1200, 1900]), np.array([50.0, 61, 41, np.nan])
    assert sums_up([ages, days])
    assert not sums_up([np.array([400.0, 300, 1200, 1899])])
    assert not sums_up([np.array([0.0, 300, 1200, 1500])])  # the rest of the numbers, one of them none
    assert sums_up([np.array([50.0, 61, 41, 50.7]), np.array([400.0, 300, 1200, 633.3])])
    assert not sums_up([np.array([50.0, 61, 41, 50.7]), np.array([400.0, 300, 1200, 640])])
    assert not sums_up([np.array([60.0] * 4), np.array([100.0] * 4)])  # all alike
    assert not sums_up([np.array([100.0, 200, 300])])  # two patients and their sum: by chance


@pytest.mark.parametrize("name", ["ALL", "Σ", "Razem"])
def test_a_line_of_sums_is_refused_by_its_name_or_its_numbers(name: str) -> None:
    rows = f"patient,age,last_day,death_day\nA,50,400,\nB,61,300,300\nC,41,1200,\n{name},152,1900,\n"
    found = opened({"patients.csv": rows.encode()})
    assert found.cohort is None
    assert any(entry.rows == (5,) and "sums or means" in entry.wrong for entry in found.issues)
