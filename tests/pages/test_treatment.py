"""The Treatment page: each section answers, and only the one in sight is computed."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.courses import words as courses
from components.survival.words import nobody_left
from components.treatment import words as treatment
from components.ui.study import IMPORTED, LISTED
from data.cohort import Cohort

ROOT = Path(__file__).resolve().parents[2]


def page(cohort: Cohort, part: str, *, listed: bool = False, **asked: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.session_state[IMPORTED] = cohort
    test.session_state[LISTED] = listed
    for key, value in {"part": part, **asked}.items():
        test.query_params[key] = value
    test.switch_page("pages/explore/treatment.py")
    test.run()
    assert not test.exception
    return test


def tables(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html"))


def test_troughs_against_the_target(enrolled: Cohort) -> None:
    """Week 1: 4, 7 and 3 ng/mL; month 1: 7 and 12 (P1's value of day 27 is the nearest)."""
    shown = tables(page(enrolled, treatment.TROUGH))
    assert "<td>All patients, measured</td><td>3</td><td>2</td><td>1</td>" in shown
    assert "<td>below 5</td><td>2 (66.7)</td><td>0</td><td>0</td>" in shown
    assert "<td>above 10</td><td>0</td><td>1 (50.0)</td><td>0</td>" in shown


def test_the_target_moves_the_shares_and_the_time_in_range(enrolled: Cohort) -> None:
    wide = tables(page(enrolled, treatment.TROUGH, target="4&target=12"))
    assert wide
    test = page(enrolled, treatment.TROUGH)
    test.slider(key="target").set_value((3.0, 12.0)).run()
    shown = tables(test)
    assert "<td>below 3</td><td>0</td>" in shown
    assert "<td>All patients</td><td>7</td><td>2</td><td>1</td><td>50</td><td>100.0 ± 0.0</td>" in shown


def test_prednisolone_of_those_who_take_it(enrolled: Cohort) -> None:
    """Day 0: 40, 20, 60, 35, 30 and 10 mg/day; P4 takes none."""
    test = page(enrolled, treatment.STEROIDS)
    assert "<td>mean ± SD</td><td>32.5 ± 17.2</td>" in tables(test)
    assert "<td>≤ 10 mg/day</td><td>1 (16.7)</td>" in tables(test)
    test.toggle(key="receiving").set_value(False).run()
    assert "<td>≤ 10 mg/day</td><td>2 (28.6)</td>" in tables(test)


def test_persistence_and_why_it_ended(enrolled: Cohort) -> None:
    shown = tables(page(enrolled, treatment.PERSISTENCE))
    assert "<td>All patients</td><td>7</td><td>3</td>" in shown
    assert "Inadequate response" in shown


def test_a_concomitant_drug_without_a_start_is_not_counted(enrolled: Cohort) -> None:
    assert "No other drug is recorded by day" in tables(page(enrolled, treatment.OTHER))


@pytest.mark.parametrize("part", treatment.TABS)
def test_nobody_left(enrolled: Cohort, part: str) -> None:
    notices = {notice.value for notice in page(enrolled, part, subtype="pm", anti_mda5="positive").info}
    assert notices & {nobody_left(), treatment.no_doses()}


def test_single_patients_of_an_imported_cohort_are_hidden_until_allowed(enrolled: Cohort) -> None:
    def forms(test: AppTest) -> list[str]:
        return list(test.segmented_control(key="form").options)

    assert courses.FORMS["single"] not in forms(page(enrolled, treatment.DOSE))
    assert courses.FORMS["single"] in forms(page(enrolled, treatment.DOSE, listed=True))
