"""A Plotly figure on the page that keeps its zoom and its hidden curves when the data behind it change.

`st.plotly_chart` draws a new figure for every change of the data; this component redraws the one that is there
(`Plotly.react`). The drawing is in live_plot.js; plotly.js comes from the installed package, see server.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import streamlit as st
from plotly.utils import PlotlyJSONEncoder

from components.chart.colours import DARK
from components.core.markup import markup_of
from components.ui.figure_channel import ADDRESS, channel
from components.ui.server import PLOTLY_ADDRESS

KNOWN = "figures shown"

_plot = st.components.v2.component(
    "live_plot",
    html='<div class="live-plot" data-live-plot="waiting"></div>',
    css="""
.live-plot { width: 100%; position: relative; }
.live-plot.clickable .nsewdrag { cursor: pointer; }
.live-plot .words {
  position: absolute; inset: 0; pointer-events: none; font-family: var(--st-font); color: var(--st-text-color);
}
.live-plot .words > * { position: absolute; white-space: pre; line-height: 1.3; transform: translate(-50%, -50%); }
.live-plot .words > .left { transform: translate(0, -50%); }
.live-plot .words > .right { transform: translate(-100%, -50%); }
.live-plot .words > button {
  pointer-events: auto; cursor: pointer; font-family: inherit; color: inherit; background: none; border: 0; padding: 0;
}
.live-plot .words > button:hover, .live-plot .words > button:focus-visible { text-decoration: underline; }
""",
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

    figure: `{"data": [...], "layout": {...}}`, plain values or arrays; `layout["height"]` is its height in pixels;
        "words", if any, stand over the drawing (`components.chart.screen.Figure`).
        Width and ground are the page's, and so are typeface, text and grid where the figure leaves them open. A zoom is
        kept until `layout["uirevision"]` changes: set it to what the axes show.
    key: the place on the page; the same key is the same figure with new data.
    alt: what the figure says, in words; read out by a screen reader, and shown should the figure fail to draw.
    dark: on a dark page, what stands in for which colour of the figure.
    clickable: whether a click on a point runs the page again with the point's `customdata`, once.
    """
    data = _data(figure, key, alt, dark, clickable=clickable)
    clicked = _plot(key=key, data=data, height=data["height"], on_clicked_change=_nothing).clicked
    return unescape(clicked) if isinstance(clicked, str) else clicked


def send_ahead(figure: Mapping[str, Any], *, key: str, alt: str, clickable: bool = False) -> None:
    """Send the figure that ``live_plot`` will be given later in this run, by a faster way than the page's.

    Where the way is shut, or the figure is the one shown, nothing happens.
    """
    before = _known().get(key)
    data = _data(figure, key, alt, DARK, clickable=clickable)
    if before is not None and data["number"] != before.number:
        channel().send(json.dumps(data, ensure_ascii=False))


@dataclass(frozen=True)
class _Known:
    """The number of the figure that a place of the page shows, and a digest that tells it from another."""

    number: int
    digest: bytes


def _known() -> dict[str, _Known]:
    kept: dict[str, _Known] = st.session_state.setdefault(KNOWN, {})
    return kept


def _data(figure: Mapping[str, Any], key: str, alt: str, dark: Mapping[str, str], *, clickable: bool) -> dict[str, Any]:
    """What the browser is given: a figure other than the one before has a higher number."""
    own, text, known = channel(), written(figure), _known()
    data = {
        "figure": text,
        "height": int(figure["layout"]["height"]),
        "alt": alt,
        "dark": dict(dark),
        "clickable": clickable,
        "plotly": PLOTLY_ADDRESS,
        "key": key,
        "channel": {"address": ADDRESS, "token": own.token},
    }
    digest = sha256(f"{text}{alt}".encode()).digest()
    if key not in known or known[key].digest != digest:
        known[key] = _Known(own.next_number(), digest)
    return {**data, "number": known[key].number}


def written(figure: Mapping[str, Any]) -> str:
    """The figure as the browser gets it: JSON in which only our own marks are markup."""
    return markup_of(json.dumps(figure, cls=PlotlyJSONEncoder, separators=(",", ":"), ensure_ascii=False))


def _nothing() -> None:
    """Streamlit names the events of a component by their callbacks; the page itself reads the click."""
