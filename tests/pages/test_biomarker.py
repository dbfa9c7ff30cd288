"""The Biomarker page: clinical cut-points first, a search only on request, sentences where there is too little."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components.biomarker import words
from components.ui.study import ANSWERS, IMPORTED
from data.cohort import Cohort, Provenance, Tables, cohort_from

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def forty() -> Cohort:
    """Forty patients; the higher the KL-6 at the start, the earlier the death of the upper half."""
    names, value = [f"P{i}" for i in range(40)], np.arange(40) * 50.0 + 100
    died = np.arange(40) >= 20
    days = np.where(died, 500 - 10 * np.arange(40), 900)
    people = pd.DataFrame({"patient": names, "population": "Outcome", "last_day": days,
                           "death_day": np.where(died, days, np.nan)})  # fmt: skip
    measured = pd.DataFrame({"patient": names, "day": 0, "variable": "kl6", "value": value})
    return cohort_from(Tables(people, measured, pd.DataFrame(), pd.DataFrame()), Provenance("imported", "forty", "7"))


def page(cohort: Cohort, look: str, **asked: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.session_state[IMPORTED] = cohort
    for key, value in {"look": look, "marker": "kl6", **asked}.items():
        test.query_params[key] = value
    test.switch_page("pages/explore/biomarker.py")
    test.run()
    assert not test.exception
    return test


def tables(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html"))


def test_clinical_cut_points_come_first(forty: Cohort) -> None:
    shown = tables(page(forty, words.CLINICAL))
    assert "<td>&lt; 1000 U/mL</td><td>18</td><td>0</td>" in shown
    assert "<td>≥ 1000 U/mL</td><td>22</td><td>20</td>" in shown
    assert "No clinical cut-point" in page(forty, words.CLINICAL, marker="trough").info[0].value


def test_discrimination(forty: Cohort) -> None:
    """Perfectly ranked: no interval of no width, but the limits of 20 deaths against 20 survivors; asked once."""
    test = page(forty, words.RANKING)
    shown = tables(test)
    assert [question[0] for question in test.session_state[ANSWERS]] == ["discrimination"]
    assert "<td>AUC at 1 year</td><td>20</td><td>20</td><td>1.00 (0.90–1.00)</td>" in shown
    assert "<td>1.00 (NE–1.00)</td>" in shown


def test_a_cut_point_is_searched_only_on_request_and_without_the_ordinary_p(forty: Cohort) -> None:
    test = page(forty, words.SEARCH)
    assert "Best cut-point" not in tables(test)
    test.toggle(key="search").set_value(True).run()
    assert not test.exception
    shown = tables(test)
    assert "<td>Patients and deaths above</td><td>20, 20 (100.0%)</td>" in shown
    assert "<td>Corrected p (permutation)</td><td>&lt; 0.001</td>" in shown
    assert "Log-rank test" not in shown


@pytest.mark.parametrize("look", [words.HAZARD, words.RANKING])
def test_too_few_events_is_a_sentence(enrolled: Cohort, look: str) -> None:
    assert "too few patients" in page(enrolled, look).info[0].value
