"""What a panel says it was made with is what was computed for it, no less and no more; and every place is reached.

The functions of the engine, and those of other packages, are watched while pages run under chosen and random controls.
MYOSCOPE_PROCEDURES=30 runs more random views than the suite does.
"""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import components
import components.ui.cards
import components.ui.panel_view
import components.ui.table_files
from app import PAGES as MENU
from components.baseline.analysis import STANDARDIZED_DIFFERENCE
from components.biomarker.analysis import AUC, CONCORDANCE, CUT_POINT
from components.biomarker.hazard_by_value import HAZARD_BY_VALUE, SPLINE
from components.core.across import ACROSS
from components.core.panel import Panel
from components.core.procedure import Procedure, procedures_of
from components.core.summary import DESCRIPTION
from components.courses.mixed_course import MIXED_MODEL
from components.engine.logrank import comparable
from components.links.control_types import Control, Value
from components.links.page_input import ground
from components.links.view import answered
from components.methods.where_used import register
from components.prognosis.subgroups import INTERACTION
from components.safety.reactions import INCIDENCE_RATE, RISK_DIFFERENCE
from components.survival.adjusted import ADJUSTED_COX, ADJUSTED_FIRTH, ADJUSTED_TEST, STRATIFIED_LOG_RANK
from components.survival.hazard_ratios import FALSE_DISCOVERY
from components.survival.pairwise import PERMUTATION_LOG_RANK, TREND, WEIGHTED_LOG_RANK
from components.survival.procedures import (
    AT_RISK,
    COX,
    CUMULATIVE_INCIDENCE,
    DETECTABLE_RATIO,
    FIRTH,
    HOLM,
    KAPLAN_MEIER,
    LANDMARK,
    LIMITS,
    LOG_RANK,
    MEDIAN,
    PROFILE,
    PROPORTIONAL_HAZARDS,
    RESTRICTED_MEAN,
    RESTRICTED_MEAN_DIFFERENCE,
    RESTRICTED_MEAN_TEST,
    SCORE_TEST,
    WALD,
)
from components.survival.share_differences import SURVIVAL_DIFFERENCE
from components.survival.time_varying import TIME_VARYING_COX
from components.treatment.time_in_range import TIME_IN_RANGE
from components.ui import stage
from components.ui.study import opened_study
from data.cohort import Cohort
from tests.links.answers import answer
from tests.pages.test_links import ROOT, grouped

RANDOM = int(os.environ.get("MYOSCOPE_PROCEDURES", "1"))
TITLES = {page.address: page.title for page in MENU}
REGISTER = {one.key: one for one in register(place for page in MENU for place in page.places)}
UNWATCHED = {"engine", "chart", "export", "links", "ui", "reconstruct", "evidence"}
LIST_OF_LOOKS = "components.core.ledger"
"""What it corrects is said beside any panel that leaves the page, and belongs to none."""
OURS = {"random_intercept", "landmark", "group_cells", "columns_across"}
FILES = {page.address: page.file for page in MENU if page.exists}
Bound = dict[str, Any]
Made = tuple[set[Procedure], set[Procedure]]
"""What a call must be listed as, and what it may be listed as besides."""


def finite(*values: object) -> bool:
    return any(bool(np.isfinite(np.asarray(value, dtype=float)).any()) for value in values)


def curves(given: Bound, result: Any) -> Made:
    made = {KAPLAN_MEIER, LIMITS[given["interval"]]}
    return (made if result.n.any() else set()), made


def cox(given: Bound, result: Any) -> Made:
    made = {COX[given["ties"]], WALD}
    several = comparable(given["table"])[given["reference"]].sum() > 1
    return (made if several and finite(result.p) else set()), {*made, SCORE_TEST}


def cox_of_many(given: Bound, result: Any) -> Made:
    made = {COX[given["ties"]], WALD}
    known = [
        finite(model.p) and comparable(table)[model.reference].sum() > 1
        for table, model in zip(given["tables"], result, strict=True)
    ]
    return (made if any(known) else set()), {*made, SCORE_TEST}


def spline(given: Bound, _: Any) -> Made:
    made = {HAZARD_BY_VALUE} if "x1" not in given["df"] else {SPLINE}
    return made, made


def differences(_: Bound, result: Any) -> Made:
    made = {RISK_DIFFERENCE}
    return (made if np.shape(result.estimate)[-1] > 2 and finite(result.estimate) else set()), made


def told(*made: Procedure, shown: Callable[[Any], bool] = lambda _: True) -> Callable[[Bound, Any], Made]:
    return lambda _, result: (set(made) if shown(result) else set(), set(made))


def maybe(*made: Procedure) -> Callable[[Bound, Any], Made]:
    return lambda _, __: (set(), set(made))


def described(_: Bound, result: Any) -> Made:
    return ({DESCRIPTION} if any(one.n for one in result) else set()), {DESCRIPTION, ACROSS}


def difference(_: Bound, result: Any) -> Made:
    found = {RESTRICTED_MEAN_DIFFERENCE: result.estimate, RESTRICTED_MEAN_TEST: result.p}
    return {one for one, number in found.items() if finite(number)}, set(found)


def ranked(given: Bound, result: Any) -> Made:
    even = given["weighting"] == "fleming-harrington" and not (given["rho"] or given["gamma"])
    made = {STRATIFIED_LOG_RANK if len(given["strata"]) > 1 else LOG_RANK if even else WEIGHTED_LOG_RANK}
    return (made if finite(result.p) else set()), made


def corrected(given: Bound, result: Any) -> Made:
    made = {HOLM if given["adjustment"] == "holm" else FALSE_DISCOVERY}
    return (made if finite(result) else set()), made


def of_columns(given: Bound, result: Any) -> Made:
    made = {ADJUSTED_FIRTH if given["penalised"] else ADJUSTED_COX}
    return (made if finite(result.p) else set()), made


NOTHING = maybe()
WATCHED: dict[str, Callable[[Bound, Any], Made]] = {
    "event_table": NOTHING,
    "cause_table": NOTHING,
    "comparable": NOTHING,
    "comparable_in_counts": NOTHING,
    "fitted": NOTHING,
    "coefficients": maybe(ACROSS),
    "unbounded": NOTHING,
    "survival_at": NOTHING,
    "incidence_at": NOTHING,
    "incidence_of": maybe(ACROSS),
    "median": maybe(MEDIAN),
    "quantiles": maybe(MEDIAN),
    "kaplan_meier": curves,
    "product_limit": maybe(KAPLAN_MEIER),
    "survival_curves": maybe(ACROSS),
    "shares_at": maybe(ACROSS),
    "median_days": maybe(ACROSS),
    "mean_within": NOTHING,
    "stacked_days": NOTHING,
    "stacked_distributions": maybe(ACROSS),
    "group_cells": maybe(ACROSS),
    "columns_across": maybe(ACROSS),
    "coded_days": NOTHING,
    "logranks": told(ACROSS, shown=lambda result: result[1].any()),
    "follow_up": NOTHING,
    "numbers_at_risk": lambda given, _: ({AT_RISK[given["convention"]]}, {AT_RISK[given["convention"]]}),
    "restricted_mean": told(RESTRICTED_MEAN, shown=lambda result: finite(result.mean)),
    "restricted_mean_difference": difference,
    "survival_difference": told(SURVIVAL_DIFFERENCE, shown=lambda result: finite(result[0])),
    "logrank": ranked,
    "multivariable_cox": of_columns,
    "interaction": maybe(INTERACTION),
    "without_columns": told(ADJUSTED_TEST, shown=lambda result: finite(result.p)),
    "pairwise_logrank": told(LOG_RANK, shown=lambda result: any(finite(pair.test.p) for pair in result)),
    "trend": told(TREND, shown=lambda result: finite(result.p)),
    "adjusted": corrected,
    "permutation_logrank": told(PERMUTATION_LOG_RANK),
    "cox_model": cox,
    "cox_models": cox_of_many,
    "profile_limits": maybe(PROFILE),
    "detectable_ratio": maybe(DETECTABLE_RATIO),
    "firth_model": maybe(FIRTH),
    "profile_of_counts": maybe(PROFILE),
    "firth_of_counts": maybe(FIRTH),
    "numeric_sensitivity": told(PROFILE, FIRTH, shown=lambda result: result is not None),
    "proportional_hazards": told(PROPORTIONAL_HAZARDS, shown=lambda result: finite(result[0].p)),
    "cumulative_incidence": lambda given, _: (
        {CUMULATIVE_INCIDENCE, LIMITS[given["interval"]]},
        {CUMULATIVE_INCIDENCE, LIMITS[given["interval"]]},
    ),
    "maximally_selected": told(CUT_POINT, shown=lambda result: len(result.cuts) > 0),
    "bootstrap_cuts": told(CUT_POINT),
    "distributions": described,
    "mean_limits": NOTHING,
    "standardized_difference_levels": told(STANDARDIZED_DIFFERENCE),
    "standardized_difference": told(STANDARDIZED_DIFFERENCE),
    "risk_difference": differences,
    "poisson_limits": maybe(INCIDENCE_RATE),
    "time_in_range": told(TIME_IN_RANGE, shown=lambda result: bool(result.days.any())),
    "random_intercept": told(MIXED_MODEL),
    "landmark": told(LANDMARK),
    "CoxPHFitter.fit": spline,
    "CoxTimeVaryingFitter.fit": told(TIME_VARYING_COX),
    "discrimination": maybe(AUC, CONCORDANCE),
    "separated_limits": told(AUC),
}
"""Every function that computes a statistic, by its name; one that is not listed must be called as its procedure is."""


@dataclass
class Watch:
    """What was computed since the last panel, and the panels with what was computed for each."""

    must: set[Procedure] = field(default_factory=set)
    may: set[Procedure] = field(default_factory=set)
    panels: list[tuple[Panel, set[Procedure], set[Procedure]]] = field(default_factory=list)

    def over(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        signature = inspect.signature(function)

        def watched(*args: Any, **options: Any) -> Any:
            result = function(*args, **options)
            bound = signature.bind(*args, **options)
            bound.apply_defaults()
            rule = WATCHED.get(name) or told(REGISTER[name.replace("_", "-")])
            must, may = rule(bound.arguments, result)
            self.must |= must
            self.may |= must | may
            return result

        return watched

    def note(self, panel: Panel) -> None:
        self.panels.append((panel, self.must, self.may))
        self.must, self.may = set(), set()


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """All that the analyses call is watched: the engine, and the functions of other packages that they load."""
    import lifelines  # noqa: PLC0415 - a second to load

    seen = Watch()
    for found in pkgutil.walk_packages(components.__path__, "components."):
        if found.ispkg or found.name.split(".")[1] in UNWATCHED or found.name == LIST_OF_LOOKS:
            continue
        module = importlib.import_module(found.name)
        for name, member in vars(module).copy().items():
            if not isinstance(member, types.FunctionType):
                continue
            called = member.__name__
            engine = member.__module__.startswith("components.engine")
            ours = called in OURS and member.__module__ != module.__name__
            if engine or ours:
                monkeypatch.setattr(module, name, seen.over(member, called))
    for kind in (lifelines.CoxPHFitter, lifelines.CoxTimeVaryingFitter):
        monkeypatch.setattr(kind, "fit", seen.over(kind.fit, f"{kind.__name__}.fit"))
    offered = stage.offer

    def offer(panel: Panel, key: str) -> object:
        seen.note(panel)
        return offered(panel, key)

    monkeypatch.setattr(stage, "offer", offer)
    return seen


def run(page: str, pairs: dict[str, list[str]], state: dict[str, object]) -> None:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for key, texts in pairs.items():
        test.query_params[key] = texts
    for key, value in state.items():
        test.session_state[key] = value
    test.switch_page(FILES[page])
    test.run()
    assert not test.exception


def wrong(page: str, watch: Watch) -> list[str]:
    """Panels that tell of what was not computed, or keep back what was."""
    found = []
    # The overview computes before it shows: its cards are read together. Evidence recomputes what other pages tell of.
    together = page == "overview"
    recomputed = page == "evidence"
    of_all = {one for _, _, may in watch.panels for one in may}
    for panel, must, may in watch.panels:
        own = set(panel.procedures)
        if invented := own - (of_all if together else may):
            found.append(f"{page}, {panel.title}: not computed {invented}")
        shown = panel.figure is not None or panel.tables or panel.aside
        if not (together or recomputed) and shown and (kept_back := must - {*own, *procedures_of(panel.result)}):
            found.append(f"{page}, {panel.title}: kept back {kept_back}")
    return found


def reached(page: str, watch: Watch) -> set[tuple[str, str, Procedure]]:
    return {(TITLES[page], panel.kind, one) for panel, _, _ in watch.panels for one in panel.procedures}


SURVIVAL: list[dict[str, list[str]]] = [
    {},
    {"interval": ["log_log"]},
    {"interval": ["beta product"]},
    {"interval": ["log"], "ties": ["Efron"], "atrisk": ["still followed after it"]},
    {"interval": ["plain"]},
]
OPEN: dict[str, object] = {
    "attrition-fold": True,
    "every pair": True,
    "competing": True,
    "changing": True,
    "search": True,
}
SWEEP: list[tuple[str, dict[str, list[str]]]] = [
    ("overview", {}),
    ("overview", {"subtype": ["cadm"], "ghost": ["true"]}),
    (
        "biomarker",
        {"look": ["hazard"], "subtype": ["cadm"], "ghost": ["true"], "kept": ["a~subtype=pm~"], "pale": ["kept-a"]},
    ),
    *(("survival", {"by": ["Subtype"], **more}) for more in SURVIVAL),
    ("survival", {"by": ["Age group"]}),
    ("survival", {"by": ["sex"], "adjust": ["oxygen", "age"], "endpoint": ["progression_free"]}),
    ("survival", {"by": ["sex"], "adjust": ["oxygen"], "penalty": ["false"], "ties": ["efron"]}),
    ("survival", {"by": ["subtype"], "subgroups": ["of-cadm"], "endpoint": ["progression_free"]}),
    ("survival", {"by": ["sex"], "subgroups": ["of-female"], "within": ["subtype"], "ties": ["efron"]}),
    ("survival", {"by": ["steroid_tapered"], "subgroups": ["of-lt10"], "endpoint": ["progression_free"]}),
    ("survival", {"by": ["steroid_tapered"], "adjust": ["sex"], "endpoint": ["progression_free"]}),
    ("survival", {"by": ["Trough at month 3"]}),
    ("survival", {"by": ["Prednisolone at month 3"], "ties": ["Efron"]}),
    ("survival", {"by": ["All patients together"]}),
    *(("prognosis", more) for more in SURVIVAL[:4]),
    ("baseline", {"by": ["Subtype"], "difference": ["PM vs CADM"]}),
    ("treatment", {}),
    ("treatment", {"part": ["Trough"]}),
    ("treatment", {"part": ["Corticosteroids"]}),
    *(("treatment", {"part": ["Persistence"], "by": ["Subtype"], **more}) for more in SURVIVAL),
    ("treatment", {"subtype": ["cadm"], "ghost": ["true"]}),
    ("treatment", {"part": ["Trough"], "subtype": ["cadm"], "ghost": ["true"]}),
    ("treatment", {"part": ["other"], "subtype": ["cadm"], "by": ["sex"]}),
    ("laboratory", {"subtype": ["cadm"], "ghost": ["true"]}),
    ("laboratory", {"value": ["KL-6"], "subtype": ["cadm"], "ghost": ["true"]}),
    ("laboratory", {"model": ["true"]}),
    ("laboratory", {"value": ["KL-6"], "model": ["true"], "log": ["true"]}),
    *(("biomarker", {"look": ["Clinical cut-points"], **more}) for more in SURVIVAL),
    ("biomarker", {"look": ["Clinical cut-points"], "of": ["Progression-free survival"]}),
    ("biomarker", {"look": ["Hazard by value"], "shape": ["Cubic spline"]}),
    ("biomarker", {"look": ["Discrimination"]}),
    ("biomarker", {"look": ["Search for a cut-point"]}),
    ("safety", {}),
    ("safety", {"by": ["Subtype"]}),
    *(("safety", {"section": ["Who and when"], **more}) for more in SURVIVAL),
    *(("safety", {"section": ["Who and when"], "by": ["subtype"], **more}) for more in SURVIVAL[:4:3]),
    *(("survival", {"endpoint": ["progression_free"], **more}) for more in SURVIVAL),
    ("safety", {"section": ["Deaths"]}),
    ("safety", {"section": ["Discontinuation"]}),
]
SWEEP += [(page.address, {}) for page in MENU if page.panels and page.address not in {address for address, _ in SWEEP}]
"""Views that together reach every place."""


def test_panels_tell_what_was_computed_and_every_place_is_reached(watch: Watch) -> None:
    found: list[str] = []
    places: set[tuple[str, str, Procedure]] = set()
    for page, pairs in SWEEP:
        run(page, pairs, OPEN)
        found += wrong(page, watch)
        places |= reached(page, watch)
        watch.__init__()  # type: ignore[misc]
    assert found == []
    assert places == {
        (page.title, place.kind, one) for page in MENU for place in page.places for one in place.procedures
    }


@pytest.mark.parametrize("page", sorted(page.address for page in MENU if page.places))
@pytest.mark.parametrize("seed", range(RANDOM))
def test_panels_tell_what_was_computed_under_any_choice(watch: Watch, page: str, seed: int) -> None:
    study: Cohort = opened_study()
    on = ground(study, next(entry for entry in MENU if entry.address == page), single=True)
    chance = Random(f"{page} {seed}")  # noqa: S311 - no secret

    def choose(control: Control) -> Value:
        return (
            control.default
            if control.key in study.dictionary.factor and chance.random() < 0.9
            else answer(control, chance)
        )

    run(page, grouped(answered(page, on, choose)), OPEN)
    assert wrong(page, watch) == []
