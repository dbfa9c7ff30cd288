"""The chart of a forest plot on a slide: intervals end with its axis, which reaches as far as they need."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.analysis.estimate import Estimate
from components.analysis.hazard_ratios import LevelRatio, Prognosis, prognosis
from components.export.slide_forest import axis_ends, forest_series
from components.wording.forest import Row
from data.cohort import Cohort


def test_an_interval_is_cut_at_the_ends_of_the_axis_and_a_ratio_beyond_has_no_square() -> None:
    rows = (
        Row("sex", "Sex", heading=True),
        Row("sex", "Male", heading=False, value=1.0, is_reference=True),
        Row("sex", "Female", heading=False, value=2.0, lower=0.01, upper=50.0, event_count=4),
        Row("sex", "Inside", heading=False, value=0.5, lower=0.25, upper=1.0, event_count=9),
        Row("sex", "Far", heading=False, value=20.0, lower=5.0, upper=80.0, event_count=1),
    )
    drawn = {series.name: series for series in forest_series(rows, (0.1, 10.0))}
    assert drawn["Female, 95% CI"].points == ((0.1, -2.0), (10.0, -2.0))
    assert drawn["Inside, 95% CI"].points == ((0.25, -3.0), (1.0, -3.0))
    assert drawn["Far, 95% CI"].points == ((5.0, -4.0), (10.0, -4.0))
    assert drawn["HR (95% CI)"].points == ((2.0, -2.0), (0.5, -3.0))
    assert drawn["HR (95% CI)"].sizes == (8, 10)
    assert drawn["Reference"].points == ((1.0, -1.0),)
    assert drawn["No difference"].points == ((1.0, 0.5), (1.0, -4.5))


@pytest.mark.parametrize(
    ("lower", "upper", "ends"),
    [(1.5, 3.0, (-1, 1)), (0.05, 30.0, (-2, 2)), (1e-5, 1e7, (-3, 3)), (0.0, float("inf"), (-1, 3))],
)
def test_the_axis_reaches_over_the_limits_from_a_tenth_to_ten_at_least(
    cohort: Cohort, lower: float, upper: float, ends: tuple[int, int]
) -> None:
    assert axis_ends(with_limits(cohort, lower, upper)) == ends


def with_limits(cohort: Cohort, lower: float, upper: float) -> Prognosis:
    """One factor with a ratio of 2 and these limits."""
    dictionary = cohort.dictionary
    result = prognosis(cohort, dictionary.endpoints[0], (dictionary.factor["sex"],))
    levels = (
        LevelRatio("Male", 3, 1, Estimate(1.0), None, reference=True),
        LevelRatio("Female", 4, 2, Estimate(2.0, lower, upper), 0.5, reference=False),
    )
    return replace(result, comparisons=(replace(result.comparisons[0], levels=levels),))
