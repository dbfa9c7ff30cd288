"""The scripts are run, and what they print is compared with what stands on the screen, to the printed digits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pytest

from components.core.estimate import Estimate
from components.core.method import PAPER, Method
from components.core.numbers import decimal
from components.core.panel import Panel
from components.export.code import Language, patients_file, recipe, script
from components.export.code_words import CHECKED_WITH, HEAD
from components.export.stamp import stamp
from components.links.computed import asked, computed
from components.prognosis.panel import prognosis_panel
from components.prognosis.subgroups import Subgroups
from components.survival.adjusted import Adjusted
from components.survival.analysis import Survival, survival
from components.survival.chart import View
from components.survival.hazard_ratios import Prognosis, prognosis
from components.survival.panel import survival_panel
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.filters import Filter
from data.paper.reference import reference
from data.reading.read import reconstructed_cohort
from pages.explore.survival import PAGE
from tests.export.conftest import ON, VIEW

Numbers = dict[tuple[str, str], tuple[str, str, str, str]]
MONTH = 12 / 365.25
RSCRIPT = shutil.which("Rscript")
OTHERS = (Method("efron", "log", "R", 0.95), Method("breslow", "plain", "R", 0.95))


def printed(panel: Panel, cohort: Cohort, language: Language, folder: Path) -> Numbers:
    found = recipe(panel, cohort)
    assert found is not None
    stamped = stamp(cohort, Filter(()), panel, ON)
    (folder / "patients.csv").write_bytes(found.patients)
    file = folder / ("reproduce.py" if language == "Python" else "reproduce.R")
    file.write_text(script(found, stamped, language), encoding="utf-8")
    program = [sys.executable, "-W", "error"] if language == "Python" else [str(RSCRIPT), "--vanilla"]
    env = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([*program, file.name], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return {(row[0], row[1]): (row[2], row[3], row[4], row[5]) for row in rows}


def number(value: float | None, places: int, scale: float = 1.0) -> str:
    return "NA" if value is None else decimal(value * scale, places).replace("−", "-").replace(" ", "")


def estimate(found: Estimate, places: int, scale: float = 1.0, p: float | None = None) -> tuple[str, str, str, str]:
    ends = (found.value, found.lower, found.upper)
    return (*(number(end, places, scale) for end in ends), number(p, 3))  # type: ignore[return-value]


def of_survival(result: Survival) -> Numbers:
    found: Numbers = {}
    for curve in result.curves:
        found[curve.label, "patients"] = (str(curve.n), "NA", "NA", "NA")
        found[curve.label, "events"] = (str(curve.events), "NA", "NA", "NA")
        found[curve.label, "median, months"] = estimate(curve.median, 1, MONTH)
        for day, share in zip(result.at_days, curve.at, strict=True):
            found[curve.label, f"% at day {day}"] = estimate(share, 1, 100)
        found[curve.label, f"restricted mean to day {result.tau}, months"] = estimate(curve.restricted_mean, 1, MONTH)
    if len(result.curves) > 1:
        found["all groups", "log-rank chi-squared"] = (
            number(result.log_rank.statistic, 2), "NA", "NA", number(result.log_rank.p, 3))  # fmt: skip
        for level in result.comparison.levels:
            if not level.reference:
                name = f"{result.comparison.title}: {level.label}"
                found[name, "hazard ratio"] = estimate(level.ratio, 2, 1, level.p)
        for contrast in result.differences:
            name = f"{contrast.label} minus {contrast.reference.label}"
            found[name, "restricted mean, difference in months"] = estimate(contrast.days, 1, MONTH, contrast.p)
    return found


def of_prognosis(result: Prognosis) -> Numbers:
    found: Numbers = {
        ("All patients", "patients"): (str(result.n), "NA", "NA", "NA"),
        ("All patients", "events"): (str(result.events), "NA", "NA", "NA"),
    }
    for comparison in result.comparisons:
        if comparison.reference:
            found[comparison.title, "score test"] = ("NA", "NA", "NA", number(comparison.p, 3))
        for level in comparison.levels:
            name = f"{comparison.title}: {level.label}"
            if level.n:
                found[name, "patients"] = (str(level.n), "NA", "NA", "NA")
                found[name, "events"] = (str(level.events), "NA", "NA", "NA")
                if not level.reference:
                    found[name, "hazard ratio"] = estimate(level.ratio, 2, 1, level.p)
    return found


def curves(cohort: Cohort, key: str | None, method: Method, endpoint: int = 0) -> Panel:
    factor = cohort.dictionary.factor[key] if key else None
    view = View(730, VIEW.ticks, VIEW.tick_numbers, (91, 365, 730))
    asked = cohort.dictionary.endpoints[endpoint]
    return survival_panel(survival(cohort, asked, factor, view.at_days, view.ticks, method=method), view)


CASES = [("cohort", "subtype", PAPER, 0), ("cohort", None, PAPER, 1), ("six_groups", "age_group", PAPER, 0),
         ("six_groups", "sex", OTHERS[0], 0), ("six_groups", "age_group", OTHERS[1], 1),
         ("cohort", "subtype", Method(), 0), ("six_groups", "sex", Method(), 1),
         ("six_groups", "age_group", Method(), 0),
         ("six_groups", "age_group", Method(interval="beta product"), 0)]  # fmt: skip


@pytest.mark.parametrize(("which", "key", "method", "endpoint"), CASES)
def test_python_prints_the_numbers_of_the_survival_page(
    request: pytest.FixtureRequest, tmp_path: Path, which: str, key: str | None, method: Method, endpoint: int
) -> None:
    cohort: Cohort = request.getfixturevalue(which)
    panel = curves(cohort, key, method, endpoint)
    assert printed(panel, cohort, "Python", tmp_path) == of_survival(panel.result)


def forest(cohort: Cohort, method: Method) -> Panel:
    factors = tuple(factor for factor in cohort.dictionary.factors if factor.prognostic)
    return prognosis_panel(prognosis(cohort, cohort.dictionary.endpoints[0], factors, method))


@pytest.mark.parametrize("method", [PAPER, OTHERS[0]], ids=["Breslow", "Efron"])
@pytest.mark.parametrize("which", ["cohort", "six_groups"])
def test_python_prints_the_numbers_of_the_prognosis_page(
    request: pytest.FixtureRequest, tmp_path: Path, which: str, method: Method
) -> None:
    cohort: Cohort = request.getfixturevalue(which)
    panel = forest(cohort, method)
    assert printed(panel, cohort, "Python", tmp_path) == of_prognosis(panel.result)


@pytest.mark.skipif(RSCRIPT is None, reason="R with its package survival is not installed: its scripts are NOT checked")
@pytest.mark.parametrize(("which", "key", "method", "endpoint"), CASES)
def test_r_prints_the_numbers_of_the_survival_page(
    request: pytest.FixtureRequest, tmp_path: Path, which: str, key: str | None, method: Method, endpoint: int
) -> None:
    cohort: Cohort = request.getfixturevalue(which)
    panel = curves(cohort, key, method, endpoint)
    assert printed(panel, cohort, "R", tmp_path) == of_survival(panel.result)


@pytest.mark.skipif(RSCRIPT is None, reason="R with its package survival is not installed: its scripts are NOT checked")
@pytest.mark.parametrize("which", ["cohort", "six_groups"])
def test_r_prints_the_numbers_of_the_prognosis_page(request: pytest.FixtureRequest, tmp_path: Path, which: str) -> None:
    cohort: Cohort = request.getfixturevalue(which)
    panel = forest(cohort, PAPER)
    assert printed(panel, cohort, "R", tmp_path) == of_prognosis(panel.result)


def test_a_script_stops_at_other_data(six_groups: Cohort, tmp_path: Path) -> None:
    panel = curves(six_groups, "sex", PAPER)
    printed(panel, six_groups, "Python", tmp_path)
    (tmp_path / "patients.csv").write_bytes(patients_file(six_groups) + b"\n")
    done = subprocess.run([sys.executable, "reproduce.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "not the file" in done.stderr
    assert not done.stdout


def test_texts_of_patients_cannot_become_formulas(six_groups: Cohort) -> None:
    marked = six_groups.patients.assign(cause_of_death="=HYPERLINK(1)")
    lines = patients_file(six_groups.with_patients(marked)).decode().splitlines()
    assert len(lines) == 31
    assert all("'=HYPERLINK(1)" in line for line in lines[1:])


def test_panels_without_a_script_have_no_recipe(six_groups: Cohort) -> None:
    assert recipe(Panel("t", "T", None, (), "", ""), six_groups) is None


def test_a_script_says_what_it_needs_and_for_whom(six_groups: Cohort) -> None:
    panel = curves(six_groups, "sex", PAPER)
    found = recipe(panel, six_groups)
    assert found is not None
    stamped = stamp(six_groups, Filter(()), panel, ON)
    text = script(found, stamped, "Python")
    assert f"# pip install pandas=={version('pandas')}" in text
    assert "lifelines" not in text
    assert f"# {stamped.lines[-2]}" in text
    compile(text, "reproduce.py", "exec")


def test_a_text_of_several_lines_stays_a_comment(six_groups: Cohort) -> None:
    panel = curves(six_groups, "sex", PAPER)
    found = recipe(panel, six_groups)
    assert found is not None
    stamped = stamp(six_groups, Filter(()), panel, ON)
    text = script(found, replace(stamped, caution=("A name\nstop('here')\r\nand more",)), "R")
    assert "# A name stop('here') and more\n" in text


def days(rows: list[tuple[str, int, bool]]) -> Cohort:
    """Patients of a subtype, each with the last day and whether death fell on it."""
    table = pd.DataFrame(
        {"patient": f"Q{i}", "population": "Outcome", "subtype": subtype, "last_day": day,
         "death_day": day if died else None}
        for i, (subtype, day, died) in enumerate(rows)
    )  # fmt: skip
    nothing = pd.DataFrame()
    return cohort_from(Tables(table, nothing, nothing, nothing), Provenance("reconstructed", "days", "0" * 12))


LANGUAGES = [
    "Python",
    pytest.param("R", marks=pytest.mark.skipif(RSCRIPT is None, reason="R is not installed: its scripts NOT checked")),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_on_day_0_counts(tmp_path: Path, language: Language) -> None:
    cohort = days([("PM", 0, True), ("PM", 0, False), ("PM", 900, False), ("PM", 900, False), ("CADM", 0, False)])
    found = printed(curves(cohort, "subtype", PAPER), cohort, language, tmp_path)
    assert found["PM", "% at day 730"][0] == "75.0"
    assert found["CADM", "% at day 91"] == ("NA", "NA", "NA", "NA")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_level_censored_before_the_first_event_adds_no_degree_of_freedom(tmp_path: Path, language: Language) -> None:
    two = [("PM", 10, True), ("PM", 30, False), ("PM", 50, True), ("CADM", 20, True), ("CADM", 40, False)]
    alone = days(two)
    three = days([*two, ("Classic DM", 5, False), ("Classic DM", 9, False)])
    key = ("all groups", "log-rank chi-squared")
    for name in ("two", "three"):
        (tmp_path / name).mkdir()
    of_two = printed(curves(alone, "subtype", PAPER), alone, language, tmp_path / "two")[key]
    of_three = printed(curves(three, "subtype", PAPER), three, language, tmp_path / "three")[key]
    assert of_two == of_three
    assert of_two[3] != "NA"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ratio_of_one_event_against_many_is_found(tmp_path: Path, language: Language) -> None:
    rows = [("PM", 100 + i, False) for i in range(60)]
    cohort = days([*rows, ("PM", 50, True), ("CADM", 40, True), ("CADM", 60, False), ("CADM", 70, True)])
    found = printed(curves(cohort, "subtype", PAPER), cohort, language, tmp_path)
    value, lower, upper, p = found["Subtype: CADM", "hazard ratio"]
    assert float(lower) < float(value) < float(upper) < 1000
    assert float(p) < 0.05


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_everybody_has_the_event_on_one_day_there_is_nothing_to_compare(
    tmp_path: Path, language: Language
) -> None:
    cohort = days([*[("PM", 40, True)] * 4, *[("CADM", 40, True)] * 4])
    found = printed(curves(cohort, "subtype", PAPER), cohort, language, tmp_path)
    assert found["all groups", "log-rank chi-squared"] == ("NA", "NA", "NA", "NA")


def test_the_script_for_r_names_the_versions_that_read_the_cohort() -> None:
    assert reference().software == CHECKED_WITH
    assert f"Checked with {CHECKED_WITH}." in HEAD["R"]


def of_adjusted(result: Adjusted) -> Numbers:
    title = result.groups.title
    found: Numbers = {(title, "likelihood-ratio test"): ("NA", "NA", "NA", number(result.p, 3))}
    for level in result.levels:
        name = f"{title}: {level.group.word}"
        found[name, "patients"] = (str(level.n), "NA", "NA", "NA")
        found[name, "events"] = (str(level.events), "NA", "NA", "NA")
        if not level.reference:
            found[name, "adjusted hazard ratio"] = estimate(level.adjusted, 2, 1, level.adjusted_p)
            found[name, "hazard ratio, not adjusted"] = estimate(level.alone, 2, 1, level.alone_p)
    for one in result.others:
        name = f"{one.of.label}: {one.level.word}" if one.level else f"{one.of.label}, one SD"
        found[name, "adjusted hazard ratio"] = estimate(one.ratio, 2, 1, one.p)
    return found


R_THERE = pytest.mark.skipif(RSCRIPT is None, reason="R is not installed: its scripts NOT checked")
MADE_VIEWS = [
    ("by=rest&subtype=cadm&anti_mda5=positive&against=all", "Python"),
    pytest.param("by=kept&kept=a~subtype%3Dcadm&kept=b~subtype%3Dpm", "R", marks=R_THERE),
    ("by=event-progressed&landmark=182", "Python"),
    pytest.param("by=steroid_tapered", "R", marks=R_THERE),
]
"""Groups made by rules: the patients shown and the rest, kept cohorts, by a landmark, known from a landmark on."""

ADJUSTED_VIEWS = [
    ("by=sex&adjust=oxygen&adjust=age&endpoint=progression_free", "Python"),
    pytest.param("by=sex&adjust=oxygen&adjust=age&endpoint=progression_free", "R", marks=R_THERE),
    pytest.param("by=rest&subtype=cadm&adjust=oxygen&penalty=false&ties=efron&endpoint=progression_free", "R",
                 marks=R_THERE),
    ("by=steroid_tapered&adjust=sex&endpoint=progression_free&ties=efron", "Python"),
]  # fmt: skip


SUBGROUP_VIEWS = [
    ("by=subtype&subgroups=of-cadm&endpoint=progression_free", "Python"),
    pytest.param("by=subtype&subgroups=of-cadm&endpoint=progression_free&ties=efron", "R", marks=R_THERE),
    ("by=steroid_tapered&subgroups=of-lt10&endpoint=progression_free", "Python"),
]


def of_view(query: str, kind: str) -> tuple[Panel, Cohort]:
    found = asked(PAGE, reconstructed_cohort(), query, single=True)
    return next(panel for _, panel in computed(PAGE, found) if panel.kind == kind), found.here.cohort


@pytest.mark.parametrize(("query", "language"), MADE_VIEWS)
def test_groups_made_by_a_rule_have_a_script(tmp_path: Path, query: str, language: Language) -> None:
    panel, cohort = of_view(query, "survival")
    assert len(panel.result.curves) > 1
    assert printed(panel, cohort, language, tmp_path) == of_survival(panel.result)


@pytest.mark.parametrize(("query", "language"), ADJUSTED_VIEWS)
def test_adjusted_models_have_a_script(tmp_path: Path, query: str, language: Language) -> None:
    panel, cohort = of_view(query, "adjusted")
    assert panel.result.reason is None
    assert printed(panel, cohort, language, tmp_path) == of_adjusted(panel.result)


def of_subgroups(result: Subgroups) -> Numbers:
    found: Numbers = {}
    assert result.overall is not None
    rows = [("All patients", result.overall)]
    rows += [(f"{one.title}: {row.group.word}", row) for one in result.factors for row in one.subgroups]
    for name, row in rows:
        found[name, "patients"] = (str(row.n), "NA", "NA", "NA")
        found[name, "events"] = (str(row.events), "NA", "NA", "NA")
        found[f"{name}: {result.compared.word}", "hazard ratio"] = estimate(row.ratio, 2)
    return found


@pytest.mark.parametrize(("query", "language"), SUBGROUP_VIEWS)
def test_subgroups_have_a_script_without_a_p_for_any_of_them(tmp_path: Path, query: str, language: Language) -> None:
    panel, cohort = of_view(query, "subgroups")
    assert len(panel.result.factors) > 1
    assert printed(panel, cohort, language, tmp_path) == of_subgroups(panel.result)
