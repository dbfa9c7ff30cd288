from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from components.core.estimate import Estimate
from components.prognosis.panel import prognosis_panel
from components.prognosis.words import forest_caution, forest_rows, forest_summary, forest_table, nothing_differs
from components.survival.hazard_ratios import FALSE_DISCOVERY, Prognosis, prognosis
from data.cohort import Cohort
from data.levels import Level


def test_one_comparison_over_one_event_is_not_several(enrolled: Cohort) -> None:
    sex = enrolled.dictionary.factor["sex"]
    result = prognosis(enrolled.of_population("outcome"), enrolled.dictionary.endpoints[1], (sex,))
    (level, other) = result.comparisons[0].levels
    one = replace(
        result, events=1, comparisons=(replace(result.comparisons[0], levels=(level, replace(other, p=0.5))),)
    )
    assert forest_caution(one).startswith("1 univariate comparison over 1 progression or death: fewer than one would")


def with_ps(result: Prognosis, *ps: float) -> Prognosis:
    """The result with hazard ratios of 2 (1 to 4) that have these p-values."""
    level = replace(result.comparisons[0].levels[1], ratio=Estimate(2.0, 1.0, 4.0), reference=False)
    levels = tuple(replace(level, group=Level("p", f"p {p}"), p=p) for p in ps)
    return replace(result, comparisons=(replace(result.comparisons[0], levels=levels),))


def test_what_stands_out_stands_out_at_the_five_percent_level(enrolled: Cohort) -> None:
    sex = enrolled.dictionary.factor["sex"]
    result = prognosis(enrolled.of_population("outcome"), enrolled.dictionary.endpoints[1], (sex,))
    said = forest_summary(with_ps(result, 0.049, 0.05, 0.09))
    assert "3 hazard ratios." in said
    assert "Sex p 0.049 against" in said
    assert "Sex p 0.05 " not in said
    assert "Sex p 0.09" not in said
    assert "1 hazard ratio. No interval excludes 1, which does not mean that no factor matters." in forest_summary(
        with_ps(result, 0.07)
    )
    assert "10 univariate comparisons over 4 progressions or deaths: fewer than one would" in forest_caution(
        with_ps(result, *10 * (0.5,))
    )
    assert "about 1 would" in forest_caution(with_ps(result, *20 * (0.5,)))


def test_a_factor_that_differs_as_a_whole_is_told_where_no_ratio_can_be_given(enrolled: Cohort) -> None:
    """Of perfectly separated groups the ratio is 0 or infinite: no interval, but the test of the factor remains."""
    sex = enrolled.dictionary.factor["sex"]
    result = prognosis(enrolled.of_population("outcome"), enrolled.dictionary.endpoints[1], (sex,))

    def said(whole: float, *ps: float) -> str:
        own = with_ps(result, *ps)
        return forest_summary(replace(own, comparisons=(replace(own.comparisons[0], p=whole),)))

    assert said(0.01, 0.07).endswith(
        "no factor matters. Below p = 0.05 as a whole, without such an interval: Sex (p = 0.010)."
    )
    assert said(0.01).endswith("0 hazard ratios. Below p = 0.05 as a whole, without such an interval: Sex (p = 0.010).")
    assert "as a whole" not in said(0.01, 0.04)
    assert "as a whole" not in said(0.05, 0.07)


def test_no_comparison_is_none_of_several(enrolled: Cohort) -> None:
    sex = enrolled.dictionary.factor["sex"]
    result = prognosis(enrolled.of_population("outcome"), enrolled.dictionary.endpoints[1], (sex,))
    assert forest_summary(result).endswith(" 0 hazard ratios.")
    assert forest_caution(result).startswith("Not estimable (NA), because")
    assert "by chance" not in forest_caution(result)


def test_patients_who_do_not_differ_are_not_compared(enrolled: Cohort) -> None:
    outcome, sex = enrolled.of_population("outcome"), enrolled.dictionary.factor["sex"]
    death = enrolled.dictionary.leading
    assert prognosis_panel(prognosis(outcome, death, (sex,))).figure
    women = outcome.where((outcome.patients["sex"] == "Female").to_numpy())
    alike = prognosis_panel(prognosis(women, death, (sex,)))
    assert alike.figure is None
    assert alike.notices == (nothing_differs(prognosis(women, death, (sex,))),)
    assert alike.notices[0].startswith(f"These {women.n} patients do not differ in any of the factors shown")
    one = prognosis_panel(prognosis(outcome.where(np.arange(outcome.n) == 0), death, enrolled.dictionary.factors))
    assert one.notices[0].startswith("A single patient cannot be compared with others")


def test_the_false_discovery_column_is_over_all_ratios_shown(enrolled: Cohort) -> None:
    """Of 0.01, 0.04, 0.03 and 0.5 the second smallest is 0.03 * 4 / 2, and 0.04 * 4 / 3 is less than that."""
    sex = enrolled.dictionary.factor["sex"]
    result = prognosis(enrolled.of_population("outcome"), enrolled.dictionary.endpoints[1], (sex,))
    four = with_ps(result, 0.01, 0.04, 0.03, 0.5)
    assert four.false_discovery[0] == pytest.approx((0.04, 0.16 / 3, 0.16 / 3, 0.5))
    assert [row.q for row in forest_rows(four)][1:] == ["0.040", "0.053", "0.053", "0.500"]
    assert [row[5] for row in forest_table(four).rows][1:] == ["0.040", "0.053", "0.053", "0.500"]
    assert FALSE_DISCOVERY in four.procedures
    assert "FDR p: Benjamini and Hochberg's" in forest_caution(four)
