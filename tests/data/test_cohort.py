from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.entries import Factor, Measure
from data.levels import Level
from data.variables import DICTIONARY, DISEASE

PROVENANCE = Provenance("imported", "Nobody", "0")


def levels(cohort: Cohort, key: str) -> list[str | None]:
    return [None if pd.isna(level) else level for level in cohort.patients[key]]


def test_levels_cut_from_numbers_begin_at_their_cut(cohort: Cohort) -> None:
    assert levels(cohort, "age_group") == ["50 to < 65 years", "≥ 65 years", "< 15 years", None]
    assert levels(cohort, "weight_group") == ["50 to < 70 kg", "30 to < 50 kg", None, None]
    assert levels(cohort, "disease_duration_group") == ["< 1 year", "1 to < 5 years", "≥ 5 years", None]
    assert levels(cohort, "sao2_group") == ["≥ 95 %", "90 to < 95 %", "< 85 %", None]


def test_levels_cut_from_baseline_need_a_value_on_day_0(cohort: Cohort) -> None:
    assert levels(cohort, "ferritin_group") == ["500 to < 1500 ng/mL", "< 500 ng/mL", None, None]
    assert cohort.patients["ferritin"].tolist()[:2] == [500, 499.9]


def test_levels_cut_after_baseline_use_their_visit(cohort: Cohort) -> None:
    assert levels(cohort, "trough_range") == ["5 to 10 ng/mL", "> 10 ng/mL", None, None]
    assert levels(cohort, "dose_reached") == ["< 0.05 mg/kg/day", None, None, None]


@pytest.mark.parametrize(
    "factor", [entry for entry in DICTIONARY.factors if entry.derived], ids=lambda entry: entry.key
)
def test_every_cut_belongs_to_the_level_above_it(factor: Factor) -> None:
    visit = DICTIONARY.visit[factor.visit].day
    for at, cut in enumerate(factor.cuts):
        numbers = [cut, float(np.nextafter(cut, -np.inf))]
        patients = pd.DataFrame({"patient": ["a", "b"], "last_day": [900, 900]})
        measurements = pd.DataFrame()
        if factor.source in DICTIONARY.number:
            patients[factor.source] = numbers
        elif DICTIONARY.measure[factor.source].derived:
            patients[DICTIONARY.measure[factor.source].per] = 1.0
            source = DICTIONARY.measure[factor.source].source
            measurements = pd.DataFrame({"patient": ["a", "b"], "day": visit, "variable": source, "value": numbers})
        else:
            source = factor.source
            measurements = pd.DataFrame({"patient": ["a", "b"], "day": visit, "variable": source, "value": numbers})
        cohort = cohort_from(Tables(patients, measurements, pd.DataFrame(), pd.DataFrame()), PROVENANCE)
        assert cohort.codes(factor).tolist() == [at + 1, at]


def test_codes_are_positions_in_the_levels(cohort: Cohort) -> None:
    assert cohort.codes(DICTIONARY.factor["subtype"]).tolist() == [0, 1, 2, -1]
    assert cohort.codes(DICTIONARY.factor["anti_mda5"]).tolist() == [1, 0, -1, -1]
    assert cohort.codes(DICTIONARY.factor["smoking"]).tolist() == [-1, -1, -1, -1]


@pytest.mark.parametrize(
    ("endpoint", "days", "events"),
    [
        ("overall_survival", [730, 100, 400, 0], [False, True, False, False]),
        ("progression_free", [730, 40, 400, 0], [False, True, False, False]),
        ("tacrolimus_persistence", [300, 100, 400, 0], [True, False, False, False]),
    ],
)
def test_time_to_the_first_of_the_days_or_the_last_day(
    cohort: Cohort, endpoint: str, days: list[int], events: list[bool]
) -> None:
    time, had = cohort.time_to(cohort.dictionary.endpoint[endpoint])
    assert time.tolist() == days
    assert had.tolist() == events
    assert time.dtype == np.int64


def test_an_endpoint_that_was_looked_for_until_an_earlier_day_ends_there(tables: Tables) -> None:
    """On day 99 P2 had progressed, and was not yet dead; P1 was looked at until day 200 and P3 as long as followed."""
    patients = tables.patients.assign(progression_last_day=[200, 99, np.nan, np.nan])
    cohort = cohort_from(replace(tables, patients=patients), PROVENANCE)
    endpoint = DICTIONARY.endpoint["progression_free"]
    assert [part.tolist()[:3] for part in cohort.time_to(endpoint)] == [[200, 40, 400], [False, True, False]]
    without = cohort_from(replace(tables, patients=patients.assign(progression_day=np.nan)), PROVENANCE)
    assert [part.tolist()[:3] for part in without.time_to(endpoint)] == [[200, 99, 400], [False, False, False]]
    assert [part.tolist()[:3] for part in cohort.time_to(DICTIONARY.endpoint["overall_survival"])] == [
        [730, 100, 400],
        [False, True, False],
    ]


def test_the_baseline_is_the_last_value_from_four_weeks_before_to_day_0(tables: Tables) -> None:
    days = [("P1", -29, 1.0), ("P2", -28, 2.0), ("P2", -2, 3.0), ("P3", -2, 4.0), ("P3", 0, 5.0), ("P4", 1, 6.0)]
    rows = pd.DataFrame([(p, day, "ferritin", value) for p, day, value in days], columns=tables.measurements.columns)
    cohort = cohort_from(replace(tables, measurements=rows), PROVENANCE)
    np.testing.assert_array_equal(cohort.patients["ferritin"], [np.nan, 3, 5, np.nan])


def test_without_a_last_day_the_day_of_death_ends_follow_up(tables: Tables) -> None:
    patients = tables.patients.assign(last_day=np.nan)
    cohort = cohort_from(replace(tables, patients=patients), PROVENANCE)
    days, had = cohort.time_to(DICTIONARY.endpoint["tacrolimus_persistence"])
    assert days.tolist() == [300, 100, 0, 0]
    assert had.tolist() == [True, False, False, False]


def test_by_visit_takes_the_nearest_and_on_a_tie_the_earlier_value(cohort: Cohort) -> None:
    rows = cohort.by_visit
    fvc = rows[rows["variable"] == "fvc"]
    assert fvc[["patient", "visit", "day", "value"]].to_numpy().tolist() == [
        ["P1", "Month 3", 80, 70.0],
        ["P2", "Month 3", 95, 62.0],
    ]


def at_visit(cohort: Cohort, variable: str, visit: str) -> dict[str, float]:
    """The value of each patient who has one."""
    rows = cohort.by_visit
    rows = rows[(rows["variable"] == variable) & (rows["visit"] == visit)]
    return dict(zip(rows["patient"], rows["value"], strict=True))


def test_visit_windows_are_inclusive_and_nothing_counts_outside_them(cohort: Cohort) -> None:
    rows = cohort.by_visit
    kl6 = rows[rows["variable"] == "kl6"]
    assert dict(zip(kl6["visit"], kl6["value"], strict=True)) == {"Day 0": 4, "Month 1": 1, "Month 3": 2, "Month 6": 3}


def test_a_dose_per_weight_needs_the_weight(cohort: Cohort) -> None:
    rows = cohort.measurements[cohort.measurements["variable"] == "tacrolimus_per_kg"]
    assert rows[["patient", "day", "value"]].to_numpy().tolist() == [["P1", 0, 0.05], ["P1", 91, 2.4 / 50]]


def test_a_weight_of_zero_divides_nothing(tables: Tables) -> None:
    cohort = cohort_from(replace(tables, patients=tables.patients.assign(weight=0)), PROVENANCE)
    assert (cohort.measurements["variable"] != "tacrolimus_per_kg").all()


def test_where_keeps_everything_about_those_who_stay(cohort: Cohort) -> None:
    smaller = cohort.where(np.array([False, True, True, False]))
    assert smaller.patients["patient"].tolist() == ["P2", "P3"]
    assert smaller.patients.index.tolist() == [0, 1]
    assert set(smaller.measurements["patient"]) == {"P2", "P3"}
    assert smaller.reactions["term"].tolist() == ["Pneumonia", "Tremor"]
    assert smaller.treatments["drug"].tolist() == ["cyclophosphamide"]
    assert at_visit(smaller, "fvc", "Month 3") == {"P2": 62}
    assert cohort.n == 4


def test_values_by_visit_are_the_same_before_and_after_a_filter(tables: Tables, cohort: Cohort) -> None:
    few = tables.patients[tables.patients["patient"].isin(["P1", "P3"])]
    rows = tables.measurements[tables.measurements["patient"].isin(["P1", "P3"])]
    afresh = cohort_from(replace(tables, patients=few, measurements=rows), PROVENANCE)
    filtered = cohort.where(np.array([True, False, True, False]))
    pd.testing.assert_frame_equal(filtered.by_visit, afresh.by_visit)


def test_populations_follow_the_column(cohort: Cohort) -> None:
    assert [cohort.of_population(key).n for key in ("enrolled", "forms", "safety", "outcome")] == [4, 3, 3, 2]
    with pytest.raises(KeyError):
        cohort.of_population("everyone")


def test_tables_without_rows_or_columns_give_an_empty_cohort() -> None:
    nothing = pd.DataFrame()
    cohort = cohort_from(Tables(nothing, nothing, nothing, nothing), PROVENANCE)
    assert cohort.n == 0
    assert cohort.of_population("outcome").n == 0
    for factor in DICTIONARY.factors:
        assert cohort.codes(factor).tolist() == []
    for endpoint in DICTIONARY.endpoints:
        days, had = cohort.time_to(endpoint)
        assert (days.tolist(), had.tolist()) == ([], [])
    assert list(cohort.by_visit.columns) == ["patient", "visit", "variable", "day", "value"]


def test_patients_alone_are_a_cohort_in_which_nothing_was_measured() -> None:
    nothing = pd.DataFrame()
    cohort = cohort_from(Tables(pd.DataFrame({"patient": ["a", "b"]}), nothing, nothing, nothing), PROVENANCE)
    assert cohort.patients["population"].tolist() == ["Outcome", "Outcome"]
    assert all((cohort.codes(factor) == -1).all() for factor in DICTIONARY.factors)
    assert cohort.by_visit.empty
    assert cohort.time_to(DICTIONARY.endpoints[0])[0].tolist() == [0, 0]


def test_a_measurement_without_value_hides_no_other(tables: Tables) -> None:
    blank = pd.DataFrame({"patient": ["P1"], "day": [91], "variable": ["fvc"], "value": [None]}, dtype=object)
    rows = pd.concat([tables.measurements.astype(object), blank], ignore_index=True)
    cohort = cohort_from(replace(tables, measurements=rows), PROVENANCE)
    assert at_visit(cohort, "fvc", "Month 3") == {"P1": 70, "P2": 62}


def test_the_files_are_not_changed(tables: Tables) -> None:
    before = {name: getattr(tables, name).copy() for name in ("patients", "measurements", "reactions", "treatments")}
    cohort_from(tables, PROVENANCE).where(np.array([True, False, False, False]))
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(tables, name), table)


def test_one_measure_and_one_factor_line_are_enough_for_a_new_laboratory_value(tables: Tables) -> None:
    ck = Measure("ck", "Creatine kinase", "U/L", "laboratory", (1, 100000), normal=(None, 200))
    group = Factor(
        "ck_group",
        "Creatine kinase",
        (Level("lt200", "< 200 U/L"), Level("ge200", "≥ 200 U/L")),
        "lt200",
        DISEASE,
        source="ck",
        cuts=(200,),
    )
    dictionary = replace(DICTIONARY.with_measures([ck]), factors=(*DICTIONARY.factors, group))
    values = pd.DataFrame({"patient": ["P1", "P2"], "day": [0, 0], "variable": ["ck", "ck"], "value": [200, 199]})
    rows = pd.concat([tables.measurements, values], ignore_index=True)
    cohort = cohort_from(replace(tables, measurements=rows), PROVENANCE, dictionary)
    assert cohort.codes(group).tolist() == [1, 0, -1, -1]
    assert at_visit(cohort, "ck", "Day 0") == {"P1": 200, "P2": 199}
