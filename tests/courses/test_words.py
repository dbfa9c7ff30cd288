from __future__ import annotations

import numpy as np

from components.core.markup import plain
from components.core.method import PAPER
from components.core.summary import summary
from components.courses import words
from components.courses.analysis import course
from components.courses.mixed_course import mixed_course
from components.treatment import words as treatment
from components.treatment.time_in_range import time_in_range
from data.cohort import Cohort
from data.variables import DICTIONARY

KL6, TROUGH = DICTIONARY.measure["kl6"], DICTIONARY.measure["trough"]


def test_numbers_described() -> None:
    values = summary(np.array([-2.0, 1, 4, 9]), PAPER)
    assert words.mean_sd(values, 1) == "3.0 ± 4.7"
    assert words.median_iqr(values, 1) == "2.5 (−0.5 to 6.5)"
    assert words.spanned(values, 0) == "−2 to 9"
    alone, none = summary(np.array([3.0]), PAPER), summary(np.array([np.nan]), PAPER)
    assert (words.mean_sd(alone, 0), words.median_iqr(alone, 0)) == ("3", "3 (3–3)")
    assert {words.mean_sd(none, 0), words.median_iqr(none, 0), words.spanned(none, 0)} == {"–"}


def test_visits_as_ticks() -> None:
    assert [words.short_tick(visit) for visit in DICTIONARY.visits] == ["0", "1w", "1m", "3m", "6m", "12m", "24m"]
    assert words.ticks(DICTIONARY.visits) == ("Day 0", "Week 1", "Month 1", "3", "6", "12", "24")
    assert words.ticks(DICTIONARY.visits[3:5]) == ("Month 3", "6")


def test_a_unit_that_begins_the_name_is_not_said_twice() -> None:
    fvc = DICTIONARY.measure["fvc"]
    assert [words.measure_title(fvc, scale) for scale in ("absolute", "change", "percent change")] == [
        "%FVC",
        "%FVC, change from day 0, %",
        "%FVC, change from day 0, %",
    ]
    assert words.measure_title(KL6) == "KL-6, U/mL"


def test_a_point_tells_who_is_not_in_it(cohort: Cohort) -> None:
    """Month 6: P6 alone is measured; P1, P4 and P5 are followed, P3 died, P2 and P7 left."""
    (series,) = course(cohort, KL6).series
    told = words.point_hover(series, series.points[4], "mean", 0)
    assert plain(told).endswith("1 patient of 7 measured 3 followed but not measured, 1 died before and 2 left before")


def test_the_table_leaves_out_visits_without_a_value(cohort: Cohort) -> None:
    table = words.course_table(course(cohort, TROUGH))
    assert table.columns == ("Group", "Week 1", "Month 1", "Month 12")
    assert table.rows[1] == ("measured (of those followed)", "3 of 7", "2 of 7", "1 of 4")
    both = words.courses_table((course(cohort, TROUGH), course(cohort, KL6)))
    assert both.columns == ("Measurement and group", "Day 0", "Week 1", "Month 1", "Month 6", "Month 12", "Month 24")
    assert both.rows[2] == ("mean ± SD", "–", "4.7 ± 2.1", "9.5 ± 3.5", "–", "6.0", "–")
    assert both.strong == {0, 5}


def test_the_note_says_what_was_done(cohort: Cohort) -> None:
    result = course(cohort, KL6, DICTIONARY.factor["anti_mda5"], "change", only_pairs=True)
    note = words.course_note(result, "median", apart=True, model=mixed_course(cohort, KL6, scale="change"))
    for part in ("nothing is carried forward", "Points: medians", "own value on day 0", "died or left",
                 "restricted maximum likelihood"):  # fmt: skip
        assert part in note


def test_the_note_speaks_of_what_is_drawn(cohort: Cohort) -> None:
    """With a model the means stand alone; beside single patients they are joined."""
    result, model = course(cohort, KL6), mixed_course(cohort, KL6)
    assert "Dotted with open circles: patients who died" in words.course_note(result, "mean", apart=True)
    assert " Open circles: patients" in words.course_note(result, "mean", apart=True, model=model)
    single = words.course_note(result, "single", apart=True, model=model)
    assert "Dotted with open circles: patients" in single
    small = words.course_note(result, "mean", apart=False, small=True)
    assert "Under each plot: the patients measured." in small


def test_time_in_range_is_defined_on_screen(cohort: Cohort) -> None:
    """P1 rises from 4 to 12 within 20 days: within 5 to 10 for 12.5 days; P4 stays at 7 for 30."""
    result = time_in_range(cohort, TROUGH, 5, 10)
    note = treatment.time_note(result)
    assert "lies within 5 to 10 ng/mL" in note
    assert "more than 120 days are not bridged" in note
    row = treatment.time_table(result).rows[0]
    assert row[:5] == ("All patients", "7", "2", "1", "50")
    assert row[7] == "85.0"
