"""Differences of survival at a time: R's on lung, exactly by hand, and their laws."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.core.estimate import Reason
from components.core.method import PAPER, Method
from components.engine.event_table import event_table
from components.engine.kaplan_meier import kaplan_meier, survival_at, survival_difference
from components.survival.analysis import survival
from components.survival.table_words import share_difference_table
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY

REFERENCE = Path(__file__).parents[1] / "reference"
DEATH, SUBTYPE = DICTIONARY.endpoint["overall_survival"], DICTIONARY.factor["subtype"]


def test_limits_are_those_of_r() -> None:
    lung, r = (pd.read_csv(REFERENCE / f"{name}.csv") for name in ("lung", "survival_difference"))
    table = event_table(lung["time"], lung["status"] == 2, lung["sex"] - 1, 2)
    found = survival_difference(survival_at(kaplan_meier(table), r["day"]), 1, 0)
    for ours, theirs in zip(found, (r["difference"], r["lower"], r["upper"]), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)


def test_by_hand_and_turned_round() -> None:
    """One of two dies on day 1, and one of four: 1/2 - 3/4. Turned round, the limits change sides and signs."""
    table = event_table([1, 9, 1, 9, 9, 9], [1, 0, 1, 0, 0, 0], [0, 0, 1, 1, 1, 1], 2)
    at = survival_at(kaplan_meier(table, "plain"), [5])
    value, lower, upper = survival_difference(at, 0, 1)
    assert value[0] == pytest.approx(-1 / 4)
    back = survival_difference(at, 1, 0)
    assert [one[0] for one in back] == pytest.approx([1 / 4, -upper[0], -lower[0]])
    assert survival_difference(at, 1, 1)[0][0] == 0


def test_the_result_has_one_for_each_group_and_day() -> None:
    cohort = reconstructed_cohort().of_population("outcome")
    found = survival(cohort, DEATH, SUBTYPE, (365, 730), method=Method())
    assert [one.label for one in found.share_differences] == ["CADM", "Classic DM"]
    for one, curve in zip(found.share_differences, found.curves[1:], strict=True):
        for here, share, base in zip(one.at, curve.at, found.curves[0].at, strict=True):
            assert here.value == pytest.approx((share.value or 0) - (base.value or 0))
            assert -1 <= (here.lower or 0) < (here.upper or 0) <= 1
            assert here.limits == "beta product"
    table = share_difference_table(found)
    assert table.columns[1:] == tuple(f"Alive at {when}, difference in percentage points" for when in
                                      ("1 year", "2 years"))  # fmt: skip
    assert table.rows[0][0] == "CADM minus PM"
    plain = survival(cohort, DEATH, SUBTYPE, (365,), method=replace(PAPER, interval="plain"))
    assert {one.limits for contrast in plain.share_differences for one in contrast.at} == {""}


def test_beyond_follow_up_there_is_none_and_nobody_has_none() -> None:
    cohort = reconstructed_cohort().of_population("outcome")
    late, cut = survival(cohort, DEATH, SUBTYPE, (4000,)), survival(cohort, DEATH, SUBTYPE, (700,), until=400)
    for found, why in ((late, Reason.BEYOND_FOLLOW_UP), (cut, Reason.BEYOND_HORIZON)):
        assert [[one.reason for one in contrast.at] for contrast in found.share_differences] == [[why], [why]]
    assert survival(cohort, DEATH).share_differences == ()
