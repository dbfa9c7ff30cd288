"""A Plotly figure on the page that keeps its zoom and its hidden curves when the data behind it change.

`st.plotly_chart` draws a new figure for every change of the data; this component redraws the one that is there
(`Plotly.react`). The drawing is in live_plot.js; plotly.js comes from the installed package, see server.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import streamlit as st
from plotly.utils import PlotlyJSONEncoder

from components.chart.colours import DARK
from components.core.markup import markup_of
from components.ui.server import PLOTLY_ADDRESS

_plot = st.components.v2.component(
    "live_plot",
    html='<div class="live-plot" data-live-plot="waiting"></div>',
    css=".live-plot { width: 100%; }\n.live-plot.clickable .nsewdrag { cursor: pointer; }\n",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def live_plot(
    figure: Mapping[str, Any],
    *,
    key: str,
    alt: str,
    dark: Mapping[str, str] = DARK,
    clickable: bool = False,
) -> Any:
    """Show a figure; what comes back is the `customdata` of the point just clicked, or None.

    figure: `{"data": [...], "layout": {...}}`, plain values or arrays; `layout["height"]` is its height in pixels.
        Width and ground are the page's, and so are typeface, text and grid where the figure leaves them open. A zoom is
        kept until `layout["uirevision"]` changes: set it to what the axes show.
    key: the place on the page; the same key is the same figure with new data.
    alt: what the figure says, in words; read out by a screen reader, and shown should the figure fail to draw.
    dark: on a dark page, what stands in for which colour of the figure.
    clickable: whether a click on a point runs the page again with the point's `customdata`, once.
    """
    height = int(figure["layout"]["height"])
    data = {
        "figure": written(figure),
        "height": height,
        "alt": alt,
        "dark": dict(dark),
        "clickable": clickable,
        "plotly": PLOTLY_ADDRESS,
    }
    clicked = _plot(key=key, data=data, height=height, on_clicked_change=_nothing).clicked
    return unescape(clicked) if isinstance(clicked, str) else clicked


def written(figure: Mapping[str, Any]) -> str:
    """The figure as the browser gets it: JSON in which only our own marks are markup."""
    return markup_of(json.dumps(figure, cls=PlotlyJSONEncoder, separators=(",", ":"), ensure_ascii=False))


def _nothing() -> None:
    """Streamlit names the events of a component by their callbacks; the page itself reads the click."""
