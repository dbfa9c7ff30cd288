"""Filter and conventions stand in the sidebar where they act, and are kept where they do not."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.core import control_words, page_words
from components.ui.frame import NO_SIDEBAR

ROOT = Path(__file__).resolve().parents[2]


def side(test: AppTest, file: str) -> tuple[bool, bool, bool]:
    """Whether a page has the filter and the conventions, and whether its sidebar is out of sight."""
    test.switch_page(file)
    test.run()
    assert not test.exception
    headings = [one.value for one in test.sidebar.subheader]
    menus = [one.proto.popover.label for one in test.sidebar.get("popover")]
    unseen = any(one.proto.body == NO_SIDEBAR for one in test.get("html"))
    return page_words.FILTER in headings, control_words.CONVENTIONS in menus, unseen


def test_the_filter_is_out_of_sight_where_it_does_not_act_and_holds_on_the_next_page() -> None:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.query_params["subtype"] = "cadm"
    assert side(test, "pages/explore/survival.py") == (True, True, False)
    assert side(test, "pages/tools/cohort.py") == (False, False, True)
    assert side(test, "pages/tools/presentation.py") == (False, False, True)
    assert side(test, "pages/verify/evidence.py") == (False, False, True)
    assert side(test, "pages/verify/methods.py") == (False, True, False), "Methods says the conventions in force"
    test.query_params.clear()  # a menu of Streamlit's own loses the query; the session keeps it
    assert side(test, "pages/explore/survival.py") == (True, True, False)
    assert any("61 of 169 patients" in one.value for one in test.markdown)
