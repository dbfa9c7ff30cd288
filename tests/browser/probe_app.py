"""A small page for the browser tests of live_plot: two arms, a filter, a second figure, and the place clicked."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.ui import server
from components.ui.live_plot import live_plot

DAYS = [0, 91, 182, 365, 730]
ARMS = {"CADM": ("#b34700", 0.05), "PM": ("#00618f", 0.01)}


def figure(arms: list[str], slope: float) -> dict[str, Any]:
    """Two falling staircases with their names as customdata."""
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": arm,
                "x": DAYS,
                "y": [round(1 - slope * step * ARMS[arm][1], 4) for step in range(5)],
                "customdata": [arm] * 5,
                "line": {"color": ARMS[arm][0]},
                "fill": "tozeroy",
                "fillcolor": f"rgba{(*bytes.fromhex(ARMS[arm][0][1:]), 0.1)}",
            }
            for arm in arms
        ],
        "layout": {"height": 360, "xaxis": {"title": {"text": "Days"}}, "yaxis": {"range": [0, 1.05]}},
    }


def page() -> None:
    """Draw the probe."""
    st.set_page_config(layout="wide")
    arms = st.sidebar.pills("Arms", list(ARMS), default=list(ARMS), selection_mode="multi", key="arms")
    slope = st.sidebar.slider("Slope", 1, 5, 1, key="slope", bind="query-params")
    clicked = live_plot(
        figure(arms, slope),
        key="first",
        alt=f"Survival of {len(arms)} groups",
        clickable=True,
    )
    st.write(f"Clicked: {clicked}")
    live_plot(figure(["PM"], slope), key="second", alt="Survival of PM")
    if st.query_params.get("broken"):
        message = "a patient's data"
        raise ValueError(message)


if __name__ == "__main__":
    page()
else:
    app = st.App(
        __file__,
        lifespan=server.started(()),
        routes=server.routes(),
        middleware=server.MIDDLEWARE,
        on_script_error=server.apology,
    )
