"""The Methods page: the conventions in force, and the document with its sections."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app import PAGES
from components.methods import words
from components.methods.where_used import register
from components.survival.pairwise_words import OPEN as EVERY_PAIR
from components.survival.procedures import COX_BRESLOW, KAPLAN_MEIER

ROOT = Path(__file__).resolve().parents[2]


def page(**query: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for key, value in query.items():
        test.query_params[key] = value
    test.switch_page("pages/verify/methods.py")
    test.run()
    assert not test.exception
    return test


def test_the_whole_document_is_shown_with_links_to_its_sections() -> None:
    test = page()
    headings = [
        words.Section(words.BY_PAGE, ""),
        words.Section(words.CAN_RUN, ""),
        *(one for one in words.sections() if one.title),
    ]
    assert [heading.value for heading in test.header] == [one.title for one in headings]
    assert [heading.anchor for heading in test.header][1:] == [one.anchor for one in headings[1:]]
    shown = [element.value for element in test.markdown]
    assert [one.text for one in words.sections()] == [
        text for text in shown if text in {s.text for s in words.sections()}
    ]


def test_the_conventions_in_force_stand_on_top() -> None:
    assert page().markdown[0].value.endswith(words.BUT_FOR_LIMITS)
    assert page(interval="log_log").markdown[0].value.endswith(words.AS_IN_THE_PAPER)
    changed = page(interval="plain").markdown[0].value
    assert "Kaplan-Meier with plain 95% limits" in changed
    assert changed.endswith(words.CHANGED)


def test_a_link_leads_to_the_evidence() -> None:
    assert words.TO_EVIDENCE in [link.label for link in page().page_link]


def tables(test: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in test.get("html"))


def test_every_procedure_stands_with_its_places() -> None:
    shown = tables(page())
    assert "Prognosis: forest plot" in shown
    assert all(one.name in unescape(shown) for one in register(place for entry in PAGES for place in entry.places))


def test_what_the_page_before_uses_is_told_panel_by_panel_and_a_link_brings_it_back() -> None:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.query_params["by"] = "All patients together"
    test.switch_page("pages/explore/survival.py")
    test.run()
    test.switch_page("pages/verify/methods.py")
    test.run()
    assert not test.exception
    assert test.header[0].value == words.used_title("Survival")
    used = next(str(one.proto.body) for one in test.get("html") if "<caption>Overall survival" in str(one.proto.body))
    assert KAPLAN_MEIER.name in used
    assert COX_BRESLOW.name not in unescape(used)
    assert tables(page(**{"from": "survival", "by": "All patients together"})) == tables(test)
    test.query_params.clear()
    test.switch_page("pages/explore/baseline.py")
    test.run()
    test.switch_page("pages/verify/methods.py")
    test.run()
    assert test.header[0].value == words.used_title("Baseline")


def test_what_is_folded_away_on_the_page_before_is_named() -> None:
    assert words.folded([EVERY_PAIR]) in [one.value for one in page(**{"from": "survival", "by": "Sex"}).caption]
    assert words.folded([]) not in [one.value for one in page(**{"from": "baseline"}).caption]


def test_without_a_page_before_every_page_is_told() -> None:
    test = page()
    assert test.header[0].value == words.BY_PAGE
    shown = unescape(tables(test))
    for title, place in ((entry.title, place) for entry in PAGES for place in entry.places):
        told = "; ".join(one.name for one in place.procedures)
        assert words.by_page_table([(title, place.label, place.procedures)]).rows == ((title, place.label, told),)
        assert place.label in shown


@pytest.mark.parametrize("before", [entry.address for entry in PAGES if entry.population])
def test_every_page_that_counts_patients_can_be_told(before: str) -> None:
    title, places = next((entry.title, entry.places) for entry in PAGES if entry.address == before)
    test = page(**{"from": before})
    assert test.header[0].value == words.used_title(title)
    can = {one.name for place in places for one in place.procedures}
    nothing = not can or before == "narrow"  # whose table is folded away
    assert (words.NOTHING_USED in [one.value for one in test.markdown]) is nothing
