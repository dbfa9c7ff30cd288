"""No count of one to four patients leaves a database, whatever is asked of it."""

from __future__ import annotations

import re
from importlib import import_module

import numpy as np
import pandas as pd
import pytest

from components.links.computed import asked, computed
from components.survival.hazard_ratios import prognosis
from data.cohort import Cohort
from data.counted import Bands, SmallCountsError
from data.database.cohort import DatabaseCohort
from data.database.source import Source
from data.filters import filter_from_query
from data.reading.read import COHORT_FOLDER, tables_in
from tests.in_database import filled, mapping_of, study

ibis = pytest.importorskip("ibis")

COUNTS = {"weight", "n", "missing", "lost", "twice", "none"}
"""Columns of answers that count patients, beside those of what is wrong with days."""

PATIENTS = 20_000


@pytest.fixture(scope="module")
def many() -> DatabaseCohort:
    """20 000 patients drawn from the cohort of the paper, small counts hidden."""
    tables = tables_in(COHORT_FOLDER)
    rows = np.random.default_rng(3).integers(0, len(tables.patients), PATIENTS)
    drawn = tables.patients.iloc[rows].reset_index(drop=True).assign(patient=[f"N{k}" for k in range(PATIENTS)])
    source = Source(ibis.duckdb.connect())
    filled(source, vars(tables) | {"patients": drawn})
    return study(source, mapping_of(tables))


def small(cohort: DatabaseCohort) -> list[tuple[str, int]]:
    """The small counts among all answers that a database has given."""
    found = []
    for answer in cohort.tables.source._answers.values():  # noqa: SLF001 - what has left the database
        for name in answer.columns:
            if name in COUNTS or re.fullmatch(r"(part|before|after)\d+", name):
                values = answer[name].dropna().to_numpy(dtype=float)
                found += [(str(name), int(value)) for value in values if 0 < value < 5]
    return found


def shown(cohort: Cohort, name: str, query: str) -> dict[str, str]:
    declared = import_module(f"pages.explore.{name}").PAGE
    panels = computed(declared, asked(declared, cohort, query, single=False))
    return {part.key: panel.kind for part, panel in panels}


@pytest.mark.parametrize("query", ["subtype=cadm", "anti_mda5=positive&sex=male&age=20&age=50"])
def test_whatever_is_asked_no_small_count_leaves(many: DatabaseCohort, query: str) -> None:
    for name in ("survival", "prognosis", "baseline"):
        assert shown(many, name, query)
    shown(many, "survival", f"by=ct_pattern&endpoint=progression_free&{query}")
    shown(many, "baseline", f"by=anti_mda5&rows=every&{query}")
    assert len(many.tables.source._answers) > 20  # noqa: SLF001
    assert small(many) == []


def test_the_same_numbers_where_no_count_is_small(many: DatabaseCohort) -> None:
    """Every patient of the paper has been drawn so often that single days do."""
    source = Source(many.tables.source.backend, fewest=1)
    open_handed = study(source, mapping_of(tables_in(COHORT_FOLDER)))
    words = many.dictionary
    found, expected = (
        prognosis(one.of_population("outcome"), words.leading, words.factors) for one in (many, open_handed)
    )
    assert found.hidden == ()
    assert not found.analysed.bands.changed
    assert [one.levels for one in found.comparisons] == [one.levels for one in expected.comparisons]
    assert small(open_handed) == []


def hidden_cohort(rows: pd.DataFrame) -> DatabaseCohort:
    source = Source(ibis.duckdb.connect())
    filled(source, {"patients": rows})
    from data.reading.mapping import ColumnRole, Mapping, TableRole  # noqa: PLC0415

    roles = (
        ColumnRole("patient", "patient"),
        ColumnRole("last_day", "listed", "last_day"),
        ColumnRole("death_day", "listed", "death_day"),
        ColumnRole("sex", "listed", "sex"),
        ColumnRole("weight", "listed", "weight"),
    )
    return study(source, Mapping((TableRole("patients", "patients", roles),)))


def people(days: list[int], sex: list[str]) -> pd.DataFrame:
    n = len(days)
    return pd.DataFrame(
        {"patient": range(n), "last_day": days, "death_day": pd.array([pd.NA] * n, dtype="Int64"), "sex": sex,
         "weight": np.linspace(41.3, 98.7, n)}
    )  # fmt: skip


def test_days_are_put_together_until_no_count_is_small() -> None:
    """Five censored in each week, on different days: weeks will do, and each stands at its fourth day."""
    days = [7 * week + day for week in range(4) for day in (0, 1, 2, 5, 6)]
    cohort = hidden_cohort(people(days, ["Male"] * 20))
    counted = cohort.counted_by(cohort.dictionary.leading)
    assert counted.bands == Bands(7)
    assert counted.time_to(cohort.dictionary.leading)[0].tolist() == [3, 10, 17, 24]
    assert counted.weights.tolist() == [5, 5, 5, 5]
    assert small(cohort) == []


def test_follow_up_is_ended_before_a_small_count() -> None:
    """Fifty die; of eight others two die later on and the rest are followed further: all are censored on that day."""
    days = [day for day in range(30, 40) for _ in range(5)] + [41, 42, *[43] * 6]
    rows = people(days, ["Male"] * 58)
    rows["death_day"] = pd.array([*days[:52], *[pd.NA] * 6], dtype="Int64")
    cohort = hidden_cohort(rows)
    death = cohort.dictionary.leading
    counted = cohort.counted_by(death)
    assert counted.bands == Bands(1, 41)
    at, died = counted.time_to(death)
    assert at.tolist() == [*range(30, 40), 41]
    assert died.tolist() == [True] * 10 + [False]
    assert counted.weights.tolist() == [5] * 10 + [8]
    assert small(cohort) == []


def test_what_stays_small_is_withheld() -> None:
    """Two women among 20 patients: nothing is said by sex, not even how many men there are."""
    cohort = hidden_cohort(people([100] * 20, ["Male"] * 18 + ["Female"] * 2))
    sex = cohort.dictionary.factor["sex"]
    with pytest.raises(SmallCountsError):
        cohort.counted_by(sex)
    assert cohort.level_counts(sex).tolist() == [1 if level.word == "Male" else 0 for level in sex.levels] + [0]
    found = cohort.countable(cohort.dictionary.leading, (sex,))
    assert (found.shown, found.hidden) == ((), (sex,))
    women = filter_from_query("sex=female", cohort.dictionary).filter.of(cohort)
    assert (women.n, women.few) == (0, True)
    nobody = filter_from_query("weight=500&weight=600", cohort.dictionary).filter.of(cohort)
    assert (nobody.n, nobody.few) == (0, False)
    assert small(cohort) == []


def test_numbers_of_few_are_withheld_and_ends_rounded() -> None:
    cohort = hidden_cohort(people([100] * 20, ["Male"] * 20))
    ((everybody,),) = cohort.moments(["weight"], None, (None,))  # type: ignore[misc]
    assert everybody.n == 20
    assert everybody.mean == pytest.approx(70, rel=1e-12)
    assert np.isnan(everybody.fourths[0])
    assert np.isnan(everybody.fourths[4])
    assert everybody.fourths[2] == pytest.approx(70, rel=1e-12)
    assert cohort.number_range(cohort.dictionary.number["weight"]) == (40, 100, 0)
    assert cohort.last_day == 120
    few = people([100] * 19, ["Male"] * 19)
    assert hidden_cohort(few).moments(["weight"], None, (None,)) == (None,)
    assert hidden_cohort(
        people([100] * 24, ["Male"] * 24).assign(weight=lambda rows: rows["weight"].where(rows.index > 1))
    ).moments(["weight"], None, (None,)) == (None,)
