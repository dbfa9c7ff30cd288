from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.courses.mixed_model import random_intercept

REFERENCE = Path(__file__).parents[1] / "reference"


def test_balanced_values_give_the_analysis_of_variance() -> None:
    """Three subjects, two columns: mean squares 18 between subjects and 0.5 within, by hand."""
    subject, column = [0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1]
    fit = random_intercept(subject, column, [1, 3, 4, 7, 7, 9], 2)
    assert fit.mean == pytest.approx([4, 19 / 3])
    within = 1 / 6
    assert fit.within == pytest.approx(within, rel=1e-4)
    assert fit.between == pytest.approx(
        (2 * ((2 - 31 / 6) ** 2 + (5.5 - 31 / 6) ** 2 + (8 - 31 / 6) ** 2) / 2 - within) / 2, rel=1e-4
    )
    assert fit.std_err == pytest.approx([((fit.between + within) / 3) ** 0.5] * 2)


@pytest.mark.parametrize(("name", "transformed"), [("bili", np.asarray), ("log bili", np.log)])
def test_agrees_with_r(name: str, transformed: np.ufunc) -> None:
    visits = pd.read_csv(REFERENCE / "pbcseq_visits.csv")
    visits = visits[visits["day"] < 5.5 * 365]
    answer = pd.read_csv(REFERENCE / "mixed_model.csv")
    answer = answer[answer["value"] == name]
    year = np.rint(visits["day"] / 365).astype(int)
    fit = random_intercept(visits["id"], year, transformed(visits["bili"].to_numpy()), 6)
    assert fit.mean == pytest.approx(answer["mean"].to_numpy(), rel=1e-6)
    assert fit.std_err == pytest.approx(answer["std_err"].to_numpy(), rel=1e-5)
    assert [fit.between, fit.within] == pytest.approx(answer[["between", "within"]].to_numpy()[0], rel=1e-5)


def test_no_variance_between_subjects_and_a_column_without_values() -> None:
    fit = random_intercept([0, 0, 1, 1], [0, 0, 0, 0], [1, 3, 3, 1], 2)
    assert (fit.between, fit.mean[0], fit.within) == pytest.approx((0, 2, 4 / 3), abs=1e-3)
    assert np.isnan([fit.mean[1], fit.std_err[1]]).all()


def test_too_few_values() -> None:
    with pytest.raises(ValueError, match="2 values do not determine 2 means"):
        random_intercept([0, 1], [0, 1], [1, 2], 2)
