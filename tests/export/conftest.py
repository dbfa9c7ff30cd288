"""Panels to export: curves of one, three and six groups, and a forest plot."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from components.core.panel import Panel
from components.export.stamp import Stamp, stamp
from components.prognosis.panel import prognosis_panel
from components.survival.analysis import survival
from components.survival.chart import View
from components.survival.hazard_ratios import prognosis
from components.survival.panel import survival_panel
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.filters import Filter

VIEW = View(730, (0, 183, 365, 548, 730), (0, 6, 12, 18, 24), (365, 730))
AGES = (10, 20, 35, 45, 60, 70)
ON = date(2026, 11, 22)


@pytest.fixture(scope="session")
def six_groups() -> Cohort:
    """Thirty patients in six age groups, each group with a death and with patients whose follow-up ended early."""
    rows = [
        {"patient": f"Q{i}", "population": "Outcome", "age": AGES[i % 6], "sex": "Male" if i % 4 else "Female",
         "last_day": 100 + 37 * i, "death_day": 100 + 37 * i if i % 5 == 0 else None}
        for i in range(30)
    ]  # fmt: skip
    nothing = pd.DataFrame()
    tables = Tables(pd.DataFrame(rows), nothing, nothing, nothing)
    return cohort_from(tables, Provenance("reconstructed", "six groups", "0123456789ab")).of_population("outcome")


def curves(cohort: Cohort, key: str | None) -> Panel:
    factor = cohort.dictionary.factor[key] if key else None
    return survival_panel(survival(cohort, cohort.dictionary.endpoints[0], factor), VIEW)


@pytest.fixture(scope="session")
def panels(cohort: Cohort, six_groups: Cohort) -> dict[int, Panel]:
    """Curves by the number of their groups."""
    return {1: curves(cohort, None), 3: curves(cohort, "subtype"), 6: curves(six_groups, "age_group")}


@pytest.fixture(scope="session")
def forest(six_groups: Cohort) -> Panel:
    dictionary = six_groups.dictionary
    factors = tuple(dictionary.factor[key] for key in ("sex", "age_group"))
    return prognosis_panel(prognosis(six_groups, dictionary.endpoints[0], factors))


@pytest.fixture(scope="session")
def stamped(six_groups: Cohort) -> Stamp:
    return stamp(six_groups, Filter(()), curves(six_groups, "age_group"), ON)
