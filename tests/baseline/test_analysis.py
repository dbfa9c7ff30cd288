from __future__ import annotations

import pytest

from components.baseline.analysis import TABLE_1, Baseline, FactorRows, baseline
from components.core.columns import Share
from components.core.estimate import Reason
from components.core.groups import ALL
from data.cohort import Cohort
from data.variables import DICTIONARY

SUBTYPE = DICTIONARY.factor["subtype"]
VARIABLES = ("sex", "age", "weight", "weight_group", "anti_mda5", "anti_ars", "steroids", "kl6")


@pytest.fixture
def table(cohort: Cohort) -> Baseline:
    return baseline(cohort, SUBTYPE, VARIABLES)


def shares(table: Baseline, variable: str, level: str) -> list[tuple[int, int]]:
    found = [table.share(variable, level, column) for column in (group.id for group in table.columns.groups)]
    return [(share.n, share.of) for share in found]


def test_columns_hold_everybody_each_group_and_the_composite_before_its_members(table: Baseline) -> None:
    assert table.columns.labels == ("All patients", "PM", "Overall DM", "CADM", "Classic DM")
    assert table.columns.n == (7, 2, 5, 3, 2)
    assert table.columns.labels[table.columns.reference] == "PM"


def test_the_subtypes_of_dm_are_out_of_dm(table: Baseline) -> None:
    assert table.columns.header == (Share(7, 7), Share(2, 7), Share(5, 7), Share(3, 5), Share(2, 5))


def test_levels_of_a_factor(table: Baseline) -> None:
    assert shares(table, "sex", "female") == [(4, 7), (1, 2), (3, 5), (2, 3), (1, 2)]
    assert table.share("sex", "female", "cadm").percent.value == pytest.approx(200 / 3)
    assert shares(table, "steroids", "yes") == [(6, 7), (2, 2), (4, 5), (2, 3), (2, 2)]


def test_results_of_a_test_are_out_of_the_tested(table: Baseline) -> None:
    assert shares(table, "anti_mda5", "performed") == [(5, 7), (1, 2), (4, 5), (3, 3), (1, 2)]
    assert shares(table, "anti_mda5", "positive") == [(3, 5), (0, 1), (3, 4), (2, 3), (1, 1)]
    assert shares(table, "anti_mda5", "negative") == [(2, 5), (1, 1), (1, 4), (1, 3), (0, 1)]
    assert shares(table, "anti_mda5", "not_performed") == [(2, 7), (1, 2), (1, 5), (0, 3), (1, 2)]


def test_what_is_not_recorded_has_a_row_of_its_own(table: Baseline) -> None:
    assert shares(table, "weight_group", "missing") == [(1, 7), (0, 2), (1, 5), (1, 3), (0, 2)]
    assert shares(table, "weight_group", "50to70") == [(3, 6), (2, 2), (1, 4), (1, 2), (0, 2)]
    with pytest.raises(KeyError):
        table.share("sex", "missing", ALL)


def test_numbers(table: Baseline) -> None:
    ages = table.summary("age", "cadm")
    assert (ages.n, ages.missing, ages.mean.value, ages.sd.value) == (3, 0, 45, 5)
    assert (ages.minimum.value, ages.median.value, ages.maximum.value) == (40, 45, 50)
    weights = table.summary("weight", ALL)  # 40 50 50 60 70 80
    assert (weights.n, weights.missing, weights.median.value) == (6, 1, 55)
    assert (weights.q1.value, weights.q3.value) == (50, 70)


def test_a_measurement_is_described_by_its_value_on_day_0(table: Baseline) -> None:
    kl6 = table.summary("kl6", ALL)  # 1000 500 2000 800 - 1500 1200
    assert (kl6.n, kl6.missing) == (6, 1)
    assert kl6.mean.value == pytest.approx(7000 / 6)


def test_a_cell_is_a_share_or_a_summary(table: Baseline) -> None:
    assert table.cell("sex", "male", "pm") == Share(1, 2)
    assert table.cell("age", "", "pm") is table.summary("age", "pm")
    for variable, level, column in (
        ("sex", "", ALL),
        ("age", "male", ALL),
        ("sex", "male", "ibm"),
        ("fvc", "", ALL),
    ):
        with pytest.raises(KeyError):
            table.cell(variable, level, column)


def test_standardized_differences_of_any_two_columns(table: Baseline) -> None:
    # age: PM 70 60 (mean 65, variance 50), CADM 50 40 45 (45, 25)
    assert table.difference("age", "cadm", "pm").value == pytest.approx(20 / 37.5**0.5)
    # sex: 1/2 against 2/3 female, variances 1/4 and 2/9
    assert table.difference("sex", "pm", "cadm").value == pytest.approx((1 / 6) / ((1 / 4 + 2 / 9) / 2) ** 0.5)
    assert table.difference("sex", "pm", "pm").value == 0
    assert table.difference("weight", "cadm", "pm").value == table.difference("weight", "pm", "cadm").value


def test_a_difference_that_does_not_exist_says_why(table: Baseline, cohort: Cohort) -> None:
    assert table.difference("anti_mda5", "pm", "classic_dm").reason is Reason.NO_VARIATION
    assert baseline(cohort, SUBTYPE, ["trough"]).difference("trough", "pm", "cadm").reason is Reason.NO_PATIENTS
    single = cohort.where(cohort.patients["patient"].isin(["P1", "P3"]).to_numpy())
    assert baseline(single, SUBTYPE).difference("age", "pm", "cadm").reason is Reason.ONE_PATIENT


def test_counts_add_up(table: Baseline) -> None:
    for row in table.rows:
        if not isinstance(row, FactorRows):
            continue
        for c, n in enumerate(table.columns.n):
            unknown = sum(level.shares[c].n for level in row.levels if level.role == "unknown")
            assert sum(row.counts(c)) + unknown == n
        for level in row.levels:
            everybody, pm, dm, cadm, classic = (share.n for share in level.shares)
            assert everybody == pm + dm
            assert dm == cadm + classic


def test_without_groups_there_is_one_column(cohort: Cohort) -> None:
    table = baseline(cohort)
    assert table.columns.labels == ("All patients",)
    assert tuple(row.variable.key for row in table.rows) == TABLE_1


def test_a_patient_of_unknown_group_stands_only_among_everybody(cohort: Cohort) -> None:
    columns = baseline(cohort, DICTIONARY.factor["anti_mda5"]).columns
    assert columns.labels == ("All patients", "Positive", "Negative")
    assert columns.n == (7, 3, 2)
    assert (columns.unknown, columns.unknown_label) == (2, "Not tested")


def test_a_composite_of_one_group_is_no_column(cohort: Cohort) -> None:
    without = cohort.where((cohort.patients["subtype"] != "CADM").to_numpy())
    assert baseline(without, SUBTYPE).columns.labels == ("All patients", "PM", "Classic DM")


def test_the_order_of_the_patients_does_not_matter(cohort: Cohort, reversed_cohort: Cohort) -> None:
    one, other = (baseline(some, SUBTYPE, VARIABLES) for some in (cohort, reversed_cohort))
    assert repr(one.rows) == repr(other.rows)


def test_nobody_left_gives_reasons(empty: Cohort) -> None:
    table = baseline(empty, SUBTYPE, VARIABLES)
    assert table.columns.labels == ("All patients",)
    assert table.share("sex", "female", ALL).percent.reason is Reason.NO_PATIENTS
    assert table.summary("age", ALL).mean.reason is Reason.NO_PATIENTS
    assert table.difference("age", ALL, ALL).reason is Reason.NO_PATIENTS


def test_a_variable_nobody_knows_is_refused(cohort: Cohort) -> None:
    with pytest.raises(KeyError):
        baseline(cohort, variables=["shoe size"])
