"""Kaplan-Meier curves with bands, censor ticks and the at-risk table on the same axis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from components.figures.theme import FAINT, Figure, axis, colour, dash, layout, legend, pale, places, spread
from components.wording.marks import bold, coloured
from components.wording.numbers import count
from components.wording.survival import RISK_ROWS, axis_title, hover

if TYPE_CHECKING:
    from components.analysis.first_reaction import CumulativeIncidence
    from components.analysis.survival import Curve, Survival

    Counted = Survival | CumulativeIncidence

CURVE_HEIGHT, ROW_HEIGHT, HEADING = 414, 20, 74
TOP, FOOT = 34, 10
"""Margins; the upper one keeps the names of curves that stay at 100% clear of the camera button."""

LABEL_GAP = 0.052
MOST_BANDS = 3
"""Bands of more curves than this would hide each other."""

NAME_GAP = 12
"""Pixels between the name of a row of numbers and the first of them."""

CHARACTER = 7.2
"""Mean width of a character of the axis type, in pixels: what the margins are measured with."""


@dataclass(frozen=True)
class View:
    """How the curves are drawn: until which day, with ticks on which days, with a band, with the full table.

    ``at_days`` are the days at which survival is printed under them, ``horizon`` is the day since the start of
    treatment up to which events count, None for all follow-up.
    """

    until: int
    ticks: tuple[int, ...]
    tick_labels: tuple[str, ...]
    at_days: tuple[int, ...]
    band: bool = True
    full_table: bool = True
    horizon: int | None = None


def survival_figure(result: Survival, view: View) -> Figure:
    """The curves of every group, the counts under them aligned with the ticks, the group names at the curves' ends."""
    place = places(result.groups.levels)
    rows = RISK_ROWS if view.full_table else RISK_ROWS[:1]
    table_height = ROW_HEIGHT * (len(rows) * len(result.curves)) + HEADING
    height = CURVE_HEIGHT + table_height
    split = table_height / (height - TOP - FOOT)
    drawn = replace(view, band=banded(result, view))
    traces: list[dict[str, Any]] = []
    for curve in result.curves:
        traces += curve_traces(curve, colour(place[curve.label]), dash(place[curve.label]), drawn)
    traces.append(counts_trace(result, rows))
    longest = max((len(curve.label) for curve in result.curves), default=0)
    labels = len(result.curves) > 1
    right = min(24 + CHARACTER * longest, 200) if labels else 24
    return {
        "data": traces,
        "layout": layout(
            height,
            margin={"l": 84 + CHARACTER * longest, "r": right, "t": TOP, "b": FOOT},
            showlegend=labels,
            legend=legend() | {"y": split + 0.035},
            xaxis=axis(
                axis_title(result.start),
                range=[-0.03 * view.until, 1.015 * view.until],
                tickvals=list(view.ticks),
                ticktext=list(view.tick_labels),
                anchor="y",
                showgrid=False,
                position=split + 0.0,
                minallowed=-0.03 * view.until,
            ),
            yaxis=axis(
                result.endpoint.curve,
                range=[-0.01, 1.02],
                domain=[split + 0.02, 1],
                tickformat=".0%",
                dtick=0.2,
                fixedrange=True,
            ),
            yaxis2=table_axis(result, rows, place, split),
            annotations=end_labels(result.groups.labels, ends_of(result, view.until), place) if labels else [],
        ),
    }


def banded(result: Counted, view: View) -> bool:
    """Whether the 95% limits are drawn as bands."""
    return view.band and len(result.curves) <= MOST_BANDS


def curve_traces(curve: Curve, line: str, pattern: str, view: View) -> list[dict[str, Any]]:
    """One group's band, steps, pale tail and censor ticks."""
    shared = {"legendgroup": curve.label, "name": curve.label, "xaxis": "x", "yaxis": "y", "showlegend": False}
    x, y = curve.days, curve.survival
    sure = int(np.searchsorted(x, curve.few_from, side="right"))
    solid = {"color": line, "width": 2.6, "dash": pattern, "shape": "hv"}
    traces: list[dict[str, Any]] = []
    if view.band:
        limits = {**shared, "mode": "lines", "hoverinfo": "skip", "line": {"width": 0, "shape": "hv"}}
        bounds = (_limit(curve, curve.lower_between), _limit(curve, curve.upper))
        lower = {**limits, "uid": f"{curve.label} lower", "x": x.tolist(), "y": bounds[0]}
        fill = {"fill": "tonexty", "fillcolor": pale(line, FAINT)}
        traces = [lower, {**limits, **fill, "uid": f"{curve.label} upper", "x": x.tolist(), "y": bounds[1]}]
    text = [hover(curve, i) for i in range(len(x))]
    main = {**shared, "uid": f"{curve.label} curve", "mode": "lines", "line": solid, "showlegend": True}
    traces.append({**main, "x": x[:sure].tolist(), "y": y[:sure].tolist(), "text": text[:sure], "hoverinfo": "text"})
    if sure < len(x):
        tail = {**main, "uid": f"{curve.label} tail", "opacity": 0.4, "showlegend": sure == 0, "hoverinfo": "text"}
        start = max(sure - 1, 0)
        traces.append({**tail, "x": x[start:].tolist(), "y": y[start:].tolist(), "text": text[start:]})
    mark = {"symbol": "line-ns", "size": 9, "line": {"width": 1.4, "color": line}}
    ticks = {**shared, "uid": f"{curve.label} censored", "mode": "markers", "marker": mark, "hoverinfo": "skip"}
    traces.append({**ticks, "x": curve.censor_days.tolist(), "y": curve.censor_survival.tolist()})
    return traces


def _limit(curve: Curve, limit: np.ndarray) -> list[float]:
    """The edge of the band; on the curve where the Method has no limit, so that the band is not torn apart."""
    drawn: list[float] = np.where(np.isnan(limit), curve.survival, limit).tolist()
    return drawn


def counts_trace(result: Counted, rows: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """The numbers under the curves, on the second y axis: the attributes that ``rows`` names, for each curve."""
    table = result.risk_table
    x, y, text = [], [], []
    for k in range(len(result.curves)):
        for r, (attribute, _) in enumerate(rows):
            x += table.days
            y += [-(k * len(rows) + r)] * len(table.days)
            text += [count(int(number)) for number in getattr(table, attribute)[:, k]]
    return {
        "uid": "counts", "mode": "text", "showlegend": False, "x": x, "y": y, "text": text, "xaxis": "x", "yaxis": "y2",
        "hoverinfo": "skip", "textfont": {"size": 13}, "cliponaxis": False,
    }  # fmt: skip


def table_axis(result: Counted, rows: tuple[tuple[str, str], ...], place: dict[str, int], split: float) -> Figure:
    """The second y axis: the name of every row of numbers, the group's name before its first."""
    names = []
    for curve in result.curves:
        for r, (_, row) in enumerate(rows):
            owner = f"{bold(coloured(curve.label, colour(place[curve.label])))}   " if r == 0 else ""
            names.append(f"{owner}{row}")
    last = len(names)
    top = 1.9
    return axis(
        tickvals=[-i for i in range(last)],
        ticktext=names,
        range=[-last + 0.4, top],
        domain=[0, split - 0.03],
        showgrid=False,
        showline=False,
        ticks="",
        ticklabelstandoff=NAME_GAP,
        fixedrange=True,
    )


def end_labels(
    labels: tuple[str, ...], ends: list[float], place: dict[str, int], gap: float = LABEL_GAP
) -> list[dict[str, Any]]:
    """The groups' names at the right, each beside the end of its curve and ``gap`` clear of the others."""
    return [
        {
            "x": 1, "xref": "paper", "xanchor": "left", "xshift": 6, "y": y, "yref": "y", "showarrow": False,
            "text": bold(label), "font": {"color": colour(place[label]), "size": 14}, "align": "left",
        }
        for label, y in zip(labels, spread(ends, gap, 0.0, 1.0), strict=True)
    ]  # fmt: skip


def ends_of(result: Survival, until: int) -> list[float]:
    """Where each curve is on the last day shown."""
    return [float(c.survival[np.searchsorted(c.days, until, side="right") - 1]) for c in result.curves]
