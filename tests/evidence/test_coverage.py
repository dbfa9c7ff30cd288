"""How many left-out numbers the ranges cover, how the chart, the table and the sentences say it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from components.chart.marks import Intervals, Points
from components.chart.screen import figure
from components.chart.slide import parts_of
from components.core.markup import plain
from components.evidence import coverage_words as words
from components.evidence.comparison import coverage_of
from components.evidence.coverage import DRAWN, RECORD, Coverage, LeftOutNumber, coverage, trial
from components.evidence.coverage_chart import RATIOS, coverage_chart
from components.evidence.panel import coverage_panel
from components.export.numbers import numbers_of
from data.cohort import Cohort
from data.paper.published import published_numbers
from data.reading.read import reconstructed_cohort

PUBLISHED = published_numbers()
RECORDED = """T4-116,1,0
T4-116,2,0
T4-116,3,
T4-155,1,9.5
T4-155,2,inf
T4-013,1,0.7
T4-013,2,0.8149
X-135,1,66.6501
X-135,2,60
"""
"""Diffuse alveolar damage 4.58, anti-MDA5 8.16, age 40 to < 50 0.82, survival with anti-MDA5 66.7 %."""


@pytest.fixture
def result(tmp_path: Path) -> Coverage:
    (tmp_path / RECORD).write_text(RECORDED, encoding="utf-8")
    found = coverage(PUBLISHED, tmp_path)
    assert found is not None
    return found


def test_print_is_covered_to_half_a_unit_of_its_last_digit(result: Coverage) -> None:
    assert [(one.number.id, one.covered) for one in result.numbers] == [
        ("T4-116", False),
        ("T4-155", False),
        ("T4-013", False),
        ("X-135", True),
    ]
    nearly = replace(result.numbers[2], values=(0.7, 0.8151))
    assert nearly.covered


def test_too_weak_is_what_print_is_farther_from_one_than(result: Coverage) -> None:
    damage, mda5, age, survival = result.numbers
    assert (damage.too_weak, mda5.too_weak, age.too_weak, survival.too_weak) == (True, False, False, False)
    assert replace(age, values=(0.9, 1.2)).too_weak


def test_of_whom_a_number_is(result: Coverage) -> None:
    assert [one.patients for one in result.numbers] == [5, 28, 31, 28]


def test_where_no_search_succeeded_there_is_no_value(result: Coverage) -> None:
    assert result.numbers[0].values == (0.0, 0.0)
    assert (result.reconstructions, result.covered, result.n) == (2, 1, 4)


def test_as_many_are_expected_as_if_print_were_one_more() -> None:
    """Of 12 exchangeable numbers the last is neither the least nor the most in 10 of 12 cases."""
    one = LeftOutNumber(PUBLISHED[0], None, tuple(range(11)))
    assert Coverage((one, one, one)).expected == pytest.approx(3 * 10 / 12)


def test_without_a_record_there_is_nothing(tmp_path: Path) -> None:
    assert coverage(PUBLISHED, tmp_path) is None


def test_a_trial_is_compared_in_the_same_reconstructions(tmp_path: Path) -> None:
    """Age 40 to < 50 was 0.82; the first seed is in one record only."""
    (tmp_path / RECORD).write_text("T4-013,1,0.9\nT4-013,2,0.7\nT4-013,3,0.75\n", encoding="utf-8")
    assert trial(PUBLISHED, tmp_path) is None
    (tmp_path / DRAWN).write_text("T4-013,2,0.7\nT4-013,3,0.9\n", encoding="utf-8")
    found = trial(PUBLISHED, tmp_path)
    assert found is not None
    assert [(one.numbers[0].values, one.covered) for one in found] == [((0.7, 0.75), 0), ((0.7, 0.9), 1)]


def test_what_a_trial_found_stands_under_the_figure(result: Coverage) -> None:
    """Of two numbers none was covered, one with strengths drawn; of two reconstructions a third of 2 is expected."""
    damage, _, age, _ = result.numbers
    made, drawn = Coverage((damage, age)), Coverage((damage, replace(age, values=(0.7, 0.9))))
    note = coverage_panel(result, (made, drawn)).note
    assert note.startswith(words.note(result))
    assert "of the 2 numbers that rest on deaths 1 lay in the range of 2 reconstructions then, 0 as" in note
    assert "and 1 would be expected" in note
    assert coverage_panel(result).note == words.note(result)


def test_words(result: Coverage) -> None:
    assert words.title(result) == "1 of 4 numbers left out lie in the range of 2 reconstructions"
    assert [words.reach(one) for one in result.numbers] == ["0.00", "9.50–∞", "0.70–0.81", "60.0–66.7"]
    assert words.label(result.numbers[3]) == "Overall survival, Anti-MDA5 antibody: Positive"
    assert "1 would be expected" in words.meaning(result)
    assert "CT or histological pattern: DAD (printed 4.58, range 0.00)" in words.missed(result)


def test_what_the_sentence_concludes_follows_from_the_counts(result: Coverage) -> None:
    """One covered of one expected is as it should be; none is not, and most of what is missed is too weak."""
    damage = result.numbers[0]
    assert "as wide as they should be" in words.meaning(result)
    alone = words.meaning(Coverage((damage, damage)))
    assert "too narrow" in alone
    assert "2 of 2 hazard ratios that were missed are stronger in print" in alone
    other = replace(result.numbers[2], values=(0.7, 0.75))
    assert "stronger in print" not in words.meaning(Coverage((other, other)))


def test_the_chart_has_ratios_over_percentages_and_cuts_what_has_no_place(result: Coverage) -> None:
    ratios, percentages = coverage_chart(result).plots
    (ranges,) = [mark for mark in ratios.marks if isinstance(mark, Intervals)]
    assert [tick.text.split(":")[0] for tick in ratios.y.ticks] == [
        "Anti-MDA5 antibody",
        "CT or histological pattern",
        "Age",
    ]
    assert ranges.low[1] is not None
    assert 0 < ranges.low[1] < RATIOS[0]
    assert ranges.high[0] is not None
    assert ranges.high[0] > RATIOS[1]
    assert [mark.series for mark in percentages.marks if isinstance(mark, Points)] == ["inside"]


def test_headings_stand_over_the_plot_whose_columns_they_are(result: Coverage) -> None:
    notes = figure(coverage_chart(result))["layout"]["annotations"]
    heights = [next(note["y"] for note in notes if plain(kind) in note["text"]) for kind in words.KINDS]
    assert 0 < heights[1] < heights[0] < 1


def test_slides_have_every_row_of_both_plots(result: Coverage) -> None:
    many = Coverage(result.numbers * 6)
    parts = parts_of(coverage_chart(many), 4.0)
    assert sum(len(part.rows) for part in parts) == many.n
    assert max(len(part.rows) for part in parts) < many.n // 2


def test_the_file_of_numbers_has_every_value(result: Coverage) -> None:
    rows = numbers_of(coverage_panel(result)).rows
    assert [row[-1] for row in rows] == [0, 0, 9.5, "inf", 0.7, 0.8149, 66.6501, 60]


def test_the_table_repeats_the_figure(result: Coverage) -> None:
    (table,) = coverage_panel(result).aside
    assert table.rows[1] == (
        "Anti-MDA5 antibody: Positive", "Hazard ratio of death", "28", "8.16", "9.50", "∞", "2", "No",
    )  # fmt: skip


def test_only_of_a_cohort_with_ranges_anything_is_said(enrolled: Cohort) -> None:
    assert coverage_of(enrolled) is None
    shown = coverage_of(reconstructed_cohort())
    assert shown is not None
    assert shown == coverage(PUBLISHED)
