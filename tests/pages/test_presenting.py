"""Presentation mode: one panel alone, with who is shown and where the patients come from, and the views kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from components.core.columns import columns
from components.export.collection_words import not_made_again
from components.links.collected import Collected
from components.safety.deaths_words import stops_title
from components.ui import kept_slides, stage
from components.ui import stage_words as words
from components.ui.collection import COLLECTED, WAITING
from components.ui.study import IMPORTED
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort
from tests.as_read import read

ROOT = Path(__file__).resolve().parents[2]


def opened(cohort: Cohort, page: str, **asked: str | list[str]) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.session_state[IMPORTED] = cohort
    for key, value in asked.items():
        test.query_params[key] = value
    test.switch_page(f"pages/explore/{page}.py")
    test.run()
    assert not test.exception
    return test


def html(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html"))


def test_one_panel_is_alone(enrolled: Cohort) -> None:
    test = opened(enrolled, "survival", present="1", subtype="cadm")
    assert "<h1>Overall survival by subtype</h1><p>Subtype: CADM; 3 patients of the clinical outcome pop" in html(test)
    assert "Imported cohort: tiny, kept in this session only. Data 0." in html(test)
    assert words.KEYS_ALONE in html(test)
    assert html(test).count("<table") == 1  # what is read beside the curves, and nothing else


def test_a_panel_is_asked_for_by_its_key(enrolled: Cohort) -> None:
    test = opened(enrolled, "treatment", part="persistence", present="reasons")
    assert f"<h1>{stops_title(columns(enrolled))}</h1>" in html(test)


def test_a_table_stands_in_where_there_is_no_figure(enrolled: Cohort) -> None:
    test = opened(enrolled, "baseline", present="1")
    assert html(test).count("<table") == 1


def test_a_card_of_the_overview_is_presented_alone(enrolled: Cohort) -> None:
    assert "<h1>Subtype and antibodies</h1>" in html(opened(enrolled, "overview", present="1"))
    assert "<h1>Overall survival</h1>" in html(opened(enrolled, "overview", present="overall_survival"))


def test_a_page_without_a_panel_says_so(enrolled: Cohort) -> None:
    assert words.NOTHING in html(opened(enrolled, "patient", present="1"))


def test_what_must_be_told_about_the_link_is_told_here_too() -> None:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.query_params["present"], test.query_params["data"] = "1", "0123"
    test.switch_page("pages/explore/survival.py")
    test.run()
    assert "This link was made with other data (“0123”): numbers may differ." in html(test)


def test_the_panels_collected_for_slides_are_counted(enrolled: Cohort) -> None:
    test = opened(enrolled, "survival", by="sex")
    test.button(key="survival-take-slide").click().run()
    test.button(key="present-now").click().run()
    assert not test.exception
    assert f"1 / 1 · {words.KEYS}" in html(test)


def test_a_view_of_another_study_is_named_and_not_shown(enrolled: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    pressed: list[str] = []

    def keys(**_: object) -> SimpleNamespace:
        return SimpleNamespace(pressed=pressed.pop() if pressed else None)

    monkeypatch.setattr(stage, "_keys", keys)
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.switch_page("pages/explore/survival.py")
    test.run()
    test.button(key="survival-take-slide").click().run()
    test.session_state[IMPORTED] = enrolled
    test.run()
    test.button(key="present-now").click().run()
    assert f"– / 1 · {words.KEYS}" in html(test)
    pressed.append("first")
    test.run()
    assert not test.exception
    why = words.of_another_study(reconstructed_cohort().provenance.fingerprint, enrolled.provenance.name)
    assert why in html(test)
    assert f"1 / 1 · {words.KEYS}" in html(test)
    assert "patients of the clinical outcome pop" not in html(test)
    del test.session_state[IMPORTED]
    pressed.append("leave")
    test.run()
    assert not test.exception
    assert why not in html(test)


def test_the_browser_is_given_links_of_the_reconstructed_cohort_alone(
    enrolled: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[list[dict[str, object]]] = []
    monkeypatch.setattr(kept_slides, "_kept", lambda **said: given.append(said["data"]["slides"]))
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.switch_page("pages/explore/survival.py")
    test.run()
    test.button(key="survival-take-slide").click().run()
    (before,) = given[-1]
    assert (before["title"], before["panel"]) == ("Overall survival by subtype", "survival")
    test.session_state[IMPORTED] = enrolled
    test.run()
    test.button(key="survival-take-slide").click().run()
    assert not test.exception
    assert len(test.session_state[COLLECTED]) == 2
    assert given[-1] == [before]


def test_slides_that_the_browser_brings_back_are_drawn_again() -> None:
    """Each with its filter and with what was said of its comparisons; one whose view is gone is named."""
    fingerprint = reconstructed_cohort().provenance.fingerprint
    men = Collected("Men", "pages/explore/survival.py", "sex=male", "survival", fingerprint, ("Comparison 2 of 3",))
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.session_state[WAITING] = (men, replace(men, title="Of old", panel="gone"))
    test.switch_page("pages/tools/presentation.py")
    test.run()
    assert not test.exception
    (entry,) = test.session_state[COLLECTED].values()
    assert (entry.title, entry.stamp.looked) == ("Men", ("Comparison 2 of 3",))
    assert "Sex: Male" in entry.stamp.lines[-2]
    assert [read(warning.value) for warning in test.warning] == [not_made_again(["Of old"])]


@pytest.mark.parametrize(
    "page", ["survival", "prognosis", "baseline", "laboratory", "safety", "treatment", "biomarker"]
)
def test_nobody_left_is_a_sentence_on_the_stage_too(enrolled: Cohort, page: str) -> None:
    test = opened(enrolled, page, present="1", subtype="pm", anti_mda5="positive")
    assert "0 patients" in html(test)
