"""The panels of the Evidence page, on screen and as pictures."""

from __future__ import annotations

from components.evidence.agreement import Agreement, Line
from components.evidence.fidelity import fidelity
from components.evidence.panel import agreement_panel, fidelity_panel
from components.export.image import picture
from components.export.numbers import numbers_of
from data.cohort import Cohort
from data.paper.published import published_numbers
from data.paper.reference import ReferenceAnswer


def test_the_squares_can_be_drawn_as_a_picture(enrolled: Cohort) -> None:
    result = fidelity(enrolled, published_numbers())
    panel = fidelity_panel(result)
    assert result.missed
    assert panel.figure is not None
    assert panel.notices[0].startswith(f"{len(result.missed)} published numbers are not reproduced")
    assert picture(panel.figure, "svg", panel.title, (panel.note,)).count(b"<path") > len(result.rows)


def test_the_numbers_of_the_squares_are_published_and_recomputed(enrolled: Cohort) -> None:
    panel = fidelity_panel(fidelity(enrolled, published_numbers()[:2]))
    columns = ("id", "place", "population", "group", "variable", "level", "statistic", "visit", "printed")
    assert numbers_of(panel).columns == (*columns, "recomputed", "reproduced")
    assert numbers_of(panel).rows == (
        ("A-001", "Abstract", "enrolled", "", "patients", "", "n", "", "179", 9, "No"),
        ("A-002", "Abstract", "safety", "", "patients", "", "n", "", "170", 7, "No"),
    )


def test_without_answers_of_r_the_panel_says_so() -> None:
    panel = agreement_panel(None)
    assert (panel.figure, panel.tables) == (None, ())
    assert panel.notices == (panel.alt,)
    assert "another cohort" in panel.alt


def test_answers_of_r_beside_ours() -> None:
    survival = ReferenceAnswer("overall_survival", "", "", "survival", 0.9)
    ratio = ReferenceAnswer("overall_survival", "subtype", "CADM", "hazard_ratio", 9.0)
    panel = agreement_panel(Agreement("R 4", (Line(survival, 0.9), Line(ratio, 9.0 + 9e-9))))
    kinds, main = panel.tables
    assert kinds.rows == (
        ("Survival at two years, with its limits", "1", "none"),
        ("Log-rank tests: χ² and p", "0", "none"),
        ("Hazard ratios, with their limits", "1", "1 × 10⁻⁹"),
    )
    assert main.rows == (
        ("Overall survival at two years: all patients", "90.000000%", "90.000000%"),
        ("Overall survival, hazard ratio: Subtype, CADM", "9.000000", "9.000000"),
    )
    assert "Largest difference" in panel.alt
