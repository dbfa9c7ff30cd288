"""Data sets as statistics packages ship them, opened by their mapping: every number on the pages is R's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import pandas as pd
import pytest

from components.core.method import Method
from components.survival.analysis import survival
from data.cohort import Cohort
from data.reading.mapping import DEATH, Further, mapping_in, saved
from data.reading.read import opened
from data.recorded import with_recorded_variables
from tests.own_cohort.public_data import answered, as_it_is, content, files, r_table

METHOD = Method(ties="efron", interval="log-log")


@dataclass(frozen=True)
class Shipped:
    """A data set, what the visitor has to say of it, and the columns that R compares; ``days`` is R's time in days."""

    names: tuple[str, ...]
    codes: dict[str, str]
    event: str
    time: str
    happened: str
    factors: tuple[str, ...]
    n: int
    events: int
    unit: str = ""


SETS = (
    Shipped(("pbc", "pbcseq"), {"status": "2"}, DEATH, "time", "status == 2", ("trt", "stage", "edema"), 418, 161),
    Shipped(("gbsg2",), {"cens": "1"}, "recurrence", "time", "cens == 1", ("horTh", "menostat", "tgrade"), 686, 299),
    Shipped(("whas500",), {"fstat": "1"}, DEATH, "lenfol", "fstat == 1", ("afb", "chf", "gender"), 500, 215),
    Shipped(("rossi",), {"arrest": "1"}, "arrest", "week * 7", "arrest == 1", ("fin", "race", "mar"), 432, 114),
    Shipped(
        ("larynx",), {"death": "1"}, DEATH, "round(time * 365.25)", "death == 1", ("Stage_III", "Stage_IV"), 90, 50,
        "years",
    ),
    Shipped(("veteran",), {"status": "1"}, DEATH, "time", "status == 1", ("trt", "celltype", "prior"), 137, 128),
)  # fmt: skip
EACH = pytest.mark.parametrize("shipped", SETS, ids=lambda one: one.names[0])


@cache
def _cohort(at: int) -> Cohort:
    shipped = SETS[at]
    proposed = as_it_is(*shipped.names).mapping
    assert proposed is not None
    mapping = answered(proposed, shipped.codes, shipped.event, shipped.unit)
    found = opened(files(*shipped.names), mapping=mapping)
    assert [one.sentence for one in found.issues if one.severity == "error"] == []
    assert found.cohort is not None
    return with_recorded_variables(found.cohort)


def cohort(shipped: Shipped) -> Cohort:
    return _cohort(SETS.index(shipped))


@EACH
def test_nothing_opens_before_the_event_is_told(shipped: Shipped) -> None:
    first = as_it_is(*shipped.names)
    assert first.cohort is None
    mapping = first.mapping
    assert mapping is not None
    assert opened(files(*shipped.names), mapping=mapping).cohort is None
    assert len(mapping.unsettled) == (2 if shipped.unit else 1)


@EACH
def test_patients_and_events_are_those_of_the_file(shipped: Shipped) -> None:
    found = cohort(shipped)
    assert found.n == shipped.n
    assert int(found.time_to(found.dictionary.leading)[1].sum()) == shipped.events
    assert {entry.label for entry in found.dictionary.factors} >= set(shipped.factors)


@EACH
def test_survival_log_rank_and_hazard_ratios_are_those_of_r(
    shipped: Shipped, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("shipped") / "data.csv"
    file.write_bytes(content(shipped.names[0]))
    told = [_in_r(str(file), shipped, name) for name in shipped.factors]
    code = f"result <- NULL; {'; '.join(f'{one}; result <- rbind(result, more)' for one in told)}"
    expected = r_table(code).set_index("what")["value"].astype(float)
    ours = pd.Series({key: value for name in shipped.factors for key, value in _ours(cohort(shipped), name).items()})
    assert set(ours.index) == set(expected.index)
    pd.testing.assert_series_equal(ours.sort_index(), expected.sort_index(), check_names=False, rtol=1e-6, atol=1e-9)


def _ours(found: Cohort, name: str) -> dict[str, float]:
    factor = next(entry for entry in found.dictionary.factors if entry.label == name)
    result = survival(found, found.dictionary.leading, factor, at_days=(300,), method=METHOD)
    told = {"chisq": float(result.log_rank.statistic or 0), "p": float(result.log_rank.p or 0)}
    for level in result.comparison.levels[1:]:
        told[f"HR {level.group.word}"] = float(level.ratio.value or 0)
        told[f"lower {level.group.word}"] = float(level.ratio.lower or 0)
    for curve in result.curves:
        told[f"n {curve.group.word}"] = curve.n
        told[f"events {curve.group.word}"] = curve.events
        told[f"S {curve.group.word}"] = float(curve.at[0].value or 0)  # noqa: PD008 - estimates at days
    return {f"{name} {key}": value for key, value in told.items()}


def _in_r(file: str, shipped: Shipped, name: str) -> str:
    return f"""
d <- read.csv("{file}", check.names = FALSE); d$g <- factor(d[["{name}"]]); d <- d[!is.na(d$g), ]
d$day <- with(d, {shipped.time}); d$had <- with(d, {shipped.happened})
lr <- survdiff(Surv(day, had) ~ g, d); cox <- summary(coxph(Surv(day, had) ~ g, d, ties = "efron"))
at <- summary(survfit(Surv(day, had) ~ g, d), times = 300, extend = TRUE)
k <- nlevels(d$g); l <- levels(d$g)
what <- c("chisq", "p", paste("HR", l[-1]), paste("lower", l[-1]), paste("n", l), paste("events", l), paste("S", l))
more <- data.frame(
  what = paste("{name}", what),
  value = c(lr$chisq, pchisq(lr$chisq, k - 1, lower.tail = FALSE), cox$conf.int[, 1], cox$conf.int[, 3],
            c(table(d$g)), c(tapply(d$had, d$g, sum)), at$surv))"""


def test_one_status_gives_two_endpoints_with_rs_numbers(tmp_path_factory: pytest.TempPathFactory) -> None:
    """pbc: 0 censored, 1 transplanted, 2 dead; death, and survival without transplant."""
    proposed = as_it_is("pbc").mapping
    assert proposed is not None
    told = answered(proposed, {"status": "2"}, DEATH)
    status = replace(told.column("pbc.csv", "status"), also=(Further("Death or transplant"),))
    asked = told.with_column("pbc.csv", status)
    assert [column.column for _, column in asked.unsettled] == ["status"]
    assert opened(files("pbc"), mapping=asked).cohort is None
    status = replace(status, also=(Further("Death or transplant", ("1", "2")),))
    mapping = told.with_column("pbc.csv", status)
    assert mapping_in(saved(mapping)) == mapping
    found = opened(files("pbc"), mapping=mapping).cohort
    assert found is not None
    both = next(entry for entry in found.dictionary.endpoints if entry.label == "Death or transplant")
    assert [int(found.time_to(entry)[1].sum()) for entry in (found.dictionary.leading, both)] == [161, 186]
    file = tmp_path_factory.mktemp("two") / "data.csv"
    file.write_bytes(content("pbc"))
    expected = r_table(
        f'd <- read.csv("{file}"); s <- summary(survfit(Surv(time, status > 0) ~ 1, d), times = 1500); '
        "result <- data.frame(s = s$surv)"
    )["s"][0]
    (curve,) = survival(found, both, None, at_days=(1500,), method=METHOD).curves
    assert curve.at[0].value == pytest.approx(expected, rel=1e-9)  # noqa: PD008 - estimates at days
