"""Arms of a trial as its transport files give them, compared as R compares them."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.core.method import Method
from components.survival.analysis import survival
from data.reading.read import opened
from data.recorded import with_recorded_variables

PILOT = Path(__file__).parents[3] / "shared" / "adam" / "cdiscpilot01"


@pytest.mark.skipif(not PILOT.is_dir(), reason="the CDISC pilot study is not beside this project")
def test_survival_log_rank_and_hazard_ratios_of_the_arms_are_those_of_r() -> None:
    """R: ``survdiff``, ``survfit`` and ``coxph(Surv(AVAL - 1, 1 - CNSR) ~ TRTA, ties = "efron")`` of ADTTE."""
    found = opened({path.name: path.read_bytes() for path in PILOT.glob("*.xpt")}).cohort
    assert found is not None
    study = with_recorded_variables(found)
    arm = next(one for one in study.dictionary.factors if one.label == "Actual Treatment for Period 01")
    endpoint = next(one for one in study.dictionary.endpoints if one.label == "Time to First Dermatologic Event")
    result = survival(study, endpoint, arm, at_days=(90,), method=Method(ties="efron", interval="log-log"))
    assert result.log_rank.statistic == pytest.approx(60.269556739028, abs=1e-9)
    at_90 = [curve.at[0].value for curve in result.curves]
    assert at_90 == pytest.approx([0.671471800073, 0.238437337788, 0.137880960660], abs=1e-10)
    ratios = [(level.ratio.value, level.ratio.lower, level.ratio.upper) for level in result.comparison.levels[1:]]
    assert ratios[0] == pytest.approx((4.14770410260, 2.64514003957, 6.50379528698), rel=1e-7)
    assert ratios[1] == pytest.approx((5.02597004242, 3.18176555308, 7.93910627478), rel=1e-7)
