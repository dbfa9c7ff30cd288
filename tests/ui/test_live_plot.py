"""What live_plot sends to the browser; what the browser makes of it is in tests/browser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.ui.figure_channel import ADDRESS
from components.ui.live_plot import live_plot
from components.ui.server import PLOTLY_ADDRESS


def sent(script: Any, **arguments: Any) -> dict[str, Any]:
    """The data of the only figure on a page."""
    page = AppTest.from_function(script, kwargs=arguments).run()
    assert not page.exception
    (plot,) = (element for element in page.main if element.type == "bidi_component")
    data: dict[str, Any] = json.loads(plot.proto.json)
    return data


def two_points() -> None:
    import numpy as np  # noqa: PLC0415 - the page runs on its own

    from components.ui.live_plot import live_plot  # noqa: PLC0415

    traces = [{"type": "scatter", "uid": "own", "x": np.array([0, 730]), "y": [1.0, float("nan")]}]
    live_plot(
        {"data": traces, "layout": {"height": 320}},
        key="plot",
        alt="Two points",
        dark={"#000000": "#ffffff"},
        clickable=True,
    )


def test_figure_travels_as_json_that_a_browser_reads() -> None:
    data = sent(two_points)
    figure = json.loads(data["figure"], parse_constant=pytest.fail)
    assert figure["layout"] == {"height": 320}
    assert figure["data"][0]["y"] == [1.0, None]
    assert figure["data"][0]["uid"] == "own"
    assert figure["data"][0]["x"] == [0, 730]


def test_what_goes_along_with_the_figure() -> None:
    data = sent(two_points)
    del data["figure"]
    channel = data.pop("channel")
    assert channel["address"] == ADDRESS
    assert len(channel["token"]) >= 43
    assert data == {
        "key": "plot",
        "number": 1,
        "height": 320,
        "alt": "Two points",
        "dark": {"#000000": "#ffffff"},
        "clickable": True,
        "plotly": PLOTLY_ADDRESS,
    }


def test_a_figure_says_how_high_it_is() -> None:
    with pytest.raises(KeyError, match="height"):
        live_plot({"data": [], "layout": {}}, key="plot", alt="Nothing")
