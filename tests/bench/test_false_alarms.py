from __future__ import annotations

from random import Random

import numpy as np

from bench.false_alarms import SURVIVAL, session, share, views, without_differences
from data.cohort import Cohort
from data.variables import DICTIONARY


def test_days_are_dealt_anew_together_and_nothing_else(cohort: Cohort) -> None:
    dealt = without_differences(cohort, np.random.default_rng(4)).patients
    days = ["death_day", "last_day", "progression_day"]
    assert dealt.drop(columns=[*days, "tacrolimus_stop_day"]).equals(
        cohort.patients.drop(columns=[*days, "tacrolimus_stop_day"])
    )
    assert not dealt[days].equals(cohort.patients[days])
    told = [sorted(map(str, table[days].to_numpy().tolist())) for table in (dealt, cohort.patients)]
    assert told[0] == told[1]


def test_a_session_sees_what_its_views_show(cohort: Cohort) -> None:
    queries = views(DICTIONARY, Random(1), 3)  # noqa: S311 - no secret
    assert len(set(queries)) == 3
    found = session(cohort, SURVIVAL, queries)
    assert not found.held
    assert session(cohort, SURVIVAL, queries * 2) == found


def test_a_share_has_its_limits() -> None:
    assert share(0, 20) == "0.0% (0.0 to 16.8)"
    assert share(20, 20) == "100.0% (83.2 to 100.0)"
