"""A cohort in a database answers what the same cohort in memory answers, to the last digit of the arithmetic."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.core.panel import Panel
from components.links.computed import asked, computed
from components.links.page import Page
from components.survival.analysis import survival
from components.survival.hazard_ratios import prognosis
from data.cohort import Cohort, Provenance, cohort_from
from data.counted import RowsElsewhereError
from data.database.cohort import DatabaseCohort
from data.database.moments import described
from data.database.source import Source, connected
from data.database.study import opened_database, study_in
from data.filters import filter_from_query
from data.reading.installed import MAPPING_FILE, NAME, SMALL_COUNTS, WHERE, read_study
from data.reading.mapping import ColumnRole, Mapping, TableRole
from data.reading.read import COHORT_FOLDER, reconstructed_cohort, tables_in
from tests.in_database import put, study
from tests.known import known

ibis = pytest.importorskip("ibis")

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> DatabaseCohort:
    """The committed cohort as an operator names it, in a file of DuckDB that is only read."""
    where, mapping = put(tables_in(COHORT_FOLDER), tmp_path_factory.mktemp("database"))
    found = read_study({WHERE: where, MAPPING_FILE: str(mapping), NAME: "registry", SMALL_COUNTS: "shown"})
    assert found is not None
    assert found.reasons == ()
    assert isinstance(found.cohort, DatabaseCohort)
    return found.cohort


@pytest.fixture(scope="module")
def here(there: DatabaseCohort) -> Cohort:
    return replace(reconstructed_cohort(), provenance=there.provenance)


def page(name: str) -> Page:
    found: Page = import_module(f"pages.explore.{name}").PAGE
    return found


def shown(study_: Cohort, name: str, query: str) -> dict[str, Panel]:
    declared = page(name)
    return {part.key: panel for part, panel in computed(declared, asked(declared, study_, query, single=False))}


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("survival", ""),
        ("survival", "by=anti_mda5&endpoint=progression_free&subtype=cadm&age=30&age=60"),
        ("survival", "by=none&until=shown&quartiles=true"),
        ("prognosis", ""),
        ("prognosis", "horizon=two_years&subtype=cadm&subtype=pm"),
        ("baseline", "rows=every"),
        ("safety", ""),
        ("safety", "by=subtype&terms=all&anti_mda5=positive"),
        ("safety", "by=smoking&cell=rate&severity=serious"),
        ("baseline", "by=ct_pattern&LDH_day0=150&LDH_day0=400&LDH_day0_missing=true"),
    ],
)
def test_pages_say_the_same_of_counts_as_of_rows(there: DatabaseCohort, here: Cohort, name: str, query: str) -> None:
    of_counts, of_rows = shown(there, name, query), shown(here, name, query)
    assert list(of_counts) == list(of_rows)
    for key, panel in of_counts.items():
        assert panel.kind != "withheld"
        expected = of_rows[key]
        assert (panel.tables, panel.aside, panel.strip) == (expected.tables, expected.aside, expected.strip)
        assert (panel.alt, panel.note, panel.notices) == (expected.alt, expected.note, expected.notices)


def test_ratios_agree_to_the_last_digits(there: DatabaseCohort, here: Cohort) -> None:
    endpoint, factors = here.dictionary.leading, here.dictionary.factors
    of_counts, of_rows = (prognosis(one.of_population("outcome"), endpoint, factors) for one in (there, here))
    ratios = [[level.ratio for one in found.comparisons for level in one.levels] for found in (of_counts, of_rows)]
    assert ratios[0] == ratios[1]
    assert any(one.known and one.value != 1 for one in ratios[0])


def test_a_landmark_leaves_out_the_same(there: DatabaseCohort, here: Cohort) -> None:
    late = next(factor for factor in here.dictionary.factors if factor.post_baseline)
    found = [
        survival(one.of_population("outcome"), one.dictionary.leading, late, landmark_day=200) for one in (there, here)
    ]
    assert found[0].analysed.left_out == found[1].analysed.left_out
    assert (found[0].analysed.n, found[0].analysed.of) == (found[1].analysed.n, found[1].analysed.of)
    assert np.array_equal(found[0].curves[0].survival, found[1].curves[0].survival)
    assert found[0].log_rank == found[1].log_rank


def test_what_needs_rows_says_so(there: DatabaseCohort) -> None:
    why = "Not available, because the patients' rows stay in the database."
    for name, query in (
        ("laboratory", ""),
        ("safety", "section=history"),
        ("safety", "section=deaths"),
        ("treatment", ""),
    ):
        assert {panel.notices for panel in shown(there, name, query).values()} == {(why,)}
    for rows in ("patients", "records", "measurements", "last_days", "weights"):
        with pytest.raises(RowsElsewhereError):
            getattr(there, rows)
    with pytest.raises(RowsElsewhereError):
        there.codes(there.dictionary.factors[0])


def test_only_counts_leave(there: DatabaseCohort) -> None:
    """No answer ever given has a patient's code: they are counts, one row of sums, or different words."""
    shown(there, "safety", "by=subtype")
    there.of_population("outcome").counted_by(there.dictionary.leading)
    for answer in there.tables.source._answers.values():  # noqa: SLF001 - what has left the database
        assert "patient" not in answer.columns
        assert len(answer) == 1 or {"weight", "word", "part", "n", "patients"} & set(answer.columns)


def test_quartiles_and_moments_by_hand() -> None:
    """1 2 2 5 and one unknown; one value; none: SAS's definition 5."""
    source = Source(ibis.duckdb.connect(), fewest=1)
    rows = pd.DataFrame({"code": [0] * 5 + [1] + [2], "n0": [1, 2, 2, 5, None, 7, None], "n1": 1.0}, dtype=float)
    source.backend.create_table("rows", rows)
    found = described(source, source.table("rows"), 2, ((0,), (1,), (2,), None))
    (four, one, none, everybody), (_, _, same, _) = (known(parts) for parts in found)
    assert (four.n, four.missing, four.mean, four.fourths) == (4, 1, 2.5, (1, 1.5, 2, 3.5, 5))
    assert four.sd == pytest.approx(3**0.5, rel=1e-15)
    assert (one.n, one.mean, one.fourths) == (1, 7, (7,) * 5)
    assert np.isnan(one.sd)
    assert (none.n, none.missing) == (0, 1)
    assert (everybody.n, everybody.missing, everybody.fourths) == (5, 2, (1, 2, 2, 5, 7))
    assert same.n == 1
    assert np.isnan(same.sd)
    assert np.isnan([none.mean, *none.fourths]).all()


LUNG = Mapping(
    (
        TableRole(
            "lung",
            "patients",
            (
                ColumnRole("time", "time", "death", "days"),
                ColumnRole("status", "status", "death", events=("2",)),
                ColumnRole("sex", "factor", "Sex"),
                ColumnRole("ph.ecog", "factor", "ECOG"),
                ColumnRole("age", "number", "Age at entry", "years", groups="tertiles"),
                ColumnRole("wt.loss", "number", "Weight loss"),
            ),
        ),
    )
)


def test_a_table_that_knows_nothing_of_the_template() -> None:
    """The lung cancer data of R's survival package, mapped column by column, in memory and in DuckDB."""
    from data.reading.read import opened  # noqa: PLC0415

    file = ROOT / "tests" / "reference" / "lung.csv"
    rows = known(opened({"lung": file.read_bytes()}, mapping=LUNG).cohort)
    source = Source(ibis.duckdb.connect(), fewest=1)
    source.backend.create_table("lung", pd.read_csv(file))
    counts = study(source, LUNG)
    assert counts.n == rows.n == 228
    own = [factor for factor in rows.dictionary.factors if factor.key.startswith("own-")]
    assert [factor.label for factor in own] == ["Sex", "ECOG", "Age at entry, groups"]
    for factor in own:
        mine = next(one for one in counts.dictionary.factors if one.key == factor.key)
        assert counts.level_counts(mine).tolist() == rows.level_counts(factor).tolist()
    death = rows.dictionary.leading
    found = [prognosis(one.of_population("outcome"), death, own) for one in (counts, rows)]
    assert [one.levels for one in found[0].comparisons] == [one.levels for one in found[1].comparisons]
    assert found[0].events == 165


def test_everything_that_is_wrong_is_said_at_once() -> None:
    source = Source(ibis.duckdb.connect(), fewest=1)
    people = pd.DataFrame({"id": ["a", "a", "b", "c"], "last": [10.5, 20, -3, None], "dead": [None, 30, None, None]})
    source.backend.create_table("people", people)
    roles = (
        ColumnRole("id", "patient"),
        ColumnRole("last", "listed", "last_day"),
        ColumnRole("dead", "listed", "death_day"),
    )
    found = study_in(source, Mapping((TableRole("people", "patients", roles),)), "x")
    assert found.cohort is None
    assert found.reasons == (
        "people: 1 rows have no code of a patient, or one that another row has. There must be one row a patient.",
        "people: 1 patients have neither a last day nor a day of death.",
        "people, last: 1 days are not whole numbers.",
        "people, last: 1 days lie before day 0.",
        "people, dead: 1 patients have this event after their last day of follow-up.",
    )
    more = (*roles, ColumnRole("no", "factor"))
    tables = (TableRole("nobody", "patients", roles), TableRole("people", "patients", more))
    lost = study_in(source, Mapping(tables), "x")
    assert lost.reasons == (
        "The database has no table nobody, of which the mapping speaks.",
        "people has no column no, of which the mapping speaks.",
    )


def test_what_the_operator_has_to_mend(tmp_path: Path) -> None:
    assert read_study({WHERE: "duckdb:///x.duckdb"}).reasons[0].startswith("MYOSCOPE_STUDY names a database")  # type: ignore[union-attr]
    assert opened_database("duckdb:///x.duckdb", tmp_path / "no.json", "x").reasons[0].startswith("The mapping ")
    (tmp_path / "odd.json").write_text("{}")
    assert "no mapping" in opened_database("duckdb:///x.duckdb", tmp_path / "odd.json", "x").reasons[0]
    where, mapping = put(tables_in(COHORT_FOLDER), tmp_path)
    assert "cannot be reached" in opened_database("duckdb:////nowhere/x.duckdb", mapping, "x").reasons[0]
    pd.DataFrame({"id": [1]}).to_parquet(tmp_path / "people.parquet")
    assert connected(f"parquet://{tmp_path}").table("people.csv").columns == ("id",)
    assert where.endswith("registry.duckdb")


def test_filters_keep_the_same(there: DatabaseCohort, here: Cohort) -> None:
    for query in ("subtype=cadm&age=40&age=65", "anti_mda5=missing", "age=20&age=50&age_missing=true"):
        chosen = filter_from_query(query, here.dictionary).filter
        assert chosen.of(there).n == chosen.of(here).n > 0


def test_days_of_files_and_of_a_database_begin_alike(there: DatabaseCohort, here: Cohort) -> None:
    assert there.last_day == here.last_day
    assert cohort_from(tables_in(COHORT_FOLDER), Provenance("imported", "", "")).last_day == here.last_day
    for number in here.dictionary.filtered_number.values():
        assert there.number_range(number) == pytest.approx(here.number_range(number), nan_ok=True)


def test_nobody_has_an_event_that_the_mapping_names() -> None:
    source = Source(ibis.duckdb.connect(), fewest=1)
    source.backend.create_table("people", pd.DataFrame({"id": [1, 2, 3], "time": [5, 6, 7], "status": [0, 0, 0]}))
    roles = (
        ColumnRole("id", "patient"),
        ColumnRole("time", "time", "death", "days"),
        ColumnRole("status", "status", "death", events=("1",)),
    )
    found = study(source, Mapping((TableRole("people", "patients", roles),)))
    days, had = found.counted_by(found.dictionary.leading).time_to(found.dictionary.leading)
    assert (days.tolist(), had.tolist()) == ([5, 6, 7], [False] * 3)
