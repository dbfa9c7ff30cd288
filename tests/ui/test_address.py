"""What a run is taken for that comes with a page which the session has already left."""

from __future__ import annotations

import time

import pytest
from streamlit.testing.v1 import AppTest

from components.links.address import Address
from components.ui.address import ADDRESS, LEFT, UNDER_WAY, Left

SCRIPT = """
import streamlit as st
from components.ui import address
from components.ui.streamlit_internals import page_asked
st.session_state[address.PAGES] = {page_asked(): "survival"}
st.text(f"{address.overtaken()}, {address.now().page}")
"""
QUERY = {"present": ["laboratory"]}


@pytest.mark.parametrize(
    ("session", "query", "seconds", "expected"),
    [
        pytest.param("laboratory", QUERY, 0.0, True, id="a key pressed on the page that is being left"),
        pytest.param("laboratory", QUERY, UNDER_WAY + 1, False, id="long after"),
        pytest.param("laboratory", {}, 0.0, False, id="the menu, which comes without a query"),
        pytest.param("laboratory", {"by": ["sex"]}, 0.0, False, id="a link that makes a choice"),
        pytest.param("survival", QUERY, 0.0, False, id="on the page where the session is"),
        pytest.param("safety", QUERY, 0.0, False, id="where the visitor has gone on by the menu since"),
    ],
)
def test_a_run_of_a_page_that_was_left(
    session: str, query: dict[str, list[str]], seconds: float, *, expected: bool
) -> None:
    app = AppTest.from_string(SCRIPT)
    app.session_state[ADDRESS] = Address(session)
    since = time.monotonic() - seconds
    app.session_state[LEFT] = (
        Left("survival", QUERY, "pages/explore/prognosis.py", since),
        Left("prognosis", {}, "pages/explore/laboratory.py", since),
    )
    for key, texts in query.items():
        app.query_params[key] = texts
    app.run()
    assert not app.exception
    assert [one.value for one in app.text] == [f"{expected}, {session}"]
