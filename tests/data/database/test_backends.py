"""Every database gives what memory gives, of the cohort of the paper and of public data that know no template.

A server of PostgreSQL is started for it where its programs are installed, Apache Spark where its package is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.baseline.analysis import baseline, every_variable
from components.survival.analysis import survival
from components.survival.hazard_ratios import prognosis
from data.cohort import Cohort
from data.database.cohort import DatabaseCohort
from data.database.small_counts import FEWEST
from data.database.source import Source
from data.reading.mapping import ColumnRole, Mapping, TableRole
from data.reading.read import COHORT_FOLDER, opened, reconstructed_cohort, tables_in
from data.recorded import with_recorded_variables
from tests.in_database import DATABASES, filled, mapping_of, study
from tests.known import known

MYELOMA = Path(__file__).resolve().parents[2] / "reference" / "mgus2.csv"
MAPPED = Mapping(
    (
        TableRole(
            "mgus2",
            "patients",
            (
                ColumnRole("day", "time", "death", "months"),
                ColumnRole("event", "status", "death", events=("1",)),
                ColumnRole("sex", "factor", "Sex"),
                ColumnRole("old", "factor", "Old"),
                ColumnRole("creat", "number", "Creatinine", "mg/dL", groups="cuts", cuts=(1.0, 1.5)),
            ),
        ),
    )
)


@pytest.fixture(scope="module", params=list(DATABASES))
def source(request: pytest.FixtureRequest) -> Iterator[Source]:
    with ExitStack() as stack:
        try:
            there = stack.enter_context(DATABASES[request.param]())
        except (ImportError, LookupError) as missing:
            pytest.skip(f"{request.param} is not there: {missing}")
        yield there


@pytest.fixture(scope="module")
def paper(source: Source) -> DatabaseCohort:
    tables = tables_in(COHORT_FOLDER)
    filled(source, vars(tables))
    return study(source, mapping_of(tables))


def same_forest(there: Cohort, here: Cohort) -> None:
    """Every ratio, limit and p-value of the forest plot is the same number."""
    found, expected = (
        prognosis(one.of_population("outcome"), one.dictionary.leading, one.dictionary.factors) for one in (there, here)
    )
    assert [one.levels for one in found.comparisons] == [one.levels for one in expected.comparisons]
    assert found.events == expected.events > 0


def same_table(there: Cohort, here: Cohort, by: str) -> None:
    """Counts, medians and quartiles are the same; means and SDs to the last digits, as sums go in another order."""
    found, expected = (
        baseline(one, one.dictionary.factor[by], every_variable(one.dictionary, one.dictionary.factor[by]))
        for one in (there, here)
    )
    assert found.columns.n == expected.columns.n
    for mine, other in zip(found.rows, expected.rows, strict=True):
        if hasattr(other, "levels"):
            assert mine == other
            continue
        for a, b in zip(mine.summaries, other.summaries, strict=True):  # type: ignore[union-attr]
            assert (a.n, a.missing, a.q1, a.median, a.q3) == (b.n, b.missing, b.q1, b.median, b.q3)
            for one, two in ((a.distribution.mean, b.distribution.mean), (a.distribution.sd, b.distribution.sd)):
                assert one == pytest.approx(two, rel=1e-13, nan_ok=True)


def test_the_cohort_of_the_paper(paper: DatabaseCohort) -> None:
    here = reconstructed_cohort()
    same_forest(paper, here)
    same_table(paper, here, "subtype")
    words = here.dictionary
    found, expected = (
        survival(one.of_population("outcome"), words.leading, words.factor["subtype"]) for one in (paper, here)
    )
    for mine, other in zip(found.curves, expected.curves, strict=True):
        assert np.array_equal(mine.survival, other.survival)
    assert found.log_rank == expected.log_rank


def test_public_data_that_know_no_template(source: Source) -> None:
    """1384 patients of R's survival package, days given in months, a number cut into three groups."""
    here = with_recorded_variables(known(opened({"mgus2": MYELOMA.read_bytes()}, mapping=MAPPED).cohort))
    filled(source, {"mgus2": pd.read_csv(MYELOMA)})
    there = study(source, MAPPED)
    assert there.n == here.n == 1384
    same_forest(there, here)
    same_table(there, here, next(factor.key for factor in there.dictionary.factors if factor.label == "Sex"))


def test_small_counts_are_hidden_alike(source: Source) -> None:
    """The public data four times over: days are put together, and follow-up ends before single deaths of late years."""
    filled(source, {"mgus2": pd.concat([pd.read_csv(MYELOMA)] * 4)})
    there, whole = (study(Source(source.backend, fewest=fewest), MAPPED) for fewest in (FEWEST, 1))
    death, sex = there.dictionary.leading, next(one for one in there.dictionary.factors if one.label == "Sex")
    for found in (there.counted_by(sex, death), *there.counted_each(death, (sex,))):
        cells = whole.counted_by(sex, death)
        days, had = cells.time_to(death)
        width, cut = found.bands.width, known(found.bands.cut)
        beyond = days >= cut
        day = np.where(beyond, cut, days // width * width + width // 2)
        own = {"sex": cells.codes(sex), "day": day, "had": had & ~beyond}
        expected = pd.DataFrame(own).assign(n=cells.weights).groupby(["sex", "day", "had"])["n"].sum()
        at, died = found.time_to(death)
        counted = pd.Series(found.weights, pd.MultiIndex.from_arrays([found.codes(sex), at, died])).sort_index()
        assert (width, cut) == (365, 7300)
        assert counted.tolist() == expected.tolist()
        assert counted.index.tolist() == expected.index.tolist()
        assert counted.min() >= FEWEST
