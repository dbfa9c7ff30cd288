from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from components.core.estimate import Reason
from components.core.method import PAPER, Method
from components.core.summary import summaries, summary

LUNG = Path(__file__).parents[1] / "reference" / "lung.csv"


def test_ages_of_the_lung_trial_are_those_of_r() -> None:
    with LUNG.open(encoding="utf-8") as file:
        ages = np.array([float(row["age"]) for row in csv.DictReader(file)])
    result = summary(ages, PAPER)
    assert (result.n, result.missing) == (228, 0)
    assert result.mean.value == pytest.approx(62.4473684210526, rel=1e-13)
    assert (result.mean.lower, result.mean.upper) == pytest.approx((61.2633047369037, 63.6314321052016), rel=1e-13)
    assert result.sd.value == pytest.approx(9.07345657341562, rel=1e-13)
    points = (result.minimum, result.q1, result.median, result.q3, result.maximum)
    assert tuple(point.value for point in points) == (39, 56, 63, 69, 82)
    assert result.standard_error.value == pytest.approx(9.07345657341562 / 228**0.5, rel=1e-13)


def test_a_narrower_level_gives_narrower_limits() -> None:
    values = np.array([1.0, 2.0, 3.0])
    wide, narrow = summary(values, PAPER).mean, summary(values, Method(level=0.5)).mean
    assert wide.lower is not None
    assert narrow.lower is not None
    assert wide.lower < narrow.lower
    assert narrow.lower == pytest.approx(2 - 0.816496580927726 / 3**0.5, rel=1e-12)  # qt(0.75, 2) = 0.8164966


@pytest.mark.parametrize(
    ("values", "mean", "spread"),
    [
        ([], Reason.NO_PATIENTS, Reason.NO_PATIENTS),
        ([np.nan, np.nan], Reason.NOT_MEASURED, Reason.NOT_MEASURED),
        ([4.0, np.nan], None, Reason.ONE_PATIENT),
    ],
)
def test_what_cannot_be_given_says_why(values: list[float], mean: Reason | None, spread: Reason) -> None:
    result = summary(np.array(values), PAPER)
    assert (result.mean.reason, result.median.reason) == (mean, mean)
    assert (result.sd.reason, result.standard_error.reason) == (spread, spread)
    assert (result.mean.lower, result.mean.upper) == (None, None)


def test_one_summary_a_column() -> None:
    table = np.array([[1.0, 4.0], [2.0, np.nan], [np.nan, np.nan]])
    parts = summaries(table, PAPER)
    assert [(part.n, part.missing) for part in parts] == [(2, 1), (1, 2)]
    assert repr(parts) == repr((summary(table[:, 0], PAPER), summary(table[:, 1], PAPER)))
