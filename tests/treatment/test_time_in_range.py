from __future__ import annotations

from dataclasses import replace

import pytest

from components.chart.chart import Chart
from components.chart.lettering import width
from components.chart.marks import Bars
from components.core.estimate import Reason
from components.core.markup import LINE, plain
from components.treatment.time_in_range import time_in_range
from components.treatment.time_in_range_chart import FEWEST_BARS, time_chart
from data.cohort import Cohort
from data.levels import Level
from data.variables import DICTIONARY
from tests.written import of_patients

TROUGH, SUBTYPE = DICTIONARY.measure["trough"], DICTIONARY.factor["subtype"]


def test_each_patient_by_hand(cohort: Cohort) -> None:
    # P1: 4 to 8 in 10 days (2.5 below), 8 to 12 in 10 days (5 above), then 338 days unknown; P4: 7 for 30 days.
    result = time_in_range(cohort, TROUGH, 5, 10)
    first, second = result.patients
    assert (first.patient, first.days, first.below, first.within, first.above) == ("P1", 20, 2.5, 12.5, 5)
    assert (first.percent, second.patient, second.days, second.percent) == (62.5, "P4", 30, 100)


def test_a_group_by_patient_and_pooled(cohort: Cohort) -> None:
    (everybody,) = time_in_range(cohort, TROUGH, 5, 10).series
    assert (everybody.n, everybody.unknown, everybody.gaps, everybody.days) == (7, 5, 1, 50)
    assert everybody.percent.mean.value == pytest.approx(81.25)
    assert everybody.pooled.value == pytest.approx(100 * 42.5 / 50)


def test_a_longer_gap_may_be_allowed(cohort: Cohort) -> None:
    (everybody,) = time_in_range(cohort, TROUGH, 5, 10, longest_gap=338).series
    assert (everybody.gaps, everybody.days) == (0, 388)
    # 12 to 6 in 338 days: a third of it above 10
    assert everybody.pooled.value == pytest.approx(100 * (42.5 + 338 * 2 / 3) / 388)


@pytest.mark.parametrize(("days", "gaps"), [(91, 0), (120, 0), (121, 1)])
def test_up_to_120_days_are_interpolated(days: int, gaps: int) -> None:
    troughs: dict[str, object] = {"patient": "P1", "day": [0, days], "variable": "trough", "value": [6.0, 8.0]}
    made = of_patients({"patient": ["P1"], "last_day": 400}, measurements=troughs)
    (everybody,) = time_in_range(made, TROUGH, 5, 10).series
    assert (everybody.gaps, everybody.days) == (gaps, 0 if gaps else days)


def test_groups(cohort: Cohort) -> None:
    result = time_in_range(cohort, TROUGH, 5, 10, SUBTYPE)
    assert [(series.label, series.days, series.unknown) for series in result.series] == [
        ("PM", 20, 1),
        ("CADM", 30, 2),
        ("Classic DM", 0, 2),
    ]
    assert result.series[2].pooled.reason is Reason.NOT_MEASURED
    assert result.series[2].percent.mean.reason is Reason.NOT_MEASURED


def test_the_order_of_the_rows_does_not_matter(cohort: Cohort, reversed_cohort: Cohort) -> None:
    one, other = time_in_range(cohort, TROUGH, 5, 10), time_in_range(reversed_cohort, TROUGH, 5, 10)
    assert repr(one.series) == repr(other.series)
    assert set(one.patients) == set(other.patients)


def test_nobody_left(empty: Cohort) -> None:
    result = time_in_range(empty, TROUGH, 5, 10)
    assert (result.series, result.patients) == ((), ())


def named(chart: Chart, size: float, across: float) -> list[tuple[str, float, float, int]]:
    """Of each group's name every line: its text, its left and right end in pixels, and which line it is."""
    scale = chart.plots[0].x
    found = []
    for tick in scale.ticks:
        for i, line in enumerate(tick.text.split(LINE)):
            middle, half = across * scale.share(tick.at), width(line, size) / 2
            if plain(line).strip():
                found.append((plain(line), middle - half, middle + half, i))
    return found


@pytest.mark.parametrize(
    "sizes",
    [
        {
            "15 to < 30 years": 1,
            "30 to < 40 years": 4,
            "40 to < 50 years": 26,
            "50 to < 65 years": 57,
            "≥ 65 years": 57,
        },
        {"NSIP": 108, "UIP": 10, "OP": 17, "DAD": 4, "Others": 6},
        {"< 1 month": 2, "1 to < 3 months": 33, "3 to < 6 months": 17, "6 to < 12 months": 20, "1 to < 3 years": 1},
        {"PM": 40, "CADM": 52, "Classic DM": 53},
        {"All patients": 1},
    ],
)
def test_no_name_of_a_group_runs_into_another(cohort: Cohort, sizes: dict[str, int]) -> None:
    """In a window of 1024 pixels the plot is 510 pixels wide."""
    result = time_in_range(cohort, TROUGH, 5, 10)
    one = result.patients[0]
    patients = [
        replace(one, patient=f"{name} {i}", group=Level(name, name)) for name, n in sizes.items() for i in range(n)
    ]
    present = tuple(Level(name, name) for name in sizes)
    groups = replace(result.groups, present=present, levels=present)
    chart = time_chart(replace(result, groups=groups, patients=tuple(patients)))
    lines = named(chart, 13, 510)
    for i, (text, left, right, line) in enumerate(lines):
        assert left > -64
        assert right < 510 + 32
        for other, from_, to, at in lines[i + 1 :]:
            assert at != line or right < from_ or to < left, (text, other)
    bars = next(mark for mark in chart.plots[0].marks if isinstance(mark, Bars)).bars
    assert len({bar.at for bar in bars}) == sum(sizes.values())
    assert chart.plots[0].x.high - chart.plots[0].x.low >= FEWEST_BARS
