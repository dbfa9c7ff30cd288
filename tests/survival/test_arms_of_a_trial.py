"""Arms of a trial as its transport files give them, compared as R compares them."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.core.method import Method
from components.survival.analysis import survival
from data.reading.read import opened
from data.recorded import with_recorded_variables
from tests.own_cohort.public_data import r_table

ADAM = Path(__file__).parents[3] / "shared" / "adam"
PILOT, ONCOLOGY = ADAM / "cdiscpilot01", ADAM / "pharmaverseadam"


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


@pytest.mark.skipif(not ONCOLOGY.is_dir(), reason="the data of pharmaverse are not beside this project")
def test_progression_of_another_trial_is_that_of_r() -> None:
    """Its files are text, with the text NA where nothing was recorded; most subjects were never looked at."""
    found = opened({path.name: path.read_bytes() for path in ONCOLOGY.glob("*.csv")}).cohort
    assert found is not None
    study = with_recorded_variables(found).of_population("outcome")
    arm = next(one for one in study.dictionary.factors if one.label == "TRT01A")
    endpoint = study.dictionary.endpoint["progression_free"]
    result = survival(study, endpoint, arm, at_days=(60,), method=Method(ties="efron", interval="log-log"))
    expected = r_table(f"""
s <- read.csv("{ONCOLOGY}/adsl.csv"); t <- read.csv("{ONCOLOGY}/adtte_onco.csv")
d <- merge(subset(t, PARAMCD == "PFS"), s[c("USUBJID", "TRTSDT", "TRT01A")], by = "USUBJID")
d$day <- as.numeric(as.Date(d$ADT) - as.Date(d$TRTSDT)); d <- d[!is.na(d$day), ]
at <- summary(survfit(Surv(day, CNSR == 0) ~ TRT01A, d), times = 60, extend = TRUE)
result <- data.frame(arm = sort(unique(d$TRT01A)), n = c(table(d$TRT01A)), had = c(tapply(d$CNSR == 0, d$TRT01A, sum)),
                     s = at$surv, chisq = survdiff(Surv(day, CNSR == 0) ~ TRT01A, d)$chisq)""")
    ours = [(c.group.word, c.n, c.events, c.at[0].value) for c in result.curves]
    theirs = [tuple(row) for row in expected[["arm", "n", "had", "s"]].itertuples(index=False)]
    assert [one[:3] for one in ours] == [one[:3] for one in theirs]
    assert [one[3] for one in ours] == pytest.approx([one[3] for one in theirs], rel=1e-12)
    assert result.log_rank.statistic == pytest.approx(expected["chisq"][0], rel=1e-9)
