"""What a filter changes, against the same numbers asked for apart."""

from __future__ import annotations

from components.survival.analysis import survival
from components.survival.before_after import before_after
from components.survival.before_after_words import before_after_table
from components.survival.chart import View, survival_chart
from data.filters import filter_from_query
from data.variables import DICTIONARY
from tests.written import of_patients

OS = DICTIONARY.endpoint["overall_survival"]
EIGHT = of_patients(
    {
        "patient": [f"P{i}" for i in range(8)],
        "population": ["Outcome"] * 8,
        "subtype": ["CADM"] * 4 + ["PM"] * 3 + [None],
        "last_day": [10, 400, 800, 800, 500, 800, 800, 800],
        "death_day": [10, 400, None, None, 500, None, None, None],
    }
)
CADM = filter_from_query("subtype=cadm").filter


def test_shown_rest_and_everybody_are_those_of_their_own_analyses() -> None:
    change = before_after(EIGHT, OS, CADM)
    apart, whole = survival(CADM.of(EIGHT), OS), survival(EIGHT, OS)
    assert change.shown is not None
    assert change.before is not None
    assert (change.shown.n, change.shown.events, change.before.n, change.before.events) == (4, 2, 8, 3)
    assert change.shown.at == apart.curves[0].at
    assert change.before.restricted_mean == whole.curves[0].restricted_mean


def test_the_table_sets_those_shown_against_those_left_out_and_tests_nothing() -> None:
    rows = {row[0]: row[1:] for row in before_after_table(before_after(EIGHT, OS, CADM)).rows}
    assert rows["Patients"] == ("8", "4", "4", "–")
    assert next(row for head, row in rows.items() if head.startswith("Deaths")) == ("3", "2", "1", "–")
    assert [cell.split(" ")[0] for cell in rows["At 2 years"]] == ["62.5%", "50.0%", "75.0%", "−25.0"]
    # Alive of 730 days: (10 + 400 + 730 + 730) / 4 and (500 + 3 * 730) / 4, in months
    found = [cell.split(" ")[0] for cell in rows["Restricted mean to 2 years, months"]]
    assert found == ["18.7", "15.4", "22.1", "−6.7"]


def test_a_filter_that_keeps_nobody_or_everybody_sets_nothing_against_anything() -> None:
    for query, kept in (("subtype=classic_dm", "–"), ("subtype=cadm&subtype=pm&subtype=missing", "8")):
        chosen = filter_from_query(query).filter
        rows = {row[0]: row[1:] for row in before_after_table(before_after(EIGHT, OS, chosen)).rows}
        assert rows["Patients"][1] == kept
        assert rows["At 2 years"][3] == "–"


def test_everybody_is_drawn_behind_and_named_with_n() -> None:
    view = View(730, (0, 365, 730), (0, 12, 24), (365, 730))
    change = before_after(EIGHT, OS, CADM)
    chart = survival_chart(survival(CADM.of(EIGHT), OS), view, change)
    assert chart.plots[0].marks[0].key == "behind curve"
    assert chart.key is not None
    assert [entry.name for entry in chart.key.entries] == ["Patients shown (n = 4)", "Without the filter (n = 8)"]
