"""An endpoint that death can forestall: by hand on the cohort of the tests, against cmprsk, and as a share of both."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.core.estimate import Reason
from components.core.groups import groups
from components.core.method import PAPER
from components.survival.analysis import survival
from components.survival.competing import GRAY, compared_by_cause, competing, death_competes
from components.survival.competing_panel import competing_panel
from components.survival.procedures import CUMULATIVE_INCIDENCE
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY

REFERENCE = Path(__file__).parents[1] / "reference"
DEATH = DICTIONARY.endpoint["overall_survival"]
PROGRESSION, SEX = DICTIONARY.endpoint["progression_free"], DICTIONARY.factor["sex"]


def cohort_of(rows: list[tuple[str, int, int | None, int | None]]) -> Cohort:
    people = pd.DataFrame(rows, columns=["sex", "last_day", "progression_day", "death_day"])
    people["patient"] = [f"V{i}" for i in range(len(people))]
    people["population"] = "Outcome"
    return cohort_from(Tables(people, pd.DataFrame(), pd.DataFrame(), pd.DataFrame()), Provenance("imported", "m", "0"))


def outcome() -> Cohort:
    return reconstructed_cohort().of_population("outcome")


def test_by_hand() -> None:
    """Of four men one progresses, one dies without on day 20, one progresses and dies on one day, one in turn."""
    found = competing(
        cohort_of([("Male", 50, 10, None), ("Male", 20, None, 20), ("Male", 30, 30, 30), ("Male", 60, 40, 55),
                   ("Female", 60, None, None)]), PROGRESSION, SEX, at_days=(15, 25, 60))  # fmt: skip
    assert (found.n, found.events, found.deaths) == ((4, 1), (3, 0), (1, 0))
    assert [one.value for one in found.shares[0][0]] == pytest.approx([1 / 4, 1 / 4, 3 / 4])
    assert [one.value for one in found.shares[1][0]] == pytest.approx([0, 1 / 4, 1 / 4])
    assert [level.events for level in found.comparisons[0].hazard.levels] == [3, 0]
    assert found.comparisons[0].hazard.levels[1].ratio.reason is Reason.NO_EVENTS_IN_LEVEL


def test_both_causes_together_are_the_endpoint() -> None:
    """The two shares and survival add up to 1 on every day, and the events to those of the endpoint."""
    cohort, days = outcome(), (100, 365, 730)
    both, whole = competing(cohort, PROGRESSION, SEX, at_days=days), survival(cohort, PROGRESSION, SEX, days)
    for k, curve in enumerate(whole.curves):
        assert both.events[k] + both.deaths[k] == curve.events
        for parts in zip(both.shares[0][k], both.shares[1][k], curve.at, strict=True):
            assert sum(one.value or 0 for one in parts) == pytest.approx(1, abs=1e-12)


def test_gray_is_that_of_cmprsk() -> None:
    rows = pd.read_csv(REFERENCE / "competing_risks.csv", dtype={"group": str})
    rows = rows[rows["dataset"] == "lung_weeks"]
    answers = pd.read_csv(REFERENCE / "gray.csv")
    people = cohort_of([("Male" if one == "1" else "Female", 1, None, None) for one in rows["group"]])
    found = compared_by_cause(rows["day"].to_numpy(), rows["cause"].to_numpy(), groups(people, SEX), PAPER)
    r = answers[answers["dataset"] == "lung_weeks sex"]
    np.testing.assert_allclose([one.test.p or np.nan for one in found], r["p"], atol=1e-10)
    np.testing.assert_allclose([one.test.statistic or np.nan for one in found], r["chisq"], atol=1e-9)


def test_events_after_the_horizon_do_not_count() -> None:
    found = competing(outcome(), PROGRESSION, SEX, at_days=(100, 365), until=200)
    days, had = outcome().time_to(PROGRESSION)
    assert sum(found.events) + sum(found.deaths) == int((had & (days <= 200)).sum())
    assert {one.reason for one in (found.shares[0][0][1], found.shares[1][1][1])} == {Reason.BEYOND_HORIZON}


def test_death_competes_where_an_endpoint_counts_it_beside_its_own_event() -> None:
    offered = [one.key for one in DICTIONARY.endpoints if death_competes(one, DEATH)]
    assert offered == ["progression_free"]
    assert not death_competes(PROGRESSION, None)
    with pytest.raises(ValueError, match="no death competes"):
        competing(outcome(), DEATH)


def test_the_panel(empty: Cohort) -> None:
    panel = competing_panel(competing(outcome(), PROGRESSION, SEX))
    assert panel.title == "Progression, and death without it by sex"
    assert [row[0] for row in panel.tables[1].rows] == ["Progression", "Female against Male", "Death without it",
                                                        "Female against Male"]  # fmt: skip
    assert {GRAY, CUMULATIVE_INCIDENCE} <= set(panel.procedures)
    assert "Gray's test: progression p = " in panel.alt
    alone = competing_panel(competing(outcome(), PROGRESSION))
    assert len(alone.tables) == 1
    assert GRAY not in alone.procedures
    assert competing_panel(competing(empty, PROGRESSION, SEX)).notices
