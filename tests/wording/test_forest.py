from __future__ import annotations

from dataclasses import replace

from components.analysis.hazard_ratios import prognosis
from components.wording.forest import forest_caution
from data.cohort import Cohort


def test_one_comparison_over_one_death_is_not_several(enrolled: Cohort) -> None:
    sex = enrolled.dictionary.factor["sex"]
    result = prognosis(enrolled.of_population("outcome"), enrolled.dictionary.endpoints[1], (sex,))
    assert forest_caution(result).startswith("0 univariate comparisons over 4 progressions or deaths: about 0 would")
    (level, other) = result.comparisons[0].levels
    one = replace(
        result, events=1, comparisons=(replace(result.comparisons[0], levels=(level, replace(other, p=0.5))),)
    )
    assert forest_caution(one).startswith("1 univariate comparison over 1 progression or death: about 0 would")
