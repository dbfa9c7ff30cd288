from __future__ import annotations

from math import erfc, exp, log, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from components.engine.cox import cox_model
from components.engine.event_table import event_table
from components.engine.firth import firth_model
from components.engine.multivariable_cox import Likelihood, multivariable_cox, without_columns
from components.engine.partial_likelihood import Ties

REFERENCE = Path(__file__).parents[1] / "reference"
Data = tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.float64]]
TIES: tuple[Ties, ...] = ("breslow", "efron")


def data(name: str) -> Data:
    """The columns of `adjusted.R`."""
    d = pd.read_csv(REFERENCE / f"{name}.csv")
    if name == "veteran":
        cells = [d["celltype"] == cell for cell in ("smallcell", "adeno", "large")]
        return d["time"].to_numpy(), d["status"].to_numpy() == 1, np.column_stack(
            [d["trt"] == 2, *cells, d["karno"], d["age"]]).astype(float)  # fmt: skip
    stages = [d["stage"] == stage for stage in ("g1", "g2", "g3")]
    x = np.column_stack([d["edema"] != "e0", *stages, d["spiders"] == "s1"]).astype(float)
    return d["day"].to_numpy(), d["event"].to_numpy() == 1, x


def drawn(seed: int, n: int = 60) -> Data:
    draw = np.random.default_rng(seed)
    x = np.column_stack([draw.integers(0, 2, n), draw.integers(0, 3, n), draw.normal(size=n)]).astype(float)
    return draw.integers(1, 9, n), draw.random(n) < 0.4, x


@pytest.mark.parametrize("ties", TIES)
@pytest.mark.parametrize(("name", "model"), [("veteran", "plain"), ("veteran", "firth"), ("pbc_two_years", "firth")])
def test_as_r_has_it(name: str, model: str, ties: Ties) -> None:
    answers = pd.read_csv(REFERENCE / "multivariable_cox.csv")
    r = answers[(answers["dataset"] == name) & (answers["ties"] == ties) & (answers["model"] == model)]
    found = multivariable_cox(*data(name), ties, penalised=model == "firth")
    for ours, theirs in (
        (found.coef, r["coef"]), (found.standard_error, r["se"]), (np.log(found.lower), r["lower"]),
        (np.log(found.upper), r["upper"]), (found.p, r["p"]),
    ):  # fmt: skip
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-7)
    assert found.likelihood_ratio.chisq == pytest.approx(r["ratio"].iloc[0], abs=1e-9)
    assert found.likelihood_ratio.df == len(r)


@pytest.mark.parametrize("ties", TIES)
def test_an_interaction_as_r_has_it(ties: Ties) -> None:
    answers = pd.read_csv(REFERENCE / "interaction.csv")
    for name, main in (("veteran", [0, 1, 2, 3]), ("pbc_two_years", [0, 4])):
        day, had, x = data(name)
        x = np.column_stack([x[:, main], x[:, :1] * x[:, main[1:]]])
        held = np.arange(x.shape[1]) >= len(main)
        r = answers[(answers["dataset"] == name) & (answers["ties"] == ties)]
        for penalised, column in ((False, "plain"), (True, "firth")):
            found = without_columns(day, had, x, held, ties, penalised=penalised)
            assert found.chisq == pytest.approx(r[column].iloc[0], abs=1e-9)
            assert found.df == r["df"].iloc[0]


def test_one_death_by_hand() -> None:
    """One of 5 dies beside 3 others: p = 5 r / (3 + 5 r), and 1.5 log p + 0.5 log(1 - p) is largest at p = 3/4."""
    x = [[0.0]] * 3 + [[1.0]] * 5
    found = multivariable_cox([2, 2, 2, 1, 2, 2, 2, 2], [0, 0, 0, 1, 0, 0, 0, 0], x)
    assert found.hazard_ratio[0] == pytest.approx(9 / 5, rel=1e-8)
    assert found.standard_error[0] == pytest.approx(sqrt(16 / 3), rel=1e-8)
    rise = 1.5 * log(0.75 / 0.625) + 0.5 * log(0.25 / 0.375)
    assert found.p[0] == pytest.approx(erfc(sqrt(rise)), rel=1e-8)


def test_two_columns_by_hand() -> None:
    """One dies among (0,0), (1,0), (0,1): shares s of 1, a, b. s_a s_b s_0 is what |I| comes to, so s_0 = 3/5."""
    found = multivariable_cox([1, 2, 2], [1, 0, 0], [[0, 0], [1, 0], [0, 1]])
    assert found.hazard_ratio == pytest.approx([1 / 3, 1 / 3], rel=1e-8)
    value = 1.5 * log(3 / 5) + log(1 / 5)
    assert 2 * value - 3 * log(1 / 3) - 2 * log(1 / 3) == pytest.approx(found.likelihood_ratio.chisq, abs=1e-9)


@pytest.mark.parametrize("ties", TIES)
def test_of_one_factor_it_is_the_model_of_one_factor(ties: Ties) -> None:
    day, had, x = drawn(3)
    code = x[:, 1].astype(int)
    columns = np.column_stack([code == 1, code == 2]).astype(float)
    table = event_table(day, had, code, 3)
    one, plain = firth_model(table, 0, ties), cox_model(table, 0, ties)
    found, unpenalised = (multivariable_cox(day, had, columns, ties, penalised=on) for on in (True, False))
    np.testing.assert_allclose(found.coef, one.coef[1:], atol=1e-7)
    np.testing.assert_allclose(found.lower, one.lower[1:], rtol=1e-7)
    np.testing.assert_allclose(found.p, one.p[1:], rtol=1e-7)
    np.testing.assert_allclose(unpenalised.coef, plain.coef[1:], atol=1e-9)
    np.testing.assert_allclose(unpenalised.covariance, plain.covariance[1:, 1:], atol=1e-9)
    assert unpenalised.likelihood_ratio.chisq == pytest.approx(plain.likelihood_ratio.chisq, abs=1e-9)


@pytest.mark.parametrize("ties", TIES)
@pytest.mark.parametrize("seed", range(6))
def test_the_score_is_the_derivative_of_the_penalised_likelihood(seed: int, ties: Ties) -> None:
    likelihood = Likelihood(*drawn(seed), ties, penalised=True)
    beta, step = np.array([0.4, -0.7, 0.3]), 1e-5
    at = likelihood.at(beta)
    for k in range(3):
        ahead, behind = (likelihood.at(beta + sign * step * np.eye(3)[k]).value for sign in (1, -1))
        assert at.score[k] == pytest.approx((ahead - behind) / (2 * step), abs=1e-6)


@pytest.mark.parametrize("penalised", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_laws(seed: int, penalised: bool) -> None:  # noqa: FBT001
    """Order of patients and columns, units, and the time between days change nothing; a copy of all halves variance."""
    day, had, x = drawn(seed)
    found = multivariable_cox(day, had, x, penalised=penalised)
    turn = np.random.default_rng(seed).permutation(len(day))
    shuffled = multivariable_cox(day[turn], had[turn], x[turn][:, [2, 0, 1]], penalised=penalised)
    np.testing.assert_allclose(shuffled.coef[[1, 2, 0]], found.coef, atol=1e-7)
    np.testing.assert_allclose(shuffled.upper[[1, 2, 0]], found.upper, rtol=1e-7)
    stretched = multivariable_cox(day**2, had, x * [1, 1, 1000] + [5, 0, 3], penalised=penalised)
    np.testing.assert_allclose(stretched.coef * [1, 1, 1000], found.coef, atol=1e-7)
    np.testing.assert_allclose(stretched.p, found.p, atol=1e-9)
    if not penalised:
        twice = multivariable_cox(np.tile(day, 2), np.tile(had, 2), np.tile(x, (2, 1)), penalised=False)
        np.testing.assert_allclose(twice.coef, found.coef, atol=1e-9)
        np.testing.assert_allclose(twice.covariance, found.covariance / 2, atol=1e-9)


def test_where_nothing_can_be_said_it_says_why() -> None:
    day, had, x = drawn(1)
    doubled = multivariable_cox(day, had, np.column_stack([x, x[:, 0] * 2 - x[:, 1]]))
    assert (doubled.reason, doubled.aliased.tolist()) == ("collinear", [False, False, False, True])
    assert np.isnan(doubled.coef).all()
    assert np.isnan(without_columns(day, had, np.column_stack([x, x[:, 0]]), [0, 0, 0, 1], penalised=True).chisq)
    apart = np.column_stack([x[:, 0], had & (day < 5)]).astype(float)
    separated = multivariable_cox(np.where(apart[:, 1] > 0, day, 9), apart[:, 1] > 0, apart, penalised=False)
    assert separated.reason == "separated"
    penalised = multivariable_cox(np.where(apart[:, 1] > 0, day, 9), apart[:, 1] > 0, apart)
    assert penalised.reason == ""
    assert np.isfinite(penalised.coef).all()
    assert multivariable_cox(day, np.zeros(len(day)), x).reason == "no events"
    with pytest.raises(ValueError, match="length"):
        multivariable_cox(day[1:], had, x)
    with pytest.raises(ValueError, match="ties"):
        Likelihood(day, had, x, "exact")  # type: ignore[arg-type]


def test_a_column_in_which_nobody_at_risk_differs_is_left_out_and_changes_nothing() -> None:
    day, had, x = drawn(2)
    early = np.concatenate([day + 10, [1, 2]])
    never = np.concatenate([np.zeros(len(day)), [1.0, 1.0]])
    whole = np.column_stack([np.vstack([x, [[0, 0, 0], [1, 1, 1]]]), never])
    found = multivariable_cox(early, np.append(had, [False, False]), whole)
    alone = multivariable_cox(day, had, x)
    assert found.constant.tolist() == [False, False, False, True]
    np.testing.assert_allclose(found.coef, [*alone.coef, np.nan], atol=1e-7)
    assert found.likelihood_ratio.df == 3


def test_a_level_without_an_event_has_the_limits_of_its_profile() -> None:
    """Nobody of 4 dies while 1 of 1 in turn does: the limits bracket the ratio, and the p is that of ratio 1."""
    day, had, x = data("pbc_two_years")
    found = multivariable_cox(day, had, x)
    assert had[x[:, 1] == 1].sum() == 0
    assert 0 < found.lower[1] < found.hazard_ratio[1] < found.upper[1]
    assert (found.p[1] < 0.05) == (not found.lower[1] < 1 < found.upper[1])
    assert exp(found.coef[1]) == found.hazard_ratio[1]
