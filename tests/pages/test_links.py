"""The widgets of every page are the controls of its link: opened by a link, a page holds what the link says."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app import PAGES as MENU
from components.core import page_words as words
from components.links.control_types import Control, Value
from components.links.page_input import ground
from components.links.view import View, answered
from components.ui import address
from components.ui import study_words as study
from components.ui.study import IMPORTED, LISTED, PATIENT
from components.ui.widgets import value_of
from data.cohort import Cohort
from data.filters import KEEP_MISSING
from tests.links.answers import answer

ROOT = Path(__file__).resolve().parents[2]
ASKING = tuple(page.address for page in MENU if page.controls is not None)
FILES = {page.address: page.file for page in MENU if page.exists}


def opened(cohort: Cohort, page: str, pairs: dict[str, list[str]]) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.session_state[IMPORTED] = cohort
    for menu in ("display", "conventions"):
        test.session_state[menu] = True
    for key, texts in pairs.items():
        test.query_params[key] = texts
    test.switch_page(FILES[page])
    test.run()
    assert not test.exception
    return test


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Control]:
    """The controls whose widgets are drawn."""
    controls: list[Control] = []
    hold = address.hold

    def noted(control: Control) -> None:
        controls.append(control)
        hold(control)

    monkeypatch.setattr(address, "hold", noted)
    return controls


def held(test: AppTest, drawn: list[Control]) -> dict[str, Value]:
    """What the page's widgets hold, by key."""
    return {control.key: value_of(control, test.session_state[control.key]) for control in drawn}


def grouped(view: View) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, text in view.pairs:
        found.setdefault(key, []).append(text)
    return found


@pytest.mark.parametrize("page", sorted(ASKING))
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_page_holds_what_its_link_says(enrolled: Cohort, page: str, seed: int, drawn: list[Control]) -> None:
    entry = next(entry for entry in MENU if entry.address == page)
    on = ground(enrolled, entry, single=False)
    chance = Random(f"{page} {seed}")  # noqa: S311 - no secret
    asked: dict[str, Value] = {}

    def told(control: Control) -> Value:
        asked[control.key] = answer(control, chance)
        return asked[control.key]

    view = answered(page, on, told)
    test = opened(enrolled, page, grouped(view))
    asked.pop("kept")  # drawn as rows with buttons
    kept = test.session_state[address.VIEW].values
    shown = held(test, drawn) | {"kept": kept.get("kept")}
    assert kept == view.values
    words = on.whole.dictionary
    own = {key for key in asked if key.removesuffix(KEEP_MISSING) not in words.conditions}
    if not entry.filtered:
        own -= {"interval", "ties", "atrisk"}
    always = {factor.key for factor in words.factors if factor.always}
    in_sight = set(view.values) & (own | {"kept"} | (always if entry.population else set()))
    assert {key: shown[key] for key in in_sight} == {key: view.values[key] for key in in_sight}
    assert {key for key in shown if key in own} == own
    assert not [key for key in shown if key not in asked and key != "kept"]
    assert [notice.value for notice in test.warning if "link" in notice.value] == []


def notice(test: AppTest) -> str:
    return " ".join(entry.value for entry in test.warning)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"subtype": ["XYZ"]}, words.ignored_notice(("subtype=XYZ",))),
        ({"by": ["Shoe size"], "band": ["perhaps"]}, words.ignored_notice(("by=Shoe size", "band=perhaps"))),
        ({"colour": ["red"]}, words.ignored_notice(("colour=red",))),
        ({"v": ["0.0.1"]}, words.other_version("0.0.1", "0.1.0")),
    ],
)
def test_what_a_link_asks_in_vain_is_said_and_can_be_closed(
    enrolled: Cohort, asked: dict[str, list[str]], said: str
) -> None:
    test = opened(enrolled, "survival", asked)
    assert said in notice(test)
    test.button(key="understood").click().run()
    assert not test.exception
    assert said not in notice(test)


def test_a_link_made_with_other_data_says_so() -> None:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.query_params["data"] = "0123"
    test.run()
    assert words.other_data("0123") in notice(test)


@pytest.mark.parametrize("page", sorted(FILES))
def test_an_address_of_a_cohort_that_is_not_open_counts_nobody(page: str) -> None:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.query_params["data"] = "own-0123456789ab"
    test.switch_page(FILES[page])
    test.run()
    assert not test.exception
    assert not test.metric
    shown = [*(entry.value for entry in test.subheader), *(entry.value for entry in test.warning)]
    assert any(study.NOT_OPEN in text for text in shown)
    assert len(test.get("bidi_component")) == 1 or page == "cohort"
    assert "0123456789ab" in " ".join([*(entry.value for entry in test.markdown), *shown])


def test_the_link_of_the_view_carries_data_and_version_and_no_patient(enrolled: Cohort) -> None:
    test = opened(enrolled, "survival", {"by": ["sex"], "data": ["own-0"], "v": ["0.1.0"]})
    assert notice(test) == ""
    assert link(test) == "by=sex&data=own-0&v=0.1.0"


def test_a_patient_who_was_chosen_is_not_in_the_link(enrolled: Cohort) -> None:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for key, value in {IMPORTED: enrolled, LISTED: True, PATIENT: "P3"}.items():
        test.session_state[key] = value
    test.switch_page(FILES["patient"])
    test.run()
    assert not test.exception
    assert any("**50 years, CADM" in entry.value for entry in test.markdown)
    assert link(test) == "data=own-0&v=0.1.0"


def link(test: AppTest) -> str:
    copies: list[Any] = [entry for entry in test.get("bidi_component") if "Copy link" in str(entry.proto)]
    query = str(copies[0].proto).split('"query\\": \\"')[-1] if copies else ""
    return query.split('\\"')[0]
