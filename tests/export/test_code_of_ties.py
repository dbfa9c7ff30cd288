"""Deaths on one day: the scripts treat them as the screen does, which small cohorts without any cannot show."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.core.method import Method
from components.export.code import Language
from tests.export.test_code import RSCRIPT, curves, of_survival, printed
from tests.written import of_patients


@pytest.mark.parametrize("language", ["Python", "R"])
def test_deaths_on_one_day_are_tied_as_on_the_screen(tmp_path: Path, language: Language) -> None:
    """Three of eight patients die on day 10: Efron's ratio is another than Breslow's, and the script prints it."""
    if language == "R" and RSCRIPT is None:
        pytest.skip("R with its package survival is not installed: its script is NOT checked")
    last, died = [10, 30, 60, 60, 10, 10, 20, 60], [True, True, False, False, True, True, True, False]
    death = [day if dead else None for day, dead in zip(last, died, strict=True)]
    names, sexes = [f"P{i}" for i in range(8)], [*4 * ["Male"], *4 * ["Female"]]
    made = of_patients({"patient": names, "sex": sexes, "last_day": last, "death_day": death})
    efron, breslow = (curves(made, "sex", Method(ties)) for ties in ("efron", "breslow"))
    ratio = ("Sex: Female", "hazard ratio")
    assert of_survival(efron.result)[ratio] != of_survival(breslow.result)[ratio]
    assert printed(efron, made, language, tmp_path)[ratio] == of_survival(efron.result)[ratio]
