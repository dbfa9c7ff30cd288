"""An imported cohort without a kind of data: nothing is offered as something else, and what would bring it is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from app import PAGES
from components.core.missing_words import missing_data
from components.overview import words as overview
from components.safety import deaths_words as endings
from components.safety import words as safety
from components.treatment import words as treatment
from components.ui.study import IMPORTED
from data.entries import Needing
from data.reading.read import opened
from data.recorded import with_recorded_variables
from data.variables import DICTIONARY
from tests.pages.test_cohort import ROOT, ran

DEATH, PROGRESSION, PERSISTENCE = (
    DICTIONARY.endpoint[key] for key in ("overall_survival", "progression_free", "tacrolimus_persistence")
)
SAFETY, SURVIVAL, OVERVIEW = "pages/explore/safety.py", "pages/explore/survival.py", "pages/explore/overview.py"


def bare(file: str, part: dict[str, str] | None = None, drug: str = "tacrolimus") -> AppTest:
    """A page of two patients of whom only death and the last day are known; ``drug`` is studied."""
    files = {"patients.csv": b"patient,last_day,death_day\nP1,400,400\nP2,500,\n"}
    mapping = opened(files).mapping
    assert mapping is not None
    found = opened(files, "Bare", mapping=replace(mapping, study_drug=drug))
    assert found.cohort is not None
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.session_state[IMPORTED] = with_recorded_variables(found.cohort)
    test.switch_page(file)
    for key, value in (part or {}).items():
        test.query_params[key] = value
    return ran(test)


def said(test: AppTest) -> str:
    return "\n".join(str(element.value) for found in (test.caption, test.info, test.markdown) for element in found)


@pytest.mark.parametrize("file", [entry.file for entry in PAGES if entry.exists])
def test_no_page_offers_an_endpoint_without_its_data(file: str) -> None:
    test = bare(file)
    assert not test.error
    for box in test.selectbox:
        assert not {PROGRESSION.label, PERSISTENCE.label} & set(box.options)


@pytest.mark.parametrize("file", [SURVIVAL, "pages/explore/prognosis.py"])
def test_the_page_says_which_column_would_bring_progression(file: str) -> None:
    test = bare(file)
    assert missing_data(PROGRESSION) in said(test)
    assert "no patient has an entry in the column progression_day of patients.csv" in said(test)


def test_the_overview_shows_neither_the_card_nor_a_number() -> None:
    test = bare(OVERVIEW)
    metrics = {metric.label: metric.value for metric in test.metric}
    assert metrics[overview.UNPROGRESSED] == metrics[overview.REACTED] == overview.NOT_RECORDED
    assert metrics[overview.ALIVE] != overview.NOT_RECORDED
    assert missing_data(PROGRESSION) in said(test)


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        (treatment.DOSE, DICTIONARY.measure["tacrolimus"]),
        (treatment.TROUGH, DICTIONARY.measure["trough"]),
        (treatment.STEROIDS, DICTIONARY.measure["prednisolone"]),
        (treatment.PERSISTENCE, PERSISTENCE),
    ],
)
def test_a_part_of_the_treatment_page_without_data_says_what_would_bring_it(part: str, missing: Needing) -> None:
    test = bare("pages/explore/treatment.py", {"part": part})
    assert missing_data(missing) in said(test)
    assert not test.main.subheader


@pytest.mark.parametrize(
    ("section", "missing"),
    [(safety.COUNTS, DICTIONARY.records[0]), (safety.HISTORY, DICTIONARY.records[0]), (safety.STOPS, PERSISTENCE)],
)
def test_a_section_of_the_safety_page_without_data_says_what_would_bring_it(section: str, missing: Needing) -> None:
    test = bare(SAFETY, {"section": section})
    assert missing_data(missing) in said(test)
    assert "0 of 2" not in said(test)


def test_without_a_drug_that_is_studied_nobody_stops_it() -> None:
    assert endings.NO_DRUG in said(bare(SAFETY, {"section": safety.STOPS}, drug=""))
