"""After a landmark the scripts compare the patients whom the screen compares, from the same day on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from components.core.analysis_set import FollowUp
from components.core.panel import Panel
from components.export.code import Language, recipe
from components.export.report_words import days_sentence
from components.survival.analysis import survival
from components.survival.panel import survival_panel
from data.cohort import Cohort
from tests.export.conftest import VIEW
from tests.export.test_code import RSCRIPT, of_survival, printed
from tests.written import of_patients

LANDMARK = 140
LAST = (90, 140, 140, 141, 200, 300, 400, 500, 600, 700, 800, 900)
DIED = (90, 140, 141, 300, 500, 700)


@pytest.fixture(scope="module")
def measured() -> Cohort:
    """Twelve patients with a trough of 4 or 7 at month 3; of two who end on the landmark itself one dies."""
    names = [f"P{i}" for i in range(12)]
    death = [day if day in DIED and LAST[:i].count(day) == 0 else None for i, day in enumerate(LAST)]
    troughs = {"patient": names, "day": 80, "variable": "trough", "value": [(4.0, 7.0)[i % 2] for i in range(12)]}
    return of_patients({"patient": names, "last_day": LAST, "death_day": death}, measurements=troughs)


@pytest.fixture(scope="module")
def panel(measured: Cohort) -> Panel:
    words = measured.dictionary
    result = survival(measured, words.endpoints[0], words.factor["trough_range"], (365,), (0, 365), 365, LANDMARK)
    return survival_panel(result, VIEW)


def test_who_ends_on_the_landmark_is_not_compared(panel: Panel, measured: Cohort) -> None:
    assert [curve.n for curve in panel.result.curves] == [4, 5]
    found = recipe(panel, measured)
    assert found is not None
    assert found.settings["LANDMARK"] == LANDMARK


@pytest.mark.parametrize("language", ["Python", "R"])
def test_the_script_prints_the_numbers_of_the_page(
    panel: Panel, measured: Cohort, tmp_path: Path, language: Language
) -> None:
    if language == "R" and RSCRIPT is None:
        pytest.skip("R with its package survival is not installed: its script is NOT checked")
    assert printed(panel, measured, language, tmp_path) == of_survival(panel.result)


def test_the_report_says_that_the_clock_starts_at_the_landmark(panel: Panel) -> None:
    assert days_sentence(panel.result.analysed).startswith(f"Times count from the landmark, day {LANDMARK} ")
    whole = replace(panel.result.analysed, follow_up=FollowUp(0, 700))
    assert days_sentence(whole) == "Days count from the start of tacrolimus."
