"""The Baseline page: the table answers the filter, the columns and the switches."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.baseline import words
from components.links.computed import asked, computed
from components.survival.words import nobody_left
from components.ui.study import IMPORTED
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort
from pages.explore.baseline import PAGE

ROOT = Path(__file__).resolve().parents[2]


def page(cohort: Cohort, **asked: str | list[str]) -> AppTest:
    """The page after its first run, with `cohort` open and `asked` in the address."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.session_state[IMPORTED] = cohort
    for key, value in asked.items():
        test.query_params[key] = value
    test.switch_page("pages/explore/baseline.py")
    test.run()
    assert not test.exception
    return test


def tables(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html"))


def test_table_1_by_subtype(enrolled: Cohort) -> None:
    shown = tables(page(enrolled))
    assert "<td>7 (100.0)</td><td>2 (28.6)</td><td>5 (71.4)</td><td>3 (60.0)</td><td>2 (40.0)</td>" in shown
    assert "<td>Age, years, mean ± SD</td><td>55.4 ± 10.9</td>" in shown


def test_the_filter_counts(enrolled: Cohort) -> None:
    assert "<td>Age, years, mean ± SD</td><td>45.0 ± 5.0</td>" in tables(page(enrolled, subtype="cadm"))


def test_columns_numbers_rows_and_differences_can_be_chosen(enrolled: Cohort) -> None:
    test = page(enrolled, columns="sex", numbers="median", rows=words.ALL_ROWS)
    assert "Age, years, median (quartiles)" in tables(test)
    assert "KL-6, U/mL" in tables(test)
    test.selectbox(key="difference").set_value("Male vs Female").run()
    assert "Difference, Male vs Female" in tables(test)
    test.selectbox(key="by").set_value("subtype").run()
    assert not test.exception
    assert "Difference" not in tables(test)


def test_nobody_left(enrolled: Cohort) -> None:
    test = page(enrolled, subtype="pm", anti_mda5="positive")
    assert [notice.value for notice in test.info] == [nobody_left()]


def test_a_single_group_of_everybody_does_not_repeat_the_column_of_all_patients() -> None:
    found = asked(PAGE, reconstructed_cohort(), "subtype=cadm&by=subtype", single=True)
    (panel,) = (panel for _, panel in computed(PAGE, found))
    assert panel.result.columns.labels == ("All patients",)
    beside = asked(PAGE, reconstructed_cohort(), "anti_mda5=positive&by=anti_ars", single=True)
    (panel,) = (panel for _, panel in computed(PAGE, beside))
    assert len(panel.result.columns.labels) > 1
