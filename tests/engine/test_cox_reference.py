"""The Cox engine against R: univariate categorical models, profile limits, Firth's penalty, proportional hazards."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy.special import chdtrc

from components.engine.cox import CoxModel, cox_model
from components.engine.event_table import EventTable, event_table
from components.engine.firth import FirthModel, firth_model
from components.engine.profile_limits import profile_limits
from components.engine.proportional_hazards import proportional_hazards

REFERENCE = Path(__file__).parents[1] / "reference"
PBC = {"edema": "e0", "ascites": "a0", "spiders": "s0", "stage": "g4", "bilirubin": "b4"}


def rows(file: str) -> list[dict[str, str]]:
    with (REFERENCE / file).open(newline="") as lines:
        return list(csv.DictReader(lines))


def only(file: str, **fields: str) -> list[dict[str, str]]:
    found = [row for row in rows(file) if all(row[key] == value for key, value in fields.items())]
    assert found
    return found


def karnofsky(text: str) -> str:
    score = float(text)
    return "a<40" if score < 40 else "b40-69" if score < 70 else "c70+"


@cache
def factor(dataset: str, model: str) -> tuple[EventTable, tuple[str, ...], int]:
    """A factor's event table, its levels in byte order and the index of the reference, from "uni:FACTOR ref=LEVEL"."""
    name, reference = model.removeprefix("uni:").split(" ref=")
    patients = rows(f"{dataset}.csv")
    day = {"lung": "time", "veteran": "time", "rats_sas": "days"}.get(dataset, "day")
    values = [karnofsky(row["karno"]) if name == "karno_cat" else row[name] for row in patients]
    levels = tuple(sorted({value for value in values if value not in {"", "NA"}}))
    column, happened = ("event" if dataset == "pbc_two_years" else "status"), ("2" if dataset == "lung" else "1")
    event = [row[column] == happened for row in patients]
    codes = [levels.index(value) if value in levels else -1 for value in values]
    return event_table([int(row[day]) for row in patients], event, codes, len(levels)), levels, levels.index(reference)


def fit(dataset: str, model: str, ties: str) -> tuple[CoxModel, tuple[str, ...]]:
    table, levels, reference = factor(dataset, model)
    return cox_model(table, reference, ties), levels  # type: ignore[arg-type]


def close(ours: float, theirs: str, tolerance: float = 1e-6) -> None:
    assert ours == pytest.approx(float(theirs), rel=tolerance)


@pytest.mark.parametrize(
    "row", rows("cox_terms.csv"), ids=lambda r: f"{r['dataset']} {r['model']} {r['ties']} {r['term']}"
)
def test_terms_of_coxph(row: dict[str, str]) -> None:
    model, levels = fit(row["dataset"], row["model"], row["ties"])
    k = levels.index(row["term"].removeprefix("g"))
    lower, upper = model.wald_limits(0.95)
    close(model.coef[k], row["coef"])
    close(model.standard_error[k], row["se"])
    close(model.hazard_ratio[k], row["hr"])
    close(lower[k], row["lower"])
    close(upper[k], row["upper"])
    close(model.p[k], row["p_wald"])
    assert (model.n[k], model.events[k], model.monotone[k]) == (int(row["n_level"]), int(row["events_level"]), False)


@pytest.mark.parametrize("row", rows("cox_global.csv"), ids=lambda r: f"{r['dataset']} {r['model']} {r['ties']}")
def test_global_tests_of_coxph(row: dict[str, str]) -> None:
    model, _ = fit(row["dataset"], row["model"], row["ties"])
    assert (model.n.sum(), model.events.sum()) == (int(row["n"]), int(row["nevent"]))
    close(model.log_likelihood_0, row["loglik0"], 1e-12)
    close(model.log_likelihood, row["loglik1"], 1e-11)
    for test, statistic, p in (
        (model.likelihood_ratio, "lrt", "p_lrt"),
        (model.wald, "wald", "p_wald"),
        (model.score, "score", "p_score"),
    ):
        assert test.df == int(row["df"])
        close(test.chisq, row[statistic])
        close(test.p, row[p])


def test_published_sas_hazard_ratio_of_the_rats() -> None:
    published = only("sas_published.csv", item="hazard ratio Group")[0]
    model, _ = fit("rats_sas", "uni:group ref=0", "breslow")
    assert f"{model.hazard_ratio[1]:.3f}" == published["sas_published"]
    close(model.hazard_ratio[1], published["r_here"])


@pytest.mark.parametrize("ties", ["breslow", "efron"])
@pytest.mark.parametrize("name", PBC)
def test_levels_without_events_leave_the_others_their_estimates(name: str, ties: str) -> None:
    table, levels, reference = factor("pbc_two_years", f"uni:{name} ref={PBC[name]}")
    model = cox_model(table, reference, ties)  # type: ignore[arg-type]
    limits = profile_limits((table,), (reference,), ties)[0]  # type: ignore[arg-type]
    expected = only("cox_few_events_models.csv", factor=name, ties=ties)[0]
    close(model.log_likelihood_0, expected["loglik0"], 1e-12)
    close(model.log_likelihood, expected["loglik1"], 1e-10)
    close(model.score.chisq, expected["score"], 1e-10)
    assert model.score.df == model.likelihood_ratio.df == int(expected["df"])
    for row in only("cox_few_events_terms.csv", factor=name, ties=ties):
        k = levels.index(row["level"])
        assert (model.n[k], model.events[k]) == (int(row["n"]), int(row["events"]))
        assert model.monotone[k] == (row["coef"] == "NA")
        if model.monotone[k]:
            assert model.coef[k] == -np.inf
            assert np.isnan(model.standard_error[k])
            assert limits.lower[k] == 0.0
        else:
            close(model.coef[k], row["coef"])
            close(model.standard_error[k], row["se"])
            close(limits.lower[k], row["lower"])
        close(limits.upper[k], row["upper"])
        assert limits.p[k] == pytest.approx(chdtrc(1, float(row["lrt"])), rel=1e-6)


@pytest.mark.parametrize("row", rows("profile_likelihood_ci.csv"), ids=lambda r: f"{r['contrast']} {r['ties']}")
def test_profile_limits(row: dict[str, str]) -> None:
    model = {"lung": "uni:sex ref=1", "veteran": "uni:trt ref=1"}[row["dataset"]]
    table, _, reference = factor(row["dataset"], model)
    limits = profile_limits((table,), (reference,), row["ties"])[0]  # type: ignore[arg-type]
    assert np.log(limits.lower[1]) == pytest.approx(float(row["lower"]), abs=1e-7)
    assert np.log(limits.upper[1]) == pytest.approx(float(row["upper"]), abs=1e-7)
    close(limits.p[1], row["p_lrt"])


@cache
def firth(dataset: str, model: str) -> tuple[FirthModel, tuple[str, ...]]:
    table, levels, reference = factor(dataset, model)
    return firth_model(table, reference), levels


@pytest.mark.parametrize(
    "row", only("firth_coxphf.csv", ci="profile"), ids=lambda r: f"{r['dataset']} {r['model']} {r['term']}"
)
def test_coxphf(row: dict[str, str]) -> None:
    model, levels = firth(row["dataset"], row["model"])
    k = levels.index(row["term"].removeprefix("g"))
    assert model.coef[k] == pytest.approx(float(row["coef"]), abs=1e-6)
    close(model.standard_error[k], row["se"])
    assert np.log(model.lower[k]) == pytest.approx(np.log(float(row["lower"])), abs=1e-5)
    assert np.log(model.upper[k]) == pytest.approx(np.log(float(row["upper"])), abs=1e-5)
    close(model.p[k], row["p"], 1e-5)
    risen = float(row["loglik1"]) - float(row["loglik0"])
    assert model.log_likelihood - model.log_likelihood_0 == pytest.approx(risen, abs=1e-8)


@pytest.mark.parametrize(
    "row",
    only("cox_zph.csv", per="term", term="g"),
    ids=lambda r: f"{r['dataset']} {r['model']} {r['ties']} {r['transform']}",
)
def test_cox_zph(row: dict[str, str]) -> None:
    table, _, reference = factor(row["dataset"], row["model"])
    test = proportional_hazards((table,), (reference,), row["ties"], row["transform"])[0]  # type: ignore[arg-type]
    assert test.df == int(row["df"])
    close(test.chisq, row["chisq"])
    close(test.p, row["p"])


@pytest.mark.parametrize(
    "row", rows("cox_few_events_zph.csv"), ids=lambda r: f"{r['factor']} {r['ties']} {r['transform']}"
)
def test_cox_zph_with_few_events(row: dict[str, str]) -> None:
    table, _, reference = factor("pbc_two_years", f"uni:{row['factor']} ref={PBC[row['factor']]}")
    test = proportional_hazards((table,), (reference,), row["ties"], row["transform"])[0]  # type: ignore[arg-type]
    assert test.df == int(row["df"])
    close(test.chisq, row["chisq"])
    close(test.p, row["p"])
