"""The baseline panel in all states."""

from __future__ import annotations

from components.baseline.analysis import baseline
from components.baseline.panel import baseline_panel
from components.baseline.words import Display
from components.survival.words import nobody_left
from data.cohort import Cohort
from data.variables import DICTIONARY


def test_table_note_and_title(cohort: Cohort) -> None:
    panel = baseline_panel(baseline(cohort, DICTIONARY.factor["subtype"]), Display())
    assert panel.title == "Characteristics at the start of tacrolimus by subtype"
    assert panel.tables[0].rows[0][1:] == ("7 (100.0)", "2 (28.6)", "5 (71.4)", "3 (60.0)", "2 (40.0)")
    assert panel.notices == ()
    assert panel.note


def test_patients_without_a_level_are_announced(cohort: Cohort) -> None:
    factor = DICTIONARY.factor["anti_ars"]
    (notice,) = baseline_panel(baseline(cohort, factor), Display(), factor).notices
    assert "1 patient" in notice


def test_nobody_left(empty: Cohort) -> None:
    panel = baseline_panel(baseline(empty, DICTIONARY.factor["subtype"]), Display())
    assert panel.notices == (nobody_left(),)
    assert panel.tables == ()
