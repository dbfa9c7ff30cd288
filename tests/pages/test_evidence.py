"""The Evidence page: the comparison for the reconstructed cohort, and none for an imported one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.evidence import words
from components.evidence.fidelity import fidelity
from components.ui.shown import SHOWN
from components.ui.study import IMPORTED
from data.cohort import Cohort, Provenance
from data.paper.published import published_numbers

ROOT = Path(__file__).resolve().parents[2]


def page(cohort: Cohort, **query: str) -> AppTest:
    """The page after its first run, with `cohort` open."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for key, value in query.items():
        test.query_params[key] = value
    test.session_state[IMPORTED] = cohort
    test.switch_page("pages/verify/evidence.py")
    test.run()
    assert not test.exception
    return test


@pytest.fixture
def reconstructed(enrolled: Cohort) -> Cohort:
    """The nine patients, passed off as the reconstructed cohort."""
    return replace(enrolled, provenance=Provenance("reconstructed", "nine patients", "0"))


def test_an_imported_cohort_is_not_compared(enrolled: Cohort) -> None:
    test = page(enrolled)
    assert [notice.value for notice in test.info] == [words.IMPORTED]
    assert [tab.label for tab in test.tabs] == [words.CONTRADICTIONS, words.UNANSWERABLE]
    assert not test.dataframe
    assert not any("reproduced" in heading.value for heading in test.subheader)


def test_published_beside_recomputed(reconstructed: Cohort) -> None:
    expected = fidelity(reconstructed, published_numbers())
    test = page(reconstructed)
    assert test.subheader[0].value == words.title(expected)
    (shown,) = test.dataframe
    assert tuple(shown.value.columns) == words.COLUMNS
    assert list(shown.value["No."]) == [row.number.id for row in expected.rows]
    assert list(shown.value["Agrees"]) == ["✓" if row.reproduced else "✗" for row in expected.rows]


def test_the_table_can_be_narrowed(reconstructed: Cohort) -> None:
    test = page(reconstructed)
    test.toggle(key="mismatches").set_value(True).run()
    assert set(test.dataframe[0].value["Agrees"]) == {"✗"}
    test.selectbox(key="place").set_value("Table 4").run()
    assert set(test.dataframe[0].value["Where"]) == {"Table 4"}
    test.text_input(key="sought in numbers").set_value("subtype hazard").run()
    assert [number[:3] for number in test.dataframe[0].value["No."]] == ["T4-"] * 2
    assert not test.exception


def test_what_leaves_the_page_is_stamped_with_everybody(reconstructed: Cohort) -> None:
    ready = page(reconstructed, subtype="cadm").session_state[SHOWN]
    assert (ready.cohort.n, ready.filter.parts, ready.population.key) == (9, (), "enrolled")
