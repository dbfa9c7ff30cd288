"""The Overview: who the patients are, what happened to them, and that none of them exists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.overview import words
from components.survival.words import nobody_left
from components.ui.study import IMPORTED
from data.cohort import Cohort, Provenance
from tests.as_read import shown

ROOT = Path(__file__).resolve().parents[2]


def page(cohort: Cohort, **asked: str) -> AppTest:
    """The first page after its first run, with `cohort` open and `asked` in the address."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.session_state[IMPORTED] = cohort
    for key, value in asked.items():
        test.query_params[key] = value
    test.run()
    assert not test.exception
    return test


def test_the_numbers_at_the_top(enrolled: Cohort) -> None:
    shown = {metric.label: metric.value for metric in page(enrolled).metric}
    assert shown[words.PATIENTS] == "7"
    assert shown[words.WOMEN] == "57.1%"
    assert shown[words.ALIVE] == "83.3%"


def test_the_filter_counts(enrolled: Cohort) -> None:
    shown = {metric.label: metric.value for metric in page(enrolled, subtype="cadm").metric}
    assert shown[words.PATIENTS] == "3"


def test_that_no_row_is_real_is_said_at_once(enrolled: Cohort) -> None:
    rebuilt = replace(enrolled, provenance=Provenance("reconstructed", "nine patients", "0"))
    assert any(shown(words.INVENTED) in text.value for text in page(rebuilt).markdown)
    assert not any(shown(words.INVENTED) in text.value for text in page(enrolled).markdown)


def test_nobody_left(enrolled: Cohort) -> None:
    test = page(enrolled, subtype="pm", anti_mda5="positive")
    assert [notice.value for notice in test.info] == [nobody_left()]
    assert not test.metric
