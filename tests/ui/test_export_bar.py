# ruff: noqa: PLC0415, I001 - AppTest runs the source of a function alone, with its own imports
from __future__ import annotations

from tests.as_read import read
import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from components.export.slides import Entry
from components.export.stamp import Stamp
from components.core.panel import Panel
from components.ui.collection import COLLECTED
from components.export import collection_words as words
from tests.export.conftest import forest, panels, six_groups, stamped

LINKS: list[str] = []
"""The labels of the links to other pages that were drawn."""

__all__ = ["forest", "panels", "six_groups", "stamped"]


def app() -> None:
    import time

    import streamlit as st

    from components.core.method import PAPER
    from components.survival.analysis import survival
    from components.links.address import Address
    from components.survival.panel import survival_panel
    from components.links.view import View
    from components.ui.address import ADDRESS
    from components.ui.address import VIEW as SHOWN_VIEW
    from components.ui.export_bar import export_bar
    from components.links.page import Page
    from components.ui.stage import PAGE
    from components.links.page_input import PageInput
    from components.ui.shown import SHOWN
    from components.ui.study import keep_imported
    from data.filters import Filter
    from tests.export.conftest import VIEW
    from tests.written import tables
    from data.cohort import Provenance, cohort_from

    study = cohort_from(tables(), Provenance("imported", "tiny", "0"))
    keep_imported(study)
    cohort = study.of_population("safety")
    st.session_state[SHOWN] = PageInput(
        cohort, cohort, Filter(()), cohort.dictionary.population["safety"], PAPER, cohort, hides=False
    )
    st.session_state[PAGE] = Page("Survival", "pages/explore/survival.py", "How long?", "safety")
    st.session_state[ADDRESS] = Address("survival")
    st.session_state[SHOWN_VIEW] = View("survival")
    panel = survival_panel(survival(cohort, cohort.dictionary.endpoints[0]), VIEW)
    begun = time.perf_counter()
    export_bar(panel, "curves")
    st.session_state["seconds"] = time.perf_counter() - begun


def slides() -> None:
    from components.ui.collection import show_collection

    show_collection()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The bar under curves of an imported cohort; the link to another page needs the whole dashboard."""
    monkeypatch.setattr(streamlit, "page_link", lambda *_, label, **__: LINKS.append(read(label)))
    LINKS.clear()
    return AppTest.from_function(app, default_timeout=30).run()


def test_a_rerun_costs_next_to_nothing(run: AppTest) -> None:
    taken = [run.run().session_state["seconds"] for _ in range(7)]
    assert not run.exception
    assert min(taken) < 0.003


def test_files_and_code_are_made_only_when_asked_for(run: AppTest) -> None:
    assert not run.get("download_button")
    assert not run.code


def test_a_panel_is_collected_once_with_its_stamp(run: AppTest) -> None:
    run.button(key="curves-take-slide").click().run()
    run.button(key="curves-take-slide").click().run()
    (entry,) = run.session_state[COLLECTED].values()
    assert entry.title == "Overall survival"
    assert entry.stamp.lines[-2] == (
        "All patients, no filter; 7 patients of the safety population; 2 deaths; all follow-up, to month 26."
    )
    assert [toast.value for toast in run.toast] == [words.ADDED_ALREADY]


def test_what_is_collected_is_one_click_away(run: AppTest) -> None:
    assert words.slides(1) not in LINKS
    run.button(key="curves-take-slide").click().run()
    assert LINKS[-1] == "Slides (1)"


@pytest.fixture
def list_(panels: dict[int, Panel], forest: Panel, stamped: Stamp) -> AppTest:
    test = AppTest.from_function(slides, default_timeout=30)
    chosen = (panels[1], panels[3], forest)
    test.session_state[COLLECTED] = {i: Entry(panel.title, panel, stamped) for i, panel in enumerate(chosen)}
    return test.run()


def titles(test: AppTest) -> list[str]:
    return [entry.title for entry in test.session_state[COLLECTED].values()]


def test_an_empty_collection_says_how_to_fill_it() -> None:
    assert [info.value for info in AppTest.from_function(slides).run().info] == [words.EMPTY]


def test_order_and_titles_can_be_changed(list_: AppTest) -> None:
    first, second, third = titles(list_)
    list_.button(key=f"{words.DOWN}-0").click().run()
    assert titles(list_) == [second, first, third]
    list_.button(key=f"{words.UP}-2").click().run()
    assert titles(list_) == [second, third, first]
    list_.text_input(key="title-2").set_value("What goes with death").run()
    assert titles(list_) == [second, "What goes with death", first]
    list_.button(key="remove-1").click().run()
    assert titles(list_) == ["What goes with death", first]
    assert list_.button(key=f"{words.UP}-2").disabled
    assert list_.button(key=f"{words.DOWN}-0").disabled


def test_a_blank_title_keeps_the_old_one(list_: AppTest) -> None:
    before = titles(list_)
    list_.text_input(key="title-0").set_value("  ").run()
    assert titles(list_) == before


def test_everything_can_be_removed(list_: AppTest) -> None:
    list_.button(key="clear-slides").click().run()
    assert not titles(list_)
