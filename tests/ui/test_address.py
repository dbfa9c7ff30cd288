"""What a run is taken for that comes with a page which the session has already left."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components.links.address import Address
from components.links.page import ROOT
from components.ui.address import ADDRESS, ASKED_FOR, WAY, Way

SCRIPT = """
import streamlit as st
from components.ui import address
from components.ui.streamlit_internals import page_asked
st.session_state[address.PAGES] = {page_asked(): "survival"}
st.text(f"{address.overtaken()}, {address.now().page}")
"""
QUERY = {"present": ["laboratory"]}
ON_THE_WAY = Way("pages/explore/laboratory.py", ("survival", "prognosis"), (QUERY, {}))


@pytest.mark.parametrize(
    ("session", "query", "way", "expected"),
    [
        pytest.param("laboratory", QUERY, ON_THE_WAY, True, id="a key pressed on the page that is being left"),
        pytest.param("laboratory", QUERY, Way(queries=(QUERY,)), False, id="the browser was heard from there since"),
        pytest.param("laboratory", {}, ON_THE_WAY, False, id="the menu, which comes without a query"),
        pytest.param("laboratory", {"by": ["sex"]}, ON_THE_WAY, False, id="a link that makes a choice"),
        pytest.param("survival", QUERY, ON_THE_WAY, False, id="on the page where the session is"),
    ],
)
def test_a_run_of_a_page_that_was_left(session: str, query: dict[str, list[str]], way: Way, *, expected: bool) -> None:
    app = AppTest.from_string(SCRIPT)
    app.session_state[ADDRESS] = Address(session)
    app.session_state[WAY] = way
    for key, texts in query.items():
        app.query_params[key] = texts
    app.run()
    assert not app.exception
    assert [one.value for one in app.text] == [f"{expected}, {session}"]


def opened(file: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.switch_page(file)
    return test.run()


def test_the_way_ends_with_the_first_run_that_a_browser_asks_for_where_it_was_sent() -> None:
    """The run by which the session itself goes there leaves it open, however long that takes."""
    test = opened("pages/explore/survival.py")
    test.session_state[WAY] = ON_THE_WAY
    test.session_state[ASKED_FOR] = True
    test.run()
    assert test.session_state[WAY].pages == ON_THE_WAY.pages
    test.run()
    assert test.session_state[WAY].pages == ()
